package org.evenkeel.identity;

/** The account behind the current request; pages and REST resources ask it and hand the {@link Actor} inward. */
public interface SignedIn {

    /** @throws org.evenkeel.shared.NotAllowed if nobody is signed in */
    Actor actor();
}

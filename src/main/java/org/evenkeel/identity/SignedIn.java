package org.evenkeel.identity;

/** The account behind the current request; pages and REST resources ask it and hand the {@link Actor} inward. */
public interface SignedIn {

    /** @throws org.evenkeel.shared.NotAllowed if nobody is signed in */
    Actor actor();

    /**
     * Lets those in who have one of the roles, and writes down whom it turned away.
     *
     * @param action what was asked for, such as "change sites"; at most 60 characters
     * @throws org.evenkeel.shared.NotAllowed unless the account has one of the roles
     */
    void require(String action, Role... any);
}

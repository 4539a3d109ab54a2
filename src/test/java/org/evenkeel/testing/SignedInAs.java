package org.evenkeel.testing;

import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;

/** Somebody is signed in, for tests of pages without a server. */
public record SignedInAs(Actor actor, AuditTrail audit) implements SignedIn {

    @Override
    public void require(String action, Role... any) {
        new Gate(audit).require(actor, action, any);
    }
}

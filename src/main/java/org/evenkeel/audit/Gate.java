package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.NotAllowed;

/** Lets those in who have the role, and writes down whom it turned away. */
@ApplicationScoped
public class Gate {
    private AuditTrail audit;

    @SuppressWarnings("NullAway.Init")
    protected Gate() {}

    @Inject
    public Gate(AuditTrail audit) {
        this.audit = audit;
    }

    /**
     * @param action what was asked for, such as "change sites"; at most 60 characters
     * @throws NotAllowed unless the actor has one of the roles
     */
    public void require(Actor actor, String action, Role... any) {
        if (!actor.hasAny(any)) {
            throw refusal(actor, action, "access", List.of());
        }
    }

    /** Writes a refusal down; one about patients stands in their trail. */
    public void refuse(Actor actor, String action, String subject, List<Long> subjectIds) {
        List<Long> patients = "patient".equals(subject) ? subjectIds : List.of();
        audit.recordApart(actor, new AuditTrail.Entry("REFUSED", action, subject, subjectIds, patients, "DENIED", ""));
    }

    /** Writes a refusal down and returns what to throw. */
    public NotAllowed refusal(Actor actor, String action, String subject, List<Long> subjectIds) {
        refuse(actor, action, subject, subjectIds);
        return new NotAllowed(action);
    }
}

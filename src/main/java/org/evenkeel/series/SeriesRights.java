package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.Caseload;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Transactions;

/** Who may do what with series: the desk and the lead all, therapists with what they lead and whom they see. */
@ApplicationScoped
class SeriesRights {

    private Transactions transactions;
    private Caseload caseload;
    private AuditTrail audit;

    @SuppressWarnings("NullAway.Init")
    protected SeriesRights() {}

    @Inject
    SeriesRights(Transactions transactions, Caseload caseload, AuditTrail audit) {
        this.transactions = transactions;
        this.caseload = caseload;
        this.audit = audit;
    }

    static boolean isDeskOrLead(Actor actor) {
        return actor.hasAny(Role.DESK, Role.LEAD);
    }

    /**
     * Outside a transaction.
     *
     * @throws NotAllowed unless the actor may book for this therapist and these patients
     */
    void requireBook(Actor actor, String action, long therapistId, Collection<Long> patientIds) {
        requireLead(actor, action, therapistId);
        Long own = actor.therapistId();
        if (!isDeskOrLead(actor) && (own == null || !transactions.inNew(() -> caseload.includesAll(own, patientIds)))) {
            throw new Gate(audit).refusal(actor, "book outside the own caseload", "patient", List.copyOf(patientIds));
        }
    }

    /** @throws NotAllowed unless the actor leads it, or works at the desk */
    void requireLead(Actor actor, String action, long therapistId) {
        if (!isDeskOrLead(actor) && !actor.isTherapist(therapistId)) {
            throw new Gate(audit).refusal(actor, action, "series", List.of());
        }
    }
}

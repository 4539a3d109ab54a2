package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.shared.Sql;

/**
 * What a patient was told stays true when a change is undone, and when it was one of who leads the session and they are not told who does:
 * it is not told anew, and may be answered.
 */
@ApplicationScoped
public class StillTold {

    private EntityManager em;

    @SuppressWarnings("NullAway.Init")
    protected StillTold() {}

    @Inject
    StillTold(EntityManager em) {
        this.em = em;
    }

    void changed(@Observes SessionChanged change) {
        if (change.restored() != null) {
            Sql.on(em)
                    .add(
                            "update reminder set revision = ? where session_id = ? and revision = ?"
                                    + " and state in ('SENT', 'SENDING', 'UNKNOWN')",
                            change.revision(),
                            change.sessionId(),
                            change.restored())
                    .update();
        }
        if (change.handedOver() != null) {
            Sql.on(em)
                    .add(
                            "update reminder set revision = ? where session_id = ? and revision = ? and not exists"
                                    + " (select 1 from reminder_rule r join session s on s.id = reminder.session_id"
                                    + " join site i on i.id = s.site_id where r.id = reminder.rule_id and "
                                    + Consents.named("reminder.patient_id") + ")"
                                    + " and not exists (select 1 from reminder n where n.session_id = reminder.session_id"
                                    + " and n.patient_id = reminder.patient_id and n.rule_id = reminder.rule_id"
                                    + " and n.lead_minutes = reminder.lead_minutes and n.channel = reminder.channel and n.revision = ?)",
                            change.revision(),
                            change.sessionId(),
                            change.handedOver(),
                            change.revision())
                    .update();
        }
    }
}

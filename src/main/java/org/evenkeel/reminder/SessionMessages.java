package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** The messages of one session: what went out to whom, what did not and why, what is planned, and what was answered. */
@ApplicationScoped
public class SessionMessages {
    private static final int MOST = 500;

    private EntityManager em;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;

    @SuppressWarnings("NullAway.Init")
    protected SessionMessages() {}

    @Inject
    public SessionMessages(EntityManager em, Transactions transactions, Gate gate, AuditTrail audit) {
        this.em = em;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
    }

    /**
     * A message of a session.
     *
     * @param lead minutes before the start; 0: it is news
     * @param at when it ended; of a pending one, when it goes out
     * @param together whether one message told of several sessions
     * @param delivered whether the provider has told of its arrival
     * @param answer what the patient answered, such as YES; null: nothing
     * @param settledBy the name of whoever has dealt with it; null: nobody
     */
    public record Line(
            long id,
            long patientId,
            String patient,
            Occasion occasion,
            int lead,
            Channel channel,
            ReminderState state,
            @Nullable Reason reason,
            Instant at,
            boolean together,
            boolean delivered,
            @Nullable String answer,
            @Nullable String settledBy)
            implements Serializable {

        /** The id alone: names stay out of logs. */
        @Override
        public String toString() {
            return "Reminder " + id;
        }
    }

    /** All messages of a session, the newest first of each patient; one statement and one audit line. */
    public List<Line> of(Actor actor, long sessionId) {
        gate.require(actor, "see messages of a session", Role.DESK, Role.LEAD);
        return transactions.inNew(() -> {
            List<Line> lines = Sql.on(em)
                    .add(
                            "select m.id, m.patient_id, p.given_name, p.family_name, m.occasion,"
                                    + " case when m.occasion = 'BEFORE' then m.lead_minutes else 0 end, m.channel, m.state,"
                                    + " m.reason, coalesce(m.closed_at, m.send_at), m.carried_by, m.delivered_at, m.answer, a.display_name"
                                    + " from reminder m join patient p on p.id = m.patient_id"
                                    + " left join account a on a.id = m.settled_by where m.session_id = ?"
                                    + " order by p.family_name, p.given_name, p.id, coalesce(m.closed_at, m.send_at) desc, m.id desc"
                                    + " fetch first " + MOST + " rows only",
                            sessionId)
                    .list(r -> new Line(
                            r.id(1),
                            r.id(2),
                            r.text(3) + " " + r.text(4),
                            r.constant(5, Occasion.class),
                            r.number(6),
                            r.constant(7, Channel.class),
                            r.constant(8, ReminderState.class),
                            r.textOrNull(9) == null ? null : r.constant(9, Reason.class),
                            r.instant(10),
                            r.idOrNull(11) != null,
                            r.instantOrNull(12) != null,
                            r.textOrNull(13),
                            r.textOrNull(14)));
            audit.record(
                    actor,
                    Entry.viewed(
                            "session/messages",
                            "session",
                            List.of(sessionId),
                            lines.stream().map(Line::patientId).distinct().toList()));
            return lines;
        });
    }
}

package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** The sessions that one patient comes to: what lies ahead, and what has been. A therapist sees those of their own. */
@ApplicationScoped
public class PatientSessions {

    private EntityManager em;
    private Transactions transactions;
    private AuditTrail audit;
    private Gate gate;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected PatientSessions() {}

    @Inject
    public PatientSessions(EntityManager em, Transactions transactions, AuditTrail audit, Gate gate, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.gate = gate;
        this.clock = clock;
    }

    /** Sessions that stand and are not over, soonest first. */
    public Page<SessionView> ahead(Actor actor, long patientId, int first, int limit) {
        return page(actor, patientId, "and s.state = 'BOOKED' and s.ends_at > ?", "", first, limit);
    }

    /** Sessions that are over or were cancelled, latest first; bookings that were undone are left out. */
    public Page<SessionView> past(Actor actor, long patientId, int first, int limit) {
        return page(
                actor,
                patientId,
                "and (s.state = 'CANCELLED' or s.ends_at <= ?) and coalesce(s.cancel_reason, '') <> '" + Session.UNDONE
                        + "'",
                "desc",
                first,
                limit);
    }

    /**
     * The session that a new booking is likely to resemble: the latest that has begun, or else the first that lies ahead. It is part
     * of what is shown of the patient, whose view is on record.
     */
    public Optional<SessionView> last(Actor actor, long patientId) {
        Long reach = reach(actor, patientId);
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            Optional<SessionView> begun = rows(of(patientId, reach)
                            .add(
                                    "and s.state = 'BOOKED' and s.capacity = 1 and s.starts_at <= ?"
                                            + " order by s.starts_at desc, s.id fetch first 1 rows only) s",
                                    now))
                    .stream()
                    .findFirst();
            return begun.or(() -> rows(of(patientId, reach)
                            .add(
                                    "and s.state = 'BOOKED' and s.capacity = 1 and s.starts_at > ?"
                                            + " order by s.starts_at, s.id fetch first 1 rows only) s",
                                    now))
                    .stream()
                    .findFirst());
        });
    }

    private Page<SessionView> page(
            Actor actor, long patientId, String condition, String direction, int first, int limit) {
        Long reach = reach(actor, patientId);
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            long total = filter(Sql.on(em).add("select count(*) from session s where"), patientId, reach)
                    .add(condition, now)
                    .first(r -> r.id(1))
                    .orElse(0L);
            List<SessionView> found = total == 0
                    ? List.of()
                    : SessionViews.views(of(patientId, reach)
                            .add(condition, now)
                            .add(
                                    "order by s.starts_at " + direction
                                            + ", s.id offset ? rows fetch next ? rows only) s",
                                    first,
                                    limit)
                            .add(SessionViews.JOINS)
                            .add("order by s.starts_at " + direction + ", s.id, p.id"));
            Set<Long> patients = new LinkedHashSet<>(List.of(patientId));
            found.forEach(s -> s.participants().forEach(p -> patients.add(p.patientId())));
            audit.record(
                    actor,
                    Entry.viewed(
                            "patient/sessions",
                            "session",
                            found.stream().map(SessionView::id).toList(),
                            patients));
            return new Page<>(found, total);
        });
    }

    private Sql of(long patientId, @Nullable Long reach) {
        return filter(
                Sql.on(em).add(SessionViews.COLUMNS + " from (select * from session s where", clock.instant()),
                patientId,
                reach);
    }

    private static Sql filter(Sql sql, long patientId, @Nullable Long therapistId) {
        sql.add(SessionViews.OF_PATIENT, patientId);
        return therapistId == null ? sql : sql.add("and " + SessionViews.OWN, therapistId, therapistId);
    }

    private static List<SessionView> rows(Sql sql) {
        return SessionViews.views(sql.add(SessionViews.JOINS).add("order by p.id"));
    }

    /** Whose sessions the actor sees; null: everyone's. */
    private @Nullable Long reach(Actor actor, long patientId) {
        if (!actor.hasAny(Role.DESK, Role.LEAD, Role.THERAPIST)) {
            throw gate.refusal(actor, "see the sessions of a patient", "patient", List.of(patientId));
        }
        if (actor.hasAny(Role.DESK, Role.LEAD)) {
            return null;
        }
        Long own = actor.therapistId();
        return own == null ? -1L : own;
    }
}

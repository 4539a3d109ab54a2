package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.LostRaces;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Seats;
import org.evenkeel.session.Seats.Newcomer;
import org.evenkeel.session.SessionState;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Who comes to a series, and from when to when: enrolling takes a seat in each date to come, leaving gives them back. What lies
 * behind stays as it was (acceptance case A27). Each is one transaction.
 */
@ApplicationScoped
public class Enrolments {

    private EntityManager em;
    private Transactions transactions;
    private Seats seats;
    private SeriesRights rights;
    private AuditTrail audit;
    private Event<SeriesChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Enrolments() {}

    @Inject
    public Enrolments(
            EntityManager em,
            Transactions transactions,
            Seats seats,
            SeriesRights rights,
            AuditTrail audit,
            Event<SeriesChanged> events,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.seats = seats;
        this.rights = rights;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The wish to enrol a patient.
     *
     * @param from the first day, by the site's calendar; dates that have begun are never taken
     * @param without sessions that they will not come to
     * @param waitlistEntryId seats that are held for this entry are theirs
     * @param override of {@link Rule#SEAT_TAKEN} (a seat more than the capacity, by the lead) and {@link Rule#GROUP_CLOSED}
     */
    public record Wish(
            long patientId, LocalDate from, Set<Long> without, @Nullable Long waitlistEntryId, RuleOverride override) {

        public Wish {
            without = Set.copyOf(without);
        }

        public static Wish of(long patientId, LocalDate from) {
            return new Wish(patientId, from, Set.of(), null, RuleOverride.NONE);
        }
    }

    /** A date that a patient cannot come to, and why. */
    public record Obstacle(long sessionId, TimeSlot slot, ZoneId zone, Refusal refusal) {}

    /** What would keep a patient from enrolling, date by date. */
    public List<Obstacle> obstacles(Actor actor, long seriesId, Wish wish) {
        requireMayEnrol(actor, seriesId, List.of(wish.patientId()));
        return transactions.inNew(() -> {
            Group group = locked(seriesId);
            List<Date> dates = dates(group, wish);
            return obstacles(actor, newcomer(wish, null), group, dates);
        });
    }

    private List<Obstacle> obstacles(Actor actor, Newcomer newcomer, Group group, List<Date> dates) {
        Map<Long, TimeSlot> slots = dates.stream().collect(Collectors.toMap(Date::sessionId, Date::slot));
        return seats.obstacles(actor, newcomer, slots.keySet()).stream()
                .map(o -> new Obstacle(
                        o.sessionId(), Objects.requireNonNull(slots.get(o.sessionId())), group.zone(), o.refusal()))
                .toList();
    }

    /**
     * Enrols a patient: a seat in each date from that day on.
     *
     * @return the id of the enrolment
     * @throws Refused if there are obstacles, the group is closed, or the patient is enrolled already
     */
    public long enrol(Actor actor, long seriesId, Wish wish) {
        requireMayEnrol(actor, seriesId, List.of(wish.patientId()));
        requireMayOverride(actor, wish.override());
        return retrying(actor, seriesId, wish.patientId(), () -> enrolOnce(actor, seriesId, wish));
    }

    /** The same in the caller's transaction. */
    long enrolOnce(Actor actor, long seriesId, Wish wish) {
        Group group = locked(seriesId);
        requirePatient(wish.patientId());
        requireOpen(group, wish);
        requireNotEnrolled(group, wish);
        List<Date> dates = dates(group, wish);
        if (dates.isEmpty()) {
            throw new Invalid("from", "No session is left from that day on. Choose an earlier day.");
        }
        Enrolment enrolment =
                new Enrolment(seriesId, wish.patientId(), wish.from(), clock.instant(), actor.accountId());
        em.persist(enrolment);
        em.flush();
        seats.take(
                actor,
                newcomer(wish, enrolment.id()),
                dates.stream().map(Date::sessionId).toList());
        String against =
                wish.override().rules().stream().map(Rule::name).sorted().collect(Collectors.joining(" "));
        record(
                actor,
                "ENROLLED",
                seriesId,
                wish.patientId(),
                dates.size() + " dates" + (against.isEmpty() ? "" : ", overridden " + against));
        return enrolment.id();
    }

    /**
     * Ends an enrolment with a day, which is still attended; seats after it are free.
     *
     * @return the sessions that now have a seat more
     * @throws NotFound if there is none
     */
    public List<Long> end(Actor actor, long enrolmentId, LocalDate lastDay, String reason) {
        Enrolment known = find(enrolmentId);
        requireMayEnrol(actor, known.seriesId(), List.of());
        requireReason(reason);
        return retrying(actor, known.seriesId(), known.patientId(), () -> endOnce(actor, enrolmentId, lastDay, reason));
    }

    /** The same in the caller's transaction; one that has its last day already can end sooner. */
    List<Long> endOnce(Actor actor, long enrolmentId, LocalDate lastDay, String reason) {
        Enrolment enrolment = em.find(Enrolment.class, enrolmentId, LockModeType.PESSIMISTIC_WRITE);
        Group group = locked(enrolment.seriesId());
        if (enrolment.to().filter(to -> !lastDay.isBefore(to)).isPresent()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "left")));
        }
        enrolment.end(lastDay, reason.strip());
        em.flush();
        Instant after = lastDay.plusDays(1).atStartOfDay(group.zone()).toInstant();
        List<Long> left = seats.giveBack(enrolment.patientId(), enrolledSessions(enrolmentId, after));
        record(actor, "LEFT", enrolment.seriesId(), enrolment.patientId(), left.size() + " dates");
        return left;
    }

    /** From one group to another in one transaction: up to the day before in the old one, from the day in the new one. */
    public long transfer(Actor actor, long enrolmentId, long otherSeriesId, Wish wish, String reason) {
        Enrolment known = find(enrolmentId);
        requireMayEnrol(actor, known.seriesId(), List.of());
        requireMayEnrol(actor, otherSeriesId, List.of(wish.patientId()));
        requireMayOverride(actor, wish.override());
        requireReason(reason);
        if (known.patientId() != wish.patientId() || known.seriesId() == otherSeriesId) {
            throw new Invalid("series", "Choose another group for the same patient.");
        }
        return retrying(actor, otherSeriesId, wish.patientId(), () -> {
            endOnce(actor, enrolmentId, wish.from().minusDays(1), reason);
            return enrolOnce(actor, otherSeriesId, wish);
        });
    }

    /**
     * Gives a patient a seat in one session only; their place on a waitlist stays (acceptance case A24).
     *
     * @throws NotFound if there is no such session
     * @throws Refused if there is no seat, the patient cannot come, or the session has started or been cancelled
     */
    public void addGuest(Actor actor, long sessionId, long patientId, RuleOverride override) {
        requireMaySeat(actor, sessionId, List.of(patientId));
        requireMayOverride(actor, override);
        retrying(actor, sessionId, patientId, () -> {
            addGuestOnce(actor, sessionId, patientId, override);
            return sessionId;
        });
    }

    /** The same in the caller's transaction. */
    void addGuestOnce(Actor actor, long sessionId, long patientId, RuleOverride override) {
        requireToCome(sessionId);
        requirePatient(patientId);
        seats.take(actor, new Newcomer(patientId, null, null, override.covers(Rule.SEAT_TAKEN)), List.of(sessionId));
        recordSession(actor, "GUEST", sessionId, patientId);
    }

    /**
     * A patient does not come to one session; an enrolment goes on (acceptance case A29).
     *
     * @throws NotFound if there is no such session, or the patient has no seat in it
     * @throws Refused if the session has started or been cancelled
     */
    public void cancelSeat(Actor actor, long sessionId, long patientId) {
        requireMaySeat(actor, sessionId, List.of());
        retrying(actor, sessionId, patientId, () -> {
            cancelSeatOnce(actor, sessionId, patientId);
            return sessionId;
        });
    }

    /** The same in the caller's transaction. */
    void cancelSeatOnce(Actor actor, long sessionId, long patientId) {
        requireToCome(sessionId);
        if (seats.giveBack(patientId, List.of(sessionId)).isEmpty()) {
            throw new NotFound("participant", patientId);
        }
        recordSession(actor, "SEAT_CANCELLED", sessionId, patientId);
    }

    // --- what is known ----------------------------------------------------------------------------------------------

    private record Group(Series series, ZoneId zone) {}

    private record Date(long sessionId, TimeSlot slot) {}

    private Group locked(long seriesId) {
        Series series = em.find(Series.class, seriesId, LockModeType.PESSIMISTIC_WRITE);
        if (series == null) {
            throw new NotFound("series", seriesId);
        }
        ZoneId zone = Sql.on(em)
                .add("select zone from site where id = ?", series.siteId())
                .first(r -> ZoneId.of(r.text(1)))
                .orElseThrow();
        return new Group(series, zone);
    }

    private List<Date> dates(Group group, Wish wish) {
        Instant from = wish.from().atStartOfDay(group.zone()).toInstant();
        Instant now = clock.instant();
        return Sql.on(em)
                .add(
                        "select id, starts_at, ends_at from session where series_id = ? and state = 'BOOKED'"
                                + " and starts_at > ? order by starts_at",
                        group.series().id(),
                        from.isAfter(now) ? from.minusNanos(1_000) : now)
                .list(r -> new Date(r.id(1), r.slot(2, 3)))
                .stream()
                .filter(d -> !wish.without().contains(d.sessionId()))
                .toList();
    }

    private List<Long> enrolledSessions(long enrolmentId, Instant after) {
        return Sql.on(em)
                .add(
                        "select s.id from participant p join session s on s.id = p.session_id where p.enrolment_id = ?"
                                + " and p.seat_number is not null and s.starts_at >= ?",
                        enrolmentId,
                        after)
                .list(r -> r.id(1));
    }

    private Newcomer newcomer(Wish wish, @Nullable Long enrolmentId) {
        return new Newcomer(
                wish.patientId(),
                enrolmentId,
                wish.waitlistEntryId(),
                wish.override().covers(Rule.SEAT_TAKEN));
    }

    private Enrolment find(long id) {
        return transactions.inNew(() -> {
            Enrolment found = em.find(Enrolment.class, id);
            if (found == null) {
                throw new NotFound("enrolment", id);
            }
            return found;
        });
    }

    // --- checks -----------------------------------------------------------------------------------------------------

    private void requireOpen(Group group, Wish wish) {
        Series series = group.series();
        if (series.isOpen() || wish.override().covers(Rule.GROUP_CLOSED)) {
            return;
        }
        boolean begun = Sql.on(em)
                .add(
                        "select 1 from session where series_id = ? and state = 'BOOKED' and starts_at <= ?",
                        series.id(),
                        clock.instant())
                .exists();
        if (begun) {
            throw new Refused(Refusal.of(Rule.GROUP_CLOSED, series.name()));
        }
    }

    private void requireNotEnrolled(Group group, Wish wish) {
        Sql.on(em)
                .add(
                        "select e.from_date, p.given_name, p.family_name from enrolment e join patient p on p.id = e.patient_id"
                                + " where e.series_id = ? and e.patient_id = ? and (e.to_date is null or e.to_date >= ?)",
                        group.series().id(),
                        wish.patientId(),
                        wish.from())
                .first(r -> Refusal.of(Rule.ALREADY_ENROLLED, r.text(2) + " " + r.text(3), Map.of("date", r.date(1))))
                .ifPresent(refusal -> {
                    throw new Refused(refusal);
                });
    }

    private void requirePatient(long id) {
        if (!Sql.on(em).add("select 1 from patient where id = ?", id).exists()) {
            throw new Invalid("patient", "There is no patient " + id + ".");
        }
    }

    /** Seats of what has begun are a matter of attendance. */
    private void requireToCome(long sessionId) {
        record Known(boolean live, Instant start) {}
        Known known = Sql.on(em)
                .add("select state, starts_at from session where id = ?", sessionId)
                .first(r -> new Known(r.constant(1, SessionState.class) == SessionState.BOOKED, r.instant(2)))
                .orElseThrow(() -> new NotFound("session", sessionId));
        if (!known.live() || !known.start().isAfter(clock.instant())) {
            throw new Refused(
                    Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", known.live() ? "started" : "cancelled")));
        }
    }

    private void requireMayEnrol(Actor actor, long seriesId, List<Long> patients) {
        long therapist = transactions.inNew(() -> Sql.on(em)
                .add("select therapist_id from series where id = ?", seriesId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("series", seriesId)));
        rights.requireBook(actor, "change enrolments", therapist, patients);
    }

    private void requireMaySeat(Actor actor, long sessionId, List<Long> patients) {
        long therapist = transactions.inNew(() -> Sql.on(em)
                .add("select therapist_id from session where id = ?", sessionId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("session", sessionId)));
        rights.requireBook(actor, "change seats", therapist, patients);
    }

    /** A seat beyond the capacity is for the lead to give (acceptance case A21). */
    private void requireMayOverride(Actor actor, RuleOverride override) {
        if (override.rules().contains(Rule.SEAT_TAKEN) && !actor.has(Role.LEAD)) {
            throw new Gate(audit).refusal(actor, "overbook a seat", "series", List.of());
        }
    }

    private static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > 200) {
            throw new Invalid("reason", "Say in up to 200 characters why.");
        }
    }

    // --- trying and telling -----------------------------------------------------------------------------------------

    /** Tries again after a lost race; a refusal goes on record. */
    <T> T retrying(Actor actor, long subject, long patientId, Supplier<T> work) {
        try {
            return LostRaces.retried(transactions, work, Rule.SEAT_TAKEN);
        } catch (Refused refused) {
            audit.recordApart(
                    actor,
                    new Entry(
                            "REFUSED",
                            "enrolment",
                            "series",
                            List.of(subject),
                            List.of(patientId),
                            "REFUSED",
                            refused.ruleNames()));
            throw refused;
        }
    }

    private void record(Actor actor, String what, long seriesId, long patientId, String detail) {
        audit.record(
                actor, new Entry(what, "enrolment", "series", List.of(seriesId), List.of(patientId), "OK", detail));
        events.fire(new SeriesChanged(seriesId, clock.instant()));
    }

    private void recordSession(Actor actor, String what, long sessionId, long patientId) {
        audit.record(actor, new Entry(what, "enrolment", "session", List.of(sessionId), List.of(patientId), "OK", ""));
    }

    /** The enrolments of a series as they stand, for who edits it. */
    static List<Enrolment> of(EntityManager em, long seriesId) {
        return new ArrayList<>(
                em.createQuery("select e from Enrolment e where e.seriesId = :series order by e.id", Enrolment.class)
                        .setParameter("series", seriesId)
                        .getResultList());
    }
}

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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.Alternatives;
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
import org.evenkeel.site.Sites;
import org.jspecify.annotations.Nullable;

/**
 * Who comes to a series, and from when to when: enrolling takes a seat in each date to come, leaving gives them back. What lies
 * behind stays as it was (acceptance case A27). Each is one transaction.
 */
@ApplicationScoped
public class Enrolments {

    /** Why a session of one patient is cancelled. */
    private static final String CANNOT_COME = "The patient cannot come";

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
     * @param override of {@link Rule#SEAT_TAKEN} (a seat more than the capacity, by the lead), {@link Rule#GROUP_CLOSED} and
     *     {@link Rule#ENROLMENT_CLOSED}
     */
    public record Wish(long patientId, LocalDate from, Set<Long> without, RuleOverride override) {

        public Wish {
            without = Set.copyOf(without);
        }

        public static Wish of(long patientId, LocalDate from) {
            return new Wish(patientId, from, Set.of(), RuleOverride.NONE);
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
            Optional<WaitlistEntry> waiting = waiting(seriesId, wish);
            return Stream.concat(
                            late(group, dates, wish, waiting).stream(),
                            obstacles(actor, newcomer(wish, null, waiting), group, dates).stream())
                    .sorted(Comparator.comparing(o -> o.slot().start()))
                    .toList();
        });
    }

    /** What would keep each of several from coming, if they were let in one after the other; in the caller's transaction. */
    List<Seats.Obstacle> obstacles(Actor actor, List<Newcomer> newcomers, List<Long> sessionIds) {
        return seats.obstacles(actor, newcomers, sessionIds, Set.of());
    }

    /** Dates whose cut-off has passed (acceptance case A25). */
    private List<Obstacle> late(Group group, List<Date> dates, Wish wish, Optional<WaitlistEntry> waiting) {
        if (wish.override().covers(Rule.ENROLMENT_CLOSED)) {
            return List.of();
        }
        Instant now = clock.instant();
        Instant since = waiting.map(WaitlistEntry::since).orElse(null);
        return dates.stream()
                .flatMap(d -> Admission.late(group.series(), d.slot().start(), group.zone(), since, now).stream()
                        .map(r -> new Obstacle(d.sessionId(), d.slot(), group.zone(), r)))
                .toList();
    }

    private List<Obstacle> obstacles(Actor actor, Newcomer newcomer, Group group, List<Date> dates) {
        Map<Long, TimeSlot> slots = dates.stream().collect(Collectors.toMap(Date::sessionId, Date::slot));
        return seats.obstacles(actor, newcomer, slots.keySet()).stream()
                .map(o -> new Obstacle(
                        o.sessionId(), Objects.requireNonNull(slots.get(o.sessionId())), group.zone(), o.refusal()))
                .toList();
    }

    /**
     * Enrols a patient: a seat in each date from that day on. If they wait for one, those that are kept for them are theirs, and
     * they wait no longer.
     *
     * @return the id of the enrolment
     * @throws Refused if there are obstacles, the group is closed, or the patient is enrolled already
     */
    public long enrol(Actor actor, long seriesId, Wish wish) {
        requireMayEnrol(actor, seriesId, List.of(wish.patientId()));
        requireMayOverride(actor, wish.override());
        return retrying(
                actor,
                Subject.series(seriesId, wish.patientId()),
                () -> enrolOnce(actor, seriesId, wish, clock.instant()));
    }

    /** The same in the caller's transaction. */
    long enrolOnce(Actor actor, long seriesId, Wish wish, Instant now) {
        Optional<WaitlistEntry> waiting = waiting(seriesId, wish);
        Group group = locked(seriesId);
        requirePatient(wish.patientId());
        requireOpen(group, wish);
        requireNotEnrolled(group, wish);
        List<Date> dates = dates(group, wish);
        if (dates.isEmpty()) {
            throw new Invalid("from", "invalid.series.noneLeftFrom");
        }
        requireNone(late(group, dates, wish, waiting).stream()
                .map(Obstacle::refusal)
                .toList());
        Enrolment enrolment = new Enrolment(seriesId, wish.patientId(), wish.from(), now, actor.accountId());
        em.persist(enrolment);
        em.flush();
        seats.take(
                actor,
                newcomer(wish, enrolment.id(), waiting),
                dates.stream().map(Date::sessionId).toList(),
                now);
        waiting.ifPresent(entry -> placed(actor, entry));
        String against = overridden(wish.override());
        record(
                actor,
                "ENROLLED",
                seriesId,
                wish.patientId(),
                dates.size() + " dates" + (against.isEmpty() ? "" : ", " + against));
        return enrolment.id();
    }

    /**
     * Ends an enrolment with a day, which is still attended; seats after it are free, and sessions of one patient are cancelled.
     *
     * @return the sessions that now have a seat more
     * @throws NotFound if there is none
     */
    public List<Long> end(Actor actor, long enrolmentId, LocalDate lastDay, String reason) {
        Enrolment known = find(enrolmentId);
        requireMayEnrol(actor, known.seriesId(), List.of());
        requireReason(reason);
        return retrying(
                actor,
                Subject.series(known.seriesId(), known.patientId()),
                () -> endOnce(actor, enrolmentId, lastDay, reason, clock.instant()));
    }

    /** The same in the caller's transaction; one that has its last day already can end sooner. */
    List<Long> endOnce(Actor actor, long enrolmentId, LocalDate lastDay, String reason, Instant now) {
        Enrolment enrolment = em.find(Enrolment.class, enrolmentId, LockModeType.PESSIMISTIC_WRITE);
        Group group = locked(enrolment.seriesId());
        if (enrolment.to().filter(to -> !lastDay.isBefore(to)).isPresent()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "left")));
        }
        enrolment.end(lastDay, reason.strip());
        em.flush();
        Instant after = lastDay.plusDays(1).atStartOfDay(group.zone()).toInstant();
        List<Long> left =
                seats.giveBack(enrolment.patientId(), enrolledSessions(enrolmentId, after), reason.strip(), now);
        record(actor, "LEFT", enrolment.seriesId(), enrolment.patientId(), left.size() + " dates");
        return left;
    }

    /**
     * From one group to another in one transaction: up to the day before in the old one, from the day in the new one. It is one moment, by
     * which reminders know that the patient's appointment has moved.
     */
    public long transfer(Actor actor, long enrolmentId, long otherSeriesId, Wish wish, String reason) {
        Enrolment known = find(enrolmentId);
        requireMayEnrol(actor, known.seriesId(), List.of());
        requireMayEnrol(actor, otherSeriesId, List.of(wish.patientId()));
        requireMayOverride(actor, wish.override());
        requireReason(reason);
        if (known.patientId() != wish.patientId() || known.seriesId() == otherSeriesId) {
            throw new Invalid("series", "invalid.series.sameGroup");
        }
        return retrying(actor, Subject.series(otherSeriesId, wish.patientId()), () -> {
            Instant now = clock.instant();
            endOnce(actor, enrolmentId, wish.from().minusDays(1), reason, now);
            return enrolOnce(actor, otherSeriesId, wish, now);
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
        retrying(actor, Subject.session(sessionId, List.of(patientId)), () -> {
            addGuestOnce(actor, sessionId, patientId, override, clock.instant());
            return sessionId;
        });
    }

    /** The same in the caller's transaction. */
    void addGuestOnce(Actor actor, long sessionId, long patientId, RuleOverride override, Instant now) {
        requireToCome(sessionId);
        requirePatient(patientId);
        requireNone(new Admission(em)
                .ofGuest(sessionId, patientId, now).stream()
                        .filter(refusal -> !override.covers(refusal.rule()))
                        .toList());
        seats.take(
                actor, new Newcomer(patientId, null, null, override.covers(Rule.SEAT_TAKEN)), List.of(sessionId), now);
        recordSession(actor, "GUEST", sessionId, patientId, overridden(override));
    }

    /**
     * A patient does not come to one session, which is cancelled if it is theirs alone; an enrolment goes on (acceptance case A29).
     *
     * @throws NotFound if there is no such session, or the patient has no seat in it
     * @throws Refused if the session has started or been cancelled
     */
    public void cancelSeat(Actor actor, long sessionId, long patientId) {
        requireMaySeat(actor, sessionId, List.of());
        retrying(actor, Subject.session(sessionId, List.of(patientId)), () -> {
            cancelSeatOnce(actor, sessionId, patientId, clock.instant());
            return sessionId;
        });
    }

    /** The same in the caller's transaction. */
    void cancelSeatOnce(Actor actor, long sessionId, long patientId, Instant now) {
        requireToCome(sessionId);
        if (seats.giveBack(patientId, List.of(sessionId), CANNOT_COME, now).isEmpty()) {
            throw new NotFound("participant", patientId);
        }
        recordSession(actor, "SEAT_CANCELLED", sessionId, patientId, "");
    }

    // --- what is known ----------------------------------------------------------------------------------------------

    private record Group(Series series, ZoneId zone) {}

    private record Date(long sessionId, TimeSlot slot) {}

    private Group locked(long seriesId) {
        Series series = em.find(Series.class, seriesId, LockModeType.PESSIMISTIC_WRITE);
        if (series == null) {
            throw new NotFound("series", seriesId);
        }
        return new Group(series, Sites.zone(em, series.siteId()));
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

    private Optional<WaitlistEntry> waiting(long seriesId, Wish wish) {
        return new WaitlistEntries(em).waiting(seriesId, wish.patientId());
    }

    private void placed(Actor actor, WaitlistEntry entry) {
        new WaitlistEntries(em).releaseSeats(entry, clock.instant());
        entry.close(WaitlistEntry.State.PLACED, clock.instant());
        em.flush();
        audit.record(
                actor,
                new Entry("PLACED", "waitlist", "waitlist", List.of(entry.id()), List.of(entry.patientId()), "OK", ""));
    }

    private Newcomer newcomer(Wish wish, @Nullable Long enrolmentId, Optional<WaitlistEntry> waiting) {
        return new Newcomer(
                wish.patientId(),
                enrolmentId,
                waiting.map(WaitlistEntry::id).orElse(null),
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
        new Admission(em).closed(series.id(), clock.instant()).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
    }

    private static void requireNone(List<Refusal> refusals) {
        if (!refusals.isEmpty()) {
            throw new Refused(refusals, Alternatives.NONE);
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
            throw new Invalid("patient", "invalid.session.noPatient", id);
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
    void requireMayOverride(Actor actor, RuleOverride override) {
        if (override.rules().contains(Rule.SEAT_TAKEN) && !actor.has(Role.LEAD)) {
            throw new Gate(audit).refusal(actor, "overbook a seat", "series", List.of());
        }
    }

    private static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > 200) {
            throw new Invalid("reason", "invalid.session.reason");
        }
    }

    // --- trying and telling -----------------------------------------------------------------------------------------

    /** What a refusal is about, on record. */
    record Subject(String kind, List<Long> ids, List<Long> patientIds) {

        static Subject series(long id, long patientId) {
            return new Subject("series", List.of(id), List.of(patientId));
        }

        static Subject session(long id, List<Long> patientIds) {
            return new Subject("session", List.of(id), patientIds);
        }

        static Subject waitlist(List<Long> ids, List<Long> patientIds) {
            return new Subject("waitlist", ids, patientIds);
        }
    }

    /** Tries again after a lost race; a refusal goes on record. */
    <T> T retrying(Actor actor, Subject subject, Supplier<T> work) {
        return retrying(actor, subject, Rule.SEAT_TAKEN, work);
    }

    /** @param lost what to tell who loses to the end */
    <T> T retrying(Actor actor, Subject subject, Rule lost, Supplier<T> work) {
        return recording(actor, subject, () -> LostRaces.retried(transactions, work, lost));
    }

    /** A refusal goes on record. */
    <T> T recording(Actor actor, Subject subject, Supplier<T> work) {
        try {
            return work.get();
        } catch (Refused refused) {
            audit.recordApart(
                    actor,
                    new Entry(
                            "REFUSED",
                            "enrolment",
                            subject.kind(),
                            subject.ids(),
                            subject.patientIds(),
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

    private void recordSession(Actor actor, String what, long sessionId, long patientId, String detail) {
        audit.record(
                actor, new Entry(what, "enrolment", "session", List.of(sessionId), List.of(patientId), "OK", detail));
    }

    private static String overridden(RuleOverride override) {
        return override.rules().isEmpty()
                ? ""
                : override.rules().stream()
                        .map(Rule::name)
                        .sorted()
                        .collect(Collectors.joining(" ", "overridden ", ""));
    }

    /** The enrolments of a series as they stand, for who edits it. */
    static List<Enrolment> of(EntityManager em, long seriesId) {
        return new ArrayList<>(
                em.createQuery("select e from Enrolment e where e.seriesId = :series order by e.id", Enrolment.class)
                        .setParameter("series", seriesId)
                        .getResultList());
    }
}

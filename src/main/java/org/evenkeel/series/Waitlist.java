package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.series.Enrolments.Obstacle;
import org.evenkeel.series.Enrolments.Subject;
import org.evenkeel.series.WaitlistRow.Kept;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.Occurrence;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.session.Seats;
import org.evenkeel.session.Seats.Newcomer;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.Sites;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, in order: by priority, then by how long they have waited, then by number. A freed seat or time shows whom it suits, at
 * once; placing someone takes the seat and their place on the list in one transaction.
 */
@ApplicationScoped
public class Waitlist {

    /** A seat or a time is kept for one person at most so long. */
    public static final Duration LONGEST_HOLD = Duration.ofHours(72);

    private static final String IN_ORDER = "order by w.priority, w.waiting_since, w.id";

    private EntityManager em;
    private Transactions transactions;
    private Enrolments enrolments;
    private Schedule schedule;
    private AuditTrail audit;
    private Event<SeriesChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Waitlist() {}

    @Inject
    public Waitlist(
            EntityManager em,
            Transactions transactions,
            Enrolments enrolments,
            Schedule schedule,
            AuditTrail audit,
            Event<SeriesChanged> events,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.enrolments = enrolments;
        this.schedule = schedule;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A page of the list. */
    public record Page(List<WaitlistRow> items, boolean more) {}

    /**
     * Puts a patient on the list.
     *
     * @return the id of the entry
     * @throws Refused if they wait for the same already, or are enrolled in it
     */
    public long add(Actor actor, WaitlistWish wish) {
        requireDesk(actor);
        if (wish.priority() < 1 || wish.priority() > 3) {
            throw new Invalid("priority", "invalid.series.priority");
        }
        if ((wish.seriesId() == null) == (wish.modality() == null)) {
            throw new Invalid("series", "invalid.series.waitsForWhat");
        }
        LocalTime after = wish.after();
        LocalTime before = wish.before();
        if (after != null && before != null && !after.isBefore(before)) {
            throw new Invalid("before", "invalid.series.timeOrder");
        }
        Subject subject = Subject.waitlist(List.of(), List.of(wish.patientId()));
        return enrolments.recording(actor, subject, () -> transactions.inNew(() -> addOnce(actor, wish)));
    }

    private long addOnce(Actor actor, WaitlistWish wish) {
        Long modality = wish.modality() == null ? null : modality(wish.modality());
        requireNew(wish, modality);
        WaitlistEntry entry = new WaitlistEntry(wish, modality, clock.instant());
        em.persist(entry);
        em.flush();
        record(actor, "WAITLISTED", entry, "priority " + wish.priority());
        return entry.id();
    }

    private long modality(String code) {
        return Sql.on(em)
                .add("select id from modality where code = ?", code)
                .first(r -> r.id(1))
                .orElseThrow(() -> new Invalid("modality", "invalid.session.noModality", code));
    }

    private void requireNew(WaitlistWish wish, @Nullable Long modality) {
        String patient = Sql.on(em)
                .add("select given_name, family_name from patient where id = ? for update", wish.patientId())
                .first(r -> r.text(1) + " " + r.text(2))
                .orElseThrow(() -> new Invalid("patient", "invalid.session.noPatient", wish.patientId()));
        if (wish.seriesId() != null) {
            requireSeries(wish.seriesId());
        }
        Sql.on(em)
                .add(
                        "select from_date from enrolment where series_id = ? and patient_id = ? and to_date is null",
                        wish.seriesId() == null ? -1L : wish.seriesId(),
                        wish.patientId())
                .first(r -> r.date(1))
                .ifPresent(since -> {
                    throw new Refused(Refusal.of(Rule.ALREADY_ENROLLED, patient, Map.of("date", since)));
                });
        Sql.on(em)
                .add(
                        "select waiting_since from waitlist_entry where patient_id = ? and state = 'WAITING'"
                                + " and (series_id = ? or modality_id = ?)",
                        wish.patientId(),
                        wish.seriesId() == null ? -1L : wish.seriesId(),
                        modality == null ? -1L : modality)
                .first(r -> LocalDate.ofInstant(r.instant(1), java.time.ZoneOffset.UTC))
                .ifPresent(since -> {
                    throw new Refused(Refusal.of(Rule.ALREADY_WAITING, patient, Map.of("date", since)));
                });
    }

    private void requireSeries(long id) {
        if (!Sql.on(em).add("select 1 from series where id = ?", id).exists()) {
            throw new NotFound("series", id);
        }
    }

    /** Takes an entry off the list. */
    public void withdraw(Actor actor, long entryId) {
        requireDesk(actor);
        transactions.runInNew(() -> {
            WaitlistEntry entry = locked(entryId);
            entry.close(WaitlistEntry.State.WITHDRAWN, clock.instant());
            List<TimeSlot> freed = kept(entry);
            new WaitlistEntries(em).releaseSeats(entry, clock.instant());
            schedule.releaseKept(entryId);
            record(actor, "WITHDRAWN", entry, "", freed);
        });
    }

    /**
     * Keeps a seat for one person, until an instant; then it lapses by itself. In each date from their first day on that has a free
     * one.
     *
     * @return in how many dates
     * @throws Refused if no seat is free, or they wait no longer
     */
    public int hold(Actor actor, long entryId, Instant until) {
        requireDesk(actor);
        Instant now = clock.instant();
        requireHold(now, until);
        return enrolments.recording(
                actor, subject(entryId), () -> transactions.inNew(() -> holdOnce(actor, entryId, now, until)));
    }

    private static void requireHold(Instant now, Instant until) {
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_HOLD))) {
            throw new Invalid("until", "invalid.series.keptTooLong");
        }
    }

    /**
     * Keeps a time for one who waits for times, until an instant, or its start if that is sooner; then it lapses by itself. What was
     * kept for them before is given up.
     *
     * @return until when
     * @throws Refused if something speaks against it, or they wait no longer
     */
    public Instant hold(Actor actor, long entryId, TimeSlot slot, long therapistId, long roomId, Instant until) {
        requireDesk(actor);
        Instant now = clock.instant();
        requireHold(now, until);
        Instant end = until.isBefore(slot.start()) ? until : slot.start();
        return enrolments.retrying(actor, subject(entryId), Rule.BEING_BOOKED, () -> {
            WaitlistEntry entry = locked(entryId);
            Judged judged = judged(actor, entry, slot, therapistId, roomId);
            schedule.keepFor(actor, entryId, judged, end);
            record(actor, "OFFERED", entry, "a time");
            return end;
        });
    }

    /** What they wait for at that time, which nothing speaks against; what is kept for them makes way. */
    private Judged judged(Actor actor, WaitlistEntry entry, TimeSlot slot, long therapistId, long roomId) {
        long modality = entry.modalityId().orElseThrow(() -> new Invalid("entry", "invalid.series.waitsForSeat"));
        schedule.releaseKept(entry.id());
        Occurrence wanted =
                new Occurrence(null, null, slot, therapistId, List.of(), roomId, List.of(entry.patientId()));
        Judged judged = schedule.judge(actor, modality, 1, List.of(wanted)).get(0);
        List<Refusal> against = judged.refusals().isEmpty() ? schedule.heldByOthers(actor, judged) : judged.refusals();
        if (!against.isEmpty()) {
            throw new Refused(against, Alternatives.NONE);
        }
        return judged;
    }

    /** @return in how many dates */
    private int holdOnce(Actor actor, long entryId, Instant now, Instant until) {
        WaitlistEntry entry = locked(entryId);
        long series = series(entry);
        Instant since = keptSince(entryId, series, now).orElse(now);
        new WaitlistEntries(em).releaseSeats(entry, clock.instant());
        List<Long> sessions = Sql.on(em)
                .add(
                        "select id from session where series_id = ? and state = 'BOOKED' and starts_at > ? order by id for update",
                        series,
                        beginning(entry, series, now))
                .list(r -> r.id(1));
        int held = Sql.on(em)
                .add(
                        "update seat set held_for = ?, held_until = ?, held_since = ? where session_id in",
                        entryId,
                        until,
                        since)
                .in(sessions)
                .add(
                        "and number = (select min(x.number) from seat x where x.session_id = seat.session_id"
                                + " and (x.held_until is null or x.held_until <= ?) and not exists (select 1 from"
                                + " participant p where p.session_id = x.session_id and p.seat_number = x.number))",
                        now)
                .update();
        if (held == 0) {
            throw new Refused(Refusal.of(Rule.SEAT_TAKEN, ""));
        }
        record(actor, "OFFERED", entry, held + " dates", kept(entry));
        return held;
    }

    /** Since when a seat is kept for them; whoever keeps it for longer has nothing new to tell them. */
    private Optional<Instant> keptSince(long entryId, long series, Instant now) {
        return Sql.on(em)
                .add(
                        "select x.held_since from session s join seat x on x.session_id = s.id where s.series_id = ? and s.starts_at > ?"
                                + " and x.held_for = ? and x.held_until > ? and x.held_since is not null"
                                + " order by x.held_since fetch first 1 rows only",
                        series,
                        now,
                        entryId,
                        now)
                .first(r -> r.instant(1));
    }

    /** Dates after this are theirs: those to come, from their first day on. */
    private Instant beginning(WaitlistEntry entry, long series, Instant now) {
        Instant from = entry.from().atStartOfDay(zone(series)).toInstant().minusNanos(1_000);
        return from.isAfter(now) ? from : now;
    }

    private ZoneId zone(long series) {
        return Sql.on(em)
                .add("select si.zone from series g join site si on si.id = g.site_id where g.id = ?", series)
                .first(r -> ZoneId.of(r.text(1)))
                .orElseThrow(() -> new NotFound("series", series));
    }

    /** The dates of which a seat is kept for them. */
    private List<TimeSlot> kept(WaitlistEntry entry) {
        Instant now = clock.instant();
        return entry.seriesId()
                .map(series -> Sql.on(em)
                        .add(
                                "select s.starts_at, s.ends_at from session s join seat x on x.session_id = s.id where s.series_id = ?"
                                        + " and s.starts_at > ? and x.held_for = ? and x.held_until > ? order by s.starts_at",
                                series,
                                now,
                                entry.id(),
                                now)
                        .list(r -> r.slot(1, 2)))
                .orElseGet(List::of);
    }

    /**
     * What placing them would come up against.
     *
     * @param dates to which they would come if nothing stood against any
     */
    public record Attempt(int dates, List<Obstacle> obstacles) {

        /** Whether some dates are left without those that something stands against. */
        public boolean isPartly() {
            return obstacles.stream().map(Obstacle::sessionId).distinct().count() < dates;
        }
    }

    /**
     * What stands against enrolling the one who waits from a day on, date by date.
     *
     * @param override as of {@link Enrolments.Wish}
     */
    public Attempt attempt(Actor actor, long entryId, LocalDate from, RuleOverride override) {
        requireDesk(actor);
        record Known(long series, long patient) {}
        Known known = transactions.inNew(() -> {
            WaitlistEntry entry = locked(entryId);
            return new Known(series(entry), entry.patientId());
        });
        List<Obstacle> obstacles = enrolments.obstacles(
                actor, known.series(), new Enrolments.Wish(known.patient(), from, Set.of(), override));
        int dates = transactions.inNew(() -> {
            Instant start = from.atStartOfDay(zone(known.series())).toInstant().minusNanos(1_000);
            Instant now = clock.instant();
            return dates(known.series(), start.isAfter(now) ? start : now).size();
        });
        return new Attempt(dates, obstacles);
    }

    private static long series(WaitlistEntry entry) {
        return entry.seriesId().orElseThrow(() -> new Invalid("entry", "invalid.series.waitsForTime"));
    }

    private record Date(long sessionId, Instant start) {}

    private List<Date> dates(long series, Instant after) {
        return Sql.on(em)
                .add(
                        "select id, starts_at from session where series_id = ? and state = 'BOOKED' and starts_at > ?"
                                + " order by starts_at, id",
                        series,
                        after)
                .list(r -> new Date(r.id(1), r.instant(2)));
    }

    /** Nobody looks further down the list for who can take a seat. */
    private static final int MOST_ASKED = 20;

    /**
     * Who is offered a free seat: the first who may come by then, for whom no seat is kept yet, and who can come to it without a
     * reason: nobody once a closed group has begun, and nobody to a date past whose cut-off they joined the list.
     *
     * @param sessionId a date of it; null: the group, from its next date on
     * @return their entry; empty: nobody who waits can take it
     */
    public Optional<Long> first(Actor actor, long seriesId, @Nullable Long sessionId) {
        requireDesk(actor);
        return transactions.inNew(() -> {
            List<Date> dates = dates(seriesId, clock.instant()).stream()
                    .filter(d -> sessionId == null || d.sessionId() == sessionId)
                    .toList();
            boolean closed = new Admission(em).closed(seriesId, clock.instant()).isPresent();
            return dates.isEmpty() || closed ? Optional.empty() : first(actor, seriesId, dates, sessionId == null);
        });
    }

    private Optional<Long> first(Actor actor, long seriesId, List<Date> dates, boolean unlessKept) {
        record Asked(long entryId, long patientId, Instant since) {}
        Series series = Objects.requireNonNull(em.find(Series.class, seriesId));
        ZoneId zone = Sites.zone(em, series.siteId());
        Instant now = clock.instant();
        Sql sql = Sql.on(em)
                .add(
                        "select w.id, w.patient_id, w.waiting_since from waitlist_entry w where w.series_id = ? and w.state = 'WAITING'"
                                + " and w.from_date <= ?",
                        seriesId,
                        LocalDate.ofInstant(dates.get(0).start(), zone));
        if (unlessKept) {
            sql.add(
                    "and not exists (select 1 from seat x join session d on d.id = x.session_id"
                            + " where d.series_id = w.series_id and x.held_for = w.id and x.held_until > ?)",
                    now);
        }
        List<Asked> asked = sql.add(IN_ORDER + " fetch first ? rows only", MOST_ASKED)
                .list(r -> new Asked(r.id(1), r.id(2), r.instant(3)));
        List<Newcomer> newcomers = asked.stream()
                .map(a -> new Newcomer(a.patientId(), null, a.entryId(), false))
                .toList();
        Map<Long, Set<Long>> against =
                enrolments
                        .obstacles(
                                actor,
                                newcomers,
                                dates.stream().map(Date::sessionId).toList())
                        .stream()
                        .collect(Collectors.groupingBy(
                                Seats.Obstacle::patientId,
                                Collectors.mapping(Seats.Obstacle::sessionId, Collectors.toSet())));
        return asked.stream()
                .filter(a -> dates.stream()
                        .filter(d ->
                                !against.getOrDefault(a.patientId(), Set.of()).contains(d.sessionId()))
                        .anyMatch(d -> Admission.late(series, d.start(), zone, a.since(), now)
                                .isEmpty()))
                .map(Asked::entryId)
                .findFirst();
    }

    /**
     * Enrols the one who waits, and takes them off the list.
     *
     * @return the enrolment
     * @throws Refused if a date stands against it, or another desk has placed them
     */
    public long place(Actor actor, long entryId, LocalDate from) {
        return place(actor, entryId, from, Set.of(), RuleOverride.NONE);
    }

    /**
     * The same without some dates, or against some rules.
     *
     * @param without sessions that they will not come to
     * @param override as of {@link Enrolments.Wish}
     */
    public long place(Actor actor, long entryId, LocalDate from, Set<Long> without, RuleOverride override) {
        requireDesk(actor);
        enrolments.requireMayOverride(actor, override);
        return enrolments.retrying(actor, subject(entryId), () -> {
            WaitlistEntry entry = locked(entryId);
            return enrolments.enrolOnce(
                    actor,
                    series(entry),
                    new Enrolments.Wish(entry.patientId(), from, without, override),
                    clock.instant());
        });
    }

    /**
     * Books a time for the one who waits, and takes them off the list.
     *
     * @return the session
     * @throws Refused if something speaks against it, or another desk has placed them
     */
    public long place(Actor actor, long entryId, TimeSlot slot, long therapistId, long roomId) {
        requireDesk(actor);
        return enrolments.retrying(actor, subject(entryId), Rule.BEING_BOOKED, () -> {
            WaitlistEntry entry = locked(entryId);
            Judged judged = judged(actor, entry, slot, therapistId, roomId);
            long modality = entry.modalityId().orElseThrow();
            long session = schedule.book(
                            actor, new Schedule.Common(0, modality, 1, Map.of(), RuleOverride.NONE), List.of(judged))
                    .get(0);
            entry.close(WaitlistEntry.State.PLACED, clock.instant());
            em.flush();
            record(actor, "PLACED", entry, "session " + session);
            return session;
        });
    }

    /**
     * Who waits for a group that ends waits for another one instead, as long as they have; who is enrolled there or waits for it
     * already is taken off the list. In the caller's transaction.
     */
    void redirectOnce(Actor actor, long from, long into) {
        List<WaitlistEntry> waiting = new WaitlistEntries(em).waiting(from);
        if (waiting.isEmpty()) {
            return;
        }
        Set<Long> there = Set.copyOf(Sql.on(em)
                .add(
                        "select patient_id from waitlist_entry where series_id = ? and state = 'WAITING' union"
                                + " select patient_id from enrolment where series_id = ? and to_date is null",
                        into,
                        into)
                .list(r -> r.id(1)));
        for (WaitlistEntry entry : waiting) {
            if (there.contains(entry.patientId())) {
                entry.close(WaitlistEntry.State.WITHDRAWN, clock.instant());
            } else {
                entry.waitFor(into);
            }
        }
        em.flush();
        audit.record(
                actor,
                new Entry(
                        "REDIRECTED",
                        "waitlist",
                        "waitlist",
                        waiting.stream().map(WaitlistEntry::id).toList(),
                        waiting.stream().map(WaitlistEntry::patientId).toList(),
                        "OK",
                        "to series " + into));
        events.fire(new SeriesChanged(into, clock.instant()));
    }

    private Subject subject(long entryId) {
        return Subject.waitlist(List.of(entryId), transactions.inNew(() -> Sql.on(em)
                .add("select patient_id from waitlist_entry where id = ?", entryId)
                .list(r -> r.id(1))));
    }

    private WaitlistEntry locked(long id) {
        WaitlistEntry entry = em.find(WaitlistEntry.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (entry == null) {
            throw new NotFound("waitlist entry", id);
        }
        if (!entry.isWaiting()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "placed")));
        }
        return entry;
    }

    // --- reading ----------------------------------------------------------------------------------------------------

    /**
     * All who wait, in order; for one series if it is named.
     *
     * @throws NotFound if there is no such series
     */
    public Page list(Actor actor, @Nullable Long seriesId, int offset, int limit) {
        requireDesk(actor);
        return transactions.inNew(() -> {
            Sql sql = select();
            if (seriesId != null) {
                requireSeries(seriesId);
                sql.add("and w.series_id = ?", seriesId);
            }
            List<WaitlistRow> rows = sql.add(IN_ORDER + " offset ? rows fetch first ? rows only", offset, limit + 1)
                    .list(Waitlist::row);
            boolean more = rows.size() > limit;
            List<WaitlistRow> items = more ? List.copyOf(rows.subList(0, limit)) : rows;
            viewed(actor, items);
            return new Page(items, more);
        });
    }

    /**
     * A time that someone who waits could take.
     *
     * @param modality its code; null: any for which the therapist is qualified that day
     */
    public record Time(@Nullable String modality, TimeSlot slot, long therapistId, long siteId) {}

    /**
     * Whom a time suits, in order: who waits for that modality, on that day of the week, at that time, with that therapist, at that
     * site.
     */
    public List<WaitlistRow> matches(Actor actor, Time time, int limit) {
        requireDesk(actor);
        return transactions.inNew(() -> {
            List<WaitlistRow> rows = addSuited(select(), time)
                    .add(IN_ORDER + " fetch first ? rows only", limit)
                    .list(Waitlist::row);
            viewed(actor, rows);
            return rows;
        });
    }

    /** How many a time suits; who they are is not told. */
    public int suited(Actor actor, Time time) {
        requireDesk(actor);
        return transactions.inNew(() -> addSuited(
                        Sql.on(em)
                                .add("select count(*) from waitlist_entry w join modality m on m.id = w.modality_id"
                                        + " where w.state = 'WAITING'"),
                        time)
                .first(r -> r.number(1))
                .orElse(0));
    }

    private Sql addSuited(Sql sql, Time time) {
        ZoneId zone = Sites.zone(em, time.siteId());
        LocalDateTime start = LocalDateTime.ofInstant(time.slot().start(), zone);
        sql.add(
                "and w.series_id is null and (w.therapist_id is null or w.therapist_id = ?)"
                        + " and (w.site_id is null or w.site_id = ?) and (w.weekdays = '' or w.weekdays like ?)"
                        + " and (w.after_time is null or w.after_time <= ?)"
                        + " and (w.before_time is null or w.before_time >= ?) and w.from_date <= ?",
                time.therapistId(),
                time.siteId(),
                "%" + start.getDayOfWeek().getValue() + "%",
                start.toLocalTime(),
                LocalTime.ofInstant(time.slot().end(), zone),
                start.toLocalDate());
        return time.modality() != null
                ? sql.add("and m.code = ?", time.modality())
                : sql.add(
                        "and (m.qualification is null or exists (select 1 from qualification q where q.modality_id = m.id"
                                + " and q.therapist_id = ? and q.valid_from <= ? and (q.valid_to is null or q.valid_to >= ?)))",
                        time.therapistId(),
                        start.toLocalDate(),
                        start.toLocalDate());
    }

    private Sql select() {
        return Sql.on(em)
                .add(
                        "select w.id, w.patient_id, p.given_name, p.family_name, p.record_number, g.id, g.name, m.id, m.code,"
                                + " m.name, m.colour, t.id, t.title, t.given_name, t.family_name, si.id, si.name, w.weekdays,"
                                + " w.after_time, w.before_time, w.from_date, w.priority, w.waiting_since,"
                                + " (select count(*) from session d where d.series_id = w.series_id and d.state = 'BOOKED'"
                                + " and d.starts_at > w.waiting_since and d.starts_at < ?"
                                + " and (d.occurrence is null or cast(d.occurrence as date) >= w.from_date)),"
                                + " (select max(x.held_until) from session d join seat x on x.session_id = d.id where d.series_id = w.series_id"
                                + " and d.starts_at > ? and x.held_for = w.id and x.held_until > ?),"
                                + " h.expires_at, h.starts_at, h.ends_at, ht.id, ht.title, ht.given_name, ht.family_name,"
                                + " hr.id, hr.name, hs.zone, gs.zone"
                                + " from waitlist_entry w join patient p on p.id = w.patient_id"
                                + " left join series g on g.id = w.series_id left join site gs on gs.id = g.site_id"
                                + " join modality m on m.id = coalesce(w.modality_id, g.modality_id)"
                                + " left join therapist t on t.id = w.therapist_id left join site si on si.id = w.site_id"
                                + " left join hold h on h.waitlist_entry_id = w.id and h.expires_at > ?"
                                + " left join therapist ht on ht.id = h.therapist_id left join room hr on hr.id = h.room_id"
                                + " left join site hs on hs.id = hr.site_id"
                                + " where w.state = 'WAITING'",
                        clock.instant(),
                        clock.instant(),
                        clock.instant(),
                        clock.instant());
    }

    private static WaitlistRow row(Sql.Row r) throws SQLException {
        Long series = r.idOrNull(6);
        Long therapist = r.idOrNull(12);
        Long site = r.idOrNull(16);
        Set<Integer> weekdays = new TreeSet<>();
        r.text(18).chars().forEach(c -> weekdays.add(c - '0'));
        return new WaitlistRow(
                r.id(1),
                r.id(2),
                r.text(3) + " " + r.text(4),
                r.text(5),
                series == null ? null : new Named(series, r.text(7)),
                series == null ? null : ZoneId.of(r.text(36)),
                new Therapy(r.id(8), r.text(9), r.text(10), r.number(11)),
                therapist == null
                        ? null
                        : new Named(therapist, Therapist.displayName(r.text(13), r.text(14), r.text(15))),
                site == null ? null : new Named(site, r.text(17)),
                weekdays,
                r.timeOrNull(19),
                r.timeOrNull(20),
                r.date(21),
                r.number(22),
                r.instant(23),
                r.number(24),
                r.instantOrNull(26) == null ? r.instantOrNull(25) : r.instantOrNull(26),
                r.instantOrNull(26) == null
                        ? null
                        : new Kept(
                                r.slot(27, 28),
                                ZoneId.of(r.text(35)),
                                new Named(r.id(29), Therapist.displayName(r.text(30), r.text(31), r.text(32))),
                                new Named(r.id(33), r.text(34))));
    }

    private void viewed(Actor actor, List<WaitlistRow> rows) {
        audit.record(
                actor,
                Entry.viewed(
                        "waitlist",
                        "waitlist",
                        List.of(),
                        rows.stream().map(WaitlistRow::patientId).collect(Collectors.toSet())));
    }

    private void requireDesk(Actor actor) {
        new Gate(audit).require(actor, "use the waitlist", Role.DESK, Role.LEAD);
    }

    private void record(Actor actor, String what, WaitlistEntry entry, String detail) {
        record(actor, what, entry, detail, List.of());
    }

    private void record(Actor actor, String what, WaitlistEntry entry, String detail, List<TimeSlot> kept) {
        audit.record(
                actor,
                new Entry(what, "waitlist", "waitlist", List.of(entry.id()), List.of(entry.patientId()), "OK", detail));
        entry.seriesId().ifPresent(series -> events.fire(new SeriesChanged(series, clock.instant(), kept)));
    }
}

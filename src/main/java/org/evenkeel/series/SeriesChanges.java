package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Claim;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.modality.Modality;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.series.SeriesChangePlan.ChangedDate;
import org.evenkeel.series.SeriesChangePlan.Setting;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.LostRaces;
import org.evenkeel.session.Occurrence;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.session.Seats;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.Sites;
import org.jspecify.annotations.Nullable;

/**
 * Changes or cancels this date of a series, this and the following, or all that are still to come. What has begun, and attendance,
 * stay untouched; dates that were changed by hand are kept unless they are asked for. Each is one transaction, and can be looked at before.
 */
@ApplicationScoped
public class SeriesChanges {

    private EntityManager em;
    private Transactions transactions;
    private Schedule schedule;
    private Seats seats;
    private SeriesRights rights;
    private AuditTrail audit;
    private Event<SeriesChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SeriesChanges() {}

    @Inject
    public SeriesChanges(
            EntityManager em,
            Transactions transactions,
            Schedule schedule,
            Seats seats,
            SeriesRights rights,
            AuditTrail audit,
            Event<SeriesChanged> events,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.schedule = schedule;
        this.seats = seats;
        this.rights = rights;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What the change would do; nothing is saved. */
    public SeriesChangePlan preview(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        require(actor, sessionId, scope, change);
        return transactions.inNew(() -> draft(actor, sessionId, scope, change).plan());
    }

    /**
     * Changes the dates.
     *
     * @return what was done
     * @throws Refused if something speaks against a date; nothing was saved
     */
    public SeriesChangePlan change(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        require(actor, sessionId, scope, change);
        return retrying(actor, sessionId, () -> save(actor, sessionId, scope, change));
    }

    private SeriesChangePlan save(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        Draft draft = draft(actor, sessionId, scope, change);
        List<Refusal> against = draft.plan().conflicts().stream()
                .flatMap(c -> c.refusals().stream())
                .filter(r -> r.rule().severity() != Rule.Severity.SOFT
                        || !change.override().covers(r.rule()))
                .distinct()
                .toList();
        if (!against.isEmpty()) {
            throw new Refused(against, Alternatives.NONE);
        }
        Series series = draft.series();
        Series part = series;
        if (draft.plan().splits()) {
            part = split(actor, draft);
        }
        List<Long> ids = draft.dates().stream().map(Date::sessionId).toList();
        if (scope == Scope.THIS) {
            markByHand(draft.plan().changed().stream()
                    .filter(ChangedDate::differs)
                    .map(ChangedDate::sessionId)
                    .toList());
        } else {
            part.change(change);
            if (change.dayShift() != 0 || change.time() != null) {
                LocalDateTime first =
                        draft.plan().splits() ? draft.dates().get(0).wallTime() : part.firstAt();
                part.repeat(part.recurrence().shiftedBy(change.dayShift()), moved(first, change));
                moveOccurrences(part, change);
            }
        }
        schedule.change(
                new Schedule.Common(part.id(), part.modalityId(), part.capacity(), Map.of(), change.override()),
                draft.judged());
        if (change.capacity() != null && !ids.isEmpty()) {
            seats.resize(ids, change.capacity());
        }
        em.flush();
        audit.record(
                actor,
                new Entry(
                        "CHANGED",
                        "series",
                        "series",
                        List.of(series.id()),
                        List.of(),
                        "OK",
                        scope + ", " + ids.size() + " sessions"));
        events.fire(new SeriesChanged(part.id(), clock.instant()));
        return draft.plan();
    }

    private void markByHand(List<Long> ids) {
        Sql.on(em).add("update session set by_hand = true where id in").in(ids).update();
    }

    /**
     * The rule moves, and with it what each date to come stands for, also those that are kept where they are. What is over or was
     * cancelled makes way; that is a new version, so that no undo brings it back without its place in the rule.
     */
    private void moveOccurrences(Series series, SeriesChange change) {
        record Standing(long sessionId, LocalDateTime wallTime) {}
        List<Standing> standing = Sql.on(em)
                .add(
                        "select id, occurrence from session where series_id = ? and state = 'BOOKED' and starts_at > ?",
                        series.id(),
                        clock.instant())
                .list(r -> new Standing(r.id(1), moved(r.wallTime(2), change)));
        Sql.on(em)
                .add("update session set occurrence = null where id in")
                .in(standing.stream().map(Standing::sessionId).toList())
                .update();
        Sql.on(em)
                .add(
                        "update session set occurrence = null, version = version + 1 where series_id = ? and occurrence in",
                        series.id())
                .in(standing.stream().map(Standing::wallTime).toList())
                .update();
        Sql.on(em)
                .add("update session set occurrence = ? where id = ?")
                .each(standing.stream()
                        .map(s -> List.<Object>of(s.wallTime(), s.sessionId()))
                        .toList());
    }

    /** The part from the date on becomes a series of its own; who is enrolled continues in it, and who waits goes on waiting for it. */
    private Series split(Actor actor, Draft draft) {
        Series series = draft.series();
        LocalDateTime first = draft.dates().get(0).wallTime();
        LocalDate lastDay = first.toLocalDate().minusDays(1);
        Instant from = draft.dates().get(0).slot().start();
        Recurrence whole = series.recurrence();
        Recurrence rest = whole.count().isPresent() ? whole.withCount(rest(series, from)) : whole;
        Series part = series.splitOff(rest, first, clock.instant(), actor.accountId());
        em.persist(part);
        series.repeat(whole.until(lastDay), series.firstAt());
        em.flush();
        Sql.on(em)
                .add(
                        "update session set series_id = ? where series_id = ? and starts_at >= ?",
                        part.id(),
                        series.id(),
                        from)
                .update();
        for (Enrolment enrolment : Enrolments.of(em, series.id())) {
            if (enrolment.to().isPresent() && enrolment.to().get().isBefore(lastDay.plusDays(1))) {
                continue;
            }
            LocalDate start = enrolment.from().isAfter(lastDay) ? enrolment.from() : lastDay.plusDays(1);
            Enrolment next = new Enrolment(part.id(), enrolment.patientId(), start, clock.instant(), actor.accountId());
            enrolment.to().ifPresent(to -> next.end(to, enrolment.endReason().orElse("")));
            enrolment.end(lastDay, "continued");
            em.persist(next);
            em.flush();
            Sql.on(em)
                    .add(
                            "update participant set enrolment_id = ? where enrolment_id = ? and session_id in"
                                    + " (select id from session where series_id = ?)",
                            next.id(),
                            enrolment.id(),
                            part.id())
                    .update();
        }
        new WaitlistEntries(em).continueIn(series.id(), part.id(), clock.instant());
        return part;
    }

    /** How many dates the part from then on has: those that go along, or so many as are still to be held. */
    private int rest(Series series, Instant from) {
        record Live(int before, int all) {}
        Live live = Sql.on(em)
                .add(
                        "select count(case when starts_at < ? then 1 end), count(*) from session where series_id = ?"
                                + " and state = 'BOOKED'",
                        from,
                        series.id())
                .first(r -> new Live(r.number(1), r.number(2)))
                .orElseThrow();
        int along = live.all() - live.before();
        int planned = series.recurrence().count().orElse(0);
        return series.counts() == Series.Counting.HELD ? Math.max(along, planned - live.before()) : along;
    }

    /** What cancelling would do; nothing is saved. */
    public CancellationPlan previewCancel(Actor actor, long sessionId, Cancellation wish) {
        require(actor, sessionId, wish.scope(), null);
        return transactions.inNew(() -> {
            Dates dates = dates(sessionId, wish.scope());
            List<Date> going = going(dates, wish);
            Set<Long> ids = going.stream().map(Date::sessionId).collect(Collectors.toSet());
            List<CancellationPlan.Person> people = people(ids);
            audit.record(
                    actor,
                    Entry.viewed(
                            "group/cancel",
                            "series",
                            List.of(dates.series().id()),
                            people.stream()
                                    .map(CancellationPlan.Person::patientId)
                                    .toList()));
            return new CancellationPlan(
                    dates.zone(),
                    dates.all().stream()
                            .map(d -> new CancellationPlan.Meant(
                                    d.sessionId(), d.version(), d.slot(), d.byHand(), ids.contains(d.sessionId())))
                            .toList(),
                    people,
                    waiting(dates.series().id()),
                    !wish.extend() || going.isEmpty()
                            ? List.of()
                            : extension().added(actor, dates.series(), dates.zone(), going.size()).stream()
                                    .map(j -> new CancellationPlan.Added(
                                            j.occurrence().slot(), j.refusals()))
                                    .toList());
        });
    }

    /** One date alone goes as it is; of several, those that were changed by hand stay unless they are asked for. */
    private static List<Date> going(Dates dates, Cancellation wish) {
        return dates.all().stream()
                .filter(d -> wish.scope() == Scope.THIS
                        || !d.byHand()
                        || wish.byHand().contains(d.sessionId()))
                .toList();
    }

    private List<CancellationPlan.Person> people(Set<Long> sessions) {
        return sessions.isEmpty()
                ? List.of()
                : Sql.on(em)
                        .add(
                                "select distinct pa.id, pa.given_name, pa.family_name, pa.family_search_name, pa.search_name"
                                        + " from participant p join patient pa on pa.id = p.patient_id"
                                        + " where p.seat_number is not null and p.session_id in")
                        .in(sessions)
                        .add("order by pa.family_search_name, pa.search_name, pa.id")
                        .list(r -> new CancellationPlan.Person(r.id(1), r.text(2) + " " + r.text(3)));
    }

    private int waiting(long seriesId) {
        return Sql.on(em)
                .add("select count(*) from waitlist_entry where series_id = ? and state = 'WAITING'", seriesId)
                .first(r -> r.number(1))
                .orElse(0);
    }

    /**
     * Cancels the dates.
     *
     * @return the sessions that were cancelled
     * @throws Stale if they are not what they were when they were read (acceptance case A22)
     */
    public List<Long> cancel(Actor actor, long sessionId, Cancellation wish) {
        if (wish.reason().isBlank() || wish.reason().length() > 200) {
            throw new Invalid("reason", "invalid.session.cancelReason");
        }
        require(actor, sessionId, wish.scope(), null);
        return retrying(actor, sessionId, () -> cancelOnce(actor, sessionId, wish));
    }

    /** The same in the caller's transaction. */
    List<Long> cancelOnce(Actor actor, long sessionId, Cancellation wish) {
        Dates dates = dates(sessionId, wish.scope());
        List<Date> going = going(dates, wish);
        List<Long> ids = going.stream().map(Date::sessionId).toList();
        requireAsRead(ids, wish.versions());
        if (ids.isEmpty()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "started")));
        }
        schedule.cancel(ids, wish.reason().strip());
        if (wish.extend()) {
            extension().extend(actor, dates.series(), dates.zone(), ids.size());
        } else if (wish.scope() != Scope.THIS) {
            // It has ended: so many as were to be held are so no longer.
            LocalDate lastDay = going.get(0).wallTime().toLocalDate().minusDays(1);
            dates.series()
                    .repeat(
                            dates.series().recurrence().until(lastDay),
                            dates.series().firstAt());
        }
        audit.record(
                actor,
                new Entry(
                        "CANCELLED",
                        "series",
                        "series",
                        List.of(dates.series().id()),
                        List.of(),
                        "OK",
                        wish.scope() + ", " + ids.size() + " sessions"));
        events.fire(new SeriesChanged(dates.series().id(), clock.instant()));
        return ids;
    }

    /** Locks the sessions, as what follows does: until then another desk may change one apart from its series. */
    private void requireAsRead(List<Long> going, Map<Long, Long> versions) {
        if (versions.isEmpty()) {
            return;
        }
        Set<Long> read = versions.keySet();
        Map<Long, Long> now = new HashMap<>();
        Sql.on(em)
                .add("select id, version from session where id in")
                .in(read)
                .add("order by id for update")
                .list(r -> now.put(r.id(1), r.id(2)));
        boolean others = !going.isEmpty() && !read.equals(Set.copyOf(going));
        if (others || !now.equals(versions)) {
            long first = read.stream().min(Long::compare).orElseThrow();
            throw new Stale("Session " + first, now.getOrDefault(first, -1L));
        }
    }

    /**
     * How a series stands that some sessions are of.
     *
     * @param held whether so many are to be held, however many are cancelled: not where it was ended by a day
     * @param live dates that are not cancelled, past ones too
     * @param planned how many there are to be; 0: it ends by a day
     */
    public record Standing(long seriesId, String name, boolean held, int live, int planned) {

        static Standing of(long seriesId, String name, Series.Counting counts, Recurrence recurrence, int live) {
            int planned = recurrence.count().orElse(0);
            return new Standing(seriesId, name, counts == Series.Counting.HELD && planned > 0, live, planned);
        }

        /** How many are missing where so many are to be held. */
        public int missing() {
            return held ? Math.max(0, planned - live) : 0;
        }
    }

    /** How the series stand that these sessions are of, by name; patients are not in it. */
    public List<Standing> standing(Actor actor, Collection<Long> sessionIds) {
        new Gate(audit).require(actor, "see series", Role.DESK, Role.LEAD, Role.THERAPIST);
        return sessionIds.isEmpty()
                ? List.of()
                : transactions.inNew(() -> Sql.on(em)
                        .add(
                                "select g.id, g.name, g.counts, g.rule, (select count(*) from session s where s.series_id = g.id"
                                        + " and s.state = 'BOOKED') from series g where g.id in (select d.series_id from session d where d.id in")
                        .in(sessionIds)
                        .add(") order by g.name, g.id")
                        .list(r -> Standing.of(
                                r.id(1),
                                r.text(2),
                                r.constant(3, Series.Counting.class),
                                Recurrence.of(r.text(4)),
                                r.number(5))));
    }

    /**
     * Adds as many dates at the end as are missing of those that are to be held (acceptance case A15), counted when nobody else can
     * add any.
     *
     * @return how many; 0: none is missing any more
     * @throws Refused if something speaks against one; nothing was saved
     */
    public int addMissing(Actor actor, long seriesId) {
        long therapist = transactions.inNew(() -> Sql.on(em)
                .add("select therapist_id from series where id = ?", seriesId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("series", seriesId)));
        rights.requireLead(actor, "change a series", therapist);
        return retrying(actor, "series", seriesId, () -> {
            Series series = Objects.requireNonNull(em.find(Series.class, seriesId, LockModeType.PESSIMISTIC_WRITE));
            int missing = missing(series);
            if (missing > 0) {
                extension().extend(actor, series, zoneOf(series), missing);
                audit.record(
                        actor,
                        new Entry(
                                "EXTENDED",
                                "series",
                                "series",
                                List.of(seriesId),
                                List.of(),
                                "OK",
                                missing + " sessions"));
                events.fire(new SeriesChanged(seriesId, clock.instant()));
            }
            return missing;
        });
    }

    private int missing(Series series) {
        int live = Sql.on(em)
                .add("select count(*) from session where series_id = ? and state = 'BOOKED'", series.id())
                .first(r -> r.number(1))
                .orElse(0);
        return Standing.of(series.id(), series.name(), series.counts(), series.recurrence(), live)
                .missing();
    }

    private SeriesExtension extension() {
        return new SeriesExtension(em, schedule, clock);
    }

    private ZoneId zoneOf(Series series) {
        return Sites.zone(em, series.siteId());
    }

    // --- drafting ---------------------------------------------------------------------------------------------------

    /** A date as it stands, which may differ from its series: another room was chosen for it when it was set up. */
    private record Date(
            long sessionId,
            long version,
            LocalDateTime wallTime,
            TimeSlot slot,
            boolean byHand,
            long therapistId,
            long roomId,
            List<Long> coFacilitators,
            int seats) {

        Setting setting() {
            return new Setting(therapistId, coFacilitators, roomId, seats);
        }
    }

    private record Dates(Series series, ZoneId zone, List<Date> all) {}

    /** @param dates those that are changed */
    private record Draft(Series series, SeriesChangePlan plan, List<Date> dates, List<Judged> judged) {}

    private Draft draft(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        Dates dates = dates(sessionId, scope);
        Series series = dates.series();
        requireSameSite(series, change);
        validate(series, scope, change);
        List<Date> changing = new ArrayList<>();
        List<Long> kept = new ArrayList<>();
        for (Date date : dates.all()) {
            boolean leave = change.leave().contains(date.sessionId()) || (scope != Scope.THIS && date.byHand());
            if (leave) {
                kept.add(date.sessionId());
            } else {
                changing.add(date);
            }
        }
        if (changing.isEmpty()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "started")));
        }
        Map<Long, List<Long>> patients = patients(changing);
        int capacity = change.capacity() == null ? series.capacity() : change.capacity();
        Map<Long, Occurrence> wanted = new LinkedHashMap<>();
        for (Date date : changing) {
            occurrence(dates.zone(), date, change, scope, patients).ifPresent(o -> wanted.put(date.sessionId(), o));
        }
        List<Judged> judged = schedule.judge(actor, series.modalityId(), capacity, List.copyOf(wanted.values()));
        Map<Long, Judged> bySession = new HashMap<>();
        judged.forEach(j -> bySession.put(Objects.requireNonNull(j.occurrence().sessionId()), j));
        List<ChangedDate> changed = changing.stream()
                .map(date -> changed(dates.zone(), date, change, bySession.get(date.sessionId())))
                .toList();
        boolean splits = scope == Scope.FOLLOWING
                && hasEarlier(series.id(), changing.get(0).slot().start());
        return new Draft(series, new SeriesChangePlan(dates.zone(), changed, kept, splits), changing, judged);
    }

    /** @param judged null: the clocks skip the time */
    private static ChangedDate changed(ZoneId zone, Date date, SeriesChange change, @Nullable Judged judged) {
        if (judged == null) {
            LocalDateTime wallTime = wanted(zone, date, change);
            Refusal noSuchTime = Refusal.of(
                    Rule.NO_SUCH_TIME,
                    "",
                    Map.of("time", wallTime.toLocalTime().toString(), "date", wallTime.toLocalDate()));
            return new ChangedDate(
                    date.sessionId(), date.slot(), null, date.setting(), date.setting(), List.of(noSuchTime));
        }
        Occurrence wanted = judged.occurrence();
        return new ChangedDate(
                date.sessionId(),
                date.slot(),
                wanted.slot(),
                date.setting(),
                new Setting(
                        wanted.therapistId(),
                        wanted.coFacilitators(),
                        wanted.roomId(),
                        change.capacity() == null ? date.seats() : change.capacity()),
                judged.refusals());
    }

    private static LocalDateTime wanted(ZoneId zone, Date date, SeriesChange change) {
        return moved(LocalDateTime.ofInstant(date.slot().start(), zone), change);
    }

    /** As it is wished for; empty: the clocks skip that time. */
    private Optional<Occurrence> occurrence(
            ZoneId zone, Date date, SeriesChange change, Scope scope, Map<Long, List<Long>> patients) {
        return Recurrence.at(wanted(zone, date, change), zone)
                .map(start -> occurrence(start.toInstant(), date, change, scope, patients));
    }

    private Occurrence occurrence(
            Instant start, Date date, SeriesChange change, Scope scope, Map<Long, List<Long>> patients) {
        if (!Claim.isOnGrid(start)) {
            throw new Invalid("time", "invalid.session.offGrid");
        }
        if (!start.isAfter(clock.instant())) {
            throw new Invalid("time", "invalid.session.past");
        }
        return new Occurrence(
                date.sessionId(),
                scope == Scope.THIS ? date.wallTime() : moved(date.wallTime(), change),
                TimeSlot.of(start, change.minutes() == null ? date.slot().minutes() : change.minutes()),
                change.therapistId() == null ? date.therapistId() : change.therapistId(),
                change.coFacilitators() == null ? date.coFacilitators() : change.coFacilitators(),
                change.roomId() == null ? date.roomId() : change.roomId(),
                patients.getOrDefault(date.sessionId(), List.of()));
    }

    private static LocalDateTime moved(LocalDateTime wallTime, SeriesChange change) {
        LocalDate day = wallTime.toLocalDate().plusDays(change.dayShift());
        return day.atTime(change.time() == null ? wallTime.toLocalTime() : change.time());
    }

    /** The dates in the scope that are still to come, earliest first, and the series under lock. */
    private Dates dates(long sessionId, Scope scope) {
        long seriesId = Sql.on(em)
                .add("select series_id from session where id = ? and series_id is not null", sessionId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("session of a series", sessionId));
        Series series = Objects.requireNonNull(em.find(Series.class, seriesId, LockModeType.PESSIMISTIC_WRITE));
        ZoneId zone = zoneOf(series);
        Sql sql = Sql.on(em)
                .add(
                        "select id, version, occurrence, starts_at, ends_at, by_hand, therapist_id, room_id, capacity from session where series_id = ? and state = 'BOOKED'"
                                + " and starts_at > ?",
                        seriesId,
                        clock.instant());
        switch (scope) {
            case THIS -> sql.add("and id = ?", sessionId);
            case FOLLOWING -> sql.add("and occurrence >= (select occurrence from session where id = ?)", sessionId);
            default -> {}
        }
        Map<Long, List<Long>> coFacilitators = coFacilitators(seriesId);
        List<Date> all = sql.add("order by occurrence")
                .list(r -> new Date(
                        r.id(1),
                        r.id(2),
                        r.wallTime(3),
                        r.slot(4, 5),
                        r.flag(6),
                        r.id(7),
                        r.id(8),
                        coFacilitators.getOrDefault(r.id(1), List.of()),
                        r.number(9)));
        return new Dates(series, zone, all);
    }

    private Map<Long, List<Long>> coFacilitators(long seriesId) {
        Map<Long, List<Long>> found = new HashMap<>();
        Sql.on(em)
                .add(
                        "select f.session_id, f.therapist_id from session_facilitator f join session s on s.id = f.session_id"
                                + " where s.series_id = ? order by f.therapist_id",
                        seriesId)
                .list(r ->
                        found.computeIfAbsent(r.id(1), k -> new ArrayList<>()).add(r.id(2)));
        return found;
    }

    private boolean hasEarlier(long seriesId, Instant start) {
        return Sql.on(em)
                .add("select 1 from session where series_id = ? and starts_at < ?", seriesId, start)
                .exists();
    }

    private Map<Long, List<Long>> patients(List<Date> dates) {
        Map<Long, List<Long>> patients = new HashMap<>();
        Sql.on(em)
                .add("select session_id, patient_id from participant where seat_number is not null and session_id in")
                .in(dates.stream().map(Date::sessionId).toList())
                .add("order by id")
                .list(r -> patients.computeIfAbsent(r.id(1), k -> new ArrayList<>())
                        .add(r.id(2)));
        return patients;
    }

    private void requireSameSite(Series series, SeriesChange change) {
        Long room = change.roomId();
        if (room == null) {
            return;
        }
        long site = Sql.on(em)
                .add("select site_id from room where id = ?", room)
                .first(r -> r.id(1))
                .orElseThrow(() -> new Invalid("room", "invalid.session.noRoom", room));
        if (site != series.siteId()) {
            throw new Invalid("room", "invalid.series.roomElsewhere");
        }
    }

    /** A group stays one, and a date alone has no minimum of its own. */
    private void validate(Series series, Scope scope, SeriesChange change) {
        SeriesTerms terms = SeriesTerms.of(series).with(change);
        if (change.capacity() != null) {
            if (series.isGroup() && terms.capacity() == 1) {
                throw new Invalid("capacity", "invalid.series.groupOfOne");
            }
            Modality modality = Objects.requireNonNull(em.find(Modality.class, series.modalityId()));
            terms.validateSeats(modality.name(), modality.format());
        }
        terms.validate();
        if (scope != Scope.THIS) {
            terms.validateMinimum();
        }
    }

    // --- who may, and trying again ----------------------------------------------------------------------------------

    /** One date is its lead's to change; with others it is the lead's of the series. */
    private void require(Actor actor, long sessionId, Scope scope, @Nullable SeriesChange change) {
        record Leads(long ofDate, @Nullable Long ofSeries) {}
        Leads leads = transactions.inNew(() -> Sql.on(em)
                .add(
                        "select s.therapist_id, g.therapist_id from session s left join series g on g.id = s.series_id"
                                + " where s.id = ?",
                        sessionId)
                .first(r -> new Leads(r.id(1), r.idOrNull(2)))
                .orElseThrow(() -> new NotFound("session", sessionId)));
        boolean alone = scope == Scope.THIS || leads.ofSeries() == null;
        rights.requireLead(actor, "change a series", alone ? leads.ofDate() : leads.ofSeries());
        if (change != null && change.therapistId() != null) {
            rights.requireLead(actor, "give a series away", change.therapistId());
        }
    }

    private <T> T retrying(Actor actor, long sessionId, Supplier<T> work) {
        return retrying(actor, "session", sessionId, work);
    }

    /** @param kind what a refusal is about, on record */
    private <T> T retrying(Actor actor, String kind, long id, Supplier<T> work) {
        try {
            return LostRaces.retried(transactions, work, Rule.BEING_BOOKED);
        } catch (Refused refused) {
            audit.recordApart(
                    actor,
                    new Entry("REFUSED", "series", kind, List.of(id), List.of(), "REFUSED", refused.ruleNames()));
            throw refused;
        }
    }
}

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
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.availability.Claim;
import org.evenkeel.identity.Actor;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.series.SeriesChangePlan.ChangedDate;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.LostRaces;
import org.evenkeel.session.Occurrence;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.session.Seats;
import org.evenkeel.session.Session;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Changes or cancels this date of a series, this and the following, or all that are still to come. What has begun, and attendance,
 * stay untouched; dates that were changed by hand are kept. Each is one transaction, and can be looked at before.
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
        require(actor, sessionId, change);
        return transactions.inNew(() -> draft(actor, sessionId, scope, change).plan());
    }

    /**
     * Changes the dates.
     *
     * @return what was done
     * @throws Refused if something speaks against a date; nothing was saved
     */
    public SeriesChangePlan change(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        require(actor, sessionId, change);
        return retrying(actor, sessionId, () -> save(actor, sessionId, scope, change));
    }

    private SeriesChangePlan save(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        Draft draft = draft(actor, sessionId, scope, change);
        List<Refusal> against = draft.plan().conflicts().stream()
                .flatMap(c -> c.refusals().stream())
                .filter(r -> !change.override().covers(r.rule()))
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
            markByHand(ids);
        } else {
            part.change(change);
            if (change.dayShift() != 0 || change.time() != null) {
                LocalDateTime first =
                        draft.plan().splits() ? draft.dates().get(0).wallTime() : part.firstAt();
                part.repeat(part.recurrence().shiftedBy(change.dayShift()), moved(first, change));
            }
            Sql.on(em)
                    .add("update session set occurrence = null where id in")
                    .in(ids)
                    .update();
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

    /** The part from the date on becomes a series of its own; who is enrolled continues in it. */
    private Series split(Actor actor, Draft draft) {
        Series series = draft.series();
        LocalDateTime first = draft.dates().get(0).wallTime();
        LocalDate lastDay = first.toLocalDate().minusDays(1);
        Recurrence whole = series.recurrence();
        Recurrence rest = whole.count().isPresent()
                ? whole.withCount(draft.dates().size() + draft.plan().kept().size())
                : whole;
        Series part = series.splitOff(rest, first, clock.instant(), actor.accountId());
        em.persist(part);
        series.repeat(whole.until(lastDay), series.firstAt());
        em.flush();
        Instant from = draft.dates().get(0).slot().start();
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
        return part;
    }

    /**
     * Cancels the dates.
     *
     * @param extend whether a date is added at the end for each, so that as many are held (acceptance case A15)
     * @return the sessions that were cancelled
     */
    public List<Long> cancel(Actor actor, long sessionId, Scope scope, String reason, boolean extend) {
        if (reason.isBlank() || reason.length() > 200) {
            throw new Invalid("reason", "Say in up to 200 characters why it is cancelled.");
        }
        require(actor, sessionId, null);
        return retrying(actor, sessionId, () -> cancelOnce(actor, sessionId, scope, reason, extend));
    }

    /** The same in the caller's transaction. */
    List<Long> cancelOnce(Actor actor, long sessionId, Scope scope, String reason, boolean extend) {
        Dates dates = dates(sessionId, scope, true);
        List<Long> ids = dates.all().stream().map(Date::sessionId).toList();
        if (ids.isEmpty()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "started")));
        }
        schedule.cancel(ids, reason.strip());
        if (extend) {
            extend(actor, dates.series(), dates.zone(), ids.size());
        }
        if (scope == Scope.FOLLOWING) {
            LocalDate lastDay = dates.all().get(0).wallTime().toLocalDate().minusDays(1);
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
                        scope + ", " + ids.size() + " sessions"));
        events.fire(new SeriesChanged(dates.series().id(), clock.instant()));
        return ids;
    }

    private void extend(Actor actor, Series series, ZoneId zone, int count) {
        LocalDateTime last = Sql.on(em)
                .add("select max(occurrence) from session where series_id = ?", series.id())
                .first(r -> r.wallTime(1))
                .orElseThrow();
        List<Enrolment> enrolled = Enrolments.of(em, series.id());
        Map<Long, Long> enrolments = new HashMap<>();
        List<Occurrence> more = new ArrayList<>();
        Iterator<LocalDateTime> all = series.recurrence().from(series.firstAt());
        while (more.size() < count && all.hasNext()) {
            LocalDateTime date = all.next();
            if (!date.isAfter(last) || Recurrence.at(date, zone).isEmpty()) {
                continue;
            }
            List<Long> patients = new ArrayList<>();
            for (Enrolment e : enrolled) {
                if (e.covers(date.toLocalDate())) {
                    patients.add(e.patientId());
                    enrolments.put(e.patientId(), e.id());
                }
            }
            more.add(new Occurrence(
                    null,
                    date,
                    TimeSlot.of(Recurrence.at(date, zone).orElseThrow().toInstant(), series.minutes()),
                    series.therapistId(),
                    series.coFacilitators(),
                    series.roomId(),
                    patients));
        }
        List<Judged> judged = schedule.judge(actor, series.modalityId(), series.capacity(), more);
        List<Refusal> against =
                judged.stream().flatMap(j -> j.refusals().stream()).distinct().toList();
        if (!against.isEmpty()) {
            throw new Refused(against, Alternatives.NONE);
        }
        schedule.book(
                actor,
                new Schedule.Common(series.id(), series.modalityId(), series.capacity(), enrolments, RuleOverride.NONE),
                judged);
    }

    // --- drafting ---------------------------------------------------------------------------------------------------

    /** A date as it stands, which may differ from its series: another room was chosen for it when it was set up. */
    private record Date(
            long sessionId,
            LocalDateTime wallTime,
            TimeSlot slot,
            boolean byHand,
            long therapistId,
            long roomId,
            List<Long> coFacilitators) {}

    private record Dates(Series series, ZoneId zone, List<Date> all) {}

    /** @param dates those that are changed */
    private record Draft(Series series, SeriesChangePlan plan, List<Date> dates, List<Judged> judged) {}

    private Draft draft(Actor actor, long sessionId, Scope scope, SeriesChange change) {
        Dates dates = dates(sessionId, scope, false);
        Series series = dates.series();
        requireSameSite(series, change);
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
        List<Occurrence> wanted = new ArrayList<>();
        for (Date date : changing) {
            wanted.add(occurrence(dates.zone(), date, change, scope, patients));
        }
        List<Judged> judged = schedule.judge(actor, series.modalityId(), capacity, wanted);
        List<ChangedDate> changed = new ArrayList<>();
        for (int i = 0; i < changing.size(); i++) {
            changed.add(new ChangedDate(
                    changing.get(i).sessionId(),
                    changing.get(i).slot(),
                    wanted.get(i).slot(),
                    judged.get(i).refusals()));
        }
        boolean splits = scope == Scope.FOLLOWING
                && hasEarlier(series.id(), changing.get(0).slot().start());
        return new Draft(series, new SeriesChangePlan(dates.zone(), changed, kept, splits), changing, judged);
    }

    private Occurrence occurrence(
            ZoneId zone, Date date, SeriesChange change, Scope scope, Map<Long, List<Long>> patients) {
        LocalDateTime wallTime = moved(LocalDateTime.ofInstant(date.slot().start(), zone), change);
        Instant start = Recurrence.at(wallTime, zone)
                .orElseThrow(() -> new Refused(Refusal.of(
                        Rule.NO_SUCH_TIME,
                        "",
                        Map.of("time", wallTime.toLocalTime().toString(), "date", wallTime.toLocalDate()))))
                .toInstant();
        if (!Claim.isOnGrid(start)) {
            throw new Invalid("time", "A session starts on a multiple of five minutes.");
        }
        if (!start.isAfter(clock.instant())) {
            throw new Invalid("time", "This time is in the past. Choose a time that is still to come.");
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
    private Dates dates(long sessionId, Scope scope, boolean withByHand) {
        long seriesId = Sql.on(em)
                .add("select series_id from session where id = ? and series_id is not null", sessionId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("session of a series", sessionId));
        Series series = Objects.requireNonNull(em.find(Series.class, seriesId, LockModeType.PESSIMISTIC_WRITE));
        ZoneId zone = Sql.on(em)
                .add("select zone from site where id = ?", series.siteId())
                .first(r -> ZoneId.of(r.text(1)))
                .orElseThrow();
        Sql sql = Sql.on(em)
                .add(
                        "select id, occurrence, starts_at, ends_at, by_hand, therapist_id, room_id from session where series_id = ? and state = 'BOOKED'"
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
                        r.wallTime(2),
                        r.slot(3, 4),
                        !withByHand && r.flag(5),
                        r.id(6),
                        r.id(7),
                        coFacilitators.getOrDefault(r.id(1), List.of())));
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
                .orElseThrow(() -> new Invalid("room", "There is no room " + room + "."));
        if (site != series.siteId()) {
            throw new Invalid("room", "This room is at another site. Set up a new series there.");
        }
    }

    // --- who may, and trying again ----------------------------------------------------------------------------------

    private void require(Actor actor, long sessionId, @Nullable SeriesChange change) {
        long therapist = transactions.inNew(() -> Sql.on(em)
                .add("select therapist_id from session where id = ?", sessionId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("session", sessionId)));
        rights.requireLead(actor, "change a series", therapist);
        if (change != null && change.therapistId() != null) {
            rights.requireLead(actor, "give a series away", change.therapistId());
        }
        if (change != null
                && change.minutes() != null
                && (change.minutes() < 5 || change.minutes() > Session.MAX_MINUTES || change.minutes() % 5 != 0)) {
            throw new Invalid("minutes", "Minutes must be a multiple of five, from 5 to " + Session.MAX_MINUTES + ".");
        }
        if (change != null && change.capacity() != null && (change.capacity() < 1 || change.capacity() > 100)) {
            throw new Invalid("capacity", "A series has 1 to 100 seats.");
        }
    }

    private <T> T retrying(Actor actor, long sessionId, Supplier<T> work) {
        try {
            return LostRaces.retried(transactions, work, Rule.BEING_BOOKED);
        } catch (Refused refused) {
            audit.recordApart(
                    actor,
                    new Entry(
                            "REFUSED",
                            "series",
                            "session",
                            List.of(sessionId),
                            List.of(),
                            "REFUSED",
                            refused.ruleNames()));
            throw refused;
        }
    }
}

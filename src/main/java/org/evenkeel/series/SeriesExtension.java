package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.evenkeel.identity.Actor;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.Extension;
import org.evenkeel.session.Occurrence;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.site.Sites;

/**
 * Adds dates at the end of a series, so that as many are held (acceptance cases A12, A15): the next ones by its rule that nothing
 * stands against. In the caller's transaction.
 */
@ApplicationScoped
public class SeriesExtension implements Extension {

    /** So many dates that something stands against are passed over. */
    private static final int MOST_PASSED_OVER = 12;

    private EntityManager em;
    private Schedule schedule;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SeriesExtension() {}

    @Inject
    public SeriesExtension(EntityManager em, Schedule schedule, Clock clock) {
        this.em = em;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public List<TimeSlot> extend(Actor actor, long seriesId, int count) {
        Series series = em.find(Series.class, seriesId, LockModeType.PESSIMISTIC_WRITE);
        if (series == null) {
            throw new NotFound("series", seriesId);
        }
        return extend(actor, series, Sites.zone(em, series.siteId()), count);
    }

    /**
     * @return when they are held
     * @throws Invalid if the rule has no more dates
     * @throws Refused if too few of the next dates are free
     */
    List<TimeSlot> extend(Actor actor, Series series, ZoneId zone, int count) {
        SeriesEnd.reopen(em, series.id());
        List<Judged> judged = added(actor, series, zone, count);
        List<Refusal> against =
                judged.stream().flatMap(j -> j.refusals().stream()).distinct().toList();
        if (!against.isEmpty()) {
            throw new Refused(against, Alternatives.NONE);
        }
        Map<Long, Long> enrolments = new HashMap<>();
        List<Enrolment> enrolled = Enrolments.of(em, series.id());
        for (Judged one : judged) {
            LocalDate day = wallTime(one).toLocalDate();
            enrolled.stream().filter(e -> e.covers(day)).forEach(e -> enrolments.put(e.patientId(), e.id()));
        }
        Schedule.Common common =
                new Schedule.Common(series.id(), series.modalityId(), series.capacity(), enrolments, RuleOverride.NONE);
        long booked = schedule.book(actor, common, judged).size();
        if (series.recurrence().until().isPresent() && booked > 0) {
            LocalDate end = wallTime(judged.get(judged.size() - 1)).toLocalDate();
            series.repeat(series.recurrence().until(end), series.firstAt());
        }
        return judged.stream().map(j -> j.occurrence().slot()).toList();
    }

    /** The dates that would be added, with who is enrolled by then; where too few are free, with what stands against the others. */
    List<Judged> added(Actor actor, Series series, ZoneId zone, int count) {
        List<Occurrence> next = next(series, zone, count + MOST_PASSED_OVER);
        if (next.size() < count) {
            throw new Invalid("extend", "invalid.series.noMoreDates");
        }
        List<Judged> judged = schedule.judge(actor, series.modalityId(), series.capacity(), next);
        return Stream.concat(
                        judged.stream().filter(j -> j.refusals().isEmpty()),
                        judged.stream().filter(j -> !j.refusals().isEmpty()))
                .limit(count)
                .sorted(Comparator.comparing(SeriesExtension::wallTime))
                .toList();
    }

    private static LocalDateTime wallTime(Judged one) {
        return Objects.requireNonNull(one.occurrence().wallTime());
    }

    /** After the last one, and still to come: what has ended may be gone on with later. */
    private List<Occurrence> next(Series series, ZoneId zone, int count) {
        LocalDateTime last = Sql.on(em)
                .add("select max(occurrence) from session where series_id = ?", series.id())
                .first(r -> r.wallTime(1))
                .orElseThrow();
        Instant now = clock.instant();
        List<Enrolment> enrolled = Enrolments.of(em, series.id());
        List<Occurrence> next = new ArrayList<>();
        Iterator<LocalDateTime> all = series.recurrence().onward(series.firstAt());
        while (next.size() < count && all.hasNext()) {
            LocalDateTime date = all.next();
            if (date.isAfter(last)) {
                Recurrence.at(date, zone)
                        .filter(start -> start.toInstant().isAfter(now))
                        .ifPresent(start -> next.add(occurrence(series, date, start, enrolled)));
            }
        }
        return next;
    }

    private static Occurrence occurrence(
            Series series, LocalDateTime date, ZonedDateTime start, List<Enrolment> enrolled) {
        return new Occurrence(
                null,
                date,
                TimeSlot.of(start.toInstant(), series.minutes()),
                series.therapistId(),
                series.coFacilitators(),
                series.roomId(),
                enrolled.stream()
                        .filter(e -> e.covers(date.toLocalDate()))
                        .map(Enrolment::patientId)
                        .toList());
    }
}

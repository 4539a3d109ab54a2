package org.evenkeel.series;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Rule;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Until when a group takes someone new: a closed one until its first session (acceptance case A26), any one until the cut-off of a
 * date (A25). Who is enrolled in it, or waited for a seat in it before the cut-off, is not new. Both rules give way to a reason.
 */
final class Admission {

    private final EntityManager em;

    Admission(EntityManager em) {
        this.em = em;
    }

    /**
     * Whether a series g, or the series that it was a part of before it was split, has begun: a condition with one parameter, now.
     */
    static final String BEGUN = "exists (select 1 from session b where b.series_id in (select o.id from series o"
            + " where o.id = g.id or o.id = g.origin_id or o.origin_id = g.origin_id)"
            + " and b.state = 'BOOKED' and b.starts_at <= ?)";

    /** Why a series takes nobody for any date; empty: it does. */
    Optional<Refusal> closed(long seriesId, Instant now) {
        return Sql.on(em)
                .add("select g.name from series g where g.id = ? and not g.open_to_new and " + BEGUN, seriesId, now)
                .first(r -> Refusal.of(Rule.GROUP_CLOSED, r.text(1)));
    }

    /** Why it is too late for a date of the series; empty: it is not. */
    static Optional<Refusal> late(
            Series series, Instant start, ZoneId zone, @Nullable Instant waitingSince, Instant now) {
        return late(series.name(), series.isGroup() ? series.cutoffHours() : 0, start, zone, waitingSince, now);
    }

    private static Optional<Refusal> late(
            String name, int hours, Instant start, ZoneId zone, @Nullable Instant waitingSince, Instant now) {
        Instant cutoff = start.minus(Duration.ofHours(hours));
        boolean inTime = now.isBefore(cutoff) || waitingSince != null && waitingSince.isBefore(cutoff);
        return inTime
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        Rule.ENROLMENT_CLOSED, name, Map.of("date", LocalDate.ofInstant(start, zone), "hours", hours)));
    }

    /** Why a group does not take a guest for a session; its own people come to a date after all. */
    List<Refusal> ofGuest(long sessionId, long patientId, Instant now) {
        record Asked(
                String name, boolean closed, int hours, Instant start, ZoneId zone, @Nullable Instant waitingSince) {}
        Optional<Asked> asked = Sql.on(em)
                .add(
                        "select g.name, not g.open_to_new and "
                                + BEGUN
                                + ", case when g.capacity > 1 then g.cutoff_hours else 0 end, s.starts_at, si.zone, (select min(w.waiting_since) from waitlist_entry w"
                                + " where w.series_id = g.id and w.patient_id = ? and w.state = 'WAITING') from session s"
                                + " join series g on g.id = s.series_id join site si on si.id = s.site_id"
                                + " where s.id = ? and not exists (select 1 from participant p"
                                + " where p.session_id = s.id and p.patient_id = ? and p.enrolment_id is not null)",
                        now,
                        patientId,
                        sessionId,
                        patientId)
                .first(r -> new Asked(
                        r.text(1), r.flag(2), r.number(3), r.instant(4), ZoneId.of(r.text(5)), r.instantOrNull(6)));
        return asked.stream()
                .flatMap(a -> Stream.concat(
                        a.closed() ? Stream.of(Refusal.of(Rule.GROUP_CLOSED, a.name())) : Stream.empty(),
                        late(a.name(), a.hours(), a.start(), a.zone(), a.waitingSince(), now).stream()))
                .toList();
    }
}

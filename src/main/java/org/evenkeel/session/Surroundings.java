package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.session.Proposal.Closure;
import org.evenkeel.session.Proposal.Validity;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;

/**
 * What is known of therapists and sites around a stretch of time: qualifications for a modality, time off, hours, closures, and
 * the therapists' sessions, whether they lead or co-facilitate. One statement, however long the stretch.
 */
final class Surroundings {

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    /** A therapist's session. */
    private record Busy(long sessionId, TimeSlot slot) {}

    private record AtSite(long therapistId, long siteId) {}

    private final Map<Long, List<Validity>> qualified = new HashMap<>();
    private final Map<Long, List<TimeSlot>> timeOff = new HashMap<>();
    private final Map<Long, List<Closure>> closures = new HashMap<>();
    private final Map<AtSite, List<WeeklyHours>> working = new HashMap<>();
    private final Map<Long, List<WeeklyHours>> opening = new HashMap<>();
    private final Map<Long, List<Busy>> busy = new HashMap<>();

    private Surroundings() {}

    /** @param stretch from the first start to the last end of what is proposed */
    static Surroundings read(
            EntityManager em, long modalityId, Collection<Long> therapists, Collection<Long> sites, TimeSlot stretch) {
        Instant since = stretch.start().minus(HALF_A_DAY);
        Instant until = stretch.end().plus(HALF_A_DAY);
        LocalDate first = LocalDate.ofInstant(stretch.start(), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(stretch.end(), ZoneOffset.UTC);
        Surroundings known = new Surroundings();
        Sql.on(em)
                .add(
                        "select 0, therapist_id, cast(0 as bigint), cast(null as time), cast(null as time), valid_from, valid_to,"
                                + " cast(null as timestamp with time zone), cast(null as timestamp with time zone),"
                                + " cast(null as varchar(200)) from qualification where modality_id = ? and therapist_id in",
                        modalityId)
                .in(therapists)
                .add(
                        "union all select 1, therapist_id, 0, null, null, null, null, starts_at, ends_at, null from time_off"
                                + " where ends_at > ? and starts_at < ? and therapist_id in",
                        stretch.start(),
                        stretch.end())
                .in(therapists)
                .add(
                        "union all select 2, 0, site_id, null, null, closed_on, null, null, null, reason from closure_day"
                                + " where closed_on between ? and ? and site_id in",
                        first.minusDays(1),
                        last.plusDays(2))
                .in(sites)
                .add("union all select 3, therapist_id, site_id, starts_at, ends_at, null, null, null, null,"
                        + " cast(weekday as varchar(1)) from working_hours where therapist_id in")
                .in(therapists)
                .add("union all select 4, 0, site_id, opens_at, closes_at, null, null, null, null,"
                        + " cast(weekday as varchar(1)) from opening_hours where site_id in")
                .in(sites)
                .add(
                        "union all select 5, t.id, s.id, null, null, null, null, s.starts_at, s.ends_at, null from therapist t"
                                + " join session s on s.therapist_id = t.id"
                                + " where s.state = 'BOOKED' and s.starts_at > ? and s.starts_at < ? and t.id in",
                        since,
                        until)
                .in(therapists)
                .add(
                        "union all select 5, f.therapist_id, s.id, null, null, null, null, s.starts_at, s.ends_at, null"
                                + " from session_facilitator f join session s on s.id = f.session_id"
                                + " where s.state = 'BOOKED' and s.starts_at > ? and s.starts_at < ? and f.therapist_id in",
                        since,
                        until)
                .in(therapists)
                .list(known::add);
        return known;
    }

    private boolean add(Sql.Row r) throws SQLException {
        switch (r.number(1)) {
            case 0 -> put(qualified, r.id(2), new Validity(r.date(6), r.dateOrNull(7)));
            case 1 -> put(timeOff, r.id(2), r.slot(8, 9));
            case 2 -> put(closures, r.id(3), new Closure(r.date(6), r.text(10)));
            case 3 -> put(working, new AtSite(r.id(2), r.id(3)), hours(r));
            case 4 -> put(opening, r.id(3), hours(r));
            default -> put(busy, r.id(2), new Busy(r.id(3), r.slot(8, 9)));
        }
        return true;
    }

    private static WeeklyHours hours(Sql.Row r) throws SQLException {
        return new WeeklyHours(Integer.parseInt(r.text(10)), r.time(4), r.time(5));
    }

    private static <K, V> void put(Map<K, List<V>> map, K key, V value) {
        map.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    private static <K, V> List<V> get(Map<K, List<V>> map, K key) {
        return map.getOrDefault(key, List.of());
    }

    /** When a therapist may give the modality. */
    List<Validity> qualified(long therapistId) {
        return get(qualified, therapistId);
    }

    List<TimeSlot> timeOff(long therapistId) {
        return get(timeOff, therapistId);
    }

    List<WeeklyHours> working(long therapistId, long siteId) {
        return get(working, new AtSite(therapistId, siteId));
    }

    List<WeeklyHours> opening(long siteId) {
        return get(opening, siteId);
    }

    List<Closure> closures(long siteId) {
        return get(closures, siteId);
    }

    /** The therapist's sessions within half a day of a slot, without those that are being changed. */
    List<TimeSlot> nearby(long therapistId, TimeSlot slot, Collection<Long> selves) {
        TimeSlot around =
                new TimeSlot(slot.start().minus(HALF_A_DAY), slot.end().plus(HALF_A_DAY));
        return get(busy, therapistId).stream()
                .filter(b -> around.overlaps(b.slot()) && !selves.contains(b.sessionId()))
                .map(Busy::slot)
                .toList();
    }
}

package org.evenkeel.reminder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When a message may go out: from 8:00 to 21:00 on the wall of whoever gets it (47 CFR 64.1200(c)(1)), and before the session starts.
 */
public record QuietHours(LocalTime from, LocalTime to) {

    public static final QuietHours USUAL = new QuietHours(LocalTime.of(8, 0), LocalTime.of(21, 0));

    /** With less than this from the morning to the start a patient is on the way, and was better told the evening before. */
    private static final Duration OF_USE = Duration.ofMinutes(15);

    /** Before the evening ends, so that a message that is brought forward does not go out at its last second. */
    private static final Duration EVENING = Duration.ofHours(1);

    /** Whether a message may go out now. */
    public boolean allow(Instant at, ZoneId zone) {
        LocalTime wall = at.atZone(zone).toLocalTime();
        return !wall.isBefore(from) && wall.isBefore(to);
    }

    /** When messages may go out no more on the day of that moment. */
    Instant end(Instant at, ZoneId zone) {
        return at.atZone(zone).with(to).toInstant();
    }

    /** The first moment from then on at which a message may go out. */
    public Instant next(Instant at, ZoneId zone) {
        ZonedDateTime wall = at.atZone(zone);
        if (allow(at, zone)) {
            return at;
        }
        ZonedDateTime morning = wall.toLocalDate().atTime(from).atZone(zone);
        return (wall.toLocalTime().isBefore(from)
                        ? morning
                        : wall.toLocalDate().plusDays(1).atTime(from).atZone(zone))
                .toInstant();
    }

    /**
     * When to send what is due then: by day at once, up to the start; else in the morning, or, where the session is too early for that,
     * the evening before, as long as that lasts (acceptance case A39).
     *
     * @return empty if no decent hour is left from now to the start
     */
    public Optional<Instant> moment(Instant due, Instant start, Instant now, ZoneId zone) {
        Instant latest = start.minus(OF_USE);
        Instant wanted = due.isAfter(now) ? due : now;
        if (allow(wanted, zone)) {
            return Optional.of(wanted).filter(start::isAfter);
        }
        Instant morning = next(wanted, zone);
        if (!morning.isAfter(latest)) {
            return Optional.of(morning);
        }
        ZonedDateTime wall = wanted.atZone(zone);
        ZonedDateTime evening = wall.toLocalDate()
                .minusDays(wall.toLocalTime().isBefore(from) ? 1 : 0)
                .atTime(to)
                .atZone(zone)
                .minus(EVENING);
        Instant forward = evening.toInstant().isAfter(now) ? evening.toInstant() : now;
        return allow(forward, zone) && forward.isBefore(latest) ? Optional.of(forward) : Optional.empty();
    }
}

package org.evenkeel.shared;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a clock on a wall to an instant. */
public final class WallTime {
    private WallTime() {}

    /**
     * The instant of a wall time. One that occurs twice, when clocks go back, means the first of the two.
     *
     * @throws Invalid if clocks go forward over it, so that it does not exist
     */
    public static Instant at(String field, LocalDateTime wall, ZoneId zone) {
        if (zone.getRules().getValidOffsets(wall).isEmpty()) {
            throw new Invalid(field, "invalid.noSuchTime", wall.toLocalTime(), wall.toLocalDate(), zone);
        }
        return wall.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /**
     * The instant of a wall time on a date; without one the start of that day, which is 01:00 where clocks skip midnight.
     *
     * @throws Invalid if clocks go forward over the time
     */
    public static Instant start(String field, LocalDate date, @Nullable LocalTime time, ZoneId zone) {
        return time == null ? date.atStartOfDay(zone).toInstant() : at(field, date.atTime(time), zone);
    }

    /**
     * A stretch of wall time on a date, until 00:00: to the end of that day. What occurs twice means the first of the two; empty: the
     * clocks skip it.
     */
    public static Optional<TimeSlot> slot(LocalDate date, LocalTime from, LocalTime until, ZoneId zone) {
        LocalDate endDate = until.equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date;
        Instant start = date.atTime(from).atZone(zone).toInstant();
        Instant end = endDate.atTime(until).atZone(zone).toInstant();
        return start.isBefore(end) ? Optional.of(new TimeSlot(start, end)) : Optional.empty();
    }

    /** The minute of the day that a stretch of wall time ends at, exclusive; 00:00 is midnight at the day's end, 1440. */
    public static int endMinute(LocalTime end) {
        return end.equals(LocalTime.MIDNIGHT) ? 24 * 60 : startMinute(end);
    }

    public static int startMinute(LocalTime start) {
        return start.getHour() * 60 + start.getMinute();
    }
}

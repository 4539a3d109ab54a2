package org.evenkeel.shared;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

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
            throw new Invalid(
                    field,
                    wall.toLocalTime() + " does not exist on " + wall.toLocalDate() + " in " + zone
                            + ": the clocks go forward. Choose another time.");
        }
        return wall.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** The minute of the day that a stretch of wall time ends at, exclusive; 00:00 is midnight at the day's end, 1440. */
    public static int endMinute(LocalTime end) {
        return end.equals(LocalTime.MIDNIGHT) ? 24 * 60 : startMinute(end);
    }

    public static int startMinute(LocalTime start) {
        return start.getHour() * 60 + start.getMinute();
    }
}

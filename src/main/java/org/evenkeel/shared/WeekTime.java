package org.evenkeel.shared;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** A stretch of wall time on a weekday (1 Monday to 7 Sunday), its end exclusive; 00:00 as end is midnight. */
public interface WeekTime {

    int weekday();

    LocalTime from();

    LocalTime until();

    /** Whether both share a minute of one weekday; stretches that only touch do not. */
    default boolean overlaps(WeekTime other) {
        return weekday() == other.weekday()
                && WallTime.startMinute(from()) < WallTime.endMinute(other.until())
                && WallTime.startMinute(other.from()) < WallTime.endMinute(until());
    }

    /** "Monday 09:00-12:00". */
    default String inWords(Locale locale) {
        return DayOfWeek.of(weekday()).getDisplayName(TextStyle.FULL_STANDALONE, locale) + " " + from() + "-" + until();
    }

    /** @throws Invalid if it is empty, ends before it starts, or is not in steps of five minutes */
    default void check(String field) {
        if (WallTime.startMinute(from()) >= WallTime.endMinute(until())) {
            throw new Invalid(field, "invalid.hours.order", this);
        }
        if (from().getMinute() % 5 != 0 || until().getMinute() % 5 != 0) {
            throw new Invalid(field, "invalid.hours.steps", this);
        }
    }
}

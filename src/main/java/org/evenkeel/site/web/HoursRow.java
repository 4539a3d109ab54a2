package org.evenkeel.site.web;

import java.time.LocalTime;
import org.evenkeel.platform.web.HoursLine;
import org.evenkeel.site.OpeningHours;
import org.jspecify.annotations.Nullable;

/** One line of opening hours in the form. */
public final class HoursRow extends HoursLine {
    private static final long serialVersionUID = 1L;
    private static final String FIELD = "openingHours";

    HoursRow(int weekday, @Nullable LocalTime from, @Nullable LocalTime until) {
        super(weekday, from, until);
    }

    /** A new line after the last one, if there is one. */
    static HoursRow after(@Nullable HoursRow last) {
        HoursRow row = new HoursRow(1, null, null);
        if (last != null) {
            row.follow(last);
        }
        row.arrive();
        return row;
    }

    OpeningHours typed() {
        return new OpeningHours(getWeekday(), required(getFrom(), FIELD), required(getUntil(), FIELD));
    }
}

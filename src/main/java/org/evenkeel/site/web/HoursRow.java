package org.evenkeel.site.web;

import java.io.Serializable;
import java.time.LocalTime;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.site.OpeningHours;
import org.jspecify.annotations.Nullable;

/** One line of opening hours in the form. */
public final class HoursRow implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SUNDAY = 7;

    private int weekday;
    private @Nullable LocalTime from;
    private @Nullable LocalTime until;
    private boolean fresh;

    HoursRow(int weekday, @Nullable LocalTime from, @Nullable LocalTime until) {
        this.weekday = weekday;
        this.from = from;
        this.until = until;
    }

    /** A new line that goes on where the last one ended: the next day, the same times. */
    static HoursRow after(@Nullable HoursRow last) {
        HoursRow row = last == null
                ? new HoursRow(1, null, null)
                : new HoursRow(last.weekday % SUNDAY + 1, last.from, last.until);
        row.fresh = true;
        return row;
    }

    OpeningHours typed() {
        if (from == null || until == null) {
            throw new Invalid("openingHours", Notices.text("hours.incomplete"));
        }
        return new OpeningHours(weekday, from, until);
    }

    void settle() {
        fresh = false;
    }

    /** Whether it was added just now, so that the cursor belongs into it. */
    public boolean isFresh() {
        return fresh;
    }

    public int getWeekday() {
        return weekday;
    }

    public void setWeekday(int weekday) {
        this.weekday = weekday;
    }

    public @Nullable LocalTime getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalTime from) {
        this.from = from;
    }

    public @Nullable LocalTime getUntil() {
        return until;
    }

    public void setUntil(@Nullable LocalTime until) {
        this.until = until;
    }
}

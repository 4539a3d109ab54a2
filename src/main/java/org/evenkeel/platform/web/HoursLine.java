package org.evenkeel.platform.web;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** One line of weekly hours in a form, in the wall time of its site; a line that was just added may be empty still. */
public abstract class HoursLine implements Serializable {
    private static final long serialVersionUID = 1L;

    private int weekday;
    private @Nullable LocalTime from;
    private @Nullable LocalTime until;
    private boolean fresh;

    /** @param weekday 1 is Monday, 7 is Sunday */
    protected HoursLine(int weekday, @Nullable LocalTime from, @Nullable LocalTime until) {
        this.weekday = weekday;
        this.from = from;
        this.until = until;
    }

    /** Goes on where another line ended: the next day, the same times. */
    protected final void follow(HoursLine last) {
        weekday = DayOfWeek.of(last.weekday).plus(1).getValue();
        from = last.from;
        until = last.until;
    }

    /** From now on it is the one that was added last. */
    protected final void arrive() {
        fresh = true;
    }

    public final void settle() {
        fresh = false;
    }

    /**
     * What was typed as a beginning or an end.
     *
     * @throws Invalid about the field if there is nothing
     */
    protected static LocalTime required(@Nullable LocalTime typed, String field) {
        if (typed == null) {
            throw new Invalid(field, "hours.incomplete");
        }
        return typed;
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

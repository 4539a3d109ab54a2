package org.evenkeel.reminder.web;

import java.io.Serializable;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** One line of lead times in the form of a rule: a number and its unit. */
public final class LeadRow implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a lead time is counted in. */
    public enum Unit {
        MINUTES(1),
        HOURS(60),
        DAYS(24 * 60);

        private final int minutes;

        Unit(int minutes) {
            this.minutes = minutes;
        }
    }

    private static final int MOST = 100_000;

    private @Nullable Integer number;
    private Unit unit;
    private boolean fresh;

    private LeadRow(@Nullable Integer number, Unit unit, boolean fresh) {
        this.number = number;
        this.unit = unit;
        this.fresh = fresh;
    }

    static LeadRow empty() {
        return new LeadRow(null, Unit.HOURS, true);
    }

    /** In the largest unit that it is a whole number of. */
    static LeadRow of(int minutes) {
        Unit unit = minutes % Unit.DAYS.minutes == 0
                ? Unit.DAYS
                : minutes % Unit.HOURS.minutes == 0 ? Unit.HOURS : Unit.MINUTES;
        return new LeadRow(minutes / unit.minutes, unit, false);
    }

    /** Its minutes. */
    int typed() {
        Integer given = number;
        if (given == null) {
            throw new Invalid("leads", "reminder.rule.leadMissing");
        }
        return Math.max(-1, Math.min(given, MOST)) * unit.minutes;
    }

    void settle() {
        fresh = false;
    }

    /** Whether it was added just now, so that the cursor belongs into it. */
    public boolean isFresh() {
        return fresh;
    }

    public @Nullable Integer getNumber() {
        return number;
    }

    public void setNumber(@Nullable Integer number) {
        this.number = number;
    }

    public Unit getUnit() {
        return unit;
    }

    public void setUnit(Unit unit) {
        this.unit = unit;
    }
}

package org.evenkeel.shared;

import org.jspecify.annotations.Nullable;

/**
 * When somebody works, or a place is open, has changed: working hours, time off, opening hours, closure days; fired within its
 * transaction.
 *
 * @param slot the time that it is about; null: it may be any
 */
public record CalendarChanged(@Nullable TimeSlot slot) {
    public static final CalendarChanged AT_ANY_TIME = new CalendarChanged(null);
}

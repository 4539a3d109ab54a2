package org.evenkeel.shared;

import org.jspecify.annotations.Nullable;

/**
 * What days are made of has changed, whatever is booked on them: working hours, time off, opening hours, closure days, a site's zone,
 * rooms, and how therapies are called; fired within its transaction.
 *
 * @param slot the time that it is about; null: it may be any
 */
public record CalendarChanged(@Nullable TimeSlot slot) {
    public static final CalendarChanged AT_ANY_TIME = new CalendarChanged(null);
}

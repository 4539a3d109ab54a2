package org.evenkeel.series;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wish to wait: for a seat in a series, or for a time with a modality.
 *
 * @param modality its code, if no series is named
 * @param weekdays ISO, 1 Monday to 7 Sunday; empty: any
 * @param after earliest start on the site's wall
 * @param before latest end
 * @param from not before that day
 * @param priority 1 urgent, 2 soon, 3 routine
 */
public record WaitlistWish(
        long patientId,
        @Nullable Long seriesId,
        @Nullable String modality,
        @Nullable Long therapistId,
        @Nullable Long siteId,
        Set<Integer> weekdays,
        @Nullable LocalTime after,
        @Nullable LocalTime before,
        LocalDate from,
        int priority) {

    public WaitlistWish {
        weekdays = Set.copyOf(weekdays);
    }

    public static WaitlistWish seat(long patientId, long seriesId, LocalDate from, int priority) {
        return new WaitlistWish(patientId, seriesId, null, null, null, Set.of(), null, null, from, priority);
    }
}

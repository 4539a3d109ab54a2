package org.evenkeel.session;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, best first: the patient's primary therapist, then soonest, then fewest gaps left.
 *
 * @param relax when there is none: what to relax and how many times that gains, most first; two wishes, or the stretch, only
 *     where no single wish is what nothing answers
 */
public record FreeTimesFound(List<FreeTime> items, List<Relaxation> relax) {

    public FreeTimesFound {
        items = List.copyOf(items);
        relax = List.copyOf(relax);
    }

    /**
     * What would gain so many times.
     *
     * @param wishes to drop: one, two, or none where it is the stretch that is longer
     * @param to the last date of a longer stretch; null: as it was asked
     */
    public record Relaxation(List<FreeTimesQuery.Wish> wishes, @Nullable LocalDate to, int gains) {

        public Relaxation {
            wishes = List.copyOf(wishes);
        }
    }
}

package org.evenkeel.session;

import java.util.List;

/**
 * What a search found, best first: the patient's primary therapist, then soonest, then fewest gaps left.
 *
 * @param relax when there is none: which wish to drop and how many times that gains, most first
 */
public record FreeTimesFound(List<FreeTime> items, List<Relaxation> relax) {

    public FreeTimesFound {
        items = List.copyOf(items);
        relax = List.copyOf(relax);
    }

    /** Dropping this wish would gain so many times. */
    public record Relaxation(FreeTimesQuery.Wish wish, int gains) {}
}

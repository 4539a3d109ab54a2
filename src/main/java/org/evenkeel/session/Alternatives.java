package org.evenkeel.session;

import java.util.List;

/**
 * Ways out of a refusal.
 *
 * @param otherTimes the same therapist, nearest in time first
 * @param sameTime other therapists at the wanted time
 */
public record Alternatives(List<FreeTime> otherTimes, List<FreeTime> sameTime) {

    public static final Alternatives NONE = new Alternatives(List.of(), List.of());

    public Alternatives {
        otherTimes = List.copyOf(otherTimes);
        sameTime = List.copyOf(sameTime);
    }
}

package org.evenkeel.series;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.evenkeel.series.SeriesChange.Scope;

/**
 * The wish to cancel dates of a series that are still to come.
 *
 * @param extend whether a date is added at the end for each, so that as many are held (acceptance case A15)
 * @param byHand of more dates than one, those that go although they were changed by hand: others of that kind stay (A9)
 * @param versions of the sessions that go, as they were read: if others go, or one of them has been changed since, nothing does
 *     (A22). Empty: whatever they are
 */
public record Cancellation(Scope scope, String reason, boolean extend, Set<Long> byHand, Map<Long, Long> versions)
        implements Serializable {

    public Cancellation {
        byHand = Set.copyOf(byHand);
        versions = Map.copyOf(versions);
    }

    /** Those of the scope that were not changed by hand, whatever they are. */
    public static Cancellation of(Scope scope, String reason, boolean extend) {
        return new Cancellation(scope, reason, extend, Set.of(), Map.of());
    }

    /** One date, as it was read. */
    public static Cancellation ofOne(long sessionId, long version, String reason, boolean extend) {
        return new Cancellation(Scope.THIS, reason, extend, Set.of(), Map.of(sessionId, version));
    }
}

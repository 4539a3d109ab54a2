package org.evenkeel.session;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A session was booked, moved, changed, cancelled, undone, or its attendance marked; fired within its transaction. Ids and
 * values only.
 *
 * @param slots the slot before and the slot after, where they differ
 * @param siteIds the site before and after, likewise
 * @param told rules that were only told to whoever changed it
 * @param restored the revision that stands again, where a change was undone; null: none does
 * @param handedOver the revision that stands still for whoever is not told who leads it, where nothing else has changed; null: it does not
 */
public record SessionChanged(
        Change.Kind kind,
        long sessionId,
        int revision,
        Instant at,
        List<TimeSlot> slots,
        Set<Long> siteIds,
        List<Refusal> told,
        @Nullable Integer restored,
        @Nullable Integer handedOver) {

    public SessionChanged(
            Change.Kind kind, long sessionId, int revision, Instant at, List<TimeSlot> slots, Set<Long> siteIds) {
        this(kind, sessionId, revision, at, slots, siteIds, List.of(), null, null);
    }
}

package org.evenkeel.session;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.evenkeel.shared.TimeSlot;

/**
 * A session was booked, moved, changed, cancelled, undone, or its attendance marked; fired within its transaction. Ids and
 * values only.
 *
 * @param slots the slot before and the slot after, where they differ
 * @param siteIds the site before and after, likewise
 * @param told rules that were only told to whoever changed it
 */
public record SessionChanged(
        Change.Kind kind,
        long sessionId,
        int revision,
        Instant at,
        List<TimeSlot> slots,
        Set<Long> siteIds,
        List<Refusal> told) {

    public SessionChanged(
            Change.Kind kind, long sessionId, int revision, Instant at, List<TimeSlot> slots, Set<Long> siteIds) {
        this(kind, sessionId, revision, at, slots, siteIds, List.of());
    }
}

package org.evenkeel.series;

import java.time.Instant;
import java.util.List;
import org.evenkeel.shared.TimeSlot;

/**
 * A series was set up or changed, or who is enrolled in it; fired within its transaction, after its sessions are written.
 *
 * @param kept dates of which a seat is now kept for someone, or is not any more
 */
public record SeriesChanged(long seriesId, Instant at, List<TimeSlot> kept) {

    public SeriesChanged(long seriesId, Instant at) {
        this(seriesId, at, List.of());
    }
}

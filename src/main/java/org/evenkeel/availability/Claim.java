package org.evenkeel.availability;

import java.time.Instant;
import org.evenkeel.shared.TimeSlot;

/**
 * A resource wanted for a slot, which covers whole five-minute segments.
 *
 * @throws IllegalArgumentException if the slot does not start and end on a multiple of five minutes
 */
public record Claim(Resource resource, TimeSlot slot) {

    /** Seconds of one segment. */
    public static final int SEGMENT_SECONDS = 300;

    public Claim {
        if (!isOnGrid(slot.start()) || !isOnGrid(slot.end())) {
            throw new IllegalArgumentException("Not on the five-minute grid: " + slot);
        }
    }

    public static boolean isOnGrid(Instant instant) {
        return instant.getNano() == 0 && instant.getEpochSecond() % SEGMENT_SECONDS == 0;
    }

    /** Whether both cannot be granted. */
    public boolean collidesWith(Claim other) {
        return resource.equals(other.resource) && slot.overlaps(other.slot);
    }

    static int segment(Instant instant) {
        return Math.toIntExact(Math.floorDiv(instant.getEpochSecond(), (long) SEGMENT_SECONDS));
    }

    int firstSegment() {
        return segment(slot.start());
    }

    /** Exclusive. */
    int endSegment() {
        return segment(slot.end());
    }
}

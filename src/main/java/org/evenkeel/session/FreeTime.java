package org.evenkeel.session;

import java.time.Instant;
import java.time.ZoneId;
import org.evenkeel.shared.TimeSlot;

/** A time that can be booked as it stands: therapist, room and slot. The zone is the site's. */
public record FreeTime(Instant start, int minutes, Ref therapist, Ref room, Ref site, ZoneId zone) {

    /** Id and name of something. */
    public record Ref(long id, String name) {}

    public TimeSlot slot() {
        return TimeSlot.of(start, minutes);
    }
}

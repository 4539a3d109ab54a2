package org.evenkeel.session;

import java.time.Instant;
import java.util.List;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a session, with what an undo needs.
 *
 * @param version the session's version after it; an undo is refused once it has changed again
 * @param told rules that were only told, such as not being the primary therapist
 * @param before how the session stood; null for a new one
 */
public record Change(Kind kind, long sessionId, long version, Instant at, List<Refusal> told, @Nullable Before before) {

    /** What was done. */
    public enum Kind {
        BOOKED,
        MOVED,
        CHANGED,
        CANCELLED,
        ATTENDANCE,
        UNDONE
    }

    /** A session as it stood before a change. */
    public record Before(
            long modalityId, TimeSlot slot, long therapistId, long roomId, List<ParticipantBefore> participants) {}

    /** A participant as they stood before a change. */
    public record ParticipantBefore(
            long participantId,
            long patientId,
            ParticipantState state,
            @Nullable Instant checkedInAt,
            int lateMinutes,
            @Nullable Integer attendedMinutes,
            boolean excused,
            @Nullable Integer seatNumber) {}
}

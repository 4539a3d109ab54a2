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

    /**
     * A session as it stood before a change, with whether it was {@link Session#isByHand()} and the rules it went against.
     *
     * @param revisedAt when its revision came about; null: when it was booked
     * @param ledAt since when somebody else led it, and nothing else had changed; null: since its revision
     */
    public record Before(
            long modalityId,
            TimeSlot slot,
            long therapistId,
            long roomId,
            int revision,
            @Nullable Instant revisedAt,
            @Nullable Instant ledAt,
            List<ParticipantBefore> participants,
            boolean byHand,
            @Nullable String overridden,
            @Nullable String overrideReason) {}

    /** A participant as they stood before a change. */
    public record ParticipantBefore(
            long participantId,
            long patientId,
            ParticipantState state,
            @Nullable Instant checkedInAt,
            int lateMinutes,
            @Nullable Integer attendedMinutes,
            boolean excused,
            @Nullable Integer seatNumber,
            @Nullable Instant leftAt) {}
}

package org.evenkeel.session;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A session with all that a reader is told about it.
 *
 * @param version counts every change; what a change must be based on
 * @param revision counts what a patient would notice
 * @param lateCancelled whether it was cancelled with too little notice
 * @param overridden the soft rules that it was booked against
 * @param participants who has a seat; of a cancelled session, who had one
 */
public record SessionView(
        long id,
        long version,
        int revision,
        Therapy modality,
        TimeSlot slot,
        Named therapist,
        Place room,
        Located site,
        SessionState state,
        boolean lateCancelled,
        @Nullable String cancelReason,
        List<Rule> overridden,
        @Nullable String overrideReason,
        List<Attendee> participants)
        implements Serializable {

    public SessionView {
        overridden = List.copyOf(overridden);
        participants = List.copyOf(participants);
    }

    /** Someone or something, by name. */
    public record Named(long id, String name) implements Serializable {}

    /** A modality; the colour is an index into the palette. */
    public record Therapy(long id, String code, String name, int colour) implements Serializable {}

    /** A room; telehealth has no walls. */
    public record Place(long id, String name, boolean telehealth) implements Serializable {}

    /** A site with its zone. */
    public record Located(long id, String name, ZoneId zone) implements Serializable {}

    /**
     * A patient in the session.
     *
     * @param id of the participant
     * @param lateMinutes how late the patient came
     * @param attendedMinutes null until attendance is marked
     */
    public record Attendee(
            long id,
            long patientId,
            String name,
            String recordNumber,
            ParticipantState state,
            @Nullable Instant checkedInAt,
            int lateMinutes,
            @Nullable Integer attendedMinutes)
            implements Serializable {

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Participant " + id;
        }
    }

    SessionView with(List<Attendee> attendees) {
        return new SessionView(
                id,
                version,
                revision,
                modality,
                slot,
                therapist,
                room,
                site,
                state,
                lateCancelled,
                cancelReason,
                overridden,
                overrideReason,
                attendees);
    }

    public boolean isLive() {
        return state == SessionState.BOOKED;
    }

    /** Whether it is the trace of a booking that was undone, which boards and rosters do not show. */
    public boolean isUndone() {
        return !isLive() && Session.UNDONE.equals(cancelReason);
    }

    /** The one participant of an individual session. */
    public Optional<Attendee> attendee() {
        return participants.stream().findFirst();
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "Session " + id;
    }
}

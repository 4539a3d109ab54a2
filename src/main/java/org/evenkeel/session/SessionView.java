package org.evenkeel.session;

import java.io.Serializable;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A session with all that a reader is told about it.
 *
 * @param version counts every change; what a change must be based on
 * @param revision counts what a patient may notice
 * @param coFacilitators who facilitates a group with the lead therapist
 * @param lateCancelled whether it was cancelled with too little notice
 * @param overridden the soft rules that it was booked against
 * @param unqualified whether the lead therapist's qualification has lapsed by then
 * @param capacity how many may come; of an individual session 1
 * @param kept how many seats are kept for someone who waits
 * @param series what it comes from; null: it was booked by itself
 * @param participants who has a seat; of a cancelled session, who had one
 */
public record SessionView(
        long id,
        long version,
        int revision,
        Therapy modality,
        TimeSlot slot,
        Named therapist,
        List<Named> coFacilitators,
        Place room,
        Located site,
        SessionState state,
        boolean lateCancelled,
        @Nullable String cancelReason,
        List<Rule> overridden,
        @Nullable String overrideReason,
        boolean unqualified,
        int capacity,
        int kept,
        @Nullable Named series,
        List<Attendee> participants)
        implements Serializable {

    public SessionView {
        coFacilitators = List.copyOf(coFacilitators);
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
     * @param familyName the part of the name that rosters go by
     * @param lateMinutes how late the patient came
     * @param attendedMinutes null until attendance is marked
     * @param excused whether an absence is not held against the patient
     * @param guest whether they come to this session of a series without being enrolled in it
     */
    public record Attendee(
            long id,
            long patientId,
            String name,
            String familyName,
            String recordNumber,
            ParticipantState state,
            @Nullable Instant checkedInAt,
            int lateMinutes,
            @Nullable Integer attendedMinutes,
            boolean excused,
            boolean guest)
            implements Serializable {

        private Attendee naming(UnaryOperator<String> patient) {
            return new Attendee(
                    id,
                    patientId,
                    patient.apply(name),
                    familyName,
                    recordNumber,
                    state,
                    checkedInAt,
                    lateMinutes,
                    attendedMinutes,
                    excused,
                    guest);
        }

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Participant " + id;
        }
    }

    SessionView with(List<Named> facilitators, List<Attendee> attendees) {
        return new SessionView(
                id,
                version,
                revision,
                modality,
                slot,
                therapist,
                facilitators,
                room,
                site,
                state,
                lateCancelled,
                cancelReason,
                overridden,
                overrideReason,
                unqualified,
                capacity,
                kept,
                series,
                attendees);
    }

    /** The same for a reader who is shown patients otherwise than by their names. */
    public SessionView naming(UnaryOperator<String> patient) {
        return with(
                coFacilitators,
                participants.stream().map(p -> p.naming(patient)).toList());
    }

    public boolean isLive() {
        return state == SessionState.BOOKED;
    }

    /** Whether it is the trace of a booking that was undone, which boards and rosters do not show. */
    public boolean isUndone() {
        return !isLive() && Session.UNDONE.equals(cancelReason);
    }

    /** Whether it is for more than one patient. */
    public boolean isGroup() {
        return capacity > 1;
    }

    /** What people call it: a group by its name, anything else by its modality. */
    public String title() {
        return isGroup() && series != null ? series.name() : modality.name();
    }

    /** The lead therapist, then who facilitates with them. */
    public List<Named> therapists() {
        return Stream.concat(Stream.of(therapist), coFacilitators.stream()).toList();
    }

    /** As rosters list them: by family name, whatever its case and accents. */
    public List<Attendee> participantsByName() {
        Collator alphabet = Collator.getInstance(Locale.ROOT);
        return participants.stream()
                .sorted(Comparator.comparing(Attendee::familyName, alphabet)
                        .thenComparing(Attendee::name, alphabet)
                        .thenComparing(Attendee::id))
                .toList();
    }

    /** How many seats are taken. */
    public int taken() {
        return participants.size();
    }

    /** How many seats nobody has, and nobody is to have. */
    public int free() {
        return FreeSeats.of(capacity, taken(), kept);
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

package org.evenkeel.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.evenkeel.modality.Modality;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is wished for, with everything that the policies need to know to judge it, read in one transaction under the
 * lock of the therapist's row.
 *
 * @param self the session that is being changed; null for a new one
 * @param patientsMayMeet whether none of them is to be kept apart from another
 * @param nearby the lead therapist's other sessions within half a day of the slot
 */
record Proposal(
        @Nullable Long self,
        TimeSlot slot,
        int capacity,
        ModalityFacts modality,
        TherapistFacts therapist,
        List<TherapistFacts> coFacilitators,
        RoomFacts room,
        SiteFacts site,
        List<PatientFacts> patients,
        boolean patientsMayMeet,
        List<TimeSlot> nearby) {

    record ModalityFacts(
            long id,
            String code,
            String name,
            Modality.Format format,
            int defaultMinutes,
            @Nullable String qualification,
            boolean active) {

        /** @throws Invalid if a session for so many cannot be booked of it */
        void requireOffered(int capacity) {
            if (capacity == 1 && format == Modality.Format.GROUP) {
                throw new Invalid("modality", "invalid.session.inGroups", name);
            }
            if (!active) {
                throw new Invalid("modality", "invalid.session.notOffered", name);
            }
        }
    }

    /** @param hours at the proposal's site */
    record TherapistFacts(
            long id,
            String name,
            boolean active,
            List<Validity> qualified,
            List<TimeSlot> timeOff,
            List<WeeklyHours> hours) {}

    /** From one day to another, both included; no end if null. */
    record Validity(LocalDate from, @Nullable LocalDate to) {
        boolean covers(LocalDate day) {
            return !day.isBefore(from) && (to == null || !day.isAfter(to));
        }
    }

    record RoomFacts(
            long id, String name, long siteId, int capacity, int turnoverMinutes, boolean telehealth, boolean active) {}

    record SiteFacts(
            long id,
            String name,
            ZoneId zone,
            boolean active,
            List<WeeklyHours> openingHours,
            List<Closure> closures) {}

    record Closure(LocalDate date, String reason) {}

    record PatientFacts(long id, String name, boolean bookable, @Nullable Long primaryTherapistId) {}

    /** The lead therapist, then who facilitates with them. */
    List<TherapistFacts> therapists() {
        return Stream.concat(Stream.of(therapist), coFacilitators.stream()).toList();
    }

    LocalDate localDate() {
        return LocalDate.ofInstant(slot.start(), site.zone());
    }

    /** The last local date that it touches; a session that ends at midnight does not touch the next day. */
    LocalDate lastLocalDate() {
        return LocalDate.ofInstant(slot.end().minusNanos(1), site.zone());
    }

    Session.Placement placement() {
        return new Session.Placement(
                modality.id(),
                slot,
                therapist.id(),
                coFacilitators.stream().map(TherapistFacts::id).toList(),
                room.id(),
                site.id(),
                room.telehealth() ? 0 : room.turnoverMinutes(),
                !room.telehealth());
    }

    Instant start() {
        return slot.start();
    }
}

package org.evenkeel.patient;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Text;
import org.evenkeel.shared.Zones;
import org.jspecify.annotations.Nullable;

/**
 * What a form says about a patient.
 *
 * @param recordNumber "" for a new patient: the next free one is given
 * @param language preferred, as a tag such as "en"
 * @param zone where they are, if not where their sessions are; null: there
 * @param diedOn the day of death; who has died cannot be booked
 * @param active whether sessions may be booked
 * @throws Invalid if something is missing, too long, or out of order
 */
public record PatientDetails(
        String recordNumber,
        String givenName,
        String familyName,
        @Nullable LocalDate birthDate,
        Patient.Gender gender,
        String language,
        @Nullable ZoneId zone,
        @Nullable Long primaryTherapistId,
        @Nullable LocalDate diedOn,
        boolean active,
        List<Contact> contacts)
        implements Serializable {

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1880, 1, 1);

    /** Of someone who is where their sessions are. */
    public PatientDetails(
            String recordNumber,
            String givenName,
            String familyName,
            @Nullable LocalDate birthDate,
            Patient.Gender gender,
            String language,
            @Nullable Long primaryTherapistId,
            @Nullable LocalDate diedOn,
            boolean active,
            List<Contact> contacts) {
        this(
                recordNumber,
                givenName,
                familyName,
                birthDate,
                gender,
                language,
                null,
                primaryTherapistId,
                diedOn,
                active,
                contacts);
    }

    public PatientDetails {
        recordNumber = Text.optional("recordNumber", "recordNumber", recordNumber, 40);
        givenName = Text.required("givenName", "givenName", givenName, 80);
        familyName = Text.required("familyName", "familyName", familyName, 80);
        language = Text.required("language", "language", language, 10);
        contacts = contacts.stream().distinct().toList();
        if (zone != null && !Zones.isRegion(zone)) {
            throw new Invalid("zone", "invalid.patient.zone");
        }
        if (birthDate != null && birthDate.isBefore(EARLIEST_BIRTH)) {
            throw new Invalid("birthDate", "invalid.patient.birthTooLongAgo", birthDate);
        }
        if (birthDate != null && diedOn != null && diedOn.isBefore(birthDate)) {
            throw new Invalid("diedOn", "invalid.patient.diedBeforeBirth", diedOn, birthDate);
        }
    }

    /** @throws Invalid if a day that must lie behind is after today */
    void checkAgainst(LocalDate today) {
        if (birthDate != null && birthDate.isAfter(today)) {
            throw new Invalid("birthDate", "invalid.patient.birthInFuture", birthDate);
        }
        if (diedOn != null && diedOn.isAfter(today)) {
            throw new Invalid("diedOn", "invalid.patient.deathInFuture", diedOn);
        }
    }

    /** Nothing that identifies anyone: names stay out of logs. */
    @Override
    public String toString() {
        return "PatientDetails";
    }
}

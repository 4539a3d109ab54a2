package org.evenkeel.patient;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A patient as lists show them.
 *
 * @param bookable whether sessions may be booked for them
 */
public record PatientRow(
        long id,
        String recordNumber,
        String displayName,
        @Nullable LocalDate birthDate,
        @Nullable LocalDate diedOn,
        boolean bookable)
        implements Serializable {

    static PatientRow of(Patient patient) {
        return new PatientRow(
                patient.id(),
                patient.recordNumber(),
                patient.displayName(),
                patient.birthDate().orElse(null),
                patient.diedOn().orElse(null),
                patient.isBookable());
    }

    /** The id alone: names stay out of logs. */
    @Override
    public String toString() {
        return "PatientRow " + id;
    }
}

package org.evenkeel.therapist;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a form says about a qualification.
 *
 * @param validTo the last valid day, or null: no end
 */
public record Qualified(long modalityId, LocalDate validFrom, @Nullable LocalDate validTo) implements Serializable {

    boolean overlaps(Qualified other) {
        return modalityId == other.modalityId && startsBeforeEndOf(other) && other.startsBeforeEndOf(this);
    }

    private boolean startsBeforeEndOf(Qualified other) {
        return other.validTo == null || !validFrom.isAfter(other.validTo);
    }

    @Override
    public String toString() {
        return validFrom + " to " + (validTo == null ? "no end" : validTo);
    }
}

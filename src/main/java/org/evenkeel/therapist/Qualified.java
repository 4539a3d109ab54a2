package org.evenkeel.therapist;

import java.io.Serializable;
import java.time.LocalDate;
import org.evenkeel.shared.Phrases.Phrase;
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

    /** "2027-01-01 to 2028-12-31". */
    Phrase inWords() {
        return validTo == null
                ? Phrase.of("invalid.therapist.validFrom", validFrom)
                : Phrase.of("invalid.therapist.stretch", validFrom, validTo);
    }
}

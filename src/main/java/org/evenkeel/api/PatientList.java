package org.evenkeel.api;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of patients. */
@Schema(name = "PatientList", description = "A page of patients, by family name")
public record PatientList(
        List<Item> items,
        @Schema(nullable = true, description = "The address of the next page; null: this is the last") @Nullable
                String next) {

    /** A patient as far as lists tell. */
    @Schema(name = "Patient")
    public record Item(
            long id,
            String name,
            @Schema(examples = "P-1042") String recordNumber,
            @Schema(nullable = true) @Nullable LocalDate birthDate,
            @Schema(description = "Whether sessions may be booked for them") boolean bookable) {}
}

package org.evenkeel.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/** A page of therapists. */
@Schema(name = "TherapistList", description = "A page of therapists, by family name")
public record TherapistList(
        List<Item> items,
        @Schema(nullable = true, description = "The address of the next page; null: this is the last") @Nullable
                String next) {

    /** A therapist. */
    @Schema(name = "Therapist")
    public record Item(
            long id,
            @Schema(examples = "Dr Lee") String name,
            String givenName,
            String familyName,
            Therapist.Gender gender,
            @Schema(examples = "[\"en\", \"es\"]") List<String> languages,
            @Schema(
                            description =
                                    "Codes of what they are, will be or were qualified for; free-times tells who is on a date")
                    List<String> modalities,
            @Schema(description = "Whether sessions can be booked with them") boolean active) {}
}

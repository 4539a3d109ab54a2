package org.evenkeel.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.modality.Modality;
import org.jspecify.annotations.Nullable;

/** A page of modalities. */
@Schema(name = "ModalityList", description = "A page of modalities")
public record ModalityList(
        List<Item> items,
        @Schema(nullable = true, description = "The address of the next page; null: this is the last") @Nullable
                String next) {

    /** A therapy. */
    @Schema(name = "Modality")
    public record Item(
            @Schema(description = "Its name in this API", examples = "EMDR") String code,
            String name,
            Modality.Format format,
            @Schema(description = "How long a session usually takes", examples = "60") int minutes,
            @Schema(nullable = true, description = "The credential that its therapist must hold; null: none") @Nullable
                    String qualification,
            boolean active) {}
}

package org.evenkeel.api;

import java.util.List;
import org.evenkeel.modality.Modality;
import org.jspecify.annotations.Nullable;

/** A page of modalities. */
public record ModalityList(List<Item> items, @Nullable String next) {

    /** A therapy. */
    public record Item(
            String code,
            String name,
            Modality.Format format,
            int minutes,
            @Nullable String qualification,
            boolean active) {}
}

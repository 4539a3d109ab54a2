package org.evenkeel.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of sites. */
@Schema(name = "SiteList", description = "A page of sites, by name")
public record SiteList(
        List<Item> items,
        @Schema(nullable = true, description = "The address of the next page; null: this is the last") @Nullable
                String next) {

    /** A site. */
    @Schema(name = "Site")
    public record Item(
            long id,
            String name,
            @Schema(description = "The zone of its wall times", examples = "America/New_York") String zone,
            String phone,
            boolean active) {}
}

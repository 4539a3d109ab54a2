package org.evenkeel.api;

import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.session.FreeTimesFound;
import org.jspecify.annotations.Nullable;

/** What a search for a time found. */
@Schema(name = "FreeTimes", description = "Free times, best first; when there are none, which wish to relax")
public record FreeTimesDocument(
        List<FreeTimeDocument> items,
        @Schema(nullable = true, description = "Always null: the best times are all that is told") @Nullable
                String next,
        @Schema(description = "When nothing was found: what dropping one wish would gain, most first")
                List<Relax> relax) {

    /** What dropping a wish would gain. */
    @Schema(name = "Relax", description = "Dropping this wish would gain so many times")
    public record Relax(
            @Schema(description = "The name of the parameter", examples = "gender") String wish,
            @Schema(examples = "12") int gains) {}

    static FreeTimesDocument of(FreeTimesFound found) {
        return new FreeTimesDocument(
                found.items().stream().map(FreeTimeDocument::of).toList(),
                null,
                found.relax().stream()
                        .map(r -> new Relax(r.wish().name().toLowerCase(Locale.ROOT), r.gains()))
                        .toList());
    }
}

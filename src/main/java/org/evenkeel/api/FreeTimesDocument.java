package org.evenkeel.api;

import java.util.List;
import java.util.Locale;
import org.evenkeel.session.FreeTimesFound;
import org.jspecify.annotations.Nullable;

/** What a search for a time found. */
public record FreeTimesDocument(List<FreeTimeDocument> items, @Nullable String next, List<Relax> relax) {

    /** What dropping a wish would gain. */
    public record Relax(String wish, int gains) {}

    static FreeTimesDocument of(FreeTimesFound found) {
        return new FreeTimesDocument(
                found.items().stream().map(FreeTimeDocument::of).toList(),
                null,
                found.relax().stream()
                        .map(r -> new Relax(r.wish().name().toLowerCase(Locale.ROOT), r.gains()))
                        .toList());
    }
}

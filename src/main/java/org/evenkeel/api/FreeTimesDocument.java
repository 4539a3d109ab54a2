package org.evenkeel.api;

import java.util.List;
import java.util.Locale;
import org.evenkeel.session.FreeTimesFound;
import org.jspecify.annotations.Nullable;

/** What a search for a time found. */
public record FreeTimesDocument(List<FreeTimeDocument> items, @Nullable String next, List<Relax> relax) {

    /**
     * What relaxing a wish would gain.
     *
     * @param wish the parameter to drop; "to": to set to the date below
     * @param and a second one to drop with it, where one alone gains nothing
     * @param to the last date of a longer stretch
     */
    public record Relax(String wish, @Nullable String and, @Nullable String to, int gains) implements JsonText.Sparse {

        static Relax of(FreeTimesFound.Relaxation relaxation) {
            List<String> names = relaxation.wishes().stream()
                    .map(wish -> wish.name().toLowerCase(Locale.ROOT))
                    .toList();
            return new Relax(
                    names.isEmpty() ? "to" : names.get(0),
                    names.size() < 2 ? null : names.get(1),
                    relaxation.to() == null ? null : relaxation.to().toString(),
                    relaxation.gains());
        }
    }

    /** @param found the times of all pages up to the one that is asked for, and of what is beyond it at least one */
    static FreeTimesDocument of(FreeTimesFound found, Parameters parameters) {
        List<FreeTimeDocument> page = found.items().stream()
                .skip(parameters.offset())
                .limit(parameters.limit())
                .map(FreeTimeDocument::of)
                .toList();
        return new FreeTimesDocument(
                page,
                parameters.next(page.size(), found.items().size()),
                found.relax().stream().map(Relax::of).toList());
    }
}

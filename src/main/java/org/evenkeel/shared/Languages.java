package org.evenkeel.shared;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that patients prefer and therapists speak, as tags such as "en". */
public final class Languages {

    /** What forms offer, the most frequent first. */
    public static final List<String> OFFERED = List.of(
            "en", "es", "fr", "de", "pt", "it", "pl", "ru", "uk", "tr", "ar", "fa", "so", "zh", "vi", "ko", "tl", "hi",
            "pa", "ur", "bn", "ht", "ase");

    private static final List<String> KNOWN = List.of(Locale.getISOLanguages());

    private Languages() {}

    /** The tag of a language that is given by its tag, with or without a region, or by its name in a language that the screens speak; empty if unknown. */
    public static Optional<String> tagOf(String text) {
        String wanted = text.strip();
        String tag = wanted.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
        if (KNOWN.contains(tag) || OFFERED.contains(tag)) {
            return Optional.of(tag);
        }
        return KNOWN.stream()
                .filter(known -> Phrases.languages().stream()
                        .map(Locale::forLanguageTag)
                        .anyMatch(told -> Locale.forLanguageTag(known)
                                .getDisplayLanguage(told)
                                .equalsIgnoreCase(wanted)))
                .findFirst();
    }
}

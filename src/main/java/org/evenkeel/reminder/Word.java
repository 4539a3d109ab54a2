package org.evenkeel.reminder;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a text message means, in whichever language: the words are those of all {@link Texts}, without regard to case, accents and
 * punctuation.
 */
enum Word {
    YES,
    NO,
    STOP,
    START;

    private static final Map<Word, Set<String>> KNOWN = new EnumMap<>(Word.class);

    static {
        for (Word meaning : values()) {
            KNOWN.put(
                    meaning,
                    Texts.languages().stream()
                            .flatMap(language -> Texts.in(language).words(meaning))
                            .map(Word::plain)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    /**
     * A message means what all of it says: "no problem, see you" is no NO. STOP alone is heard wherever a message starts with it; one
     * too many is told of and easily taken back, one too few is a broken promise.
     */
    static Optional<Word> of(String message) {
        String plain = plain(message);
        String first = plain.split(" ", 2)[0];
        if (STOP.includes(first)) {
            return Optional.of(STOP);
        }
        return Stream.of(YES, NO, START).filter(w -> w.includes(plain)).findFirst();
    }

    /** The number that a message consists of: "2", "2." or "#2". */
    static Optional<Integer> number(String message) {
        return Optional.of(plain(message)).filter(text -> text.matches("[1-9]")).map(Integer::valueOf);
    }

    /** The words of a list as it stands in a file of texts. */
    static List<String> list(String commas) {
        return Arrays.stream(commas.split(",")).map(String::strip).toList();
    }

    private boolean includes(String plain) {
        return KNOWN.getOrDefault(this, Set.of()).contains(plain);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}

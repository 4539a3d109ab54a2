package org.evenkeel.patient;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What was typed to find a patient. It must be enough to mean someone: three letters of a name in a row, a whole surname however
 * short, or a whole record number.
 *
 * @param whole everything, as names are compared
 * @param parts the words of it
 * @param recordNumber everything, as record numbers are compared
 */
record SearchWords(String whole, List<String> parts, String recordNumber) {
    private static final int ENOUGH = 3;

    static SearchWords of(String typed) {
        String whole = Patient.searchable(typed);
        List<String> parts = Arrays.stream(whole.split(" ", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        return new SearchWords(whole, parts, typed.strip().toUpperCase(Locale.ROOT));
    }

    boolean isEmpty() {
        return recordNumber.isEmpty();
    }

    /** Whether part of a name may be looked for; if not, only a whole surname or record number is. */
    boolean meansPartOfName() {
        return parts.stream()
                .anyMatch(part ->
                        part.codePoints().filter(Character::isLetterOrDigit).count() >= ENOUGH);
    }

    /** Each word as a pattern for {@code like ... escape '!'}. */
    List<String> patterns() {
        return parts.stream()
                .map(part -> "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
                .toList();
    }
}

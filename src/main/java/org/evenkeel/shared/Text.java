package org.evenkeel.shared;

import org.jspecify.annotations.Nullable;

/** What people type, made fit to be kept: stripped, not too long, and there if it must be. */
public final class Text {
    private Text() {}

    /**
     * @param field the input, as in the API
     * @param label what a user calls it, as the last part of its key {@code invalid.label.familyName}
     * @throws Invalid if there is nothing, or more than so many characters
     */
    public static String required(String field, String label, @Nullable String value, int longest) {
        String text = optional(field, label, value, longest);
        if (text.isEmpty()) {
            throw new Invalid(field, "invalid.missing", named(label));
        }
        return text;
    }

    /**
     * As {@link #required}, but nothing becomes "".
     *
     * @throws Invalid if there are more than so many characters
     */
    public static String optional(String field, String label, @Nullable String value, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.length() > longest) {
            throw new Invalid(field, "invalid.tooLong", named(label), String.valueOf(text.length()), longest);
        }
        return text;
    }

    private static Phrases.Phrase named(String label) {
        return Phrases.Phrase.of("invalid.label." + label);
    }
}

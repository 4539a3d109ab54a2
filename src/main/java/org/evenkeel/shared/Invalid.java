package org.evenkeel.shared;

import java.util.Arrays;
import java.util.Locale;

/** What was asked for cannot be meant, such as a time in the past (422). It says what to do, in words for the user. */
public class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String key;
    private final transient Object[] values;

    /**
     * @param field the name of the input it is about, as in the API, or ""
     * @param key of the text, see {@link Phrases}
     * @param values for its places; a {@code Long} is an id
     */
    public Invalid(String field, String key, Object... values) {
        super(told(Locale.ENGLISH, key, values));
        this.field = field;
        this.key = key;
        this.values = values.clone();
    }

    public String field() {
        return field;
    }

    /** The same of another input. */
    public Invalid about(String otherField) {
        return new Invalid(otherField, key, values);
    }

    /** What to do, in the language of whoever reads it; {@link #getMessage} tells it in English. */
    public String in(Locale locale) {
        return told(locale, key, values);
    }

    private static String told(Locale locale, String key, Object... values) {
        return Phrases.in(locale)
                .of(
                        key,
                        Arrays.stream(values)
                                .map(value -> value instanceof Long id ? id.toString() : value)
                                .toArray());
    }
}

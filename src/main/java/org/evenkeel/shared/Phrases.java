package org.evenkeel.shared;

import java.text.MessageFormat;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/**
 * What screens say, in one language. Each text has a key in the bundle {@code org.evenkeel.i18n.Messages}; a language is added by a file.
 * Where a text has places, it is a {@link MessageFormat}.
 */
public final class Phrases {
    private static final String BUNDLE = "org.evenkeel.i18n.Messages";

    private static final List<String> LANGUAGES =
            Stream.of(Locale.getISOLanguages()).filter(Phrases::hasFile).toList();

    private final Locale locale;
    private final ResourceBundle texts;

    private Phrases(Locale locale) {
        this.locale = locale;
        this.texts = ResourceBundle.getBundle(BUNDLE, locale);
    }

    /**
     * A text that stands in the place of another one, such as the name of a field.
     *
     * @param key of the bundle
     * @param values for its places
     */
    public record Phrase(String key, List<?> values) {

        public static Phrase of(String key, Object... values) {
            return new Phrase(key, List.of(values));
        }
    }

    /** @param locale in English if it is of no {@linkplain #languages() language} that there is */
    public static Phrases in(Locale locale) {
        return new Phrases(LANGUAGES.contains(locale.getLanguage()) ? locale : Locale.ENGLISH);
    }

    /** The languages that there are files of, as tags such as "en". */
    public static List<String> languages() {
        return LANGUAGES;
    }

    /**
     * A text with its places filled in.
     *
     * @param values in the order of the places; a {@link Phrase}, a {@link WeekTime} and a {@link ZonedDateTime} are told in the same
     *     language
     */
    public String of(String key, Object... values) {
        String text = texts.getString(key);
        return values.length == 0
                ? text
                : new MessageFormat(text, locale)
                        .format(Arrays.stream(values).map(this::told).toArray());
    }

    private Object told(Object value) {
        if (value instanceof Phrase phrase) {
            return of(phrase.key(), phrase.values().toArray());
        }
        if (value instanceof WeekTime time) {
            return time.inWords(locale);
        }
        if (value instanceof ZonedDateTime moment) {
            return DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", locale).format(moment);
        }
        return value;
    }

    private static boolean hasFile(String language) {
        return Phrases.class.getResource("/org/evenkeel/i18n/Messages_" + language + ".properties") != null;
    }
}

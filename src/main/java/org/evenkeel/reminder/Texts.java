package org.evenkeel.reminder;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words of messages: fixed texts with fixed placeholders, one file for each language, {@code texts_<language>.properties} beside
 * this class; a language is added by adding a file. Nothing in a text is evaluated. A text that would say more than the patient's
 * consent allows is refused for them, and the next lesser one is taken.
 *
 * <p>Keys are {@code <template>.<occasion>.<disclosure>} in lower case, with {@code sms.} or {@code email.} in front where a channel has
 * its own.
 */
public final class Texts {

    /** The names of the sets of texts that a rule may choose from. */
    public static final Set<String> TEMPLATES = Set.of("standard", "brief");

    /** The language of those whose own has no file. */
    static final String FALLBACK = "en";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    private static final int LISTED = 3;
    private static final Map<String, Texts> LOADED = new ConcurrentHashMap<>();

    /** What may stand in braces, and how much each one discloses. */
    enum Placeholder {
        WHEN(Disclosure.LEAST),
        PHONE(Disclosure.LEAST),
        ANSWER(Disclosure.LEAST),
        STOP(Disclosure.LEAST),
        LINK(Disclosure.LEAST),
        NUMBER(Disclosure.LEAST),
        PLACE(Disclosure.PLACE),
        NAME(Disclosure.NAMES),
        THERAPIST(Disclosure.NAMES);

        private final Disclosure discloses;

        Placeholder(Disclosure discloses) {
            this.discloses = discloses;
        }

        static Placeholder of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What a message is made of.
     *
     * @param about its sessions, the earliest first; not empty
     * @param answerLink where the patient can answer; null: the message asks for no answer
     * @param stopLink where they can opt out
     */
    public record Content(
            String template,
            Occasion occasion,
            Channel channel,
            Disclosure allowed,
            String givenName,
            List<Pending.About> about,
            @Nullable String answerLink,
            String stopLink) {}

    /** A text ready to go. */
    public record Words(String subject, String body) {}

    private final Locale locale;
    private final Properties texts;

    private Texts(String language, Properties texts) {
        this.locale = Locale.forLanguageTag(language);
        this.texts = texts;
    }

    /** The texts in a language, or in English where it has none. */
    public static Texts in(String language) {
        Texts loaded = LOADED.get(language);
        return loaded != null
                ? loaded
                : LOADED.computeIfAbsent(
                        speaks(language) ? language : FALLBACK, tag -> read(tag).orElseThrow());
    }

    /** Whether there is a file for this language. */
    public static boolean speaks(String language) {
        return Texts.class.getResource(file(language)) != null;
    }

    /** The languages that there is a file for, as it is called. */
    static List<String> languages() {
        return Stream.of(Locale.getISOLanguages()).filter(Texts::speaks).toList();
    }

    /** The words that mean this in an answer. */
    Stream<String> words(Word meaning) {
        return Word.list(required("words." + meaning.name().toLowerCase(Locale.ROOT))).stream();
    }

    private static Optional<Texts> read(String language) {
        try (InputStream in = Texts.class.getResourceAsStream(file(language))) {
            if (in == null) {
                return Optional.empty();
            }
            Properties read = new Properties();
            read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return Optional.of(new Texts(language, read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String language) {
        return "texts_" + language.replaceAll("[^A-Za-z]", "") + ".properties";
    }

    /** The text with the most that may be said. */
    public Words words(Content content) {
        Map<Placeholder, String> values = values(content);
        for (int level = content.allowed().ordinal(); ; level--) {
            Disclosure disclosure = Disclosure.values()[level];
            Optional<String> text = text(content, disclosure)
                    .filter(t -> saysAtMost(t, content.allowed()))
                    .filter(t -> placeholders(t).allMatch(values::containsKey));
            if (text.isPresent()) {
                return new Words(required("subject"), filled(text.get(), values).strip());
            }
            if (level == 0) {
                throw new IllegalStateException("No text for " + content.template() + " " + content.occasion());
            }
        }
    }

    private Optional<String> text(Content content, Disclosure disclosure) {
        String key = (content.template() + "." + content.occasion() + "." + disclosure).toLowerCase(Locale.ROOT);
        String own = texts.getProperty(content.channel().name().toLowerCase(Locale.ROOT) + "." + key);
        return Optional.ofNullable(own == null ? texts.getProperty(key) : own);
    }

    /** Whether a text says no more than this, whatever it is called. */
    static boolean saysAtMost(String text, Disclosure allowed) {
        return placeholders(text).allMatch(p -> allowed.allows(p.discloses));
    }

    /** @throws IllegalArgumentException if there is something in braces that is no placeholder */
    static Stream<Placeholder> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(r -> Placeholder.of(r.group(1)));
    }

    private Map<Placeholder, String> values(Content content) {
        Pending.About first = content.about().get(0);
        Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
        values.put(Placeholder.WHEN, when(content.about()));
        values.put(Placeholder.PHONE, first.phone());
        values.put(Placeholder.NAME, content.givenName());
        values.put(Placeholder.THERAPIST, first.therapist());
        if (first.place() != null
                && content.about().stream().allMatch(a -> first.place().equals(a.place()))) {
            values.put(Placeholder.PLACE, first.place());
        }
        String channel = content.channel().name().toLowerCase(Locale.ROOT);
        values.put(
                Placeholder.ANSWER,
                content.answerLink() == null
                        ? ""
                        : filled(required(channel + ".answer"), Map.of(Placeholder.LINK, content.answerLink())));
        values.put(Placeholder.STOP, filled(required(channel + ".stop"), Map.of(Placeholder.LINK, content.stopLink())));
        return values;
    }

    /** "Tue Mar 2, 3:00 PM and Tue Mar 2, 5:00 PM", in the wall time of each session's site. */
    String when(List<Pending.About> about) {
        List<String> times =
                about.stream().map(a -> when(a.start(), a.zone())).distinct().toList();
        String listed = times.stream().limit(LISTED).collect(Collectors.joining(required("and")));
        return times.size() <= LISTED ? listed : listed + " (+" + (times.size() - LISTED) + ")";
    }

    /** "Tue Mar 2, 3:00 PM" on the wall of that zone. */
    String when(Instant start, ZoneId zone) {
        return DateTimeFormatter.ofPattern(required("when"), locale).format(start.atZone(zone));
    }

    /** A sentence of an answer, such as {@code reply.confirmed}. */
    String sentence(String key, Map<Placeholder, String> values) {
        return filled(required(key), values);
    }

    Locale locale() {
        return locale;
    }

    /** Every text, by key; for the tests that read them all. */
    Map<String, String> all() {
        return texts.stringPropertyNames().stream().collect(Collectors.toMap(k -> k, texts::getProperty));
    }

    private String required(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("texts_" + locale.getLanguage() + ".properties has no " + key);
        }
        return text;
    }

    private static String filled(String text, Map<Placeholder, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(Placeholder.of(found.group(1)), "")))
                .replaceAll(" {2,}", " ");
    }
}

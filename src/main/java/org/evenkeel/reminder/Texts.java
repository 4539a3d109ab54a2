package org.evenkeel.reminder;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
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
import org.evenkeel.shared.Languages;
import org.evenkeel.shared.NeutralWords;
import org.jspecify.annotations.Nullable;

/**
 * The words of messages: fixed texts with fixed placeholders, one file for each language, {@code texts_<language>.properties} beside
 * this class; a language is added by adding a file. Nothing in a text is evaluated. A text that would say more than the patient's
 * consent allows is refused for them, and the next lesser one is taken.
 *
 * <p>Keys are {@code <template>.<occasion>.<disclosure>} in lower case, with {@code sms.} or {@code email.} in front where a channel has
 * its own; {@code changed} is the occasion of those that tell of moved and of cancelled sessions at once.
 */
public final class Texts {

    /** The names of the sets of texts that a rule may choose from. */
    public static final Set<String> TEMPLATES = Set.of("standard", "brief");

    /** The language of those whose own has no file. */
    static final String FALLBACK = "en";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    private static final int LISTED = 3;

    /** Of messages that tell of moved and of cancelled sessions at once. */
    private static final String CHANGED = "changed";

    private static final List<String> KINDS = Stream.concat(
                    Arrays.stream(Occasion.values()).map(Occasion::name), Stream.of(CHANGED))
            .toList();

    private static final List<String> LANGUAGES =
            Stream.of(Locale.getISOLanguages()).filter(Texts::speaks).toList();
    private static final Map<String, Texts> LOADED = new ConcurrentHashMap<>();

    /** What may stand in braces, and how much each one discloses. */
    enum Placeholder {
        WHEN(Disclosure.LEAST),
        PHONE(Disclosure.LEAST),
        ANSWER(Disclosure.LEAST),
        STOP(Disclosure.LEAST),
        LINK(Disclosure.LEAST),
        NUMBER(Disclosure.LEAST),
        CANCELLED(Disclosure.LEAST),
        PLACE(Disclosure.PLACE),
        NAME(Disclosure.NAMES),
        THERAPIST(Disclosure.NAMES);

        private final Disclosure discloses;

        Placeholder(Disclosure discloses) {
            this.discloses = discloses;
        }

        static boolean exists(String word) {
            return Arrays.stream(values()).anyMatch(p -> p.name().equals(word.toUpperCase(Locale.ROOT)));
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
     * @param cancelled sessions that are cancelled, where others have been moved; the earliest first
     */
    public record Content(
            String template,
            Occasion occasion,
            Channel channel,
            Disclosure allowed,
            String givenName,
            List<Pending.About> about,
            @Nullable String answerLink,
            String stopLink,
            List<Pending.About> cancelled) {

        /** Of one occasion. */
        public Content(
                String template,
                Occasion occasion,
                Channel channel,
                Disclosure allowed,
                String givenName,
                List<Pending.About> about,
                @Nullable String answerLink,
                String stopLink) {
            this(template, occasion, channel, allowed, givenName, about, answerLink, stopLink, List.of());
        }

        String kind() {
            return cancelled.isEmpty() ? occasion.name() : CHANGED;
        }
    }

    /** A text ready to go. */
    public record Words(String subject, String body) {}

    private final Locale locale;
    private final Properties texts;

    Texts(String language, Properties texts) {
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
        return LANGUAGES;
    }

    /** What a form offers as a patient's language: those that it would anyway, and all that there is a file for. */
    public static List<String> offered() {
        return Stream.concat(Languages.OFFERED.stream(), LANGUAGES.stream())
                .distinct()
                .toList();
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

    /**
     * Every file of texts is whole: a message is due at its hour, and not the time to find out.
     *
     * @throws IllegalStateException naming what is wrong in which file
     */
    static void checkAll() {
        languages().forEach(language -> in(language).check());
    }

    /** Those of the {@link #TEMPLATES} that say who leads a session, to whom they may. */
    static Set<String> naming() {
        Texts texts = in(FALLBACK);
        return TEMPLATES.stream()
                .filter(template -> Arrays.stream(Channel.values())
                        .flatMap(channel ->
                                texts.text(template, Occasion.MOVED.name(), channel, Disclosure.NAMES).stream())
                        .anyMatch(text -> placeholders(text).anyMatch(p -> p == Placeholder.THERAPIST)))
                .collect(Collectors.toSet());
    }

    /** Whether each message can be written at the least level, none says more than its level, nothing is missing, and no text betrays. */
    void check() {
        all().forEach(this::check);
        for (String template : TEMPLATES) {
            for (String kind : KINDS) {
                for (Channel channel : Channel.values()) {
                    if (text(template, kind, channel, Disclosure.LEAST).isEmpty()) {
                        throw wrong(key(template, kind, Disclosure.LEAST), "is missing");
                    }
                }
            }
        }
        in(FALLBACK).all().keySet().stream()
                .filter(key -> level(key).isEmpty())
                .filter(key -> !texts.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong(key, "is missing");
                });
    }

    private void check(String key, String text) {
        if (!PLACEHOLDER.matcher(text).results().allMatch(r -> Placeholder.exists(r.group(1)))) {
            throw wrong(key, "has something in braces that means nothing");
        }
        if (level(key).filter(level -> !saysAtMost(text, level)).isPresent()) {
            throw wrong(key, "says more than it may");
        }
        NeutralWords.betrays(PLACEHOLDER.matcher(text).replaceAll("")).ifPresent(word -> {
            throw wrong(key, "betrays: " + word);
        });
    }

    /** How much a text of this name may say; empty for what is no message. */
    private static Optional<Disclosure> level(String key) {
        return Arrays.stream(Disclosure.values())
                .filter(level -> key.endsWith("." + level.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private IllegalStateException wrong(String key, String what) {
        return new IllegalStateException("texts_" + locale.getLanguage() + ".properties: " + key + " " + what);
    }

    /** The text with the most that may be said. */
    public Words words(Content content) {
        Map<Placeholder, String> values = values(content);
        for (int level = content.allowed().ordinal(); ; level--) {
            Disclosure disclosure = Disclosure.values()[level];
            Optional<String> text = text(content.template(), content.kind(), content.channel(), disclosure)
                    .filter(t -> saysAtMost(t, content.allowed()))
                    .filter(t -> placeholders(t).allMatch(values::containsKey));
            if (text.isPresent()) {
                return new Words(required("subject"), filled(text.get(), values).strip());
            }
            if (level == 0) {
                throw new IllegalStateException("No text for " + content.template() + " " + content.kind());
            }
        }
    }

    private static String key(String template, String kind, Disclosure disclosure) {
        return (template + "." + kind + "." + disclosure).toLowerCase(Locale.ROOT);
    }

    private Optional<String> text(String template, String kind, Channel channel, Disclosure disclosure) {
        String key = key(template, kind, disclosure);
        String own = texts.getProperty(channel.name().toLowerCase(Locale.ROOT) + "." + key);
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
        if (!content.cancelled().isEmpty()) {
            values.put(Placeholder.CANCELLED, when(content.cancelled()));
        }
        values.put(Placeholder.PHONE, first.phone());
        values.put(Placeholder.NAME, content.givenName());
        if (content.about().stream().allMatch(a -> first.therapist().equals(a.therapist()))) {
            values.put(Placeholder.THERAPIST, first.therapist());
        }
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

    /** Every text, by key. */
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

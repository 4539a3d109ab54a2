package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.shared.Phrases.Phrase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The texts of the screens")
class PhrasesTest {
    private static final Path SOURCES = Path.of("src/main/java/org/evenkeel");
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");
    private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    static List<String> translations() {
        return Phrases.languages().stream().filter(tag -> !tag.equals("en")).toList();
    }

    @Test
    void thereAreTwoLanguages() {
        assertEquals(List.of("en", "es"), Phrases.languages());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void allLanguagesSayTheSame(String language) {
        assertEquals(english().keySet(), texts("_" + language).keySet());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void haveTheirPlacesInEveryLanguage(String language) {
        Map<String, String> others = texts("_" + language);
        assertEquals(
                List.of(),
                english().entrySet().stream()
                        .filter(text -> !places(text.getValue()).equals(places(others.getOrDefault(text.getKey(), ""))))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_es"})
    void canAllBeFilledIn(String file) {
        texts(file).forEach((key, text) -> {
            if (!places(text).isEmpty()) {
                for (int number : List.of(0, 1, 2, 5)) {
                    Object[] values = Stream.generate(() -> number).limit(12).toArray();
                    String filled = new MessageFormat(text, Locale.ENGLISH).format(values);
                    assertTrue(!filled.contains("{"), () -> key + ": " + filled);
                }
            }
        });
    }

    /** Another language may need some more. */
    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName("are translated: what reads the same is a name, a key, a unit, or a word of both")
    void areTranslated(String language) {
        Map<String, String> others = texts("_" + language);
        assertEquals(
                Set.of("Evenkeel", "Roles", "Individual", "Latin-1 (Windows)", "UTF-8", "SMS", "{0} min", "Ctrl+Enter"),
                english().entrySet().stream()
                        .filter(text -> text.getValue().equals(others.get(text.getKey())))
                        .map(Map.Entry::getValue)
                        .filter(text -> WORD.matcher(text).find())
                        .collect(Collectors.toSet()));
    }

    @Test
    void areThereForEveryRefusalOfInput() {
        Pattern refusal = Pattern.compile("new Invalid\\(\\s*[^,()]*(?:\\(\\))?,\\s*\"([^\"]*)\"");
        Set<String> missing = files(SOURCES, ".java")
                .flatMap(code -> refusal.matcher(code).results())
                .map(found -> found.group(1))
                .filter(key -> english().keySet().stream().noneMatch(known -> known.startsWith(key)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    @Test
    void areThereForEveryPage() {
        Pattern used = Pattern.compile("msg\\['([^']+)']");
        Set<String> missing = files(PAGES, ".xhtml")
                .flatMap(page -> used.matcher(page).results())
                .map(found -> found.group(1))
                .filter(key -> !english().containsKey(key))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    @Test
    @DisplayName("have the reasons that the application writes down, word by word as it does")
    void tellReasons() {
        List<String> code = files(SOURCES, ".java").toList();
        List<String> reasons = english().entrySet().stream()
                .filter(text -> text.getKey().startsWith("reason."))
                .map(text -> "\"" + text.getValue() + "\"")
                .toList();
        assertEquals(5, reasons.size());
        assertEquals(
                List.of(),
                reasons.stream()
                        .filter(reason -> code.stream().noneMatch(file -> file.contains(reason)))
                        .toList());
        assertEquals("Nobody's words", Formats.reason("Nobody's words"));
        assertEquals("undone", Formats.reason("undone"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "de"})
    void doNotDependOnTheLanguageOfTheMachine(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertEquals("yes", Phrases.in(Locale.ENGLISH).of("form.yes"));
        assertEquals("yes", Phrases.in(Locale.forLanguageTag("zh")).of("form.yes"), "what we do not speak is English");
        assertEquals("s\u00ed", Phrases.in(Locale.forLanguageTag("es-MX")).of("form.yes"));
    }

    @Test
    void tellWhatIsInThemInTheSameLanguage() {
        Invalid invalid = new Invalid("name", "invalid.missing", Phrase.of("invalid.label.familyName"));
        assertEquals("Enter the family name.", invalid.getMessage());
        assertEquals("Indique el apellido.", invalid.in(Locale.forLanguageTag("es")));
        ZonedDateTime moment = ZonedDateTime.of(2027, 1, 4, 10, 0, 0, 0, ZoneId.of("America/New_York"));
        Invalid times =
                new Invalid("", "invalid.therapist.stretch", moment, new Hours(1, LocalTime.of(9, 0), LocalTime.NOON));
        assertEquals("4 Jan 2027, 10:00 to Monday 09:00-12:00", times.getMessage());
        assertEquals("4 ene 2027, 10:00 a lunes 09:00-12:00", times.in(Locale.forLanguageTag("es")));
        assertEquals(
                "Ya hay 12345 direcciones de calendario; revoque alguna primero.",
                new Invalid("", "invalid.feed.most", 12345L).in(Locale.forLanguageTag("es")),
                "an id has no commas");
    }

    private record Hours(int weekday, LocalTime from, LocalTime until) implements WeekTime {}

    // --- files ------------------------------------------------------------------------------------------------------

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> english() {
        return texts("");
    }

    private static Map<String, String> texts(String language) {
        Properties texts = new Properties();
        try (var file = new InputStreamReader(
                Objects.requireNonNull(PhrasesTest.class.getResourceAsStream(
                        "/org/evenkeel/i18n/Messages" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> map = new TreeMap<>();
        texts.stringPropertyNames().forEach(key -> map.put(key, texts.getProperty(key)));
        return map;
    }

    private static Stream<String> files(Path directory, String ending) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(ending)).map(PhrasesTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.evenkeel.shared.Languages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that somebody has got wrong. */
class TextsTest {
    private static final Instant START = Instant.parse("2027-03-03T15:00:00Z");

    @Test
    @DisplayName("what says who leads a session says where it is as well, in every language, and few words say neither")
    void naming() {
        assertEquals(Set.of("standard"), Texts.naming());
        for (String language : Texts.languages()) {
            Texts.in(language).all().forEach((key, text) -> {
                boolean names = Texts.placeholders(text).anyMatch(p -> p == Texts.Placeholder.THERAPIST);
                assertTrue(!names || (text.contains("{place}") && key.startsWith("standard.")), key);
            });
            assertTrue(
                    Texts.in(language)
                            .all()
                            .getOrDefault("standard.moved.names", "")
                            .contains("{therapist}"),
                    language);
        }
    }

    @ParameterizedTest(name = "[A46] {0} that says {1} is refused for {2}, and the text below it is taken")
    @CsvSource({
        "standard.before.place, With {therapist}, PLACE, You have an appointment",
        "standard.before.place, 'Hello {name}, come to {place}', PLACE, You have an appointment",
        "standard.before.names, {name}, PLACE, 'You have an appointment Wed Mar 3, 10:00 AM at 12 Pier Street'",
        "sms.standard.before.place, {therapist} expects you, PLACE, You have an appointment"
    })
    void whatSaysMoreThanThePatientAllowsIsNotTaken(String key, String text, Disclosure allowed, String start) {
        String body = body(with(key, text), allowed);
        assertTrue(body.startsWith(start), body);
        assertTrue(!body.contains("Lee") && !body.contains("Ana"), body);
    }

    @Test
    @DisplayName("[A46] the least text that says too much is not sent at all, for there is none below")
    void theLeastIsTheLeast() {
        Texts texts = with("standard.before.least", "Hello {name}");
        assertThrows(IllegalStateException.class, () -> body(texts, Disclosure.LEAST));
    }

    @ParameterizedTest(name = "[A46] with {0}={1} the application does not start")
    @CsvSource({
        "standard.before.least, Hello {name}, says more",
        "email.brief.moved.least, At {place}, says more",
        "standard.moved.place, With {therapist}, says more",
        "standard.before.names, Come to {room}, braces",
        "standard.before.least, Your therapy is {when}, therapy",
        "page.confirm, I come to the group, group",
        "brief.offered.least, , missing",
        "reply.which, , missing"
    })
    void aFileThatIsWrongIsFoundAtTheStart(String key, @Nullable String text, String said) {
        Texts texts = with(key, text);
        String message = String.valueOf(
                assertThrows(IllegalStateException.class, texts::check).getMessage());
        assertTrue(message.contains(key.replace("email.", "")) && message.contains(said), message);
    }

    @Test
    void theFilesAreRight() {
        assertDoesNotThrow(Texts::checkAll);
    }

    @Test
    @DisplayName("a language is added by a file: patients may prefer it, and are told and understood in it")
    void aLanguageIsAddedByAFile() {
        assertFalse(Languages.OFFERED.contains("nl"));
        assertEquals(List.of("en", "es", "nl"), Texts.languages());
        assertTrue(Texts.offered().containsAll(Languages.OFFERED)
                && Texts.offered().contains("nl"));
        assertTrue(body(Texts.in("nl"), Disclosure.LEAST).startsWith("U hebt een afspraak "));
        assertEquals(Optional.of(Word.YES), Word.of("Ja!"));
    }

    /** The English texts with one that is another, or is not there. */
    private static Texts with(String key, @Nullable String text) {
        Properties texts = new Properties();
        texts.putAll(Texts.in("en").all());
        if (text == null) {
            texts.remove(key);
        } else {
            texts.put(key, text);
        }
        return new Texts("en", texts);
    }

    private static String body(Texts texts, Disclosure allowed) {
        Pending.About about = new Pending.About(
                1,
                START,
                START.plusSeconds(3000),
                1,
                true,
                ZoneId.of("America/New_York"),
                "555-0100",
                "12 Pier Street",
                "Dr Lee");
        return texts.words(new Texts.Content(
                        "standard", Occasion.BEFORE, Channel.SMS, allowed, "Ana", List.of(about), "LINK", "LINK"))
                .body();
    }
}

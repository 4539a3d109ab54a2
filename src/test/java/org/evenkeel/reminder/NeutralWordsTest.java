package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.reminder.SmtpSettings.Security;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a patient is told, on whatever way, in whatever language: not a word of why they come. */
class NeutralWordsTest {
    private static final Instant START = Instant.parse("2027-03-03T15:00:00Z");
    private static final Instant LATER = Instant.parse("2027-03-10T15:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final SmtpSettings MAIL = new SmtpSettings(
            "localhost", 25, Security.NONE, null, null, "visits@example.org", "Appointments", Duration.ofSeconds(1));

    static List<String> languages() {
        return Texts.languages();
    }

    @ParameterizedTest(name = "[A46] {0}: every text of every template, channel and level")
    @MethodSource("languages")
    void noMessageBetrays(String language) throws Exception {
        int read = 0;
        for (String template : Texts.TEMPLATES) {
            for (Occasion occasion : Occasion.values()) {
                for (Channel channel : Channel.values()) {
                    for (Disclosure allowed : Disclosure.values()) {
                        Texts.Words words = Texts.in(language)
                                .words(new Texts.Content(
                                        template,
                                        occasion,
                                        channel,
                                        allowed,
                                        "Ana",
                                        List.of(about()),
                                        "https://visits.example.org/answer?t=abc",
                                        "https://visits.example.org/stop?t=abc"));
                        assertEquals(List.of(), Betrayal.in(words.subject() + " " + words.body()));
                        assertSaysNoMore(words.body(), allowed);
                        assertEquals(List.of(), Betrayal.in(letter(words, allowed)));
                        read++;
                    }
                }
            }
        }
        assertEquals(Texts.TEMPLATES.size() * 5 * 2 * 3, read);
    }

    @ParameterizedTest(name = "[A13] [A46] {0}: what is moved and what is cancelled in one message")
    @MethodSource("languages")
    void noMessageOfSeveralChangesBetrays(String language) {
        Pending.About cancelled = new Pending.About(
                2, LATER, LATER.plusSeconds(3000), 1, false, ZONE, "555-0100", "1 Hill Road", "Dr Ruiz");
        for (String template : Texts.TEMPLATES) {
            for (Disclosure allowed : Disclosure.values()) {
                Texts.Words words = Texts.in(language)
                        .words(new Texts.Content(
                                template,
                                Occasion.CANCELLED,
                                Channel.SMS,
                                allowed,
                                "Ana",
                                List.of(about()),
                                "https://visits.example.org/answer?t=abc",
                                "https://visits.example.org/stop?t=abc",
                                List.of(cancelled)));
                assertEquals(List.of(), Betrayal.in(words.body()));
                assertSaysNoMore(words.body(), allowed);
                String when = Texts.in(language).when(START, ZONE);
                String gone = Texts.in(language).when(LATER, ZONE);
                assertTrue(words.body().indexOf(when) < words.body().indexOf(gone), words.body());
                assertTrue(words.body().contains(when), words.body());
                assertEquals(-1, words.body().indexOf("Hill Road"), "the place is that of what stands");
            }
        }
    }

    @ParameterizedTest(name = "[A46] {0}: every answer and every page")
    @MethodSource("languages")
    void noAnswerAndNoPageBetrays(String language) {
        assertTrue(Texts.in(language).all().size() > 40);
        Texts.in(language)
                .all()
                .forEach((key, text) ->
                        assertEquals(List.of(), Betrayal.in(text.replace("{therapist}", "Dr Lee")), key));
    }

    @Test
    @DisplayName("every language has the same texts with the same placeholders")
    void languagesAreInStep() {
        assertTrue(languages().containsAll(List.of("en", "es")), languages().toString());
        for (String language : languages()) {
            Set<String> keys = new TreeSet<>(Texts.in(language).all().keySet());
            assertEquals(new TreeSet<>(Texts.in("en").all().keySet()), keys, language);
            Texts.in(language)
                    .all()
                    .forEach((key, text) -> assertEquals(
                            placeholders(Texts.in("en").all().getOrDefault(key, "")), placeholders(text), key));
        }
    }

    @Test
    @DisplayName("[A46] nor does what the pages are made of")
    void noPageIsMadeOfWordsThatBetray() throws IOException {
        Path pages = Path.of("src/main/webapp");
        for (String file : List.of(
                "answer.xhtml",
                "stop.xhtml",
                "WEB-INF/errorpages/nolink.xhtml",
                "WEB-INF/templates/neutral.xhtml",
                "resources/plain/plain.css")) {
            String source = Files.readString(pages.resolve(file)).replaceAll("(?s)<!--.*?-->", "");
            assertEquals(List.of(), Betrayal.in(source), file);
            assertEquals(-1, source.toLowerCase(java.util.Locale.ROOT).indexOf("evenkeel"), file);
        }
    }

    @Test
    void theListFindsWhatItIsFor() {
        assertEquals(List.of("group"), Betrayal.in("See you in the Group at 3"));
        assertEquals(List.of("sesion"), Betrayal.in("Su SESIÓN es mañana"));
        assertEquals(List.of(), Betrayal.in("You have an appointment."));
    }

    private static Set<Texts.Placeholder> placeholders(String text) {
        return new TreeSet<>(Texts.placeholders(text).toList());
    }

    private static void assertSaysNoMore(String body, Disclosure allowed) {
        List<String> said = new ArrayList<>();
        if (!allowed.allows(Disclosure.PLACE) && body.contains("Pier")) {
            said.add("place");
        }
        if (!allowed.allows(Disclosure.NAMES) && (body.contains("Ana") || body.contains("Lee"))) {
            said.add("names");
        }
        assertEquals(List.of(), said, body);
    }

    private static Pending.About about() {
        return new Pending.About(
                1, START, START.plusSeconds(3000), 1, true, ZONE, "555-0100", "12 Pier Street", "Dr Lee");
    }

    /** As it goes over the wire, headers and calendar and all. */
    private static String letter(Texts.Words words, Disclosure allowed) throws Exception {
        Outgoing message = new Outgoing(
                7,
                Channel.EMAIL,
                "ana@example.org",
                words.subject(),
                words.body(),
                "https://visits.example.org/stop?t=abc",
                allowed.allows(Disclosure.PLACE) ? List.of(about().invitation(3, allowed)) : List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Letter(Session.getInstance(MAIL.properties()), MAIL, message, Departure.ANY_TIME, START).writeTo(out);
        String calendar = CalendarText.of(words.subject(), message.invitations(), START);
        return out.toString(java.nio.charset.StandardCharsets.UTF_8) + calendar;
    }
}

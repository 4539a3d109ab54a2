package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Delivery.Outcome;
import org.evenkeel.reminder.SmtpSettings.Security;
import org.evenkeel.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mail server says, and what we make of it: never a second copy of what it may have taken. */
class SmtpGatewayTest {
    private static final String STOP_LINK = "https://visits.example.org/stop?t=abc";
    private static final MovableClock CLOCK = MovableClock.at("2027-03-02T15:00:00Z");
    private static final Outgoing PLAIN = new Outgoing(
            7, Channel.EMAIL, "ana@example.org", "Su cita", "Tiene una cita mañana.", STOP_LINK, List.of());

    @Test
    void whatIsAcceptedArrivesOnceAndSaysNoMoreThanItMust() throws Exception {
        GreenMail mail = started();
        try {
            try (Gateway.Line line = gateway(mail.getSmtp().getPort()).open()) {
                assertEquals(
                        Outcome.ACCEPTED, line.send(PLAIN, Departure.ANY_TIME).outcome());
                assertTrue(line.isReady());
                assertEquals(
                        Outcome.ACCEPTED, line.send(PLAIN, Departure.ANY_TIME).outcome());
            }
            assertEquals(2, mail.getReceivedMessages().length);
            MimeMessage message = mail.getReceivedMessages()[0];
            assertEquals("Su cita", message.getSubject());
            assertEquals("Tiene una cita mañana.", ((String) message.getContent()).strip());
            assertEquals("text/plain; charset=UTF-8", message.getContentType());
            assertEquals("Citas <visits@example.org>", message.getFrom()[0].toString());
            assertEquals("auto-generated", message.getHeader("Auto-Submitted", null));
            assertEquals("<" + STOP_LINK + ">", message.getHeader("List-Unsubscribe", null));
            assertEquals("List-Unsubscribe=One-Click", message.getHeader("List-Unsubscribe-Post", null));
            assertTrue(message.getMessageID().endsWith("@example.org>"), message.getMessageID());
            assertEquals(
                    Set.of(
                            "Auto-Submitted",
                            "Content-Transfer-Encoding",
                            "Content-Type",
                            "Date",
                            "From",
                            "List-Unsubscribe",
                            "List-Unsubscribe-Post",
                            "MIME-Version",
                            "Message-ID",
                            "Subject",
                            "To"),
                    ours(message));
            String host = InetAddress.getLocalHost().getHostName();
            assertFalse(Arrays.toString(message.getHeader("Received")).contains(host), "our machine's name");
        } finally {
            mail.stop();
        }
    }

    @Test
    void theAppointmentsAreThereForACalendarWhereTheConsentGoesSoFar() throws Exception {
        GreenMail mail = started();
        try {
            Instant start = Instant.parse("2027-03-03T15:00:00Z");
            Outgoing message = new Outgoing(
                    7,
                    Channel.EMAIL,
                    "ana@example.org",
                    "Your appointment",
                    "You have an appointment.",
                    STOP_LINK,
                    List.of(new Outgoing.Invitation(
                            "u-1",
                            3,
                            start,
                            start.plusSeconds(3000),
                            "12 Pier Street, rear; ring \"Álvarez\" " + "x".repeat(80))));
            try (Gateway.Line line = gateway(mail.getSmtp().getPort()).open()) {
                assertEquals(
                        Outcome.ACCEPTED, line.send(message, Departure.ANY_TIME).outcome());
            }
            MimeMultipart parts = (MimeMultipart) mail.getReceivedMessages()[0].getContent();
            assertEquals(2, parts.getCount());
            assertEquals("appointment.ics", parts.getBodyPart(1).getFileName());
            Calendar calendar;
            try (InputStream in = parts.getBodyPart(1).getInputStream()) {
                calendar = new CalendarBuilder().build(in);
            }
            VEvent event = calendar.<VEvent>getComponents("VEVENT").get(0);
            assertEquals("Your appointment", value(event, Property.SUMMARY));
            assertEquals("u-1", value(event, Property.UID));
            assertEquals("3", value(event, Property.SEQUENCE));
            assertEquals("20270303T150000Z", value(event, Property.DTSTART));
            assertEquals("20270303T155000Z", value(event, Property.DTEND));
            assertTrue(value(event, Property.LOCATION).startsWith("12 Pier Street, rear; ring \"Álvarez\" xx"));
        } finally {
            mail.stop();
        }
    }

    /** A step, what the server says to it, what we make of that, and whether it has taken the message. */
    @ParameterizedTest(name = "experiments 5 and 6: {0} is answered {1}: {2}")
    @CsvSource({
        "recipient, 550 5.1.1 no such user, REFUSED, 0",
        "recipient, 551 not here, REFUSED, 0",
        "recipient, 451 later, NOT_NOW, 0",
        "recipient, 452 full, NOT_NOW, 0",
        "recipient, '', NOT_NOW, 0",
        "recipient, hang up, NOT_NOW, 0",
        "sender, 421 closing, NOT_NOW, 0",
        "sender, 530 log in first, NOT_NOW, 0",
        "sender, 550 5.7.1 no such sender, NOT_NOW, 0",
        "sender, 553 sender not allowed, NOT_NOW, 0",
        "sender, 554 5.7.1 rejected, NOT_NOW, 0",
        "recipient, 553 not allowed, REFUSED, 0",
        "recipient, 554 rejected, REFUSED, 0",
        "text, 554 no, NOT_NOW, 0",
        "text, 451 later, NOT_NOW, 0",
        "text, '', NOT_NOW, 0",
        "end, 554 spam, REFUSED, 1",
        "end, 451 later, NOT_NOW, 1",
        "end, '', UNKNOWN, 1",
        "end, hang up, UNKNOWN, 1",
        "end, nonsense, UNKNOWN, 1",
        "end, 250 ok, ACCEPTED, 1"
    })
    void whateverTheServerSaysHasItsMeaning(String step, String answer, Outcome outcome, int taken) throws Exception {
        try (SmtpDouble server = new SmtpDouble()) {
            switch (step) {
                case "sender" -> server.toSender = answer;
                case "recipient" -> server.toRecipient = answer;
                case "text" -> server.toText = answer;
                default -> server.toEnd = answer;
            }
            try (Gateway.Line line = gateway(server.port()).open()) {
                assertEquals(outcome, line.send(PLAIN, Departure.ANY_TIME).outcome());
                boolean answered = answer.matches("[245]\\d\\d .*") && !answer.startsWith("421");
                assertEquals(answered, line.isReady());
            }
            assertEquals(taken, server.taken.size());
        }
    }

    @ParameterizedTest(name = "experiment 11: {0} is slow, and after {1} ms the text is {2}")
    @CsvSource({
        "recipient, 2400, ACCEPTED, 1",
        "recipient, 2500, NOT_NOW, 0",
        "text, 2400, ACCEPTED, 1",
        "text, 2500, NOT_NOW, 0"
    })
    void whatWouldLeaveTooLateDoesNotLeave(String step, long millis, Outcome outcome, int taken) throws Exception {
        AtomicLong nanos = new AtomicLong();
        Departure departure = Departure.after(nanos::get);
        Runnable slow = () -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        try (SmtpDouble server = new SmtpDouble();
                Gateway.Line line = gateway(server.port()).open()) {
            if (step.equals("recipient")) {
                server.beforeRecipient = slow;
            } else {
                server.beforeText = slow;
            }
            assertEquals(outcome, line.send(PLAIN, departure).outcome());
            assertEquals(taken == 1, line.isReady());
            assertEquals(taken, server.taken.size());
        }
    }

    @Test
    void aServerThatHangsOrIsNotThereIsNoLine() throws IOException {
        int nobody;
        try (SmtpDouble server = new SmtpDouble()) {
            server.greeting = SmtpDouble.SILENCE;
            Gateway gateway = gateway(server.port());
            assertThrows(IOException.class, gateway::open);
            nobody = server.port();
        }
        assertThrows(IOException.class, gateway(nobody)::open);
    }

    @Test
    void anAddressThatIsNoneIsRefused() throws Exception {
        try (SmtpDouble server = new SmtpDouble();
                Gateway.Line line = gateway(server.port()).open()) {
            Outgoing nowhere = new Outgoing(7, Channel.EMAIL, "ana@@example", "Your appointment", "x", null, List.of());
            assertEquals(Outcome.REFUSED, line.send(nowhere, Departure.ANY_TIME).outcome());
            assertEquals(Outcome.ACCEPTED, line.send(PLAIN, Departure.ANY_TIME).outcome());
        }
    }

    @Test
    void withoutTheVariablesThereIsNoMailServerAndHalfOfThemAreTooFew() {
        assertTrue(SmtpSettings.of(Configuration.of()).isEmpty());
        assertThrows(IllegalStateException.class, () -> SmtpSettings.of(Configuration.of("mail.host", "localhost")));
        assertThrows(
                IllegalStateException.class,
                () -> SmtpSettings.of(Configuration.of("mail.host", "h", "mail.from", "a@b", "mail.tls", "perhaps")));
        SmtpSettings settings = SmtpSettings.of(Configuration.of("mail.host", "h", "mail.from", "a@b.org"))
                .orElseThrow();
        assertEquals(587, settings.port());
        assertEquals("true", settings.properties().getProperty("mail.smtp.starttls.required"));
        assertEquals("Appointments", settings.sender());
    }

    private static String value(VEvent event, String property) {
        return event.getProperty(property).orElseThrow().getValue();
    }

    /** The headers that do not come from the server. */
    private static Set<String> ours(MimeMessage message) throws Exception {
        return Collections.list(message.getAllHeaders()).stream()
                .map(header -> header.getName())
                .filter(name -> !name.equals("Received") && !name.equals("Return-Path"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static GreenMail started() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        GreenMailUser user = mail.setUser("ana@example.org", "secret");
        assertEquals("ana@example.org", user.getEmail());
        return mail;
    }

    private static Gateway gateway(int port) {
        return new SmtpGateway(
                new SmtpSettings(
                        "127.0.0.1",
                        port,
                        Security.NONE,
                        null,
                        null,
                        "visits@example.org",
                        "Citas",
                        Duration.ofMillis(700)),
                CLOCK);
    }
}

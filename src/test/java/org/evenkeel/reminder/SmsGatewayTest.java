package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.evenkeel.patient.PhoneNumbers;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Delivery.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider of text messages says, and what we make of it. */
class SmsGatewayTest {
    private static final Outgoing MESSAGE =
            new Outgoing(7, Channel.SMS, "(555) 010-0111", "Your appointment", "¿Mañana & luego?", null, List.of());

    @Test
    void aMessageIsAFormWithAccountAndTokenAndComesBackWithAName() throws IOException {
        try (SmsDouble provider = new SmsDouble()) {
            assertEquals(Delivery.accepted("SM1"), send(provider.url()));
            assertEquals(
                    List.of(Map.of(
                            "To", "+15550100111",
                            "From", "+15550100100",
                            "Body", "¿Mañana & luego?",
                            "StatusCallback", "https://visits.example.org/sms/status?m=7")),
                    provider.asked);
            assertEquals(List.of("Basic QUMxOnRva2Vu"), provider.authorizations);
        }
    }

    @ParameterizedTest(name = "experiments 5 and 6: {0} {1} is {2}")
    @CsvSource({
        "201, '{\"sid\":\"SM1\"}', ACCEPTED",
        "200, '{\"sid\":\"SM1\"}', ACCEPTED",
        "201, '{\"sid\":7}', UNKNOWN",
        "201, '{}', UNKNOWN",
        "201, '<html>', UNKNOWN",
        "302, '', UNKNOWN",
        "400, '{\"code\":21211}', REFUSED",
        "410, '', REFUSED",
        "401, '', NOT_NOW",
        "404, '', NOT_NOW",
        "429, '', NOT_NOW",
        "503, '', NOT_NOW",
        "500, '', UNKNOWN",
        "502, '', UNKNOWN",
        "504, '', UNKNOWN",
        "-1, '', UNKNOWN",
        "-2, '', UNKNOWN"
    })
    void whateverTheProviderSaysHasItsMeaningAndIsAskedOnce(int status, String answer, Outcome outcome)
            throws IOException {
        try (SmsDouble provider = new SmsDouble()) {
            provider.status = status;
            provider.answer = answer;
            assertEquals(outcome, send(provider.url()).outcome());
            assertEquals(1, provider.asked.size());
        }
    }

    @Test
    @DisplayName("experiment 11: what would leave too late does not leave, however long the connection took")
    void whatWouldLeaveTooLateDoesNotLeave() throws IOException {
        try (SmsDouble provider = new SmsDouble()) {
            assertEquals(Outcome.NOT_NOW, send(provider.url(), () -> false).outcome());
            assertEquals(List.of(), provider.asked);
        }
    }

    @Test
    void aProviderThatIsNotThereMayBeLater() throws IOException {
        URI nobody;
        try (SmsDouble provider = new SmsDouble()) {
            nobody = provider.url();
        }
        assertEquals(Outcome.NOT_NOW, send(nobody).outcome());
    }

    /** Refuses every handshake: nothing of the message can have left. */
    @Test
    void aProviderThatCannotBeTrustedYetMayBeLater() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> refusal = ReminderFixture.THREADS.submit(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
                    socket.getOutputStream().flush();
                    return socket.getInputStream().readAllBytes();
                }
            });
            URI url = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/Messages.json");
            assertEquals(Outcome.NOT_NOW, send(url).outcome());
            refusal.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void withoutTheVariablesThereIsNoProviderAndHalfOfThemAreTooFew() {
        assertTrue(SmsSettings.of(Configuration.of()).isEmpty());
        assertThrows(IllegalStateException.class, () -> SmsSettings.of(Configuration.of("sms.url", "https://x")));
    }

    /** The example of Twilio's documentation. */
    @Test
    void aSignatureIsThatOfTheProvidersDocumentation() {
        assertEquals(
                "0/KCTR6DLpKmkAf8muzZqo1nDgQ=",
                SmsCallbacks.signature(
                        "12345",
                        "https://mycompany.com/myapp.php?foo=1&bar=2",
                        Map.of(
                                "CallSid", "CA1234567890ABCDE",
                                "Caller", "+12349013030",
                                "Digits", "1234",
                                "From", "+12349013030",
                                "To", "+18005551212")));
    }

    private static Delivery send(URI url) throws IOException {
        return send(url, Departure.ANY_TIME);
    }

    private static Delivery send(URI url, Departure departure) throws IOException {
        SmsSettings settings = new SmsSettings(
                url,
                "AC1",
                "token",
                "+15550100100",
                new PhoneNumbers("1"),
                "https://visits.example.org/sms/status",
                Duration.ofSeconds(2));
        try (Gateway.Line line = new SmsGateway(settings).open()) {
            return line.send(MESSAGE, departure);
        }
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.platform.Configuration;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.Test;

/** By what messages go out, as the operator has configured it. */
class GatewayChoiceTest {
    private final ReminderFixture f = ReminderFixture.aDayBefore(Database.H2);

    @Test
    void whereNothingIsConfiguredTheOutboxShowsWhatWouldHaveGoneOut() throws IOException {
        GatewayChoice choice = choice(Configuration.of());
        assertTrue(choice.isPretending());
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        Outgoing message = f.sms.accepted.get(0);
        for (Gateway gateway : choice.all()) {
            assertEquals(Delivery.Outcome.ACCEPTED, outcome(gateway, message));
        }
    }

    @Test
    void besideARealGatewayNothingPretendsToBeSent() throws IOException {
        GatewayChoice choice = choice(Configuration.of(
                "mail.host", "127.0.0.1",
                "mail.tls", "none",
                "mail.from", "appointments@example.org",
                "public.address", "https://visits.example.org"));
        assertFalse(choice.isPretending());
        Gateway sms = choice.all().stream()
                .filter(g -> g.channel() == Channel.SMS)
                .findFirst()
                .orElseThrow();
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        assertEquals(Delivery.Outcome.NO_GATEWAY, outcome(sms, f.sms.accepted.get(0)));
    }

    private GatewayChoice choice(Configuration configuration) {
        DevelopmentOutbox shown = new DevelopmentOutbox(
                f.clinic.em,
                f.clinic.transactions,
                new ContactVault("a secret for tests"),
                f.outbox,
                f.clinic.audit,
                f.clinic.clock);
        return new GatewayChoice(configuration, shown, f.clinic.clock);
    }

    private static Delivery.Outcome outcome(Gateway gateway, Outgoing message) throws IOException {
        try (Gateway.Line line = gateway.open()) {
            return line.send(message, Departure.ANY_TIME).outcome();
        }
    }
}

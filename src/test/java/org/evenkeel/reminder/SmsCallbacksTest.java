package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.audit.Gate;
import org.evenkeel.platform.Configuration;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the provider of text messages tells of messages, and hands on from patients. */
class SmsCallbacksTest {
    private static final String ADDRESS = "https://visits.example.org";
    private static final Configuration CONFIGURED = Configuration.of(
            "public.address",
            ADDRESS,
            "sms.url",
            "https://sms.example.com/Messages.json",
            "sms.account",
            "AC1",
            "sms.token",
            "token",
            "sms.from",
            "+15550100100");

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoeverCannotSignIsTurnedAway(Database database) {
        ReminderFixture f = sent(database);
        SmsCallbacks callbacks = callbacks(f, CONFIGURED);
        Map<String, String> fields = Map.of("MessageSid", "SM1", "MessageStatus", "undelivered");
        String address = ADDRESS + SmsCallbacks.STATUS + "?m=" + id(f);
        String right = SmsCallbacks.signature("token", address, fields);
        String ofAnotherMessage = SmsCallbacks.signature("token", address + "0", fields);
        String ofAnotherAddress = SmsCallbacks.signature("token", ADDRESS + SmsCallbacks.INCOMING, fields);
        String ofAnotherToken = SmsCallbacks.signature("another", address, fields);
        for (String wrong : List.of(
                "", right.toLowerCase(java.util.Locale.ROOT), ofAnotherMessage, ofAnotherAddress, ofAnotherToken)) {
            assertThrows(NotAllowed.class, () -> callbacks.status(id(f), fields, wrong));
        }
        Map<String, String> changed = Map.of("MessageSid", "SM1", "MessageStatus", "delivered");
        assertThrows(NotAllowed.class, () -> callbacks.status(id(f), changed, right));
        assertThrows(NotFound.class, () -> callbacks(f, f.configuration).status(id(f), fields, right));
        for (String none : List.of("", "x", "1 or 1=1", "9".repeat(30))) {
            assertThrows(NotFound.class, () -> callbacks.status(none, fields, right));
        }
        assertEquals(List.of("SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatWasDeliveredIsKnownAndWhatNobodyKnowsIsIgnored(Database database) {
        ReminderFixture f = sent(database);
        status(f, id(f), "sent");
        assertEquals(0, delivered(f));
        status(f, id(f), "delivered");
        status(f, "4711000", "delivered");
        status(f, "4711000", "failed");
        assertEquals(1, delivered(f));
        assertEquals(List.of("SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatCannotBeDeliveredGivesTheNextChannelItsTurnOnce(Database database) {
        ReminderFixture f = sent(database);
        f.email(f.clinic.ana, "ana@example.org");
        f.agree(f.clinic.ana, Channel.EMAIL);
        status(f, id(f), "undelivered");
        status(f, id(f), "failed");
        f.sweepAt("2027-03-02T10:05");
        assertEquals(List.of("FAILED REFUSED", "SENT"), f.outcomes());
        assertEquals("ana@example.org", f.email.accepted.get(0).to());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatIsUnknownIsSettledByTheProvider(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("UNKNOWN NO_ANSWER"), f.outcomes());
        status(f, id(f), "queued");
        assertEquals(List.of("SENT"), f.outcomes());
        assertEquals(0, delivered(f));
        status(f, id(f), "delivered");
        assertEquals(1, delivered(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatTheDeskHasToldByPhoneIsNotSentByTheNextChannel(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.email(f.clinic.ana, "ana@example.org");
        f.agree(f.clinic.ana, Channel.EMAIL);
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        new ReminderList(f.clinic.em, f.clinic.transactions, new Gate(f.clinic.audit), f.clinic.audit, f.clinic.clock)
                .settle(f.clinic.desk, f.sms.asked.get(0).reminderId());
        status(f, id(f), "undelivered");
        f.sweepAt("2027-03-02T10:05");
        assertEquals(List.of("FAILED REFUSED"), f.outcomes());
        assertEquals(0, f.email.asked.size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatTheProviderTellsBeforeItsAnswerIsWrittenDownStands(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sms.answer = message -> {
            status(f, String.valueOf(message.reminderId()), "delivered");
            return Delivery.accepted("SM1");
        };
        f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("SENT"), f.outcomes());
        assertEquals(1, delivered(f));

        f.email(f.clinic.ana, "ana@example.org");
        f.agree(f.clinic.ana, Channel.EMAIL);
        f.ana("2027-03-04T10:00");
        f.sms.answer = message -> {
            status(f, String.valueOf(message.reminderId()), "undelivered");
            return Delivery.accepted("SM2");
        };
        f.sweepAt("2027-03-03T10:01");
        f.sweepAt("2027-03-03T10:02");
        assertEquals(List.of("SENT", "FAILED REFUSED", "SENT"), f.outcomes());
        assertEquals(1, f.email.accepted.size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatAPatientWritesIsAnswered(Database database) {
        ReminderFixture f = sent(database);
        Map<String, String> fields = Map.of("MessageSid", "SM-in", "From", "+15550111", "Body", "Yes");
        String signature = SmsCallbacks.signature("token", ADDRESS + SmsCallbacks.INCOMING, fields);
        assertEquals(
                Optional.of("Thank you. See you Wed Mar 3, 10:00 AM."),
                callbacks(f, CONFIGURED).incoming(fields, signature));
        Map<String, String> odd = Map.of("MessageSid", "SM-odd", "From", "ALERTS", "Body", "Yes");
        assertEquals(
                Optional.empty(),
                callbacks(f, CONFIGURED)
                        .incoming(odd, SmsCallbacks.signature("token", ADDRESS + SmsCallbacks.INCOMING, odd)));
    }

    private static ReminderFixture sent(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        return f;
    }

    private static String id(ReminderFixture f) {
        return String.valueOf(f.sms.asked.get(0).reminderId());
    }

    private static void status(ReminderFixture f, String message, String status) {
        Map<String, String> fields = Map.of("MessageSid", "SM1", "MessageStatus", status);
        callbacks(f, CONFIGURED)
                .status(
                        message,
                        fields,
                        SmsCallbacks.signature("token", ADDRESS + SmsCallbacks.STATUS + "?m=" + message, fields));
    }

    private static SmsCallbacks callbacks(ReminderFixture f, Configuration configuration) {
        return new SmsCallbacks(configuration, f.outbox, f.clinic.transactions, f.smsReplies);
    }

    private static int delivered(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select count(*) from reminder where delivered_at is not null")
                .first(r -> r.number(1))
                .orElseThrow());
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.evenkeel.reminder.SmtpSettings.Security;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way to a mail server that misbehaves (experiments 5 and 6): what was asked is compared with what the database says. */
class MailServerTroubleTest {

    @ParameterizedTest(name = "experiment 6: {0}")
    @EnumSource(Database.class)
    void whatIsBusyIsTriedAgainAndWhatIsRefusedIsNot(Database database) throws IOException {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            ReminderDispatch dispatch = due(f, server);
            server.toRecipient = "451 later";
            sweep(f, dispatch, "2027-03-02T10:01");
            assertEquals(List.of("PENDING UNREACHABLE"), f.outcomes());
            sweep(f, dispatch, "2027-03-02T10:01");
            assertEquals(1, recipients(server), "it waits");
            server.toRecipient = "250 ok";
            sweep(f, dispatch, "2027-03-02T10:03");
            assertEquals(List.of("SENT"), f.outcomes());
            assertEquals(1, server.taken.size());

            due(f, server, "2027-03-10T10:00");
            server.toRecipient = "550 no such user";
            sweep(f, dispatch, "2027-03-09T10:01");
            int asked = recipients(server);
            sweep(f, dispatch, "2027-03-09T10:30");
            sweep(f, dispatch, "2027-03-10T09:30");
            assertEquals(asked, recipients(server), "550 is never tried again");
            assertEquals(List.of("SENT", "FAILED REFUSED"), f.outcomes());
        }
    }

    @ParameterizedTest(name = "experiment 6: {0}")
    @EnumSource(Database.class)
    void whatHangsIsLeftAloneForAWhileAndExpiresAtTheStart(Database database) throws IOException {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            ReminderDispatch dispatch = due(f, server);
            server.greeting = SmtpDouble.SILENCE;
            sweep(f, dispatch, "2027-03-02T10:01");
            sweep(f, dispatch, "2027-03-02T10:05");
            assertEquals(List.of("PENDING UNREACHABLE"), f.outcomes());
            sweep(f, dispatch, "2027-03-03T10:00");
            server.greeting = "220 ready";
            sweep(f, dispatch, "2027-03-03T10:30");
            assertEquals(List.of("EXPIRED UNREACHABLE"), f.outcomes());
            assertEquals(0, server.taken.size());
        }
    }

    @ParameterizedTest(name = "experiment 5: {0}")
    @EnumSource(Database.class)
    void whatIsTakenWithoutAWordIsUnknownAndHasNoSecondCopy(Database database) throws IOException {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            ReminderDispatch dispatch = due(f, server);
            server.toEnd = SmtpDouble.HANG_UP;
            sweep(f, dispatch, "2027-03-02T10:01");
            server.toEnd = "250 ok";
            sweep(f, dispatch, "2027-03-02T12:01");
            sweep(f, dispatch, "2027-03-03T09:00");
            assertEquals(List.of("UNKNOWN NO_ANSWER"), f.outcomes());
            assertEquals(1, server.taken.size());
        }
    }

    /** Ben has an e-mail address alone, and a session. */
    private static ReminderDispatch due(ReminderFixture f, SmtpDouble server) {
        f.rule(Occasion.BEFORE, 24 * 60);
        f.email(f.clinic.ben, "ben@example.org");
        f.agree(f.clinic.ben, Channel.EMAIL);
        due(f, server, "2027-03-03T10:00");
        SmtpSettings settings = new SmtpSettings(
                "127.0.0.1",
                server.port(),
                Security.NONE,
                null,
                null,
                "visits@example.org",
                "Appointments",
                Duration.ofMillis(500));
        return new ReminderDispatch(
                f.clinic.transactions,
                f.outbox,
                List.of(new SmtpGateway(settings, f.clinic.clock), f.sms),
                ReminderFixture.THREADS,
                f.clinic.clock);
    }

    private static void due(ReminderFixture f, SmtpDouble server, String start) {
        server.toRecipient = "250 ok";
        f.clinic.booking.book(f.clinic.desk, f.clinic.wish("CBT", f.clinic.lee, start, 50, null, f.clinic.ben));
    }

    private static void sweep(ReminderFixture f, ReminderDispatch dispatch, String wallTime) {
        f.clinic.clock.set(org.evenkeel.session.ClinicFixture.local(wallTime).toString());
        f.planner.plan(f.clinic.clock.instant());
        dispatch.sendDue();
    }

    private static int recipients(SmtpDouble server) {
        return (int) server.asked.stream().filter("RCPT"::equals).count();
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.evenkeel.patient.Contact;
import org.evenkeel.reminder.SmtpSettings.Security;
import org.evenkeel.shared.Sql;
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

    /** Waiting costs a tenth of a second of made-up time each time that somebody looks at the clock. */
    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void aServerThatIsSlowToAskForTheTextDoesNotGetItAfterAnOptOutWasAcknowledged(Database database)
            throws IOException {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            ReminderDispatch dispatch = due(f, server, Duration.ofSeconds(20));
            AtomicLong time = new AtomicLong();
            f.nanos = () -> time.addAndGet(Duration.ofMillis(100).toNanos());
            String lookup = f.contacts.lookup(new Contact(Contact.Kind.EMAIL, "ben@example.org"));
            List<String> stopped = new CopyOnWriteArrayList<>();
            server.beforeRecipient = () -> {
                f.consents.optOut(lookup, Consents.How.LINK);
                stopped.add("after " + server.taken.size());
            };
            sweep(f, dispatch, "2027-03-02T10:01");
            assertEquals(List.of("after 0"), stopped);
            assertEquals(List.of(), server.taken);
            assertEquals(List.of("PENDING UNREACHABLE"), f.outcomes());
            sweep(f, dispatch, "2027-03-02T10:03");
            assertEquals(List.of("VOIDED OPTED_OUT"), f.outcomes());
            assertEquals(List.of(), server.taken);
        }
    }

    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void aServerThatIsSlowToAskForTheTextGetsItIfItStillStands(Database database) throws IOException {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            ReminderDispatch dispatch = due(f, server, Duration.ofSeconds(20));
            AtomicLong time = new AtomicLong();
            f.nanos = time::get;
            server.beforeRecipient = () -> time.addAndGet(Duration.ofSeconds(3).toNanos());
            sweep(f, dispatch, "2027-03-02T10:01");
            assertEquals(List.of("SENT"), f.outcomes());
            assertEquals(1, server.taken.size());
        }
    }

    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void aServerThatIsSlowToAskForTheTextDoesNotGetItAfterACancellationWasAcknowledged(Database database)
            throws IOException {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            LastWord lastWord = new LastWord(f.outbox, database.atCommit());
            f.clinic.events.observedBy(lastWord::changed);
            ReminderDispatch dispatch = due(f, server, Duration.ofSeconds(20));
            AtomicLong time = new AtomicLong();
            f.nanos = () -> time.addAndGet(Duration.ofMillis(100).toNanos());
            server.beforeText = () -> f.cancel(theSession(f));
            sweep(f, dispatch, "2027-03-02T10:01");
            assertEquals(List.of(), server.taken);
            assertEquals(List.of("PENDING UNREACHABLE"), f.outcomes());
            sweep(f, dispatch, "2027-03-02T10:03");
            assertEquals(List.of("VOIDED SESSION_CANCELLED"), f.outcomes());
            assertEquals(List.of(), server.taken);
        }
    }

    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void whoeverOptsOutAfterTheTextWasLetGoAfterAllWaitsForIt(Database database) throws Exception {
        try (SmtpDouble server = new SmtpDouble()) {
            ReminderFixture f = new ReminderFixture(database);
            ReminderDispatch dispatch = due(f, server, Duration.ofSeconds(20));
            AtomicLong time = new AtomicLong();
            f.nanos = time::get;
            String lookup = f.contacts.lookup(new Contact(Contact.Kind.EMAIL, "ben@example.org"));
            List<String> order = new CopyOnWriteArrayList<>();
            CountDownLatch waiting = new CountDownLatch(1);
            CompletableFuture<Future<?>> stop = new CompletableFuture<>();
            server.beforeText = () -> time.addAndGet(Duration.ofSeconds(3).toNanos());
            server.beforeEnd = () -> {
                f.nanos = () -> {
                    waiting.countDown();
                    return System.nanoTime();
                };
                stop.complete(ReminderFixture.THREADS.submit(() -> {
                    f.consents.optOut(lookup, Consents.How.LINK);
                    order.add("acknowledged");
                }));
                Race.await(waiting);
                order.add("left");
            };
            sweep(f, dispatch, "2027-03-02T10:01");
            stop.get(30, TimeUnit.SECONDS).get(30, TimeUnit.SECONDS);
            assertEquals(List.of("left", "acknowledged"), order);
            assertEquals(List.of("SENT"), f.outcomes());
        }
    }

    private static long theSession(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select id from session")
                .first(r -> r.id(1))
                .orElseThrow());
    }

    /** Ben has an e-mail address alone, and a session. */
    private static ReminderDispatch due(ReminderFixture f, SmtpDouble server) {
        return due(f, server, Duration.ofMillis(500));
    }

    private static ReminderDispatch due(ReminderFixture f, SmtpDouble server, Duration patience) {
        f.rule(Occasion.BEFORE, 24 * 60);
        f.email(f.clinic.ben, "ben@example.org");
        f.agree(f.clinic.ben, Channel.EMAIL);
        due(f, server, "2027-03-03T10:00");
        SmtpSettings settings = new SmtpSettings(
                "127.0.0.1", server.port(), Security.NONE, null, null, "visits@example.org", "Appointments", patience);
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

package org.evenkeel.benchmark;

import static org.evenkeel.benchmark.Measure.median;
import static org.evenkeel.benchmark.Table.format;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.patient.Contacts;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Channel;
import org.evenkeel.reminder.Delivery;
import org.evenkeel.reminder.Departure;
import org.evenkeel.reminder.DevelopmentOutbox;
import org.evenkeel.reminder.Gateway;
import org.evenkeel.reminder.GatewayChoice;
import org.evenkeel.reminder.Outbox;
import org.evenkeel.reminder.Outgoing;
import org.evenkeel.reminder.ReminderDispatch;
import org.evenkeel.shared.Transactions;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RecordingAudit;
import org.evenkeel.testing.RunningDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How fast what is due goes out: 10 000 e-mails in one sweep, against what the same mail server takes of a bare loop with as many
 * connections. Both take turns and write to the same addresses, and the mail server begins each turn empty: it looks for a mailbox among
 * all those that it has. One table on the console and in {@code target/benchmark-reminders.md}.
 */
@Tag("benchmark")
class ReminderSpeedIT {
    private static final int ROUNDS = 3;
    private static final int MESSAGES = Integer.getInteger("benchmark.messages", 10_000);
    private static final int WARM = MESSAGES / 5;
    private static final int MOST_WARMING = 30;
    private static final int NO_QUICKER = 4;
    private static final double QUICKER = 1.05;
    private static final int COUNTED = 500;
    private static final int FEW = 50;
    private static final int AT_ONCE = 2_000;
    private static final int CONNECTIONS = 4;
    private static final long FIRST = 2_000_000;
    private static final Table TABLE = new Table(Path.of("target", "benchmark-reminders.md"));

    /** Noon in New York, when messages may go out; from then on the clock goes as it does. */
    private static final Instant NOON = Instant.parse("2027-03-01T17:00:00Z");

    @ParameterizedTest
    @EnumSource(Database.class)
    void sweep(Database kind) throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(freePort(), null, ServerSetup.PROTOCOL_SMTP));
        server.start();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            measure(kind, kind.another(), server, threads);
        } finally {
            threads.shutdownNow();
            server.stop();
        }
    }

    @AfterAll
    @SuppressWarnings("SystemOut")
    static void print() {
        System.out.println(TABLE);
    }

    private void measure(Database kind, RunningDatabase database, GreenMail server, ExecutorService threads)
            throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), NOON));
        EntityManager em = database.entityManager();
        ContactVault vault = new ContactVault("a secret for tests");
        Contacts contacts = new Contacts(em, vault);
        furnish(database, contacts);
        int port = server.getSmtp().getPort();
        Configuration configuration = Configuration.of(
                "mail.host", "127.0.0.1",
                "mail.port", Integer.toString(port),
                "mail.tls", "none",
                "mail.from", "appointments@example.org",
                "public.address", "https://visits.example.org");
        Outbox outbox = new Outbox(em, contacts, configuration, clock);
        List<Gateway> gateways = new GatewayChoice(
                        configuration,
                        new DevelopmentOutbox(em, database.transactions(), vault, outbox, new RecordingAudit(), clock),
                        clock)
                .all();
        ReminderDispatch dispatch = new ReminderDispatch(database.transactions(), outbox, gateways, threads, clock);

        Mails mails = new Mails(database, dispatch, server, port, threads);
        mails.warm();
        List<Double> sweeps = new ArrayList<>();
        List<Double> loops = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            loops.add(mails.bare(MESSAGES));
            sweeps.add(mails.sweep(MESSAGES));
        }
        TABLE.atLeast(
                0.5,
                "%.2f x a bare loop",
                median(sweeps) / median(loops),
                format("sweep of %d due e-mails over %d connections", MESSAGES, CONNECTIONS),
                kind,
                format(" (%.0f / %.0f a second)", median(sweeps), median(loops)));
        Mails alone = new Mails(
                database,
                new ReminderDispatch(database.transactions(), outbox, List.of(new TakesAll()), threads, clock),
                server,
                port,
                threads);
        TABLE.told("the same without a mail server", kind, format("%.0f a second", alone.sweepAlone(MESSAGES)));
        TABLE.atMost(
                mails.statements(FEW),
                "%.2f",
                mails.statements(COUNTED),
                format("SQL statements for each message of %d, against %d", COUNTED, FEW),
                kind,
                "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The same messages, sent by both ways again and again. */
    private record Mails(
            RunningDatabase database, ReminderDispatch dispatch, GreenMail server, int port, ExecutorService threads) {

        /** Until the sweep has got no quicker for some times. */
        void warm() throws Exception {
            double best = 0;
            int without = 0;
            for (int turn = 0; turn < MOST_WARMING && without < NO_QUICKER; turn++) {
                bare(WARM);
                double rate = sweep(WARM);
                without = rate > best * QUICKER ? 0 : without + 1;
                best = Math.max(best, rate);
            }
        }

        double bare(int messages) throws Exception {
            server.reset();
            double rate = rate(messages, () -> ReminderSpeedIT.bare(port, messages, threads));
            require(server.getReceivedMessages().length == messages);
            return rate;
        }

        double sweep(int messages) throws Exception {
            server.reset();
            double rate = sweepAlone(messages);
            require(server.getReceivedMessages().length == messages);
            return rate;
        }

        double sweepAlone(int messages) throws Exception {
            due(database, messages);
            return rate(messages, () -> require(dispatch.sendDue().accepted() == messages));
        }

        double statements(int messages) throws Exception {
            server.reset();
            due(database, messages);
            return database.statements(() -> require(dispatch.sendDue().accepted() == messages)) / (double) messages;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** How many a second. */
    private static double rate(int messages, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return messages * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
    }

    // --- the bare loop ----------------------------------------------------------------------------------------------

    /** Hands over messages of the size of reminders, on as many connections, with nothing else to do. */
    private static void bare(int port, int messages, ExecutorService threads) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Callable<@Nullable Void>> loops = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            loops.add(() -> {
                Session session = Session.getInstance(new Properties());
                try (Transport transport = session.getTransport("smtp")) {
                    transport.connect("127.0.0.1", port, null, null);
                    for (int n = next.getAndIncrement(); n < messages; n = next.getAndIncrement()) {
                        MimeMessage message = new MimeMessage(session);
                        message.setFrom(new InternetAddress("appointments@example.org"));
                        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address(n)));
                        message.setSubject("Your appointment", "UTF-8");
                        message.setText(BODY, "UTF-8");
                        message.saveChanges();
                        transport.sendMessage(message, message.getAllRecipients());
                    }
                }
                return null;
            });
        }
        for (Future<@Nullable Void> loop : threads.invokeAll(loops)) {
            loop.get();
        }
    }

    private static final String BODY = "You have an appointment Tue Mar 2, 1:00 PM. Confirm or change: "
            + "https://visits.example.org/answer?t=0123456789012345678901234567890123456789012 Questions? Call 555-0100. "
            + "No more messages: https://visits.example.org/stop?t=0123456789012345678901234567890123456789012";

    private static String address(int n) {
        return "patient" + n + "@example.org";
    }

    /** Takes every message at once, so that nothing is measured but the outbox. */
    private static final class TakesAll implements Gateway {
        @Override
        public Channel channel() {
            return Channel.EMAIL;
        }

        @Override
        public Line open() {
            return new Line() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public Delivery send(Outgoing message, Departure departure) {
                    return Delivery.accepted(null);
                }

                @Override
                public void close() {}
            };
        }
    }

    // --- what is due ------------------------------------------------------------------------------------------------

    private static void furnish(RunningDatabase database, Contacts contacts) throws Exception {
        Clinic clinic = new Clinic(NOON);
        try (Connection connection = database.dataSource().getConnection()) {
            clinic.furnish(connection);
            connection.setAutoCommit(true);
            String rows = Clinic.series(connection).formatted(0, MESSAGES - 1);
            String id = FIRST + " + x";
            String tomorrow = "timestamp with time zone '2027-03-02 18:00:00+00'";
            for (String sql : List.of(
                    "insert into patient (id, record_number, given_name, family_name, search_name, family_search_name,"
                            + " birth_date, gender, language, active, version) select " + id
                            + ", 'M-' || x, 'Given' || x, 'Family', 'given' || x || ' family', 'family', date '1980-01-01',"
                            + " 'UNKNOWN', 'en', true, 1 from " + rows,
                    "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at,"
                            + " turnover_minutes, takes_room, capacity, state, late_cancelled, revision, booked_at, version)"
                            + " select " + id + ", 900001, 900001, 900001, 900001, " + tomorrow + ", " + tomorrow
                            + " + interval '50' minute, 10, true, 1, 'BOOKED', false, 1,"
                            + " timestamp with time zone '2027-02-01 00:00:00+00', 1 from " + rows,
                    "insert into seat (session_id, number) select " + id + ", 1 from " + rows,
                    "insert into participant (id, session_id, patient_id, seat_number, state, late_minutes, version)"
                            + " select " + id + ", " + id + ", " + id + ", 1, 'BOOKED', 0, 1 from " + rows,
                    "insert into consent (patient_id, channel, disclosure, frequent, given_at, is_current) select " + id
                            + ", 'EMAIL', 'LEAST', true, timestamp with time zone '2027-02-01 00:00:00+00', true from "
                            + rows,
                    "insert into reminder (id, session_id, revision, rule_id, lead_minutes, channel, patient_id, occasion,"
                            + " due_at, send_at, state, attempts) select " + id + ", " + id + ", 1, 1, 1440, 'EMAIL', "
                            + id
                            + ", 'BEFORE', timestamp with time zone '2027-03-01 17:00:00+00',"
                            + " timestamp with time zone '2030-01-01 00:00:00+00', 'PENDING', 0 from " + rows)) {
                execute(database, sql);
            }
        }
        Transactions transactions = database.transactions();
        for (int from = 0; from < MESSAGES; from += AT_ONCE) {
            int start = from;
            transactions.runInNew(() -> {
                for (int n = start; n < Math.min(start + AT_ONCE, MESSAGES); n++) {
                    contacts.add(FIRST + n, new Contact(Contact.Kind.EMAIL, address(n)));
                }
            });
        }
        execute(database, "analyze");
    }

    /** The first ones are due a minute ago, as if nothing had ever been sent. */
    private static void due(RunningDatabase database, int messages) throws Exception {
        execute(
                database,
                "delete from reply_token",
                "update reminder set state = 'PENDING', reason = null, receipt = null, closed_at = null, carried_by = null, attempts = 0,"
                        + " send_at = timestamp with time zone '2027-03-01 16:59:00+00' where id < "
                        + (FIRST + messages));
    }

    private static void execute(RunningDatabase database, String... statements) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new AssertionError("Not what was to be measured");
        }
    }
}

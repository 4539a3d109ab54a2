package org.evenkeel.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.evenkeel.api.Client;
import org.evenkeel.api.Wish;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiment 3: {@code kill -9} under load. {@code -Dexperiment.kills=20} for the whole of it; few by default, since each costs
 * a start of the server.
 */
@DisplayName("kill -9 under load")
@Isolated("it asks how soon a server is there again")
class KillIT {
    private static final Map<Database, Integer> FEW = Map.of(Database.H2, 2, Database.POSTGRES, 1);
    private static final int DESKS = 4;
    private static final int BEFORE_THE_KILL = 25;
    private static final Duration TIME_TO_BE_READY = Duration.ofSeconds(60);
    private static final int DAYS_AHEAD = 40;

    /** What was asked for under which key, and what was said. */
    private record Ledger(Set<Long> acknowledged, Collection<Asked> unanswered) {

        Ledger() {
            this(new ConcurrentSkipListSet<>(), new ConcurrentLinkedQueue<>());
        }

        record Asked(String key, String wish) {}
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "every acknowledged booking is there afterwards, none half-written, a repeat makes no second one, and the audit"
                    + " chain verifies")
    void acknowledgedSurvives(Database kind, TestReporter reporter) throws Exception {
        int kills = Integer.getInteger("experiment.kills", FEW.getOrDefault(kind, 1));
        try (RunningServer server = RunningServer.start(kind)) {
            Client desk = Client.of(server, "desk");
            List<Long> patients = Wish.patients(Client.of(server, "lead"));
            Ledger ledger = new Ledger();
            int unanswered = 0;
            long slowest = 0;
            for (int kill = 0; kill < kills; kill++) {
                bookUntilKilled(server, desk, wishes(desk, patients, kill), ledger);
                slowest = Math.max(slowest, restart(server));
                unanswered += ledger.unanswered().size();
                repeatUnanswered(desk, ledger);
            }
            assertTrue(ledger.acknowledged().size() >= kills * BEFORE_THE_KILL);
            assertEquals(ledger.acknowledged(), booked(desk));
            JsonObject chain = Client.of(server, "admin")
                    .get("/api/audit/verification")
                    .is(200)
                    .json();
            assertTrue(chain.getBoolean("intact"), chain::toString);
            reporter.publishEntry(Map.of(
                    "database", kind.name(),
                    "kills", Integer.toString(kills),
                    "bookings that were acknowledged, and are there",
                            Integer.toString(ledger.acknowledged().size()),
                    "requests that the kill left unanswered", Integer.toString(unanswered),
                    "slowest start in ms", Long.toString(slowest),
                    "audit entries in the chain", chain.getJsonNumber("sealed").toString()));
            server.stop();
            assertNothingHalfWritten(server);
        }
    }

    private static void bookUntilKilled(RunningServer server, Client client, List<Ledger.Asked> wishes, Ledger ledger)
            throws Exception {
        int target = ledger.acknowledged().size() + BEFORE_THE_KILL;
        CountDownLatch enough = new CountDownLatch(1);
        List<Thread> desks = new ArrayList<>();
        for (int desk = 0; desk < DESKS; desk++) {
            int first = desk;
            Thread thread = new Thread(() -> {
                for (int i = first; i < wishes.size() && ask(client, wishes.get(i), ledger); i += DESKS) {
                    if (ledger.acknowledged().size() >= target) {
                        enough.countDown();
                    }
                }
                enough.countDown();
            });
            desks.add(thread);
            thread.start();
        }
        assertTrue(enough.await(2, TimeUnit.MINUTES));
        server.kill9();
        for (Thread desk : desks) {
            desk.join();
        }
    }

    /** Whether there was an answer. */
    private static boolean ask(Client client, Ledger.Asked asked, Ledger ledger) {
        try {
            Client.Reply reply = client.post("/api/sessions", asked.wish(), "Idempotency-Key", asked.key());
            if (reply.status() == 201) {
                ledger.acknowledged().add(reply.id());
            } else {
                reply.problem(409);
            }
            return true;
        } catch (UncheckedIOException killed) {
            ledger.unanswered().add(asked);
            return false;
        }
    }

    /** Milliseconds until it was ready. */
    private static long restart(RunningServer server) {
        long start = System.nanoTime();
        server.restart();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(taken.compareTo(TIME_TO_BE_READY) < 0, taken::toString);
        return taken.toMillis();
    }

    /** What had been committed without an answer is told now; what had not is booked now. */
    private static void repeatUnanswered(Client client, Ledger ledger) {
        List<Ledger.Asked> unanswered = List.copyOf(ledger.unanswered());
        ledger.unanswered().clear();
        unanswered.forEach(asked -> assertTrue(ask(client, asked, ledger)));
    }

    private static List<Ledger.Asked> wishes(Client client, List<Long> patients, int round) {
        LocalDate from = LocalDate.now(Clock.systemUTC()).plusDays(DAYS_AHEAD + 7L * round);
        List<JsonObject> times = client.get(
                        "/api/free-times?modality=IND&minutes=15&limit=500&from=" + from + "&to=" + from.plusDays(6))
                .is(200)
                .items();
        List<Ledger.Asked> wishes = new ArrayList<>();
        for (JsonObject time : times) {
            long patient = patients.get(wishes.size() % patients.size());
            wishes.add(new Ledger.Asked(
                    round + "-" + wishes.size(),
                    Wish.anywhere(time, patient).build().toString()));
        }
        return wishes;
    }

    /** All sessions that stand beyond those of the demo clinic. */
    private static Set<Long> booked(Client client) {
        LocalDate from = LocalDate.now(Clock.systemUTC()).plusDays(DAYS_AHEAD - 1L);
        Set<Long> ids = new HashSet<>();
        client.all("/api/sessions?limit=500&state=BOOKED&from=" + from)
                .forEach(session -> ids.add(session.getJsonNumber("id").longValueExact()));
        return new TreeSet<>(ids);
    }

    private static void assertNothingHalfWritten(RunningServer server) throws Exception {
        String lasting = "extract(epoch from (s.ends_at - s.starts_at)) / 300";
        for (String sql : List.of(
                "select count(*) from session s where not exists (select 1 from participant p where p.session_id = s.id)",
                "select count(*) from session s where not exists (select 1 from seat x where x.session_id = s.id)",
                "select count(*) from session s where s.state = 'BOOKED' and s.starts_at > current_timestamp"
                        + " and (select count(*) from occupied o where o.resource = s.therapist_id * 4 and o.claim = s.id) <> "
                        + lasting,
                "select count(*) from session s join participant p on p.session_id = s.id and p.seat_number is not null"
                        + " where s.state = 'BOOKED' and s.starts_at > current_timestamp"
                        + " and (select count(*) from occupied o where o.resource = p.patient_id * 4 + 2 and o.claim = s.id) <> "
                        + lasting,
                "select count(*) from session s where s.state = 'BOOKED' and s.starts_at > current_timestamp and s.takes_room"
                        + " and (select count(*) from occupied o where o.resource = s.room_id * 4 + 1 and o.claim = s.id) < "
                        + lasting,
                "select count(*) from idempotent_answer a where a.status < 400 and not exists (select 1 from session s where s.id = a.session_id)",
                "select count(*) from occupied o where o.expires_at is null"
                        + " and not exists (select 1 from session s where s.id = o.claim and s.state = 'BOOKED')")) {
            try (var connection = server.connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                assertEquals(0, rows.getLong(1), sql);
            }
        }
    }
}

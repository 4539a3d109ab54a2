package org.evenkeel.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.evenkeel.journey.Api;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiment 3: {@code kill -9} under load. {@code -Dexperiment.kills=20} for the whole of it; few by default, since each costs
 * a start of the server.
 */
@DisplayName("kill -9 under load")
class KillIT {

    private static final int KILLS = Integer.getInteger("experiment.kills", 2);
    private static final int DESKS = 4;
    private static final int BEFORE_THE_KILL = 25;

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("every acknowledged booking is there afterwards, none half-written, and the audit chain verifies")
    void acknowledgedSurvives(Database kind) throws Exception {
        try (RunningServer server = RunningServer.start(kind)) {
            Set<Long> acknowledged = new ConcurrentSkipListSet<>();
            for (int kill = 0; kill < KILLS; kill++) {
                bookUntilKilled(server, acknowledged, kill);
                server.restart();
            }
            assertTrue(acknowledged.size() >= KILLS * BEFORE_THE_KILL);
            for (long id : acknowledged) {
                String session = Api.get(server, "demo-token-desk", "/api/sessions/" + id);
                assertEquals(id, Api.number(session, "id"));
                assertEquals("BOOKED", Api.text(session, "state"));
            }
            assertTrue(Api.get(server, "demo-token-admin", "/api/audit/verification")
                    .contains("\"intact\":true"));
            server.stop();
            assertNothingHalfWritten(server);
        }
    }

    private static void bookUntilKilled(RunningServer server, Set<Long> acknowledged, int round) throws Exception {
        LocalDate from = LocalDate.now(Clock.systemUTC()).plusDays(40 + 7L * round);
        String found = Api.get(
                server,
                "demo-token-desk",
                "/api/free-times?modality=IND&minutes=15&from=" + from + "&to=" + from.plusDays(6) + "&limit=500");
        List<String> wishes = wishes(found);
        int target = acknowledged.size() + BEFORE_THE_KILL;
        CountDownLatch enough = new CountDownLatch(1);
        List<Thread> desks = new ArrayList<>();
        for (int desk = 0; desk < DESKS; desk++) {
            int first = desk;
            Thread thread = new Thread(() -> {
                try {
                    for (int i = first; i < wishes.size(); i += DESKS) {
                        HttpResponse<String> answer =
                                Api.post(server, "demo-token-desk", "/api/sessions", wishes.get(i));
                        if (answer.statusCode() == 201) {
                            acknowledged.add(Api.number(answer.body(), "id"));
                        }
                        if (acknowledged.size() >= target) {
                            enough.countDown();
                        }
                    }
                } catch (UncheckedIOException killed) {
                    // The server died under this desk; what it had not acknowledged may or may not be there.
                } finally {
                    if (!Thread.currentThread().isInterrupted()) {
                        enough.countDown();
                    }
                }
            });
            desks.add(thread);
            thread.start();
        }
        enough.await();
        server.kill9();
        for (Thread desk : desks) {
            desk.join();
        }
    }

    /** Bookings of the free times, each for another patient. */
    private static List<String> wishes(String found) {
        List<String> wishes = new ArrayList<>();
        for (String item : found.split("\\{\"start\"", -1)) {
            if (item.startsWith(":")) {
                String start = item.substring(2, item.indexOf('"', 2));
                long therapist = Api.number(item.substring(item.indexOf("\"therapist\"")), "id");
                long room = Api.number(item.substring(item.indexOf("\"room\"")), "id");
                wishes.add("{\"modality\":\"IND\",\"start\":\"" + start + "\",\"minutes\":15,\"therapist\":" + therapist
                        + ",\"room\":" + room + ",\"patients\":[" + (1 + wishes.size() % 150) + "]}");
            }
        }
        return wishes;
    }

    private static void assertNothingHalfWritten(RunningServer server) throws Exception {
        for (String sql : List.of(
                "select count(*) from session s where not exists (select 1 from participant p where p.session_id = s.id)",
                "select count(*) from session s where not exists (select 1 from seat x where x.session_id = s.id)",
                "select count(*) from session s where s.state = 'BOOKED' and s.starts_at > current_timestamp"
                        + " and not exists (select 1 from occupied o where o.resource = s.therapist_id * 4 and o.claim = s.id)",
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

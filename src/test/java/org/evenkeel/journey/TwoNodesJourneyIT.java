package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.evenkeel.api.Client;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two nodes on one PostgreSQL, of which the second has few connections. Two minutes: with the experiments at their full size, of a night. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "experiment.rounds", matches = "[0-9]+")
@DisplayName("On two nodes")
@OwnServer
class TwoNodesJourneyIT {
    private static final int CONNECTIONS = 3;
    private RunningServer one;
    private RunningServer other;

    @SuppressWarnings("NullAway.Init")
    TwoNodesJourneyIT() {}

    @BeforeAll
    void start() {
        one = RunningServer.start(Database.POSTGRES);
        other = one.startBeside(Map.of("db.pool.size", Integer.toString(CONNECTIONS)));
    }

    @AfterAll
    void stop() {
        other.close();
        one.close();
    }

    @Test
    @DisplayName("a board shows what was booked at the other node, without a reload, and what was moved away there")
    void boards() {
        Patient patient = Patient.of(one, "EK-1047");
        FreeTime time = FreeTime.firstOfLongSpell(one, "WELL", patient);
        FreeTime later = time.later(60);
        try (Desk here = Desk.of(one, "desk");
                Desk there = Desk.of(other, "desk2")) {
            here.showBoard(time);
            there.showBoard(time);
            Booked.book(one, time, patient);
            assertThat(here.session(patient, time)).isVisible();
            assertThat(there.session(patient, time)).isVisible();
            there.open(there.session(patient, time));
            there.field("Time").fill(later.clock());
            there.press("Control+Enter");
            assertThat(there.session(patient, later)).isVisible();
            assertThat(here.session(patient, later)).isVisible();
            assertThat(here.free(time)).isVisible();
        }
    }

    @Test
    @DisplayName("who gets no connection to the database in time is told to try again, and that is no failure of ours")
    void noConnection() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
        Client desk = Client.of(other, "desk");
        try (Connection connection = one.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table room in access exclusive mode");
            // Those that hold a connection wait for the table; the others for a connection, and not as long.
            List<CompletableFuture<Client.Reply>> asked = Stream.generate(() -> desk.getAsync("/api/rooms?limit=1"))
                    .limit(CONNECTIONS * 4L)
                    .toList();
            Client.Reply first = asked.stream()
                    .reduce((left, right) -> left.applyToEither(right, reply -> reply))
                    .map(CompletableFuture::join)
                    .orElseThrow();
            connection.rollback();
            for (CompletableFuture<Client.Reply> one : asked) {
                one.get(60, TimeUnit.SECONDS);
            }
            first.problem(503);
            assertEquals("3", first.header("Retry-After"));
        }
        CompletableFuture<Client.Reply> afterwards = desk.getAsync("/api/rooms?limit=1");
        int status = afterwards.get(30, TimeUnit.SECONDS).status();
        assertTrue(status == 200, () -> "status " + status);
    }
}

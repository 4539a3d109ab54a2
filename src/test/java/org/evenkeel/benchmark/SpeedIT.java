package org.evenkeel.benchmark;

import static org.evenkeel.benchmark.Measure.interleaved;
import static org.evenkeel.benchmark.Measure.median;
import static org.evenkeel.benchmark.Measure.rate;
import static org.evenkeel.benchmark.Measure.warm;
import static org.evenkeel.benchmark.Table.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.benchmark.Measure.Times;
import org.evenkeel.benchmark.Measure.Work;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RunningDatabase;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How fast it is: every target of the project with what was measured, as one table on the console and in
 * {@code target/benchmark.md}. Runs of what is compared take turns; ratios are of medians of one run.
 */
@Tag("benchmark")
class SpeedIT {
    private static final int SMALL = 100_000;
    private static final int LARGE = 1_000_000;
    private static final int ROUNDS = 7;
    private static final Duration TURN = Duration.ofMillis(1500);

    /** What is done often is compiled, on the same cores; a server has more to compile. So it is warm when it gets no quicker. */
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(6);

    private static final Table TABLE = new Table(Path.of("target", "benchmark.md"));

    private final Clock clock = Clock.systemUTC();

    @ParameterizedTest
    @EnumSource(Database.class)
    void facades(Database kind) throws Exception {
        Store small = new Store(kind, SMALL);
        Store large = new Store(kind, LARGE);
        bookings(kind, small);
        refusals(kind, small);
        reads(kind, small, large);
        explain(kind, large);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void http(Database kind) throws Exception {
        try (RunningServer server = RunningServer.start(kind)) {
            Clinic clinic = new Clinic(clock.instant());
            server.stop();
            try (Connection connection = server.connect()) {
                clinic.furnish(connection);
                clinic.history(connection, SMALL);
            }
            server.restart();
            throughHttp(kind, server, clinic);
        }
    }

    @AfterAll
    @SuppressWarnings("SystemOut")
    static void print() {
        System.out.println(TABLE);
    }

    /** A database with the clinic and so many sessions of the past. */
    private final class Store {
        private final RunningDatabase database;
        private final Clinic clinic = new Clinic(clock.instant());
        private final Desk desk;

        Store(Database kind, int sessions) throws SQLException {
            database = kind.another();
            try (Connection connection = database.dataSource().getConnection()) {
                clinic.furnish(connection);
                clinic.history(connection, sessions);
            }
            desk = new Desk(database, clinic, clock);
        }

        Connection connect() throws SQLException {
            Connection connection = database.dataSource().getConnection();
            connection.setAutoCommit(false);
            return connection;
        }
    }

    private static void bookings(Database kind, Store store) throws Exception {
        int threads = 8;
        List<Work> facade = new ArrayList<>();
        List<Work> raw = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Connection connection = store.connect();
            connections.add(connection);
            raw.add(() -> store.clinic.bookRaw(connection));
            facade.add(store.desk::book);
        }
        warm(LONGEST_WARM_UP, facade);
        Rates rates = Rates.of(raw, facade);
        TABLE.atLeast(
                0.5,
                "%.2f x raw",
                rates.ratio(),
                "bookings through the facade, 8 threads",
                kind,
                rates.detail("facade"));
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private static void refusals(Database kind, Store store) throws Exception {
        Times booking = new Times(store.desk::book).warm(300);
        Times refusal = new Times(store.desk::isRefused).warm(300);
        interleaved(ROUNDS, 60, booking, refusal);
        TABLE.atMost(
                2,
                "%.2f x a booking's",
                refusal.p95() / booking.p95(),
                "a refusal with its ways out, p95",
                kind,
                format(" (%.1f / %.1f ms)", refusal.p95(), booking.p95()));
    }

    private static void reads(Database kind, Store small, Store large) throws Exception {
        try (Connection connection = small.connect()) {
            Times rawWeek = new Times(() -> inTransaction(
                            connection,
                            () -> small.clinic.readWeekRaw(
                                    connection, small.clinic.today().plusDays(1))))
                    .warm(200);
            Times rawOwnWeek = new Times(() -> inTransaction(
                            connection,
                            () -> small.clinic.readOwnWeekRaw(
                                    connection,
                                    Clinic.FIRST + 7,
                                    small.clinic.today().plusDays(1))))
                    .warm(200);
            Times week = new Times(small.desk::week).warm(200);
            Times weekLarge = new Times(large.desk::week).warm(200);
            Times month = new Times(small.desk::fourWeeks).warm(50);
            Times monthLarge = new Times(large.desk::fourWeeks).warm(50);
            Times board = new Times(small.desk::board).warm(100);
            Times boardLarge = new Times(large.desk::board).warm(100);
            Times reminders = new Times(small.desk::remind).warm(50);
            Times remindersLarge = new Times(large.desk::remind).warm(50);
            interleaved(ROUNDS, 50, rawWeek, rawOwnWeek, week, weekLarge, board, boardLarge, month, monthLarge);
            interleaved(ROUNDS, 10, reminders, remindersLarge);
            TABLE.atMost(
                    5,
                    "%.1f x raw",
                    week.p50() / rawWeek.p50(),
                    "free times of a therapist-week, p50",
                    kind,
                    format(
                            " (%.2f / %.2f ms; the therapist's own rows alone %.2f ms)",
                            week.p50(), rawWeek.p50(), rawOwnWeek.p50()));
            TABLE.atMost(100, "%.1f ms", month.p95(), "free times of any of 30, four weeks, p95", kind, "");
            TABLE.atMost(
                    6, "%.0f statements", small.database.statements(small.desk::board), "board of 12 x 80", kind, "");
            TABLE.atMost(100, "%.1f ms", board.p95(), "board of 12 x 80, p95 in the server", kind, "");
            growth(kind, "free times of a therapist-week", week, weekLarge);
            growth(kind, "free times of any of 30, four weeks", month, monthLarge);
            growth(kind, "board of 12 x 80", board, boardLarge);
            growth(kind, "a round of reminders with nothing due", reminders, remindersLarge);
        }
    }

    private static void growth(Database kind, String what, Times small, Times large) {
        TABLE.atMost(
                1.3,
                "%.2f x",
                large.p50() / small.p50(),
                what + ", 1 000 000 sessions against 100 000",
                kind,
                format(" (%.2f / %.2f ms)", large.p50(), small.p50()));
    }

    private static void inTransaction(Connection connection, Measure.Work work) throws Exception {
        work.run();
        connection.commit();
    }

    private void explain(Database kind, Store store) throws IOException {
        Explain explain = new Explain();
        Desk desk = new Desk(store.database, explain.explaining(store.database.entityManager()), store.clinic, clock);
        desk.week();
        desk.fourWeeks();
        desk.board();
        for (int i = 0; i < Clinic.THERAPISTS * 4; i++) {
            store.desk.book();
        }
        desk.book();
        desk.isRefused();
        Files.writeString(Path.of("target", "explain-" + kind + ".txt"), explain.toString());
    }

    private void throughHttp(Database kind, RunningServer server, Clinic clinic) throws Exception {
        int clients = 4;
        List<Work> http = new ArrayList<>();
        List<Work> raw = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        // H2 lets one process at its file: the raw side has a database of its own, with the same content.
        Store beside = kind == Database.H2 ? new Store(kind, SMALL) : null;
        for (int i = 0; i < clients; i++) {
            Connection connection = beside == null ? server.connect() : beside.connect();
            connection.setAutoCommit(false);
            connections.add(connection);
            Clinic target = beside == null ? clinic : beside.clinic;
            raw.add(() -> target.bookRaw(connection));
            http.add(new HttpDesk(server.address(), clinic)::book);
        }
        warm(LONGEST_WARM_UP, http);
        Rates rates = Rates.of(raw, http);
        TABLE.atLeast(
                kind == Database.H2 ? 0.4 : 0.25,
                "%.2f x raw",
                rates.ratio(),
                "bookings through HTTP, 4 clients",
                kind,
                rates.detail("HTTP"));
        HttpDesk desk = new HttpDesk(server.address(), clinic);
        Connection connection = connections.get(0);
        Clinic target = beside == null ? clinic : beside.clinic;
        warm(
                LONGEST_WARM_UP,
                List.of(
                        new HttpDesk(server.address(), clinic)::isRefused,
                        new HttpDesk(server.address(), clinic)::board,
                        new HttpDesk(server.address(), clinic)::week));
        Times booking = new Times(desk::book).warm(100);
        Times refusal = new Times(desk::isRefused).warm(100);
        Times board = new Times(desk::board).warm(100);
        Times rawBoard = new Times(() -> inTransaction(connection, () -> target.readBoardRaw(connection))).warm(300);
        Times emptyBoard = new Times(desk::emptyBoard).warm(300);
        Times week = new Times(desk::week).warm(100);
        interleaved(ROUNDS, 50, booking, refusal, board, rawBoard, emptyBoard, week);
        TABLE.atMost(
                2,
                "%.2f x a booking's",
                refusal.p95() / booking.p95(),
                "a refusal through HTTP, p95",
                kind,
                format(" (%.1f / %.1f ms)", refusal.p95(), booking.p95()));
        TABLE.atMost(
                3,
                "%.1f x raw",
                board.p50() / rawBoard.p50(),
                "the day's 80 sessions as JSON through HTTP, p50",
                kind,
                format(" (%.2f / %.2f ms)", board.p50(), rawBoard.p50()));
        TABLE.told("the same of a day with none, p50", kind, format("%.2f ms", emptyBoard.p50()));
        TABLE.told("free times of a therapist-week through HTTP, p50", kind, format("%.2f ms", week.p50()));
        for (Connection each : connections) {
            each.close();
        }
    }

    /** Two rates, taken in turns. */
    private record Rates(double raw, double other) {

        static Rates of(List<Work> raw, List<Work> other) throws Exception {
            List<Double> raws = new ArrayList<>();
            List<Double> others = new ArrayList<>();
            rate(TURN, raw);
            rate(TURN, other);
            for (int round = 0; round < ROUNDS; round++) {
                raws.add(rate(TURN, raw));
                others.add(rate(TURN, other));
            }
            return new Rates(median(raws), median(others));
        }

        double ratio() {
            return other / raw;
        }

        String detail(String name) {
            return format(" (%s %.0f/s, raw %.0f/s)", name, other, raw);
        }
    }
}

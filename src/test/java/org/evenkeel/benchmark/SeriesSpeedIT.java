package org.evenkeel.benchmark;

import static org.evenkeel.benchmark.Measure.interleaved;
import static org.evenkeel.benchmark.Measure.median;
import static org.evenkeel.benchmark.Table.format;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenkeel.audit.AuditRecorder;
import org.evenkeel.benchmark.Measure.Times;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.SeriesFacades;
import org.evenkeel.series.SeriesWish;
import org.evenkeel.session.Refused;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RunningDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How fast series are: a long one in one transaction, its preview, a group's page, and the race for a last seat, as one table on the
 * console and in {@code target/benchmark-series.md}.
 */
@Tag("benchmark")
class SeriesSpeedIT {
    private static final int SESSIONS = 100_000;
    private static final int YEAR = 365;
    private static final int ROUNDS = 5;
    private static final int RACERS = 50;
    private static final Table TABLE = new Table(Path.of("target", "benchmark-series.md"));
    private static final Actor ACTOR = new Actor(900_001, "benchmark", Set.of(Role.DESK), null);

    private final Clock clock = Clock.systemUTC();

    @ParameterizedTest
    @EnumSource(Database.class)
    void facades(Database kind) throws Exception {
        RunningDatabase database = kind.another();
        Clinic clinic = new Clinic(clock.instant());
        GroupClinic groups = new GroupClinic(clinic);
        try (Connection connection = database.dataSource().getConnection()) {
            clinic.furnish(connection);
            groups.furnish(connection);
            clinic.history(connection, SESSIONS);
        }
        SeriesFacades series = SeriesFacades.of(
                database.entityManager(),
                database.transactions(),
                new AuditRecorder(database.entityManager(), database.transactions(), clock),
                clock);
        year(kind, database, groups, series);
        preview(kind, groups, series);
        page(kind, database, groups, series);
        lastSeat(kind, groups, series);
    }

    @AfterAll
    @SuppressWarnings("SystemOut")
    static void print() {
        System.out.println(TABLE);
    }

    private static void year(Database kind, RunningDatabase database, GroupClinic groups, SeriesFacades series)
            throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Times raw = new Times(() -> groups.bookYearRaw(connection, YEAR)).warm(2);
            Times facade = new Times(() -> series.planning().create(ACTOR, daily(groups, YEAR))).warm(2);
            interleaved(ROUNDS, 1, raw, facade);
            String what = "a year of a daily group of 12 in one transaction, p50";
            String both = format(" (%.0f / %.0f ms)", facade.p50(), raw.p50());
            if (kind == Database.POSTGRES) {
                TABLE.atMost(2_000, "%.0f ms", facade.p50(), what, kind, both);
            } else {
                TABLE.atMost(2, "%.2f x raw", facade.p50() / raw.p50(), what, kind, both);
            }
        }
    }

    private static SeriesWish daily(GroupClinic groups, int days) {
        return groups.nextGroup("FREQ=DAILY;COUNT=" + days, GroupClinic.MEMBERS);
    }

    private static void preview(Database kind, GroupClinic groups, SeriesFacades series) throws Exception {
        SeriesWish wish = daily(groups, 60);
        Times preview =
                new Times(() -> require(series.planning().preview(ACTOR, wish).isClear())).warm(20);
        preview.run(60);
        TABLE.atMost(300, "%.1f ms", preview.p95(), "preview of 60 dates of a group of 12, p95", kind, "");
    }

    private static void page(Database kind, RunningDatabase database, GroupClinic groups, SeriesFacades series)
            throws Exception {
        long empty = series.planning().create(ACTOR, groups.nextGroup("FREQ=DAILY;COUNT=60", 0));
        long full = series.planning().create(ACTOR, daily(groups, 60));
        int without = database.statements(() -> series.groups().find(ACTOR, "benchmark", empty));
        int with = database.statements(() -> series.groups().find(ACTOR, "benchmark", full));
        TABLE.atMost(without, "%.0f statements", with, "a group's page with 12 members, against none", kind, "");
        Times page = new Times(() -> series.groups().find(ACTOR, "benchmark", full)).warm(50);
        page.run(100);
        TABLE.atMost(100, "%.1f ms", page.p95(), "a group's page with 12 members and 60 dates, p95", kind, "");
    }

    private static void lastSeat(Database kind, GroupClinic groups, SeriesFacades series) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long group =
                    series.planning().create(ACTOR, groups.nextGroup("FREQ=WEEKLY;COUNT=12", GroupClinic.MEMBERS - 1));
            List<Long> people = groups.people(RACERS);
            Times race = new Times(() -> require(race(series, group, people) == 1));
            race.run(1);
            millis.add(race.p50());
        }
        TABLE.told(
                "last seat of 12 dates, wanted by 50 at once: exactly one gets it",
                kind,
                format("%.0f ms until all 50 are answered", median(millis)));
    }

    /** How many of those who want it at once get the last seat. */
    private static int race(SeriesFacades series, long group, List<Long> people) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(people.size());
        try {
            CountDownLatch start = new CountDownLatch(people.size());
            List<Callable<Boolean>> all = new ArrayList<>();
            for (long patient : people) {
                all.add(() -> {
                    start.countDown();
                    start.await();
                    try {
                        series.enrolments().enrol(ACTOR, group, Enrolments.Wish.of(patient, LocalDate.of(2026, 1, 1)));
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                });
            }
            int won = 0;
            for (Future<Boolean> one : threads.invokeAll(all)) {
                won += one.get() ? 1 : 0;
            }
            return won;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new AssertionError("Not what was to be measured");
        }
    }
}

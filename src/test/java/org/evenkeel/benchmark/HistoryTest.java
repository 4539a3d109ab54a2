package org.evenkeel.benchmark;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditKey;
import org.evenkeel.audit.AuditRecorder;
import org.evenkeel.audit.AuditSealer;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.Caseload;
import org.evenkeel.platform.Configuration;
import org.evenkeel.roster.DaySheets;
import org.evenkeel.roster.Roster;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.GroupMerges;
import org.evenkeel.series.Groups;
import org.evenkeel.series.SeriesChange;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.series.SeriesFacades;
import org.evenkeel.series.Waitlist;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.LeavePlanning.Absence;
import org.evenkeel.session.Refused;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionFacades;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RunningDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is shown of some days is read from those days, however long the centre has been open: each reading is explained on a
 * database with half a year behind it, and the rows that its plan has visited are counted. H2 is easily led to begin with a therapy or a
 * room and to read all that was ever held of it, PostgreSQL to read a whole table once where it cannot tell how short a range is.
 */
class HistoryTest {
    private static final int SESSIONS = 40_000;
    /** More than a therapist's quarter of a year or everybody's four weeks, and far less than the history. */
    private static final int MOST = 6_000;

    private static final long THERAPIST = Clinic.FIRST + 7;
    private static final Actor DESK = new Actor(900_001, "desk", Set.of(Role.DESK, Role.LEAD), null);
    private static final Actor OWN = new Actor(900_002, "therapist", Set.of(Role.THERAPIST), THERAPIST);

    private final Clock clock = Clock.systemUTC();

    @TestFactory
    @DisplayName("However long the history is, there is not read more than it takes for")
    Stream<DynamicContainer> history() {
        return Stream.of(Database.values()).map(kind -> DynamicContainer.dynamicContainer(kind.name(), history(kind)));
    }

    private Stream<DynamicTest> history(Database kind) {
        RunningDatabase database = kind.another();
        Clinic clinic = new Clinic(clock.instant());
        try (Connection connection = database.dataSource().getConnection()) {
            clinic.furnish(connection);
            sealed(connection);
            clinic.history(connection, SESSIONS);
            if (kind == Database.H2) {
                asItRuns(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return readings(database, clinic).entrySet().stream()
                .map(reading -> DynamicTest.dynamicTest(reading.getKey(), () -> {
                    Explain explain = new Explain();
                    reading.getValue().read(explain.explaining(database.entityManager()));
                    int visited = explain.mostVisited();
                    assertTrue(visited > 0 && visited < MOST, () -> visited + " rows visited\n" + explain);
                }));
    }

    /** An audit trail as long as the history, all of it in the chain. */
    private static void sealed(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into audit_entry (id, occurred_at, action, purpose, subject, subject_ids, patient_ids, result, detail)"
                            + " select x, timestamp with time zone '2026-01-01 00:00:00+00', 'VIEWED', 'test', 'session', '', '', 'OK', '' from "
                            + Clinic.series(connection).formatted(1, SESSIONS));
            statement.execute("insert into audit_seal (seq, entry_id, mac, sealed_at)"
                    + " select id, id, 'x', occurred_at from audit_entry");
            statement.execute("update audit_chain set last_seq = " + SESSIONS);
            statement.execute("alter table audit_entry alter column id restart with " + (SESSIONS + 1));
        }
    }

    /** Benchmarks keep H2 from answering a query again that it has just answered; within one statement it may. */
    private static void asItRuns(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set optimize_reuse_results 1");
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read(EntityManager em);
    }

    private Map<String, Reading> readings(RunningDatabase database, Clinic clinic) {
        Transactions transactions = database.transactions();
        AuditRecorder audit = new AuditRecorder(database.entityManager(), transactions, clock);
        LocalDate date = clinic.boardDay();
        Map<String, Reading> readings = new LinkedHashMap<>();
        readings.put("the day board", em -> desk(database, em, clinic).board());
        readings.put("the day sheet", em -> new DaySheets(em, views(em, transactions, audit), transactions, audit)
                .of(DESK, date, null, null));
        readings.put("a therapist's day", em -> new Roster(em, transactions, views(em, transactions, audit), clock)
                .day(OWN, THERAPIST, date));
        readings.put(
                "whether a therapist's day has changed",
                em -> new Roster(em, transactions, views(em, transactions, audit), clock).stamp(OWN, THERAPIST, date));
        readings.put("the sessions of a room on a day", em -> views(em, transactions, audit)
                .list(DESK, "test", new SessionFilter(date, date, null, Clinic.FIRST + 1, null, null, null), null, 25));
        readings.put(
                "the first page of a patient's sessions",
                em -> list(em, transactions, audit, SessionFilter.ALL.withPatient(Clinic.FIRST)));
        readings.put("the first page of all sessions", em -> list(em, transactions, audit, SessionFilter.ALL));
        readings.put(
                "the first page of the sessions of a room",
                em -> list(
                        em,
                        transactions,
                        audit,
                        new SessionFilter(null, null, null, Clinic.FIRST + 1, null, null, null)));
        readings.put(
                "the first page of the sessions of a site",
                em -> list(
                        em, transactions, audit, new SessionFilter(null, null, null, null, null, Clinic.FIRST, null)));
        readings.put(
                "the first page of the sessions that stand",
                em -> list(em, transactions, audit, SessionFilter.ALL.withState(SessionState.BOOKED)));
        readings.put(
                "a therapist's caseload",
                em -> transactions.inNew(() -> new Caseload(em, clock)
                        .restrict(Sql.on(em).add("select pa.id from patient pa"), "where", THERAPIST)
                        .list(r -> r.id(1))));
        readings.put(
                "a patient's sessions so far",
                em -> facades(em, transactions, audit).ofPatient().past(DESK, Clinic.FIRST, 0, 10));
        readings.put("a therapist's free times of a week", em -> desk(database, em, clinic)
                .week());
        readings.put("everybody's free times of four weeks", em -> desk(database, em, clinic)
                .fourWeeks());
        readings.put("who could stand in for a day's leave", em -> facades(em, transactions, audit)
                .leave()
                .affected(
                        DESK,
                        Absence.leave(
                                THERAPIST,
                                TimeSlot.of(date.atStartOfDay(Clinic.ZONE).toInstant(), 24 * 60),
                                "")));
        readings.put("a round of reminders", em -> desk(database, em, clinic).remind());
        readings.put("a booking", em -> desk(database, em, clinic).book());
        BookSession taken = clinic.nextFree();
        facades(database.entityManager(), transactions, audit).booking().book(DESK, taken);
        readings.put(
                "a booking that is refused",
                em -> assertThrows(
                        Refused.class,
                        () -> facades(em, transactions, audit).booking().book(DESK, taken)));
        AuditKey key = new AuditKey(Configuration.of("audit.key", "a key of more than thirty-two characters"));
        readings.put("sealing the audit trail, all of it and what is new", em -> {
            AuditSealer sealer = new AuditSealer(em, transactions, key, clock);
            sealer.seal();
            sealer.seal();
        });
        readings.putAll(ofGroups(database, clinic));
        return readings;
    }

    private Map<String, Reading> ofGroups(RunningDatabase database, Clinic clinic) {
        Transactions transactions = database.transactions();
        AuditRecorder audit = new AuditRecorder(database.entityManager(), transactions, clock);
        GroupClinic groups = new GroupClinic(clinic);
        try (Connection connection = database.dataSource().getConnection()) {
            groups.furnish(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        SeriesFacades plain = SeriesFacades.of(database.entityManager(), transactions, audit, clock);
        long group = plain.planning().create(DESK, groups.nextGroup("FREQ=WEEKLY;COUNT=12", 6));
        long date = plain.groups().find(DESK, "test", group).dates().get(0).sessionId();
        LocalDate today = clinic.today();
        Map<String, Reading> readings = new LinkedHashMap<>();
        readings.put("a newcomer to a group", em -> SeriesFacades.of(em, transactions, audit, clock)
                .enrolments()
                .enrol(DESK, group, Enrolments.Wish.of(groups.people(1).get(0), today)));
        readings.put("a guest of one date", em -> SeriesFacades.of(em, transactions, audit, clock)
                .enrolments()
                .addGuest(DESK, date, groups.people(1).get(0), RuleOverride.NONE));
        readings.put(
                "a group's page",
                em -> SeriesFacades.of(em, transactions, audit, clock).groups().find(DESK, "test", group));
        readings.put("groups with a free seat for a patient", em -> SeriesFacades.of(em, transactions, audit, clock)
                .groups()
                .withFreeSeat(
                        DESK,
                        new Groups.SeatWish(
                                "BENCHG", null, null, groups.people(1).get(0), null),
                        0,
                        25));
        readings.put(
                "groups that are too small",
                em -> SeriesFacades.of(em, transactions, audit, clock).groups().tooSmall(DESK));
        readings.put("the preview of a series", em -> SeriesFacades.of(em, transactions, audit, clock)
                .planning()
                .preview(DESK, groups.nextGroup("FREQ=WEEKLY;COUNT=12", 6)));
        readings.put("the preview of a change to a series", em -> SeriesFacades.of(em, transactions, audit, clock)
                .changes()
                .preview(DESK, date, Scope.ALL_FUTURE, SeriesChange.time(LocalTime.of(14, 0))));
        readings.put("where a group could be merged", em -> SeriesFacades.of(em, transactions, audit, clock)
                .merges()
                .plan(DESK, new GroupMerges.Wish(date, Scope.FOLLOWING, Set.of())));
        readings.put("whom a time suits who waits", em -> SeriesFacades.of(em, transactions, audit, clock)
                .waitlist()
                .matches(
                        DESK,
                        new Waitlist.Time(
                                null,
                                TimeSlot.of(
                                        today.plusDays(3)
                                                .atTime(10, 0)
                                                .atZone(Clinic.ZONE)
                                                .toInstant(),
                                        50),
                                THERAPIST,
                                Clinic.FIRST),
                        25));
        return readings;
    }

    private Desk desk(RunningDatabase database, EntityManager em, Clinic clinic) {
        return new Desk(database, em, clinic, clock);
    }

    private SessionViews views(EntityManager em, Transactions transactions, AuditRecorder audit) {
        return new SessionViews(em, transactions, audit, clock);
    }

    private void list(EntityManager em, Transactions transactions, AuditRecorder audit, SessionFilter filter) {
        views(em, transactions, audit).list(DESK, "test", filter, null, 25);
    }

    private SessionFacades facades(EntityManager em, Transactions transactions, AuditRecorder audit) {
        return SessionFacades.of(em, transactions, audit, clock);
    }
}

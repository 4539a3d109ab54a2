package org.evenkeel.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.evenkeel.series.Recurrence;
import org.evenkeel.series.Series;
import org.evenkeel.series.SeriesWish;
import org.evenkeel.session.RuleOverride;

/** What a {@link Clinic} has for groups: leaders and rooms that are open every day, and patients, as many as there are runs. */
final class GroupClinic {
    static final int MEMBERS = 12;
    static final int MINUTES = 60;
    static final int TURNOVER = 15;

    private static final int GROUPS = 30;
    private static final int CROWD = 500;
    private static final long FIRST = 910_001;
    private static final int AT_ONCE = 1_000;

    private final Clinic clinic;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger crowd = new AtomicInteger();
    private final AtomicLong nextId = new AtomicLong(70_000_000);

    GroupClinic(Clinic clinic) {
        this.clinic = clinic;
    }

    void furnish(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        String groups = Clinic.series(connection).formatted(0, GROUPS - 1);
        try (Statement statement = connection.createStatement()) {
            statement.addBatch(
                    "insert into modality (id, code, name, format, default_minutes, default_capacity, minimum_size,"
                            + " qualification, colour, active, version)"
                            + " values (910001, 'BENCHG', 'Benchmark group', 'GROUP', 60, 12, 1, 'Certificate', 0, true, 1)");
            statement.addBatch(
                    "insert into room (id, site_id, name, capacity, turnover_minutes, telehealth, active, version)"
                            + " select 910001 + x, 900001, 'Hall ' || (100 + x), 14, 15, false, true, 1 from "
                            + groups);
            statement.addBatch("insert into therapist (id, title, given_name, family_name, gender, active, version)"
                    + " select 910001 + x, 'Dr', 'Given', 'Leader' || (100 + x), 'FEMALE', true, 1 from " + groups);
            statement.addBatch("insert into qualification (id, therapist_id, modality_id, valid_from)"
                    + " select 910001 + x, 910001 + x, 910001, date '2000-01-01' from " + groups);
            statement.addBatch("insert into working_hours (therapist_id, site_id, weekday, starts_at, ends_at)"
                    + " select t.id, 900001, x, time '09:00:00', time '17:00:00' from therapist t, "
                    + Clinic.series(connection).formatted(1, 7) + " where t.id > 910000");
            statement.addBatch(
                    "insert into patient (id, record_number, given_name, family_name, search_name, family_search_name,"
                            + " birth_date, gender, language, active, version) select 910001 + x, 'G-' || x, 'Given' || x, 'Member',"
                            + " 'given' || x || ' member', 'member', date '1980-01-01', 'UNKNOWN', 'en', true, 1 from "
                            + Clinic.series(connection).formatted(0, GROUPS * MEMBERS + CROWD - 1));
            statement.executeBatch();
        }
        connection.commit();
    }

    /** A group that nobody has set up yet: its leader, room and members are its own. */
    SeriesWish nextGroup(String rule, int members) {
        int n = next.getAndIncrement();
        return new SeriesWish(
                "Group " + n,
                "BENCHG",
                FIRST + n,
                List.of(),
                FIRST + n,
                Recurrence.of(rule),
                Series.Counting.DATES,
                first(),
                MINUTES,
                MEMBERS,
                1,
                24,
                true,
                patients(n).boxed().limit(members).toList(),
                Map.of(),
                RuleOverride.NONE);
    }

    /** Beyond the cut-off, whatever the time of day. */
    private LocalDateTime first() {
        return clinic.today().plusDays(3).atTime(10, 0);
    }

    private static LongStream patients(int n) {
        return LongStream.range(0, MEMBERS).map(i -> FIRST + (long) n * MEMBERS + i);
    }

    /** People who are in no group; other ones each time. */
    List<Long> people(int count) {
        long from = FIRST + (long) GROUPS * MEMBERS + crowd.getAndAdd(count);
        return LongStream.range(from, from + count).boxed().toList();
    }

    /** The rows of a year of a daily group by plain JDBC, without any check but the guard's own keys; commits. */
    void bookYearRaw(Connection connection, int days) throws SQLException {
        int n = next.getAndIncrement();
        long series = nextId.incrementAndGet();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into series (id, name, modality_id, site_id, room_id, therapist_id, rule, counts, first_at, minutes,"
                            + " capacity, minimum_size, cutoff_hours, open_to_new, created_at, created_by, version) values ("
                            + series
                            + ", 'Raw', 910001, 900001, " + (FIRST + n) + ", " + (FIRST + n)
                            + ", 'FREQ=DAILY;COUNT=365', 'DATES', timestamp '2026-01-01 10:00:00', 60, 12, 1, 24, true,"
                            + " timestamp with time zone '2026-01-01 00:00:00+00', 900001, 1)");
        }
        long[] patients = patients(n).toArray();
        long firstEnrolment = enrol(connection, series, patients);
        Rows sessions = new Rows(
                connection,
                "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at, turnover_minutes,"
                        + " takes_room, capacity, state, late_cancelled, revision, booked_at, booked_by, series_id, occurrence,"
                        + " version) values",
                18);
        Rows seats = new Rows(connection, "insert into seat (session_id, number) values", 2);
        Rows participants = new Rows(
                connection,
                "insert into participant (id, session_id, patient_id, seat_number, enrolment_id, state, late_minutes, version)"
                        + " values",
                8);
        Rows claims = new Rows(connection, "insert into occupied (resource, segment, claim) values", 3);
        for (int day = 0; day < days; day++) {
            LocalDateTime wallTime = first().plusDays(day);
            Instant start = wallTime.atZone(Clinic.ZONE).toInstant();
            long id = nextId.incrementAndGet();
            sessions.add(
                    id,
                    910_001L,
                    900_001L,
                    FIRST + n,
                    FIRST + n,
                    utc(start),
                    utc(start.plusSeconds(MINUTES * 60L)),
                    TURNOVER,
                    true,
                    MEMBERS,
                    "BOOKED",
                    false,
                    1,
                    utc(start),
                    900_001L,
                    series,
                    wallTime,
                    1);
            int segment = (int) (start.getEpochSecond() / 300);
            claim(claims, (FIRST + n) * 4, segment, MINUTES, id);
            claim(claims, (FIRST + n) * 4 + 1, segment, MINUTES + TURNOVER, id);
            for (int i = 0; i < MEMBERS; i++) {
                seats.add(id, i + 1);
                participants.add(nextId.incrementAndGet(), id, patients[i], i + 1, firstEnrolment + i, "BOOKED", 0, 1);
                claim(claims, patients[i] * 4 + 2, segment, MINUTES, id);
            }
        }
        sessions.write();
        seats.write();
        participants.write();
        claims.write();
        connection.commit();
    }

    private long enrol(Connection connection, long series, long[] patients) throws SQLException {
        Rows enrolments = new Rows(
                connection,
                "insert into enrolment (id, series_id, patient_id, from_date, enrolled_at, enrolled_by, version) values",
                7);
        long first = nextId.getAndAdd(patients.length) + 1;
        for (int i = 0; i < patients.length; i++) {
            enrolments.add(first + i, series, patients[i], LocalDate.of(2026, 1, 1), utc(Instant.EPOCH), 900_001L, 1);
        }
        enrolments.write();
        return first;
    }

    private static void claim(Rows claims, long resource, int segment, int minutes, long id) {
        for (int i = 0; i < minutes / 5; i++) {
            claims.add(resource, segment + i, id);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** Rows of one table, written by statements of many rows each, which is the fastest that JDBC has on both databases. */
    private static final class Rows {
        private final Connection connection;
        private final String insert;
        private final int columns;
        private final List<Object[]> rows = new ArrayList<>();

        Rows(Connection connection, String insert, int columns) {
            this.connection = connection;
            this.insert = insert;
            this.columns = columns;
        }

        void add(Object... row) {
            rows.add(row);
        }

        void write() throws SQLException {
            String one = "(?" + ", ?".repeat(columns - 1) + ")";
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                List<Object[]> some = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
                try (PreparedStatement statement =
                        connection.prepareStatement(insert + " " + one + (", " + one).repeat(some.size() - 1))) {
                    int i = 1;
                    for (Object[] row : some) {
                        for (Object value : row) {
                            statement.setObject(i++, value);
                        }
                    }
                    statement.executeUpdate();
                }
            }
        }
    }
}

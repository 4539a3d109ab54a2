package org.evenkeel.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.RuleOverride;

/**
 * A clinic to measure on: 30 therapists who work 9 to 17 on weekdays in 30 rooms, 2 000 patients, a long history and four weeks
 * ahead that are booked to three quarters. Its ids lie far above those of a demo clinic, so that both fit into one database.
 */
final class Clinic {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    static final int THERAPISTS = 30;
    static final int PATIENTS = 2_000;
    static final int MINUTES = 50;
    static final int TURNOVER = 10;
    static final String MODALITY = "BENCH";
    static final long FIRST = 900_001;

    private static final int SLOTS_A_DAY = 8;
    private static final int DAYS_AHEAD = 28;
    private static final int FIRST_HOUR = 9;
    private static final int CHUNK = 100_000;
    private static final int WEEKDAYS = 5;

    private final Instant now;
    private final AtomicLong nextId = new AtomicLong(50_000_000);
    private final AtomicInteger nextSlot = new AtomicInteger();

    Clinic(Instant now) {
        this.now = now;
    }

    /** A time that nobody has, more than four weeks ahead; each call another one, of the next therapist. */
    BookSession nextFree() {
        int n = nextSlot.getAndIncrement();
        return wish(n % THERAPISTS, n / THERAPISTS, FIRST + n % PATIENTS);
    }

    private BookSession wish(int therapist, int slot, long patient) {
        int weekday = slot / SLOTS_A_DAY;
        LocalDate monday = today().plusDays(DAYS_AHEAD + 7L).with(DayOfWeek.MONDAY);
        LocalDate date = monday.plusWeeks(weekday / WEEKDAYS).plusDays(weekday % WEEKDAYS);
        Instant start =
                date.atTime(FIRST_HOUR + slot % SLOTS_A_DAY, 0).atZone(ZONE).toInstant();
        return new BookSession(
                MODALITY,
                start,
                MINUTES,
                FIRST + therapist,
                FIRST + therapist,
                null,
                List.of(patient),
                RuleOverride.NONE);
    }

    /** A time that the therapist has a session at, for a patient who has none. */
    BookSession taken() {
        int n = nextSlot.get();
        int slot = Math.max(0, n / THERAPISTS - 1 - n % 3);
        return wish(n % THERAPISTS, slot, FIRST + PATIENTS);
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, ZONE);
    }

    /** A day ahead on which twelve therapists have exactly 80 sessions. */
    LocalDate boardDay() {
        LocalDate date = today().plusDays(3);
        while (date.getDayOfWeek().getValue() > WEEKDAYS) {
            date = date.plusDays(1);
        }
        return date;
    }

    // --- the clinic itself -------------------------------------------------------------------------------------------

    void furnish(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        if (!isPostgres(connection)) {
            // Otherwise the same query again is answered from its last result, which no desk that books would ever
            // meet.
            execute(connection, "set optimize_reuse_results 0");
        }
        String series = series(connection);
        try (Statement statement = connection.createStatement()) {
            statement.addBatch(
                    "insert into account (id, username, display_name, active, language, discreet, single_keys,"
                            + " created_at, version) values (900001, 'benchmark', 'Benchmark', true, 'en', false, true,"
                            + " timestamp with time zone '2026-01-01 00:00:00+00', 1)");
            statement.addBatch("insert into site (id, name, zone, phone, active, version)"
                    + " values (900001, 'Benchmark House', 'America/New_York', '', true, 1)");
            statement.addBatch("insert into opening_hours (site_id, weekday, opens_at, closes_at)"
                    + " select 900001, x, time '08:00:00', time '20:00:00' from " + series.formatted(1, 7));
            statement.addBatch(
                    "insert into modality (id, code, name, format, default_minutes, default_capacity, minimum_size,"
                            + " qualification, colour, active, version)"
                            + " values (900001, 'BENCH', 'Benchmark', 'INDIVIDUAL', 50, 1, 1, 'Certificate', 0, true, 1)");
            statement.addBatch(
                    "insert into room (id, site_id, name, capacity, turnover_minutes, telehealth, active, version)"
                            + " select 900000 + x, 900001, 'Room ' || (100 + x), 2, 10, false, true, 1 from "
                            + series.formatted(1, THERAPISTS));
            statement.addBatch("insert into therapist (id, title, given_name, family_name, gender, active, version)"
                    + " select 900000 + x, 'Dr', 'Given', 'Family' || (100 + x), 'FEMALE', true, 1 from "
                    + series.formatted(1, THERAPISTS));
            statement.addBatch("insert into qualification (id, therapist_id, modality_id, valid_from)"
                    + " select 900000 + x, 900000 + x, 900001, date '2000-01-01' from "
                    + series.formatted(1, THERAPISTS));
            statement.addBatch("insert into working_hours (therapist_id, site_id, weekday, starts_at, ends_at)"
                    + " select t.id, 900001, x, time '09:00:00', time '17:00:00' from therapist t, "
                    + series.formatted(1, WEEKDAYS) + " where t.id > 900000");
            statement.addBatch(
                    "insert into patient (id, record_number, given_name, family_name, search_name, family_search_name,"
                            + " birth_date, gender, language, active, version) select 900000 + x, 'B-' || x, 'Given' || x, 'Family',"
                            + " 'given' || x || ' family', 'family', date '1980-01-01', 'UNKNOWN', 'en', true, 1 from "
                            + series.formatted(1, PATIENTS + 1));
            statement.executeBatch();
        }
        connection.commit();
        fourWeeksAhead(connection);
    }

    private void fourWeeksAhead(Connection connection) throws SQLException {
        for (int day = 1; day <= DAYS_AHEAD; day++) {
            LocalDate date = today().plusDays(day);
            for (int slot = 0; date.getDayOfWeek().getValue() <= WEEKDAYS && slot < SLOTS_A_DAY; slot++) {
                for (int therapist = 0; therapist < THERAPISTS; therapist++) {
                    if (isBooked(date, slot, therapist)) {
                        Instant start =
                                date.atTime(FIRST_HOUR + slot, 0).atZone(ZONE).toInstant();
                        long patient = FIRST + (day * 240L + slot * 30L + therapist) % PATIENTS;
                        insert(connection, FIRST + therapist, start, patient);
                    }
                }
            }
        }
        connection.commit();
    }

    private boolean isBooked(LocalDate date, int slot, int therapist) {
        if (date.equals(boardDay())) {
            return therapist < 12 && slot < (therapist < 8 ? 7 : 6);
        }
        return (therapist + date.getDayOfMonth() * 3 + slot * 5) % 4 != 0;
    }

    /** Sessions up to yesterday, 240 a day, oldest first; what is over claims nothing. */
    void history(Connection connection, int count) throws SQLException {
        connection.setAutoCommit(false);
        boolean postgres = isPostgres(connection);
        Instant lastDay =
                today().minusDays(1).atTime(FIRST_HOUR, 0).atZone(ZONE).toInstant();
        execute(connection, postgres ? "set session_replication_role = replica" : "set referential_integrity false");
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            String rows = series(connection).formatted(from, to - 1);
            String day = "interval '1' day * ((%d - 1 - x) / 240)".formatted(count);
            String hour = "interval '1' hour * mod(x / 30, 8)";
            String id = "10000000 + x";
            insert(
                    connection,
                    "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at,"
                            + " turnover_minutes, takes_room, capacity, state, late_cancelled, revision, booked_at, booked_by, version)"
                            + " select " + id + ", 900001, 900001, 900001 + mod(x, 30), 900001 + mod(x, 30), start_at,"
                            + " start_at + interval '50' minute, 10, true, 1, 'BOOKED', false, 1, start_at - interval '10' day, 900001, 2"
                            + " from (select x, cast(? as timestamp with time zone) - " + day + " + " + hour
                            + " as start_at from " + rows
                            + ") slots",
                    lastDay);
            execute(connection, "insert into seat (session_id, number) select " + id + ", 1 from " + rows);
            execute(
                    connection,
                    "insert into participant (id, session_id, patient_id, seat_number, state, late_minutes,"
                            + " attended_minutes, version) select " + id + ", " + id
                            + ", 900001 + mod(x * 7, 2000), 1, 'ATTENDED', 0, 50, 1"
                            + " from " + rows);
            connection.commit();
        }
        execute(connection, postgres ? "set session_replication_role = origin" : "set referential_integrity true");
        connection.commit();
        connection.setAutoCommit(true);
        execute(connection, postgres ? "vacuum analyze" : "analyze");
    }

    // --- plain JDBC --------------------------------------------------------------------------------------------------

    /** Books by plain JDBC, without any check but the guard's own key; commits. */
    void bookRaw(Connection connection) throws SQLException {
        BookSession next = nextFree();
        insert(connection, next.therapistId(), next.start(), next.patientIds().get(0));
        connection.commit();
    }

    private void insert(Connection connection, long therapist, Instant start, long patient) throws SQLException {
        long id = nextId.incrementAndGet();
        long first = start.getEpochSecond() / 300;
        long end = first + MINUTES / 5;
        try (PreparedStatement claims = connection.prepareStatement(CLAIMS);
                PreparedStatement session = connection.prepareStatement(SESSION);
                PreparedStatement seat =
                        connection.prepareStatement("insert into seat (session_id, number) values (?, 1)");
                PreparedStatement participant = connection.prepareStatement(PARTICIPANT)) {
            int i = bind(claims, 1, therapist * 4, first, end, id);
            i = bind(claims, i, therapist * 4 + 1, first, end + TURNOVER / 5, id);
            bind(claims, i, patient * 4 + 2, first, end, id);
            session.setLong(1, id);
            session.setLong(2, therapist);
            session.setLong(3, therapist);
            session.setObject(4, utc(start));
            session.setObject(5, utc(start.plusSeconds(MINUTES * 60L)));
            session.setObject(6, utc(now));
            seat.setLong(1, id);
            participant.setLong(1, id);
            participant.setLong(2, id);
            participant.setLong(3, patient);
            session.executeUpdate();
            seat.executeUpdate();
            participant.executeUpdate();
            claims.executeUpdate();
        }
    }

    private static int bind(PreparedStatement claims, int index, long resource, long first, long end, long id)
            throws SQLException {
        int i = index;
        for (long segment = first; segment < end; segment++) {
            claims.setLong(i++, resource);
            claims.setInt(i++, (int) segment);
            claims.setLong(i++, id);
            claims.setNull(i++, Types.TIMESTAMP_WITH_TIMEZONE);
        }
        return i;
    }

    private static final String CLAIMS =
            "insert into occupied (resource, segment, claim, expires_at) values (?, ?, ?, ?)"
                    + ", (?, ?, ?, ?)".repeat((3 * MINUTES + TURNOVER) / 5 - 1);
    private static final String SESSION =
            "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at,"
                    + " turnover_minutes, takes_room, capacity, state, late_cancelled, revision, booked_at, booked_by, version)"
                    + " values (?, 900001, 900001, ?, ?, ?, ?, 10, true, 1, 'BOOKED', false, 1, ?, 900001, 1)";
    private static final String PARTICIPANT =
            "insert into participant (id, session_id, patient_id, seat_number, state, late_minutes,"
                    + " version) values (?, ?, ?, 1, 'BOOKED', 0, 1)";

    /** A therapist's sessions of a week, by an index; the number of rows. */
    int readOwnWeekRaw(Connection connection, long therapist, LocalDate from) throws SQLException {
        return readWeekRaw(
                connection,
                "select starts_at, ends_at from session where therapist_id = " + therapist
                        + " and starts_at >= ? and starts_at < ? and state = 'BOOKED' order by starts_at",
                from);
    }

    /**
     * What free times of a therapist-week need to know, by an index: when the therapist is taken, and when each room is that the therapist
     * could have; the number of rows.
     */
    int readWeekRaw(Connection connection, LocalDate from) throws SQLException {
        return readWeekRaw(
                connection,
                "select starts_at, ends_at, therapist_id, room_id, turnover_minutes from session"
                        + " where starts_at >= ? and starts_at < ? and state = 'BOOKED'",
                from);
    }

    private static int readWeekRaw(Connection connection, String sql, LocalDate from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, utc(from.atStartOfDay(ZONE).toInstant()));
            query.setObject(2, utc(from.plusDays(7).atStartOfDay(ZONE).toInstant()));
            return rows(query, 2);
        }
    }

    /** All that a board of that day shows, in one query; the number of rows. */
    int readBoardRaw(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select s.id, s.version, s.starts_at, s.ends_at, s.state, m.code,"
                        + " m.name, t.id, t.family_name, r.name, p.id, p.state, q.given_name, q.family_name, q.record_number"
                        + " from session s join modality m on m.id = s.modality_id join therapist t on t.id = s.therapist_id"
                        + " join room r on r.id = s.room_id join participant p on p.session_id = s.id join patient q on q.id = p.patient_id"
                        + " where s.site_id = 900001 and s.starts_at >= ? and s.starts_at < ? and t.id < 900013 order by s.starts_at, s.id")) {
            query.setObject(1, utc(boardDay().atStartOfDay(ZONE).toInstant()));
            query.setObject(2, utc(boardDay().plusDays(1).atStartOfDay(ZONE).toInstant()));
            return rows(query, 15);
        }
    }

    private static int rows(PreparedStatement query, int columns) throws SQLException {
        int rows = 0;
        try (ResultSet result = query.executeQuery()) {
            while (result.next()) {
                for (int column = 1; column <= columns; column++) {
                    result.getObject(column);
                }
                rows++;
            }
        }
        return rows;
    }

    // --- small things ------------------------------------------------------------------------------------------------

    static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }

    /** {@code x} from one number to another, both included, as the database says it. */
    static String series(Connection connection) throws SQLException {
        return isPostgres(connection) ? "generate_series(%d, %d) as series(x)" : "system_range(%d, %d)";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insert(Connection connection, String sql, Instant parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, utc(parameter));
            statement.executeUpdate();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

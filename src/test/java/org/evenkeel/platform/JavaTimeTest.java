package org.evenkeel.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JavaTimeTest {
    private static final UUID ID = UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100");

    private static final List<Moment> MOMENTS = List.of(
            // The hour that clocks in Berlin show twice, before and after they are set back.
            new Moment(
                    1, Instant.parse("2026-10-25T00:30:00Z"), LocalTime.of(2, 30), LocalDate.of(2026, 10, 25), ID, "A"),
            new Moment(
                    2, Instant.parse("2026-10-25T01:30:00Z"), LocalTime.MIDNIGHT, LocalDate.of(2026, 3, 29), ID, "B"),
            // A date before time zones, a microsecond before midnight.
            new Moment(
                    3,
                    Instant.parse("1883-11-18T12:03:58Z"),
                    LocalTime.of(23, 59, 59),
                    LocalDate.of(1883, 1, 1),
                    null,
                    ""),
            new Moment(
                    4,
                    Instant.parse("2027-03-14T07:00:00.123456Z"),
                    LocalTime.NOON,
                    LocalDate.of(2028, 2, 29),
                    ID,
                    "C"),
            new Moment(5, null, null, null, null, null));

    private final TimeZone usual = TimeZone.getDefault();

    @BeforeEach
    void liveInBerlin() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void liveAsUsual() {
        TimeZone.setDefault(usual);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A1] [A3] What is stored comes back whatever the zone of the JVM, in an hour that occurs twice too")
    void comesBackAsItWas(Database database) throws SQLException {
        try (EntityManagerFactory unit = momentsOn(database)) {
            unit.runInTransaction(entities -> MOMENTS.forEach(entities::persist));
            List<Moment> found = new ArrayList<>();
            unit.runInTransaction(
                    entities -> found.addAll(entities.createQuery("select m from Moment m order by m.id", Moment.class)
                            .getResultList()));
            assertEquals(
                    MOMENTS.stream().map(Moment::values).toList(),
                    found.stream().map(Moment::values).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void comparesInQueries(Database database) throws SQLException {
        try (EntityManagerFactory unit = momentsOn(database);
                EntityManager entities = unit.createEntityManager()) {
            unit.runInTransaction(other -> MOMENTS.forEach(other::persist));
            assertEquals(List.of(2L), ids(entities, "m.instant = :value", Instant.parse("2026-10-25T01:30:00Z")));
            assertEquals(List.of(1L, 3L), ids(entities, "m.instant < :value", Instant.parse("2026-10-25T01:30:00Z")));
            assertEquals(List.of(1L), ids(entities, "m.time = :value", LocalTime.of(2, 30)));
            assertEquals(List.of(1L, 2L), ids(entities, "m.time < :value", LocalTime.NOON));
            assertEquals(List.of(2L), ids(entities, "m.date = :value", LocalDate.of(2026, 3, 29)));
            assertEquals(List.of(1L, 2L, 4L), ids(entities, "m.uuid = :value", ID));
        }
    }

    private static List<Long> ids(EntityManager entities, String condition, Object value) {
        return entities.createQuery("select m.id from Moment m where " + condition + " order by m.id", Long.class)
                .setParameter("value", value)
                .getResultList();
    }

    /** Over connections of its own: pooled ones were opened in the usual zone and remember it. */
    private static EntityManagerFactory momentsOn(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists moment");
            statement.execute("create table moment (id bigint primary key, at_instant timestamp with time zone,"
                    + " at_time time, at_date date, uuid uuid, code char(3))");
            DatabaseMetaData address = connection.getMetaData();
            return Persistence.createEntityManagerFactory(
                    "moments",
                    Map.of(
                            "jakarta.persistence.jdbc.url",
                            address.getURL(),
                            "jakarta.persistence.jdbc.user",
                            address.getUserName(),
                            "jakarta.persistence.jdbc.password",
                            "evenkeel"));
        }
    }
}

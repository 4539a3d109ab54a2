package org.evenkeel.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.event.Startup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.evenkeel.testing.Recorded;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The application is ready")
class ReadinessTest {
    private static final Configuration DEMO =
            Configuration.of("db.url", "jdbc:h2:mem:ready", "data.key", "evenkeel-demo-key");

    private final JdbcDataSource database = new JdbcDataSource();
    private final Recorded<DatabaseReady> observers = new Recorded<>();

    @BeforeEach
    void anEmptyDatabase() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @AfterEach
    void endDatabase() throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
    }

    private DatabaseStart start(Configuration configuration) {
        return new DatabaseStart(configuration, observers, database);
    }

    @Test
    @DisplayName("not before it is migrated, however well the database answers")
    void notBeforeMigrations() {
        DatabaseStart start = start(DEMO);
        Readiness readiness = new Readiness(start, database);
        assertFalse(readiness.isReady());
        start.start(new Startup());
        assertTrue(readiness.isReady());
        assertEquals(List.of(new DatabaseReady(true)), observers.fired());
    }

    @Test
    @DisplayName("not while the demo data are made")
    void notBeforeDemoData() {
        DatabaseStart start = start(DEMO);
        Readiness readiness = new Readiness(start, database);
        List<Boolean> meanwhile = new ArrayList<>();
        observers.observedBy(migrated -> meanwhile.add(readiness.isReady()));
        start.start(new Startup());
        assertEquals(List.of(false), meanwhile);
        assertTrue(readiness.isReady());
    }

    @Test
    @DisplayName("never after a start that went wrong: in the demo data, in the migrations, or in what is set")
    void notAfterAFailedStart() throws SQLException {
        DatabaseStart failing = start(DEMO);
        observers.observedBy(migrated -> {
            throw new IllegalStateException("The demo data cannot be made");
        });
        assertThrows(IllegalStateException.class, () -> failing.start(new Startup()));
        assertFalse(new Readiness(failing, database).isReady());

        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '1'");
        }
        DatabaseStart ofAnotherVersion = start(DEMO);
        observers.observedBy(migrated -> {});
        assertThrows(RuntimeException.class, () -> ofAnotherVersion.start(new Startup()));
        assertFalse(new Readiness(ofAnotherVersion, database).isReady());

        DatabaseStart refused =
                start(Configuration.of("db.url", "jdbc:postgresql://host/db", "data.key", "evenkeel-demo-key"));
        assertThrows(IllegalStateException.class, () -> refused.start(new Startup()));
        assertFalse(new Readiness(refused, database).isReady());
    }

    @Test
    @DisplayName("no longer when the database is gone, and again when it is back")
    void notWithoutDatabase() {
        DatabaseStart start = start(DEMO);
        start.start(new Startup());
        JdbcDataSource unsteady = new JdbcDataSource();
        Readiness readiness = new Readiness(start, unsteady);
        unsteady.setURL("jdbc:h2:mem:gone;IFEXISTS=TRUE");
        assertFalse(readiness.isReady());
        unsteady.setURL(database.getURL());
        assertTrue(readiness.isReady());
    }
}

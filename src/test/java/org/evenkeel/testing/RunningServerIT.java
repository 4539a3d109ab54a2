package org.evenkeel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunningServerIT {

    /** On PostgreSQL, and again after it was killed: {@link org.evenkeel.experiment.KillIT}. */
    @Test
    void isReadyOnAnEmptyDatabaseAndWritesNothingInClear() throws SQLException, IOException {
        try (RunningServer server = RunningServer.start(Database.H2)) {
            assertTrue(server.isReady());
            server.kill9();
            assertFalse(server.isReady());
            assertEncrypted(server.dataDirectory().resolve("evenkeel.mv.db"));
            assertEquals(scripts(), migrations(server));
        }
    }

    @Test
    void withoutDemoDataItDoesNotStartOnTheDemoKey() {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> RunningServer.start(Database.H2, Map.of("demo.data", "false")));
        assertTrue(refused.toString().contains("data.key is the public one"), refused::toString);
    }

    private static void assertEncrypted(Path file) throws IOException {
        byte[] start = Files.readAllBytes(file);
        assertEquals("H2encrypt", new String(start, 0, 9, java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static long scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.filter(file -> file.toString().endsWith(".sql")).count();
        }
    }

    private static int migrations(RunningServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from \"flyway_schema_history\" where \"version\" is not null and \"success\"")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

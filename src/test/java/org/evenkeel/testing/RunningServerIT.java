package org.evenkeel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServer
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

    /** On a machine that has them, {@code pg_dump} and {@code pg_restore} do the same for PostgreSQL. */
    @Test
    void isBackedUpAndRestoredByTheCommandsOfTheReadme(@TempDir Path elsewhere)
            throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(Database.H2)) {
            String before = patients(server);
            assertTrue(before.contains("EK-1001"), before);
            Path data = server.dataDirectory();
            server.stop();
            run(elsewhere, command("-czf", data));
            Directories.delete(data);
            Files.createDirectories(data);
            run(elsewhere, command("-xzf", data));
            server.restart();
            assertEquals(before, patients(server));
        }
    }

    private static String patients(RunningServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/patients?search=EK-1001"))
                .header("Authorization", "Bearer demo-token-desk")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The one of the README that has such a word. */
    private static String command(String word, Path data) throws IOException {
        Matcher commands = Pattern.compile("`(tar -C DATA_DIR [^`]*)`").matcher(Files.readString(Path.of("README.md")));
        return commands.results()
                .map(found -> found.group(1))
                .filter(command -> command.contains(word))
                .findFirst()
                .orElseThrow()
                .replace("DATA_DIR", data.toString());
    }

    private static void run(Path directory, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command.split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, process.waitFor(), command);
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

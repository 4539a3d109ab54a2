package org.evenkeel.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An empty database for a {@link RunningServer}.
 *
 * @param variables those of {@code server.xml} that lead the server to it
 */
record TestDatabase(String url, String user, String password, Map<String, String> variables) {
    private static final String H2_PASSWORD = "evenkeel-demo-key evenkeel";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres postgres;

    static TestDatabase create(Database kind) {
        return kind == Database.H2 ? embedded() : postgres();
    }

    private static TestDatabase embedded() {
        Path directory =
                Path.of("target", "servers", "h2-" + COUNT.incrementAndGet()).toAbsolutePath();
        Directories.delete(directory);
        // The server has told the file to stay open until its JVM ends; this JVM goes on, and the server wants it back.
        String url = "jdbc:h2:file:" + directory.resolve("evenkeel") + ";CIPHER=AES;DB_CLOSE_DELAY=0";
        return new TestDatabase(url, "evenkeel", H2_PASSWORD, Map.of("data.dir", directory.toString()));
    }

    private static synchronized TestDatabase postgres() {
        try {
            if (postgres == null) {
                postgres = Database.embeddedPostgres();
            }
            String name = "evenkeel_" + COUNT.incrementAndGet();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
            return new TestDatabase(
                    url,
                    "postgres",
                    "",
                    Map.of(
                            "db.url",
                            url,
                            "db.user",
                            "postgres",
                            "db.password",
                            "-",
                            "db.pool.size",
                            "20",
                            "demo.data",
                            "true"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

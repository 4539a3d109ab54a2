package org.evenkeel.testing;

import com.zaxxer.hikari.HikariConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * The two databases that Evenkeel runs on, as real ones with the real schema and persistence unit. Each is started when a test
 * first asks for it, and lives as long as the JVM:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource(Database.class)
 * void keepsItsPromise(Database database) {
 *     database.clean();
 *     var sites = new Sites(database.entityManager(), database.transactions());
 * }
 * }</pre>
 */
public enum Database {
    /** A file with the settings of the server's; a lock is waited for 10 s. It has a cipher only with {@code -Ddatabase.durable=true}. */
    H2 {
        @Override
        HikariConfig start() throws IOException {
            Path directory = Files.createTempDirectory("evenkeel-h2-");
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl("jdbc:h2:file:" + directory.resolve("evenkeel")
                    + (DURABLE ? ";CIPHER=AES" : "")
                    + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=64");
            pool.setUsername("evenkeel");
            pool.setPassword(DURABLE ? "file evenkeel" : "evenkeel");
            deleteOnExit(directory);
            return pool;
        }
    },
    /** PostgreSQL 17. It flushes to disk at each commit only with {@code -Ddatabase.durable=true}, as benchmarks want it. */
    POSTGRES {
        @Override
        HikariConfig start() throws IOException {
            EmbeddedPostgres server = embeddedPostgres();
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            pool.setUsername("postgres");
            // As server.xml has it.
            pool.addDataSourceProperty("options", "-c plan_cache_mode=force_generic_plan -c enable_mergejoin=off");
            return pool;
        }
    };

    /** As in real use: benchmarks want it, tests are quicker without. */
    private static final boolean DURABLE = Boolean.getBoolean("database.durable");

    private @Nullable RunningDatabase running;

    /** Starts the database and tells how to connect to it. */
    abstract HikariConfig start() throws IOException;

    /** Empties all tables but for what the migrations put there. Sequences go on. */
    public void clean() {
        running().clean();
    }

    /**
     * An EntityManager like the one that the server injects: within {@link #transactions()} it is the transaction's on this
     * thread; outside it lives for one call, what it finds is detached, and changes are refused.
     */
    public EntityManager entityManager() {
        return running().entityManager();
    }

    /** Transactions on this database; one inside another has a connection and an EntityManager of its own. */
    public Transactions transactions() {
        return running().transactions();
    }

    /** What {@link #transactions()} end with. */
    public AtCommit atCommit() {
        return running().atCommit();
    }

    /** Pooled connections for plain JDBC, in auto-commit mode. */
    public DataSource dataSource() {
        return running().dataSource();
    }

    /** How often the work, on whatever thread, had this database execute something; a batch counts as one. */
    public int statements(Runnable work) {
        return running().statements(work);
    }

    /** A further database of this kind, empty, beside the one that tests share. */
    public RunningDatabase another() {
        try {
            return new RunningDatabase(start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized RunningDatabase running() {
        if (running == null) {
            try {
                running = new RunningDatabase(start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** A PostgreSQL of its own, which ends with the JVM. */
    static EmbeddedPostgres embeddedPostgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", DURABLE ? "on" : "off")
                .setServerConfig("fsync", DURABLE ? "on" : "off")
                .start();
    }

    private static void deleteOnExit(Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.delete(directory)));
    }
}

package org.evenkeel.platform;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Checks the configuration, migrates the database and tells everyone. */
@ApplicationScoped
public class DatabaseStart {
    private static final int ATTEMPTS = 15;
    private static final int SECONDS_BETWEEN = 4;

    @Resource(lookup = "jdbc/evenkeel-plain")
    private DataSource dataSource;

    private Configuration configuration;
    private Event<DatabaseReady> ready;
    private volatile boolean done;

    @SuppressWarnings("NullAway.Init")
    protected DatabaseStart() {}

    @Inject
    @SuppressWarnings("NullAway.Init")
    public DatabaseStart(Configuration configuration, Event<DatabaseReady> ready) {
        this.configuration = configuration;
        this.ready = ready;
    }

    DatabaseStart(Configuration configuration, Event<DatabaseReady> ready, DataSource dataSource) {
        this(configuration, ready);
        this.dataSource = dataSource;
    }

    void start(@Observes @Priority(1) Startup startup) {
        configuration.check();
        configuration.embeddedFile().ifPresent(EmbeddedFile::recover);
        migrate(dataSource);
        ready.fire(new DatabaseReady(configuration.demoData()));
        done = true;
    }

    /** Whether everything that has to be done with the database at the start is done. */
    boolean isDone() {
        return done;
    }

    /** Waits a minute for a database that starts together with the application. Nodes that migrate at once wait for each other. */
    static void migrate(DataSource dataSource) {
        Flyway.configure(DatabaseStart.class.getClassLoader())
                .dataSource(dataSource)
                .failOnMissingLocations(true)
                .connectRetries(ATTEMPTS)
                .connectRetriesInterval(SECONDS_BETWEEN)
                .load()
                .migrate();
    }
}

package org.evenkeel.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import javax.sql.DataSource;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.shared.Transactions;
import org.flywaydb.core.Flyway;

/** One started database: migrated, with the persistence unit of the application on top. */
public final class RunningDatabase {
    private final CountingDataSource dataSource;
    private final EntityManagers entityManagers;
    private final Tables tables;

    RunningDatabase(HikariConfig pool) {
        pool.setMaximumPoolSize(60);
        pool.setMinimumIdle(2);
        dataSource = new CountingDataSource(new HikariDataSource(pool));
        Flyway.configure()
                .dataSource(dataSource)
                .failOnMissingLocations(true)
                .load()
                .migrate();
        tables = new Tables(dataSource);
        entityManagers = new EntityManagers(persistenceUnit());
    }

    private EntityManagerFactory persistenceUnit() {
        return Persistence.createEntityManagerFactory(
                "evenkeel",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource",
                        "",
                        "jakarta.persistence.nonJtaDataSource",
                        dataSource,
                        "eclipselink.session-name",
                        "evenkeel-" + System.identityHashCode(this),
                        "eclipselink.logging.level",
                        System.getProperty("database.logging", "WARNING")));
    }

    void clean() {
        tables.clean();
    }

    /** As {@link Database#entityManager()}. */
    public EntityManager entityManager() {
        return entityManagers.proxy();
    }

    /** As {@link Database#transactions()}. */
    public Transactions transactions() {
        return entityManagers;
    }

    /** As {@link Database#atCommit()}. */
    public AtCommit atCommit() {
        return entityManagers;
    }

    /** As {@link Database#dataSource()}. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** As {@link Database#statements(Runnable)}. */
    public int statements(Runnable work) {
        return dataSource.statements(work);
    }
}

package org.evenkeel.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** {@code /health/ready}: up while the database answers, once it is migrated and, in the demo, filled. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {
    private static final int SECONDS_TO_ANSWER = 3;

    @Resource(lookup = "jdbc/evenkeel-plain")
    private DataSource dataSource;

    private DatabaseStart start;

    @SuppressWarnings("NullAway.Init")
    protected Readiness() {}

    @Inject
    @SuppressWarnings("NullAway.Init")
    public Readiness(DatabaseStart start) {
        this.start = start;
    }

    /** @param dataSource outside of transactions */
    Readiness(DatabaseStart start, DataSource dataSource) {
        this.start = start;
        this.dataSource = dataSource;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database").status(isReady()).build();
    }

    boolean isReady() {
        return start.isDone() && answers();
    }

    private boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS_TO_ANSWER);
        } catch (SQLException e) {
            return false;
        }
    }
}

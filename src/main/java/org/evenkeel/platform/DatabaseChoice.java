package org.evenkeel.platform;

import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.persistence.platform.database.DatabasePlatform;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Gives EclipseLink the platform of the database that the data source really leads to, so that choosing PostgreSQL is a
 * matter of the data source's address alone. Named in persistence.xml; runs before EclipseLink logs in.
 */
public class DatabaseChoice implements SessionCustomizer {

    @Override
    public void customize(Session session) throws SQLException {
        DatabaseLogin login = (DatabaseLogin) session.getDatasourceLogin();
        login.usePlatform(platformFor(productName(login, session)));
        // Makes the session forget the platform that it had cached.
        ((DatabaseSession) session).setDatasourceLogin(login);
    }

    @SuppressWarnings("NullAway") // Without an accessor it only connects; EclipseLink's own detection does the same.
    private static String productName(DatabaseLogin login, Session session) throws SQLException {
        try (Connection connection = (Connection) login.connectToDatasource(null, session)) {
            return connection.getMetaData().getDatabaseProductName();
        }
    }

    private static DatabasePlatform platformFor(String product) {
        return switch (product) {
            case "H2" -> new H2Database();
            case "PostgreSQL" -> new PostgreSqlDatabase();
            default -> throw new IllegalStateException("Evenkeel runs on H2 and PostgreSQL, not on " + product);
        };
    }
}

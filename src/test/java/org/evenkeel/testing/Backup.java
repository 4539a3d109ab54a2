package org.evenkeel.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A copy of all that is in {@link Database#H2}, sequences and all, beside it on the disk; for tests of what a restore does. */
public final class Backup {
    private final Path file;

    private Backup(Path file) {
        this.file = file;
    }

    /** Writes down what is there. */
    public static Backup to(Path file) throws SQLException {
        execute("script to '" + file + "'");
        return new Backup(file);
    }

    /** Puts it back; what was written since is lost. */
    public void restore() throws SQLException {
        execute("drop all objects", "runscript from '" + file + "'");
    }

    private static void execute(String... commands) throws SQLException {
        try (Connection connection = Database.H2.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}

package org.evenkeel.shared;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an SQL state means, on H2 and on PostgreSQL. */
public final class DatabaseErrors {

    /** Worth another try in a new transaction: serialization failure, deadlock, lock timeout (H2: HYT00). */
    private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "55P03", "HYT00");

    /** No connection to be had: nobody answers, too many ask (PostgreSQL), or it is not up yet (PostgreSQL). */
    private static final Set<String> UNAVAILABLE = Set.of("08001", "53300", "57P03");

    private DatabaseErrors() {}

    /** A duplicate key: 23505 on both databases. */
    public static boolean isDuplicateKey(@Nullable Throwable error) {
        return hasState(error, Set.of("23505"));
    }

    /** A deadlock or its like: the work did nothing and may be tried again in a new transaction. */
    public static boolean isTransient(@Nullable Throwable error) {
        return hasState(error, TRANSIENT);
    }

    /**
     * There was no connection in time, to a database that is away or from a pool that others hold: nothing was done, and it may be tried
     * again later.
     */
    public static boolean isUnavailable(@Nullable Throwable error) {
        for (@Nullable Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return hasState(error, UNAVAILABLE);
    }

    /** The unchecked form of a database error, its cause kept. */
    public static RuntimeException translate(SQLException error) {
        return new jakarta.persistence.PersistenceException(error.getSQLState(), error);
    }

    private static boolean hasState(@Nullable Throwable error, Set<String> states) {
        for (@Nullable Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null && states.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}

package org.evenkeel.platform;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves values of java.time between EclipseLink and JDBC 4.2 as they are. EclipseLink itself goes through
 * {@code java.sql.Timestamp}, which depends on the zone of the JVM and cannot be compared with a {@code time} column of H2.
 */
final class JavaTime {

    private JavaTime() {}

    /** Sets the parameter if it is of a kind that EclipseLink would convert; says whether it did. */
    static boolean bind(Object parameter, PreparedStatement statement, int index) throws SQLException {
        if (parameter instanceof Instant instant) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else if (parameter instanceof LocalTime
                || parameter instanceof LocalDate
                || parameter instanceof LocalDateTime
                || parameter instanceof OffsetDateTime) {
            statement.setObject(index, parameter);
        } else {
            return false;
        }
        return true;
    }

    /** The JDBC type of a null of that Java type, or 0 if EclipseLink knows it well. */
    static int typeOfNull(@Nullable Class<?> javaType) {
        if (javaType == Instant.class) {
            return Types.TIMESTAMP_WITH_TIMEZONE;
        }
        return javaType == UUID.class ? Types.OTHER : 0;
    }

    /** Whether {@link #read} knows columns of this JDBC type. */
    static boolean reads(int type) {
        return switch (type) {
            case Types.TIME, Types.DATE, Types.CHAR, Types.TIMESTAMP_WITH_TIMEZONE -> true;
            default -> false;
        };
    }

    /** The value of a column as a LocalTime, LocalDate, Instant, or a String without the padding of {@code char}. */
    static @Nullable Object read(ResultSet row, int column, int type) throws SQLException {
        return switch (type) {
            case Types.TIME -> row.getObject(column, LocalTime.class);
            case Types.DATE -> row.getObject(column, LocalDate.class);
            case Types.CHAR -> withoutPadding(row.getString(column));
            case Types.TIMESTAMP_WITH_TIMEZONE -> instant(row.getObject(column, OffsetDateTime.class));
            default -> throw new IllegalArgumentException("JDBC type " + type);
        };
    }

    private static @Nullable String withoutPadding(@Nullable String text) {
        return text == null ? null : text.stripTrailing();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}

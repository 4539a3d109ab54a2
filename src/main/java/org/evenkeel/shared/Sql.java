package org.evenkeel.shared;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement on the connection of the current transaction, for read models that cut across entities. Parameters are
 * positional; an {@link Instant} is sent as {@code timestamp with time zone}.
 */
public final class Sql {

    private final Connection connection;
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    private Sql(Connection connection) {
        this.connection = connection;
    }

    /** @param em within a transaction: the statement runs on that transaction's connection */
    public static Sql on(EntityManager em) {
        return new Sql(em.unwrap(Connection.class));
    }

    /** Appends constant text with its parameters, one for each question mark. Text never comes from input. */
    public Sql add(String sql, @Nullable Object... values) {
        text.append(sql).append(' ');
        for (Object value : values) {
            parameters.add(value);
        }
        return this;
    }

    /** Appends {@code (?, ?, ...)} for the values; an empty list matches nothing. */
    public Sql in(Collection<?> values) {
        text.append(values.isEmpty() ? "(null)" : "(?" + ", ?".repeat(values.size() - 1) + ")")
                .append(' ');
        parameters.addAll(values);
        return this;
    }

    public <T> List<T> list(Mapper<T> mapper) {
        try (PreparedStatement statement = prepared();
                ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                result.add(mapper.map(row));
            }
            return result;
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    public <T> Optional<T> first(Mapper<T> mapper) {
        List<T> rows = list(mapper);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    /** Whether there is any row. */
    public boolean exists() {
        return first(r -> true).isPresent();
    }

    public int update() {
        try (PreparedStatement statement = prepared()) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    /** Runs it once for each row of parameters, by one exchange with the database; nothing if there are none. */
    public void each(Collection<? extends List<? extends @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            for (List<? extends @Nullable Object> row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    private PreparedStatement prepared() throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            bind(statement, parameters);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, List<? extends @Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Enum<?> constant) {
                statement.setString(i + 1, constant.name());
            } else if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** Makes something of a row. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** The current row, with the types that the schema uses; columns count from 1. */
    public static final class Row {
        private final ResultSet rows;

        private Row(ResultSet rows) {
            this.rows = rows;
        }

        public long id(int column) throws SQLException {
            return rows.getLong(column);
        }

        public @Nullable Long idOrNull(int column) throws SQLException {
            long value = rows.getLong(column);
            return rows.wasNull() ? null : value;
        }

        public int number(int column) throws SQLException {
            return rows.getInt(column);
        }

        public @Nullable Integer numberOrNull(int column) throws SQLException {
            int value = rows.getInt(column);
            return rows.wasNull() ? null : value;
        }

        public boolean flag(int column) throws SQLException {
            return rows.getBoolean(column);
        }

        /** @throws NullPointerException if the column is null */
        public String text(int column) throws SQLException {
            return java.util.Objects.requireNonNull(rows.getString(column));
        }

        public @Nullable String textOrNull(int column) throws SQLException {
            return rows.getString(column);
        }

        public Instant instant(int column) throws SQLException {
            return java.util.Objects.requireNonNull(instantOrNull(column));
        }

        public @Nullable Instant instantOrNull(int column) throws SQLException {
            OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
            return value == null ? null : value.toInstant();
        }

        public LocalDate date(int column) throws SQLException {
            return java.util.Objects.requireNonNull(dateOrNull(column));
        }

        public @Nullable LocalDate dateOrNull(int column) throws SQLException {
            return rows.getObject(column, LocalDate.class);
        }

        public @Nullable LocalTime timeOrNull(int column) throws SQLException {
            return rows.getObject(column, LocalTime.class);
        }

        public LocalTime time(int column) throws SQLException {
            return rows.getObject(column, LocalTime.class);
        }

        /** A date and time on a wall, without a zone. */
        public LocalDateTime wallTime(int column) throws SQLException {
            return java.util.Objects.requireNonNull(rows.getObject(column, LocalDateTime.class));
        }

        public TimeSlot slot(int startColumn, int endColumn) throws SQLException {
            return new TimeSlot(instant(startColumn), instant(endColumn));
        }

        public <E extends Enum<E>> E constant(int column, Class<E> type) throws SQLException {
            return Enum.valueOf(type, text(column));
        }
    }
}

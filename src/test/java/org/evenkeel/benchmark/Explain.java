package org.evenkeel.benchmark;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a database does with the statements of a feature: an EntityManager whose connection prints each query's plan and
 * time, as {@code explain analyze} tells them, before it runs it. PostgreSQL's is the plan for any parameters, as the server has it.
 */
final class Explain {
    private static final Pattern VISITED = Pattern.compile("scanCount: (\\d+)");
    private static final Pattern SCAN = Pattern.compile("Scan .*\\(actual .*rows=(\\d+)(?:\\.\\d+)? loops=(\\d+)\\)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by (?:Filter|Index Recheck): (\\d+)");

    private final StringBuilder plans = new StringBuilder();

    /** The same EntityManager, but that its connections explain. */
    EntityManager explaining(EntityManager entities) {
        return proxy(EntityManager.class, (method, arguments) -> {
            Object result = call(entities, method, arguments);
            return result instanceof Connection connection ? explaining(connection) : result;
        });
    }

    private Connection explaining(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement && arguments.length > 0
                    ? explaining(connection, statement, (String) arguments[0])
                    : result;
        });
    }

    private PreparedStatement explaining(Connection connection, PreparedStatement statement, String sql) {
        List<Bound> bound = new ArrayList<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set")) {
                bound.add(new Bound(method, arguments));
            } else if (method.getName().equals("executeQuery")) {
                explain(connection, sql, bound);
            }
            return call(statement, method, arguments);
        });
    }

    /** A call that sets a parameter: its number, counted from 1, and its value, or a null's type. */
    private record Bound(Method method, Object[] arguments) {

        int number() {
            return (Integer) arguments[0];
        }

        String literal() {
            Object value = arguments[1];
            if (method.getName().equals("setNull")) {
                return "null";
            }
            return value instanceof Number || value instanceof Boolean ? value.toString() : "'" + value + "'";
        }
    }

    private void explain(Connection connection, String sql, List<Bound> bound) throws Throwable {
        long start = System.nanoTime();
        try {
            if (Clinic.isPostgres(connection)) {
                explainForAny(connection, sql, bound);
            } else {
                explainFor(connection, sql, bound);
            }
            plans.append("-- ")
                    .append((System.nanoTime() - start) / 1_000)
                    .append(" us for ")
                    .append(sql)
                    .append("\n\n");
        } catch (SQLException e) {
            plans.append(e.getMessage()).append('\n');
        }
    }

    private void explainFor(Connection connection, String sql, List<Bound> bound) throws Throwable {
        try (PreparedStatement explained = connection.prepareStatement("explain analyze " + sql)) {
            for (Bound parameter : bound) {
                call(explained, parameter.method(), parameter.arguments());
            }
            append(explained.executeQuery());
        }
    }

    /** A statement that is explained by itself would be planned for its parameters. */
    private void explainForAny(Connection connection, String sql, List<Bound> bound) throws SQLException {
        StringBuilder numbered = new StringBuilder();
        int parameters = 0;
        for (char c : sql.toCharArray()) {
            numbered.append(c == '?' ? "$" + ++parameters : String.valueOf(c));
        }
        String values = bound.stream()
                .sorted(Comparator.comparing(Bound::number))
                .map(Bound::literal)
                .collect(Collectors.joining(", "));
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute("prepare explained as " + numbered);
            append(statement.executeQuery(
                    "explain (analyze) execute explained" + (parameters == 0 ? "" : "(" + values + ")")));
            statement.execute("deallocate explained");
        } finally {
            connection.rollback(before);
        }
    }

    private void append(ResultSet rows) throws SQLException {
        try (rows) {
            while (rows.next()) {
                plans.append(rows.getString(1)).append('\n');
            }
        }
    }

    @FunctionalInterface
    private interface Handler {
        @Nullable
        Object invoke(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        InvocationHandler invocation =
                (proxy, method, arguments) -> handler.invoke(method, arguments == null ? new Object[0] : arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, invocation));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** The most rows that a statement so far has visited in one of its tables, in one place of its plan. */
    int mostVisited() {
        int most = VISITED.matcher(plans)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
        int found = 0;
        int loops = 0;
        for (String line : plans.toString().split("\n", -1)) {
            Matcher scan = SCAN.matcher(line);
            Matcher removed = REMOVED.matcher(line);
            if (scan.find()) {
                found = Integer.parseInt(scan.group(1));
                loops = Integer.parseInt(scan.group(2));
            } else if (removed.find()) {
                found += Integer.parseInt(removed.group(1));
            } else if (line.contains("->")) {
                found = 0;
            }
            most = Math.max(most, found * loops);
        }
        return most;
    }

    @Override
    public String toString() {
        return plans.toString();
    }
}

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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a database does with the statements of a feature: an EntityManager whose connection prints each query's plan and
 * time, as {@code explain analyze} tells them, before it runs it.
 */
final class Explain {
    private static final Pattern VISITED = Pattern.compile("scanCount: (\\d+)");

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

    private record Bound(Method method, Object[] arguments) {}

    private void explain(Connection connection, String sql, List<Bound> bound) throws Throwable {
        try (PreparedStatement explained = connection.prepareStatement("explain analyze " + sql)) {
            for (Bound parameter : bound) {
                call(explained, parameter.method(), parameter.arguments());
            }
            long start = System.nanoTime();
            try (ResultSet rows = explained.executeQuery()) {
                while (rows.next()) {
                    plans.append(rows.getString(1)).append('\n');
                }
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

    /** The most rows that a statement so far has visited in one of its tables; by the plans of H2, which count them. */
    int mostVisited() {
        return VISITED.matcher(plans)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
    }

    @Override
    public String toString() {
        return plans.toString();
    }
}

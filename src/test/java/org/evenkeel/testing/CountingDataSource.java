package org.evenkeel.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts what is executed on connections taken while someone counts; at other times it hands out the bare ones. */
final class CountingDataSource implements DataSource {
    private final DataSource pool;
    private volatile @Nullable AtomicInteger counter;

    CountingDataSource(DataSource pool) {
        this.pool = pool;
    }

    int statements(Runnable work) {
        AtomicInteger counted = new AtomicInteger();
        counter = counted;
        try {
            work.run();
        } finally {
            counter = null;
        }
        return counted.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = pool.getConnection();
        AtomicInteger current = counter;
        return current == null ? connection : counting(Connection.class, connection, current);
    }

    private static <T> T counting(Class<T> type, T target, AtomicInteger count) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (target instanceof Statement && method.getName().startsWith("execute")) {
                count.incrementAndGet();
            }
            return wrapped(invoke(target, method, arguments), count);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static @Nullable Object wrapped(@Nullable Object result, AtomicInteger count) {
        if (result instanceof CallableStatement call) {
            return counting(CallableStatement.class, call, count);
        }
        if (result instanceof PreparedStatement statement) {
            return counting(PreparedStatement.class, statement, count);
        }
        return result instanceof Statement statement ? counting(Statement.class, statement, count) : result;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return pool.getConnection(user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(CountingDataSource.class.getName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}

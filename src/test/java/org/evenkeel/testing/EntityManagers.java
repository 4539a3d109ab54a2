package org.evenkeel.testing;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.TransactionRequiredException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** Does for plain tests what the server does for the application: an EntityManager for each transaction, bound to its thread. */
final class EntityManagers implements Transactions, AtCommit {
    private static final Set<String> CHANGES = Set.of("persist", "merge", "remove", "refresh", "flush", "lock");

    private final EntityManagerFactory factory;
    private final ThreadLocal<@Nullable Map<Class<?>, Gathered<?>>> gathered = new ThreadLocal<>();
    private final ThreadLocal<@Nullable EntityManager> inTransaction = new ThreadLocal<>();
    private final ThreadLocal<@Nullable EntityManager> outside = new ThreadLocal<>();
    private final EntityManager proxy = (EntityManager) Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(), new Class<?>[] {EntityManager.class}, this::invoke);

    EntityManagers(EntityManagerFactory factory) {
        this.factory = factory;
    }

    EntityManager proxy() {
        return proxy;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        EntityManager suspended = inTransaction.get();
        Map<Class<?>, Gathered<?>> suspendedToo = gathered.get();
        Map<Class<?>, Gathered<?>> all = new LinkedHashMap<>();
        EntityManager current = factory.createEntityManager();
        inTransaction.set(current);
        gathered.set(all);
        try {
            current.getTransaction().begin();
            T result = work.get();
            current.flush();
            all.values().forEach(Gathered::end);
            current.getTransaction().commit();
            return result;
        } finally {
            if (current.getTransaction().isActive()) {
                current.getTransaction().rollback();
            }
            current.close();
            inTransaction.set(suspended);
            gathered.set(suspendedToo);
        }
    }

    private record Gathered<T>(T what, Consumer<T> last) {
        void end() {
            last.accept(what);
        }
    }

    @Override
    public <T> T gathered(Class<T> kind, Supplier<T> first, Consumer<T> last) {
        Map<Class<?>, Gathered<?>> all = gathered.get();
        if (all == null) {
            throw new IllegalStateException("outside a transaction");
        }
        return kind.cast(all.computeIfAbsent(kind, k -> new Gathered<>(first.get(), last))
                .what());
    }

    private @Nullable Object invoke(Object ignored, Method method, Object @Nullable [] arguments) throws Throwable {
        EntityManager target = inTransaction.get();
        if (target == null) {
            if (CHANGES.contains(method.getName())) {
                throw new TransactionRequiredException(method.getName() + " outside a transaction");
            }
            target = fresh();
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** A query runs after the call that made it, so the EntityManager of a call is closed by the next one. */
    private EntityManager fresh() {
        EntityManager last = outside.get();
        if (last != null) {
            last.close();
        }
        EntityManager next = factory.createEntityManager();
        outside.set(next);
        return next;
    }
}

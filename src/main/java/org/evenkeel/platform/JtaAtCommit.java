package org.evenkeel.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps it with the transaction of the server; {@link NewTransaction}, which runs all of them, asks for it in the end. */
@ApplicationScoped
public class JtaAtCommit implements AtCommit {
    private static final Object KEY = JtaAtCommit.class;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry current;

    @SuppressWarnings("NullAway.Init")
    public JtaAtCommit() {}

    private record Gathered<T>(T what, Consumer<T> last) {
        void end() {
            last.accept(what);
        }
    }

    @Override
    public <T> T gathered(Class<T> kind, Supplier<T> first, Consumer<T> last) {
        Map<Class<?>, Gathered<?>> all = all();
        if (all == null) {
            all = new LinkedHashMap<>();
            current.putResource(KEY, all);
        }
        Gathered<?> gathered = all.computeIfAbsent(kind, k -> new Gathered<>(first.get(), last));
        return kind.cast(gathered.what());
    }

    /** The work of the transaction is done; what is gathered is done with. */
    void end() {
        Map<Class<?>, Gathered<?>> all = all();
        if (all != null) {
            all.values().forEach(Gathered::end);
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable Map<Class<?>, Gathered<?>> all() {
        return (Map<Class<?>, Gathered<?>>) current.getResource(KEY);
    }
}

package org.evenkeel.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of the server. They are flushed before they commit, so that what the database refuses arrives as the
 * {@link jakarta.persistence.PersistenceException} that it is; any exception rolls back and comes out unchanged.
 */
@ApplicationScoped
public class JtaTransactions implements Transactions {
    private NewTransaction transaction;

    @SuppressWarnings("NullAway.Init")
    protected JtaTransactions() {}

    @Inject
    public JtaTransactions(NewTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        Outcome<T> outcome = new Outcome<>();
        transaction.run(() -> outcome.value = work.get()).ifPresent(failure -> {
            throw failure;
        });
        return outcome.get();
    }

    /** What the work returned; null where it returns null. */
    private static final class Outcome<T> {
        private @Nullable T value;

        @SuppressWarnings("NullAway") // The value is the supplier's own, null or not.
        T get() {
            return value;
        }
    }
}

package org.evenkeel.shared;

import java.util.function.Supplier;

/**
 * Runs work in a database transaction of its own: committed when the work returns, rolled back when it throws.
 * Facades use it instead of an annotation where one request needs several transactions, such as a collision that must be
 * explained after its transaction is dead.
 */
@FunctionalInterface
public interface Transactions {

    /** Runs the work in a new transaction, whether or not one is under way, and returns its result. */
    <T> T inNew(Supplier<T> work);

    /** As {@link #inNew(Supplier)} for work without a result. */
    default void runInNew(Runnable work) {
        inNew(() -> {
            work.run();
            return true;
        });
    }
}

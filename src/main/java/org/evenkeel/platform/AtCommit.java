package org.evenkeel.platform;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is gathered in the course of a transaction, and done with once, in it, when all its work is done. */
public interface AtCommit {

    /**
     * What has been gathered of that kind in the current transaction.
     *
     * @param first makes an empty one, the first time in a transaction
     * @param last what to do with it just before the commit; not called if the transaction is rolled back
     * @throws IllegalStateException without a transaction
     */
    <T> T gathered(Class<T> kind, Supplier<T> first, Consumer<T> last);
}

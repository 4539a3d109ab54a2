package org.evenkeel.session;

import java.util.function.Supplier;
import org.evenkeel.availability.Taken;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Transactions;

/**
 * Tries again what lost a race for a seat, a time or a lock, each time in a transaction of its own; the next look then finds, and
 * names, what was in the way.
 */
public final class LostRaces {
    private static final int TRIES = 5;

    private LostRaces() {}

    /** @param lost what to tell who loses to the end */
    public static <T> T retried(Transactions transactions, Supplier<T> work, Rule lost) {
        for (int left = TRIES; ; left--) {
            try {
                return transactions.inNew(work);
            } catch (RuntimeException e) {
                boolean taken = e instanceof Taken || DatabaseErrors.isDuplicateKey(e);
                if (!taken && !DatabaseErrors.isTransient(e)) {
                    throw e;
                }
                if (left == 1) {
                    throw Refused.lost(lost);
                }
            }
        }
    }
}

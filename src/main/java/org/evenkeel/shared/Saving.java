package org.evenkeel.shared;

import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;

/** Writes what a transaction has changed while it can still say, in words for the user, why it does not go. */
public final class Saving {
    private Saving() {}

    /** @throws Stale unless the version that the user saw is still the one that there is */
    public static void sameVersion(String what, long seen, long current) {
        if (seen != current) {
            throw new Stale(what, current);
        }
    }

    /**
     * Flushes.
     *
     * @param taken what to throw if the database has such a unique value already
     * @throws Stale if somebody else was faster
     */
    public static void flush(EntityManager entities, String what, Supplier<? extends RuntimeException> taken) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw new Stale(what, -1);
        } catch (PersistenceException e) {
            if (DatabaseErrors.isDuplicateKey(e)) {
                throw taken.get();
            }
            throw e;
        }
    }
}

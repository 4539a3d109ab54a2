package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing, over nodes and restarts: the counts are in the database. An attempt on an account is counted before it is judged, so
 * that guesses made at once do not slip through together; an address, which a whole centre may share, is counted when it has failed.
 * It knows names, not accounts: unknown ones are treated alike.
 */
@ApplicationScoped
public class LoginThrottle {
    private final EntityManager entities;
    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public LoginThrottle(EntityManager entities, Transactions transactions, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected LoginThrottle() {
        this(null, null, null);
    }

    /** Whether the attempt may be judged; it then stands as a failure until {@link #succeeded} takes it back. */
    public boolean admits(String username, String address) {
        Instant now = clock.instant();
        boolean addressWaits = transactions.inNew(() -> {
            LoginFailure failure = entities.find(LoginFailure.class, addressSubject(address));
            return failure != null && failure.mustWait(now);
        });
        return count(accountSubject(username), now, true) && !addressWaits;
    }

    /** Forgets the failures of the account; those of the address stay, or its owner could clear them with an account of theirs. */
    public void succeeded(String username) {
        transactions.runInNew(() -> entities.createQuery("delete from LoginFailure f where f.subject = :subject")
                .setParameter("subject", accountSubject(username))
                .executeUpdate());
    }

    public void failed(String address) {
        count(addressSubject(address), clock.instant(), false);
    }

    /** Removes what is forgotten. */
    void clean(Instant now) {
        transactions.runInNew(() -> entities.createQuery("delete from LoginFailure f where f.failedAt < :limit")
                .setParameter("limit", now.minus(LoginFailure.FORGOTTEN_AFTER))
                .executeUpdate());
    }

    private boolean count(String subject, Instant now, boolean onlyIfDue) {
        try {
            return transactions.inNew(() -> countLocked(subject, now, onlyIfDue));
        } catch (PersistenceException firstFailureOnTwoNodesAtOnce) {
            return transactions.inNew(() -> countLocked(subject, now, onlyIfDue));
        }
    }

    private boolean countLocked(String subject, Instant now, boolean onlyIfDue) {
        @Nullable LoginFailure failure = entities.find(LoginFailure.class, subject, LockModeType.PESSIMISTIC_WRITE);
        if (failure == null) {
            entities.persist(new LoginFailure(subject, now));
            entities.flush();
            return true;
        }
        if (onlyIfDue && failure.mustWait(now)) {
            return false;
        }
        failure.again(now);
        return true;
    }

    private static String accountSubject(String username) {
        return Secrets.hash("account " + Account.normalised(username));
    }

    private static String addressSubject(String address) {
        return Secrets.hash("address " + address);
    }
}

package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.shared.Transactions;

/**
 * Opens, finds and ends the sessions of browsers. Every request asks the database, with one query, so that a logout, a deactivation or a
 * change of roles counts at once and on every node.
 */
@ApplicationScoped
public class LoginSessions {
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(1);

    private final EntityManager entities;
    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public LoginSessions(EntityManager entities, Transactions transactions, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected LoginSessions() {
        this(null, null, null);
    }

    /** Opens a session for the account and returns its token, which is stored nowhere. */
    public String open(long accountId) {
        String token = Secrets.random();
        Instant now = clock.instant();
        transactions.runInNew(() -> entities.persist(new LoginSession(Secrets.hash(token), accountId, now)));
        return token;
    }

    /**
     * The caller whose browser sent the token, unless the session is over or the account inactive.
     *
     * @param background whether nobody touched the screen for it (polling, a push connection, what a push renders again); such a request
     *     never prolongs a session
     */
    public Optional<Caller> find(String token, boolean background) {
        String hash = Secrets.hash(token);
        Instant now = clock.instant();
        List<Object[]> rows = entities.createQuery(
                        """
                        select s.activeAt, a.id, a.username, a.displayName, a.therapistId, a.language, a.discreet, a.singleKeys, r
                        from LoginSession s join Account a on a.id = s.accountId left join a.roles r
                        where s.tokenHash = :hash and s.endedAt is null and a.active = true
                            and s.activeAt > :idleLimit and s.startedAt > :absoluteLimit""",
                        Object[].class)
                .setParameter("hash", hash)
                .setParameter("idleLimit", now.minus(LoginSession.IDLE))
                .setParameter("absoluteLimit", now.minus(LoginSession.ABSOLUTE))
                .getResultList();
        if (!background && !rows.isEmpty() && !activeAt(rows).isAfter(now.minus(NOTED_EVERY))) {
            noteActivity(hash, now);
        }
        return CallerRows.caller(rows, hash);
    }

    /** Ends the session, if the token is that of one. */
    public void end(String token) {
        Instant now = clock.instant();
        transactions.runInNew(() -> entities.createQuery(
                        "update LoginSession s set s.endedAt = :now where s.tokenHash = :hash and s.endedAt is null")
                .setParameter("now", now)
                .setParameter("hash", Secrets.hash(token))
                .executeUpdate());
    }

    /** Ends all sessions of the account but one, in the current transaction. */
    void endOthers(long accountId, String keptHash) {
        entities.createQuery(
                        """
                        update LoginSession s set s.endedAt = :now
                        where s.accountId = :account and s.endedAt is null and s.tokenHash <> :kept""")
                .setParameter("now", clock.instant())
                .setParameter("account", accountId)
                .setParameter("kept", keptHash)
                .executeUpdate();
    }

    /** Ends all sessions of the account, in the current transaction. */
    void endAll(long accountId) {
        endOthers(accountId, "");
    }

    /** Removes sessions that have been over for a day. */
    void clean(Instant now) {
        transactions.runInNew(() -> entities.createQuery("delete from LoginSession s where s.startedAt < :limit")
                .setParameter("limit", now.minus(LoginSession.ABSOLUTE).minus(KEPT))
                .executeUpdate());
    }

    private static Instant activeAt(List<Object[]> rows) {
        return (Instant) rows.get(0)[0];
    }

    private void noteActivity(String hash, Instant now) {
        transactions.runInNew(() -> entities.createQuery(
                        """
                        update LoginSession s set s.activeAt = :now
                        where s.tokenHash = :hash and s.endedAt is null and s.activeAt < :now""")
                .setParameter("now", now)
                .setParameter("hash", hash)
                .executeUpdate());
    }
}

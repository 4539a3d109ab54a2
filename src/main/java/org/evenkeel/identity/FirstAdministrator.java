package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Transactions;

/**
 * How a centre gets its first administrator: a start without one announces a one-time token, and whoever can read the server's log may
 * create the account with it. Each node announces a token of its own; the first to be used ends them all.
 */
@ApplicationScoped
public class FirstAdministrator {
    private final Accounts accounts;
    private final Passwords passwords;
    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    FirstAdministrator(
            Accounts accounts,
            Passwords passwords,
            EntityManager entities,
            Transactions transactions,
            AuditTrail audit,
            Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected FirstAdministrator() {
        this(null, null, null, null, null, null);
    }

    /** Whether there is no active administrator, so that one may be set up. */
    public boolean isMissing() {
        return transactions.inNew(() -> accounts.countActiveAdministrators() == 0);
    }

    /** A new token, valid for 24 hours, if there is no active administrator. */
    public Optional<String> announce() {
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            entities.createQuery("delete from SetupToken t where t.expiresAt < :now")
                    .setParameter("now", now)
                    .executeUpdate();
            if (accounts.countActiveAdministrators() > 0) {
                return Optional.empty();
            }
            String token = Secrets.random();
            entities.persist(new SetupToken(Secrets.hash(token), now));
            return Optional.of(token);
        });
    }

    /**
     * Creates the administrator and uses up every token.
     *
     * @throws NotFound if there is an administrator already
     * @throws Invalid about "token", "username" or "password"
     */
    public void create(String token, String username, String password) {
        if (!isMissing()) {
            throw new NotFound("page", "setup");
        }
        String name = AccountAdministration.checkedUsername(username);
        PasswordRules.check(password, name);
        String hash = passwords.hash(password);
        Instant now = clock.instant();
        transactions.runInNew(() -> {
            useUp(Secrets.hash(token.strip()), now);
            Account account = new Account(name, name, EnumSet.of(Role.ADMIN), null, now);
            account.setPasswordHash(hash);
            accounts.add(account);
            audit.record(
                    Actor.NOBODY,
                    new AuditTrail.Entry(
                            "CREATED",
                            "setup",
                            "account",
                            List.of(account.id()),
                            List.of(),
                            "OK",
                            "first administrator"));
        });
    }

    /** The second of two that come at once waits here for the first, and then finds no token of its own. */
    private void useUp(String hash, Instant now) {
        List<?> valid = entities.createNativeQuery(
                        "select token_hash from setup_token where used_at is null order by token_hash for update")
                .getResultList();
        long mine = entities.createQuery(
                        """
                        select count(t) from SetupToken t
                        where t.tokenHash = :hash and t.usedAt is null and t.expiresAt > :now""",
                        Long.class)
                .setParameter("hash", hash)
                .setParameter("now", now)
                .getSingleResult();
        if (valid.isEmpty() || mine == 0 || accounts.countActiveAdministrators() > 0) {
            throw new Invalid("token", "invalid.identity.setupToken");
        }
        entities.createQuery("update SetupToken t set t.usedAt = :now where t.usedAt is null")
                .setParameter("now", now)
                .executeUpdate();
    }
}

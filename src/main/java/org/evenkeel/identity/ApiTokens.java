package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Transactions;

/** Creates, lists, revokes and recognises API tokens. Everyone manages their own; an administrator everyone's. */
@ApplicationScoped
public class ApiTokens {
    private static final int LONGEST_NAME = 80;
    private static final int MOST = 50;

    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Gate gate;
    private final Clock clock;

    @Inject
    public ApiTokens(EntityManager entities, Transactions transactions, AuditTrail audit, Gate gate, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.gate = gate;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected ApiTokens() {
        this(null, null, null, null, null);
    }

    /** Who may use the API with this token: one query. Empty if it is unknown or revoked, or its account inactive. */
    public Optional<Caller> find(String token) {
        List<Object[]> rows = entities.createQuery(
                        """
                        select t.createdAt, a.id, a.username, a.displayName, a.therapistId, a.language, a.discreet, a.singleKeys, r
                        from ApiToken t join Account a on a.id = t.accountId left join a.roles r
                        where t.tokenHash = :hash and t.revokedAt is null and a.active = true""",
                        Object[].class)
                .setParameter("hash", Secrets.hash(token))
                .getResultList();
        return CallerRows.caller(rows, null);
    }

    /**
     * Creates a token and returns it, this once: only its hash is stored.
     *
     * @throws Invalid about "name" if that is empty or too long
     */
    public String create(Actor actor, long accountId, String name) {
        requireOwnerOrAdministrator(actor, accountId);
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
            throw new Invalid("name", "invalid.identity.tokenName", LONGEST_NAME);
        }
        return transactions.inNew(() -> {
            if (entities.find(Account.class, accountId) == null) {
                throw new NotFound("account", accountId);
            }
            if (ofAccount(accountId).size() >= MOST) {
                throw new Invalid("name", "invalid.identity.mostTokens", MOST);
            }
            String token = Secrets.random();
            ApiToken created = new ApiToken(accountId, stripped, token, clock.instant());
            entities.persist(created);
            audit.record(actor, entry("CREATED", accountId, "token " + created.id()));
            return token;
        });
    }

    /** Those that have not been revoked, newest first. */
    public List<ApiToken> list(Actor actor, long accountId) {
        requireOwnerOrAdministrator(actor, accountId);
        return transactions.inNew(() -> ofAccount(accountId));
    }

    /** From now on the token is refused, on every node. */
    public void revoke(Actor actor, long accountId, long tokenId) {
        requireOwnerOrAdministrator(actor, accountId);
        Instant now = clock.instant();
        transactions.runInNew(() -> {
            ApiToken token = entities.find(ApiToken.class, tokenId);
            if (token == null || token.accountId() != accountId) {
                throw new NotFound("API token", tokenId);
            }
            token.revoke(now);
            audit.record(actor, entry("REVOKED", accountId, "token " + tokenId));
        });
    }

    /** Revokes all tokens of the account, in the current transaction. */
    void revokeAll(long accountId) {
        entities.createQuery(
                        "update ApiToken t set t.revokedAt = :now where t.accountId = :account and t.revokedAt is null")
                .setParameter("now", clock.instant())
                .setParameter("account", accountId)
                .executeUpdate();
    }

    private List<ApiToken> ofAccount(long accountId) {
        return entities.createQuery(
                        """
                        select t from ApiToken t where t.accountId = :account and t.revokedAt is null
                        order by t.createdAt desc, t.id desc""",
                        ApiToken.class)
                .setParameter("account", accountId)
                .getResultList();
    }

    private void requireOwnerOrAdministrator(Actor actor, long accountId) {
        if (actor.accountId() != accountId) {
            gate.require(actor, "manage the API tokens of others", Role.ADMIN);
        }
    }

    private static AuditTrail.Entry entry(String action, long accountId, String detail) {
        return new AuditTrail.Entry(action, "tokens", "account", List.of(accountId), List.of(), "OK", detail);
    }
}

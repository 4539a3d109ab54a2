package org.evenkeel.identity;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A random secret that was handed to an account once; only its hash is kept. Works until it is revoked. */
@MappedSuperclass
public abstract class IssuedSecret {

    @Column(name = "account_id")
    private long accountId;

    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    @SuppressWarnings("NullAway.Init")
    protected IssuedSecret() {}

    /** @param token the secret itself */
    protected IssuedSecret(long accountId, String token, Instant createdAt) {
        this.accountId = accountId;
        this.tokenHash = Secrets.hash(token);
        this.createdAt = createdAt;
    }

    /** From now on it is of no use; to revoke it again changes nothing. */
    public void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    public long accountId() {
        return accountId;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> revokedAt() {
        return Optional.ofNullable(revokedAt);
    }
}

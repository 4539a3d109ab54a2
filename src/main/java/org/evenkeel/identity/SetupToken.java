package org.evenkeel.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one-time token that makes the first administrator; only its hash is kept, for 24 hours. */
@Entity
@Table(name = "setup_token")
class SetupToken {
    static final Duration LIFE = Duration.ofHours(24);

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    @SuppressWarnings("NullAway.Init")
    protected SetupToken() {}

    SetupToken(String tokenHash, Instant createdAt) {
        this.tokenHash = tokenHash;
        this.createdAt = createdAt;
        this.expiresAt = createdAt.plus(LIFE);
    }

    @Override
    public String toString() {
        return "Setup token of " + createdAt;
    }
}

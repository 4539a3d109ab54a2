package org.evenkeel.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A signed-in browser. The row decides on every node: it ends by logout, after 10 idle minutes, or after 12 hours. */
@Entity
@Table(name = "login_session")
class LoginSession {
    static final Duration IDLE = Duration.ofMinutes(10);
    static final Duration ABSOLUTE = Duration.ofHours(12);

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Column(name = "account_id")
    private long accountId;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "active_at")
    private Instant activeAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init")
    protected LoginSession() {}

    LoginSession(String tokenHash, long accountId, Instant startedAt) {
        this.tokenHash = tokenHash;
        this.accountId = accountId;
        this.startedAt = startedAt;
        this.activeAt = startedAt;
    }

    @Override
    public String toString() {
        return "Login session of account " + accountId;
    }
}

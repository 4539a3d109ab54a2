package org.evenkeel.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * How often an account's name, or an address, has failed to sign in of late. The subject is a hash, so that nothing typed is kept. From
 * the fifth failure on the next attempt has to wait: two seconds, then twice as long each time, a quarter of an hour at most. A day without
 * a failure, and it is forgotten.
 */
@Entity
@Table(name = "login_failure")
class LoginFailure {
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
    private static final int FREE = 5;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    @Id
    private String subject;

    private int failures;

    @Column(name = "failed_at")
    private Instant failedAt;

    @SuppressWarnings("NullAway.Init")
    protected LoginFailure() {}

    LoginFailure(String subject, Instant failedAt) {
        this.subject = subject;
        this.failedAt = failedAt;
        this.failures = 1;
    }

    void again(Instant now) {
        failures = isForgotten(now) ? 1 : failures + 1;
        failedAt = now;
    }

    boolean mustWait(Instant now) {
        return failures >= FREE && !isForgotten(now) && now.isBefore(failedAt.plus(delay()));
    }

    private boolean isForgotten(Instant now) {
        return !failedAt.plus(FORGOTTEN_AFTER).isAfter(now);
    }

    private Duration delay() {
        int doublings = Math.min(failures - FREE, 10);
        Duration delay = FIRST_DELAY.multipliedBy(1L << doublings);
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}

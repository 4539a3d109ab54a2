package org.evenkeel.reminder;

import java.time.Duration;
import java.time.Instant;

/** How long a message waits that a gateway could not take: a minute, then twice as long each time, half an hour at most. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Backoff() {}

    /** @param attempts how often it has been tried, at least once */
    static Instant next(int attempts, Instant now) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        return now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
}

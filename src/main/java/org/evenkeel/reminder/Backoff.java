package org.evenkeel.reminder;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * How long a message waits that a gateway could not take: a minute, then twice as long each time, half an hour at most; and never longer
 * than half of the time that is left for it, but for that minute.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Backoff() {}

    /**
     * @param attempts how often it has been tried, at least once
     * @param until when it can go out no more
     */
    static Instant next(int attempts, Instant now, Instant until) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        Duration half = Duration.between(now, until).dividedBy(2);
        return now.plus(Collections.max(List.of(FIRST, Collections.min(List.of(wait, LONGEST, half)))));
    }
}

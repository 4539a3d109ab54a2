package org.evenkeel.reminder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a gateway that is down alone: after three failures in a row nothing goes to it for half a minute, then one message tries, and
 * each further failure doubles the pause, up to ten minutes. One for each gateway and node.
 */
final class Circuit {

    private static final int FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Clock clock;
    private int failures;
    private Duration pause = Duration.ZERO;
    private @Nullable Instant closedUntil;

    Circuit(Clock clock) {
        this.clock = clock;
    }

    /** Whether a message may go. After a pause, one may: the others wait for what becomes of it. */
    synchronized boolean permits() {
        Instant until = closedUntil;
        if (until == null) {
            return true;
        }
        if (clock.instant().isBefore(until)) {
            return false;
        }
        closedUntil = clock.instant().plus(pause);
        return true;
    }

    /** Whether it is leaving the gateway alone. */
    synchronized boolean isOpen() {
        Instant until = closedUntil;
        return until != null && clock.instant().isBefore(until);
    }

    synchronized void succeeded() {
        failures = 0;
        pause = Duration.ZERO;
        closedUntil = null;
    }

    synchronized void failed() {
        failures++;
        if (failures >= FAILURES) {
            pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
            closedUntil = clock.instant().plus(pause);
        }
    }
}

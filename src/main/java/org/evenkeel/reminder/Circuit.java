package org.evenkeel.reminder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a gateway that is down alone: after three failures, or lost answers, in a row nothing goes to it for half a minute, then one message tries, and
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
    private @Nullable Long trying;

    Circuit(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether a message may go. After a pause, one may: the others wait for what becomes of it.
     *
     * @param message its id
     */
    synchronized boolean permits(long message) {
        Instant until = closedUntil;
        if (until == null) {
            return true;
        }
        if (clock.instant().isBefore(until)) {
            return false;
        }
        closedUntil = clock.instant().plus(pause);
        trying = message;
        return true;
    }

    /** Nothing more comes of a message. If it was to try, and never did, another one may at once. */
    synchronized void over(long message) {
        if (Objects.equals(trying, message)) {
            trying = null;
            closedUntil = clock.instant();
        }
    }

    /** Whether it is leaving the gateway alone; not while one message tries, or that one would be held back too. */
    synchronized boolean isOpen() {
        Instant until = closedUntil;
        return until != null && trying == null && clock.instant().isBefore(until);
    }

    synchronized void succeeded() {
        failures = 0;
        pause = Duration.ZERO;
        closedUntil = null;
        trying = null;
    }

    synchronized void failed() {
        failures++;
        trying = null;
        if (failures >= FAILURES) {
            pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
            if (pause.compareTo(LONGEST_PAUSE) > 0) {
                pause = LONGEST_PAUSE;
            }
            closedUntil = clock.instant().plus(pause);
        }
    }
}

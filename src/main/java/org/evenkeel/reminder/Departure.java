package org.evenkeel.reminder;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when the text of a message may begin to leave. A gateway asks right before the first byte of it: whoever takes something back
 * waits for a claimed message, but not for ever ({@link Outbox#awaitSending}), and what has not begun by then never may (experiment 11),
 * unless all that the claim looked at has been looked at again.
 */
@FunctionalInterface
public interface Departure {

    /** At any time: nobody waits for the message. */
    Departure ANY_TIME = () -> true;

    /** At no time. */
    Departure NEVER = () -> false;

    /** So long after its claim a message may begin to leave. */
    Duration LATEST = Duration.ofMillis(2_500);

    /** Whether the first byte may leave now. */
    boolean isOpen();

    /**
     * For what is too late: another one, which begins now if what the message tells of still stands. It takes a transaction of its own, on
     * the caller's thread.
     */
    default Departure renewed() {
        return NEVER;
    }

    /**
     * Of a message that is being claimed.
     *
     * @param nanos a clock that nobody sets, such as {@link System#nanoTime}
     */
    static Departure after(LongSupplier nanos) {
        long claimed = nanos.getAsLong();
        return () -> nanos.getAsLong() - claimed < LATEST.toNanos();
    }
}

package org.evenkeel.reminder;

import java.time.Duration;

/**
 * How many messages a line claims at once: as many as leave within a moment, so that whoever cancels or opts out does not wait for long,
 * and little is unknown if the node dies. One at first, and with a slow gateway.
 */
final class Pace {
    static final int MOST = 32;
    private static final Duration WANTED = Duration.ofMillis(200);

    /** So long after its claim a message is still handed over; the last of them has to begin to leave in time ({@link Departure}). */
    private static final Duration LATEST = Duration.ofSeconds(1);

    private int atOnce = 1;
    private long began;

    int atOnce() {
        return atOnce;
    }

    void begin() {
        began = System.nanoTime();
    }

    /** Whether the next of what was claimed may leave; the first always may. */
    boolean isInTime() {
        return System.nanoTime() - began < LATEST.toNanos();
    }

    /** @param sent how many have left since the beginning */
    void end(int sent) {
        long each = (System.nanoTime() - began) / Math.max(1, sent);
        atOnce = (int) Math.max(1, Math.min(MOST, WANTED.toNanos() / Math.max(1, each)));
    }
}

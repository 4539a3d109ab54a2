package org.evenkeel.reminder;

import org.jspecify.annotations.Nullable;

/**
 * What a gateway said to a message.
 *
 * @param receipt what it calls the message; null: nothing
 */
public record Delivery(Outcome outcome, @Nullable String receipt) {

    /** How sending ended. */
    public enum Outcome {
        /** The gateway has it. */
        ACCEPTED,
        /** It does not, and never will: no such address, no such number. */
        REFUSED,
        /** There is none: messages go out by other channels. */
        NO_GATEWAY,
        /** It does not, and may later: busy, unreachable. */
        NOT_NOW,
        /** Nobody knows: the answer was lost. */
        UNKNOWN
    }

    public static Delivery accepted(@Nullable String receipt) {
        return new Delivery(Outcome.ACCEPTED, receipt);
    }

    public static Delivery of(Outcome outcome) {
        return new Delivery(outcome, null);
    }
}

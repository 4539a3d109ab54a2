package org.evenkeel.reminder;

import java.io.IOException;

/** A way out for messages of one channel: a mail server, an SMS provider, or the page that shows what would have gone out. */
public interface Gateway {

    Channel channel();

    /**
     * A line for one thread, which sends one message after the other over it.
     *
     * @throws IOException if the gateway cannot be reached; no message has left then
     */
    Line open() throws IOException;

    /** A connection to a gateway. */
    interface Line extends AutoCloseable {

        /** Whether the next message can go over it; if not, it has to be opened anew. Asked before a message is claimed. */
        boolean isReady();

        /**
         * Hands a message over. Never throws: what went wrong is an outcome, and what is not known to be safe is {@code UNKNOWN}.
         *
         * @param departure asked right before the text begins to leave; what is too late then is {@code NOT_NOW}
         */
        Delivery send(Outgoing message, Departure departure);

        @Override
        void close();
    }
}

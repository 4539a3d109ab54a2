package org.evenkeel.platform;

/** Tells every open page on every node that something has changed; what is told are dates and ids, never what happened. */
public interface Push {

    /**
     * @param channel the name of the page's {@code f:websocket}
     * @param message something that JSON can say: maps, lists, strings, numbers
     */
    void send(String channel, Object message);
}

package org.evenkeel.platform;

/** Tells every open page that this node serves that something has changed; what is told are dates and ids, never what happened. */
public interface Push {

    /**
     * @param channel the name of the page's {@code f:websocket}
     * @param message something that JSON can say: maps, lists, strings, numbers
     */
    void send(String channel, Object message);

    /** Whether any page that this node serves listens to the channel. */
    boolean isHeard(String channel);
}

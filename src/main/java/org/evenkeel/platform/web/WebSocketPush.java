package org.evenkeel.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.faces.event.WebsocketEvent;
import jakarta.faces.event.WebsocketEvent.Closed;
import jakarta.faces.event.WebsocketEvent.Opened;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.platform.Push;

/** Pushes to the pages that this node serves. */
@ApplicationScoped
public class WebSocketPush implements Push {
    private final Map<String, PushContext> channels;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    @Inject
    public WebSocketPush(@jakarta.faces.push.Push(channel = "board") PushContext board) {
        this.channels = Map.of("board", board);
    }

    protected WebSocketPush() {
        this.channels = Map.of();
    }

    @Override
    public void send(String channel, Object message) {
        PushContext context = channels.get(channel);
        if (context == null) {
            throw new IllegalArgumentException("No channel " + channel);
        }
        context.send(message);
    }

    @Override
    public boolean isHeard(String channel) {
        return open.getOrDefault(channel, 0) > 0;
    }

    void opened(@Observes @Opened WebsocketEvent event) {
        open.merge(event.getChannel(), 1, Integer::sum);
    }

    /** A connection that was turned away is told of as closed too, and had not been opened. */
    void closed(@Observes @Closed WebsocketEvent event) {
        if (!CloseReason.CloseCodes.UNEXPECTED_CONDITION.equals(event.getCloseCode())) {
            open.computeIfPresent(event.getChannel(), (channel, count) -> count > 1 ? count - 1 : null);
        }
    }
}

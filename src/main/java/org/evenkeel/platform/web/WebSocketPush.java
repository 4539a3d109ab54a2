package org.evenkeel.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.util.Map;
import org.evenkeel.platform.Push;

/** Pushes to the pages that this node serves. */
@ApplicationScoped
public class WebSocketPush implements Push {
    private final Map<String, PushContext> channels;

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
}

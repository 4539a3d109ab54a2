package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.platform.Configuration;

/**
 * The gateway of each channel: the real one where the operator has configured it, and else the outbox that only shows what would have
 * gone out.
 */
@ApplicationScoped
public class GatewayChoice {
    private Configuration configuration;
    private DevelopmentOutbox outbox;

    @SuppressWarnings("NullAway.Init")
    protected GatewayChoice() {}

    @Inject
    public GatewayChoice(Configuration configuration, DevelopmentOutbox outbox) {
        this.configuration = configuration;
        this.outbox = outbox;
    }

    /** One for each channel. */
    public List<Gateway> all() {
        return Arrays.stream(Channel.values()).map(this::of).toList();
    }

    /** The channels by which nothing really leaves. */
    public Set<Channel> pretended() {
        return all().stream()
                .filter(gateway -> !gateway.isReal())
                .map(Gateway::channel)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Channel.class)));
    }

    private Gateway of(Channel channel) {
        return outbox.by(channel);
    }
}

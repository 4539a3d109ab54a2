package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
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
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected GatewayChoice() {}

    @Inject
    public GatewayChoice(Configuration configuration, DevelopmentOutbox outbox, Clock clock) {
        this.configuration = configuration;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * One for each channel.
     *
     * @throws IllegalStateException if one is configured by halves
     */
    public List<Gateway> all() {
        return Arrays.stream(Channel.values())
                .map(channel -> real(channel).orElseGet(() -> outbox.by(channel)))
                .toList();
    }

    private Optional<Gateway> real(Channel channel) {
        return switch (channel) {
            case EMAIL -> SmtpSettings.of(configuration).map(settings -> new SmtpGateway(settings, clock));
            case SMS -> SmsSettings.of(configuration).map(SmsGateway::new);
        };
    }

    /** The channels by which nothing really leaves. */
    public Set<Channel> pretended() {
        return Arrays.stream(Channel.values())
                .filter(channel -> settings(channel).isEmpty())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Channel.class)));
    }

    private Optional<?> settings(Channel channel) {
        return switch (channel) {
            case EMAIL -> SmtpSettings.of(configuration);
            case SMS -> SmsSettings.of(configuration);
        };
    }
}

package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evenkeel.platform.Configuration;

/**
 * The gateway of each channel, as the operator has configured it. Where nothing at all is configured, the outbox shows what would have
 * gone out; with one real gateway the other channel is closed, since nobody may take for sent what has not left.
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
        boolean pretending = isPretending();
        return Arrays.stream(Channel.values())
                .map(channel ->
                        real(channel).orElseGet(() -> pretending ? outbox.by(channel) : new ClosedChannel(channel)))
                .toList();
    }

    private Optional<Gateway> real(Channel channel) {
        return switch (channel) {
            case EMAIL -> SmtpSettings.of(configuration).map(settings -> new SmtpGateway(settings, clock));
            case SMS -> SmsSettings.of(configuration).map(SmsGateway::new);
        };
    }

    /** Whether nothing really leaves. */
    public boolean isPretending() {
        return SmtpSettings.of(configuration).isEmpty()
                && SmsSettings.of(configuration).isEmpty();
    }
}

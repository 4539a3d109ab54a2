package org.evenkeel.reminder;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.evenkeel.platform.DatabaseReady;
import org.evenkeel.reminder.ReminderFigures.Counts;

/**
 * How messages went in the last 24 hours, for the server's own {@code /metrics}: {@code evenkeel_messages} by channel and outcome. They
 * are read from the database, so that each node tells the same and a restart forgets nothing.
 */
@ApplicationScoped
public class ReminderMetrics {
    private static final Duration SPAN = Duration.ofDays(1);
    private static final Duration FRESH = Duration.ofSeconds(15);

    private static final Map<String, ToIntFunction<Counts>> OUTCOMES = Map.of(
            "sent", Counts::sent,
            "delivered", Counts::delivered,
            "confirmed", Counts::confirmed,
            "failed", Counts::failed,
            "unknown", Counts::unknown,
            "expired", Counts::expired);

    private MetricRegistry registry;
    private ReminderFigures figures;
    private ContextService contexts;
    private Clock clock;
    private Reading last = new Reading(Map.of(), Instant.MIN);

    @SuppressWarnings("NullAway.Init")
    protected ReminderMetrics() {}

    @Inject
    public ReminderMetrics(MetricRegistry registry, ReminderFigures figures, ContextService contexts, Clock clock) {
        this.registry = registry;
        this.figures = figures;
        this.contexts = contexts;
        this.clock = clock;
    }

    private record Reading(Map<Channel, Counts> counts, Instant until) {}

    /** The metrics are asked for outside the application, and answered inside it. */
    void register(@Observes DatabaseReady ready) {
        Supplier<Map<Channel, Counts>> inside = contexts.contextualSupplier(this::counts);
        Metadata about = Metadata.builder()
                .withName("evenkeel_messages")
                .withDescription("Messages to patients in the last 24 hours")
                .build();
        for (Channel channel : Channel.values()) {
            OUTCOMES.forEach((outcome, count) -> registry.gauge(
                    about,
                    () -> count.applyAsInt(inside.get().getOrDefault(channel, Counts.NONE)),
                    new Tag("channel", channel.name()),
                    new Tag("outcome", outcome)));
        }
    }

    private synchronized Map<Channel, Counts> counts() {
        Instant now = clock.instant();
        if (!last.until().isAfter(now)) {
            last = new Reading(figures.since(now.minus(SPAN)), now.plus(FRESH));
        }
        return last.counts();
    }
}

package org.evenkeel.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells everyone that an hour has gone by: {@link Hourly}. */
@ApplicationScoped
public class HourlyRound {
    private static final System.Logger LOG = System.getLogger(HourlyRound.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    private Event<Hourly> event;
    private Clock clock;
    private @Nullable ScheduledFuture<?> rounds;

    @SuppressWarnings("NullAway.Init")
    protected HourlyRound() {}

    @Inject
    public HourlyRound(Event<Hourly> event, Clock clock) {
        this.event = event;
        this.clock = clock;
    }

    void start(@Observes DatabaseReady ready) {
        rounds = executor.scheduleWithFixedDelay(this::go, 1, 60, TimeUnit.MINUTES);
    }

    void stop(@Observes Shutdown shutdown) {
        if (rounds != null) {
            rounds.cancel(false);
        }
    }

    /** Never throws: a scheduled task that throws is not run again. */
    private void go() {
        try {
            event.fire(new Hourly(clock.instant()));
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "An hourly task failed and is due again in an hour: {0}",
                    e.toString());
        }
    }
}

package org.evenkeel.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/** Tells everyone that an hour has gone by: {@link Hourly}. */
@ApplicationScoped
public class HourlyRound implements Recurring {
    private Event<Hourly> event;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected HourlyRound() {}

    @Inject
    public HourlyRound(Event<Hourly> event, Clock clock) {
        this.event = event;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "hourly";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        event.fire(new Hourly(clock.instant()));
    }
}

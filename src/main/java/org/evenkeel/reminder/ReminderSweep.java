package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.evenkeel.platform.Recurring;

/** Puts what is due into the outbox and sends it, again and again. One round more or less changes nothing: the database decides. */
@ApplicationScoped
public class ReminderSweep implements Recurring {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private ReminderPlanner planner;
    private ReminderDispatch dispatch;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected ReminderSweep() {}

    @Inject
    public ReminderSweep(ReminderPlanner planner, ReminderDispatch dispatch, Clock clock) {
        this.planner = planner;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reminders";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void run() {
        planner.plan(clock.instant());
        dispatch.sendDue();
    }
}

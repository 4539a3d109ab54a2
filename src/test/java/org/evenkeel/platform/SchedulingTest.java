package org.evenkeel.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.DirectSchedulerFactory;

class SchedulingTest {
    private static final Recurring WORK = new Recurring() {
        @Override
        public String name() {
            return "work";
        }

        @Override
        public Duration every() {
            return Duration.ofSeconds(10);
        }

        @Override
        public void run() {}
    };

    private final MovableClock clock = MovableClock.at("2027-03-02T15:00:00Z");
    private Scheduler scheduler;

    @BeforeEach
    void schedule() throws SchedulerException {
        DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
        factory.createVolatileScheduler(1);
        scheduler = factory.getScheduler();
        Scheduling.schedule(scheduler, WORK, clock);
    }

    @AfterEach
    void stop() throws SchedulerException {
        scheduler.shutdown();
    }

    @Test
    @DisplayName("experiment 8: when the clock has gone back an hour, work does not rest for an hour")
    void aClockThatGoesBack() throws SchedulerException {
        clock.advance(Duration.ofHours(-1));
        Scheduling.catchUp(scheduler, List.of(WORK), clock);
        assertEquals(clock.instant().plusSeconds(1), next());
    }

    @Test
    @DisplayName("otherwise the next round stays where it is")
    void aClockThatGoesOn() throws SchedulerException {
        Instant planned = next();
        clock.advance(Duration.ofSeconds(-5));
        Scheduling.catchUp(scheduler, List.of(WORK), clock);
        assertEquals(planned, next());
        clock.advance(Duration.ofHours(2));
        Scheduling.catchUp(scheduler, List.of(WORK), clock);
        assertEquals(planned, next());
    }

    private Instant next() throws SchedulerException {
        return scheduler
                .getTrigger(TriggerKey.triggerKey(WORK.name()))
                .getNextFireTime()
                .toInstant();
    }
}

package org.evenkeel.platform;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.spi.ThreadExecutor;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz, on the application's own database and on managed threads, so that of several nodes one runs a {@link Recurring} at a time,
 * and another takes over when that one is gone. Quartz only wakes; what is to be done stands in the database anyway.
 */
@ApplicationScoped
public class Scheduling {
    private static final System.Logger LOG = System.getLogger(Scheduling.class.getName());
    private static final String NAME = "evenkeel";
    private static final int THREADS = 3;
    private static final int CHECK_IN_MILLIS = 5_000;

    /** A database that is back is noticed soon, and one that is gone with the server does not keep it from stopping. */
    private static final int RETRY_MILLIS = 2_000;

    private static final int MISFIRE_MILLIS = 20_000;

    /** How often it is seen to that nothing waits for a time that the clock has been set back from. */
    private static final int WATCH_SECONDS = 20;

    @Resource(lookup = "jdbc/evenkeel-plain")
    private DataSource dataSource;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService watch;

    private Instance<Recurring> works;
    private Clock clock;
    private @Nullable Scheduler scheduler;
    private @Nullable Future<?> watching;

    @SuppressWarnings("NullAway.Init")
    protected Scheduling() {}

    @Inject
    @SuppressWarnings("NullAway.Init")
    public Scheduling(@Any Instance<Recurring> works, Clock clock) {
        this.works = works;
        this.clock = clock;
    }

    /** After whoever else prepares the database, such as the demo clinic. */
    void start(@Observes @Priority(Integer.MAX_VALUE) DatabaseReady ready) {
        try {
            Scheduler started = scheduler();
            started.setJobFactory((bundle, quartz) ->
                    new Run(works, bundle.getJobDetail().getKey().getName()));
            for (Recurring work : works) {
                schedule(started, work, clock);
            }
            started.start();
            scheduler = started;
            watching = watch.scheduleWithFixedDelay(
                    () -> catchUp(started, works, clock), WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
        } catch (SchedulerException | InvalidConfigurationException e) {
            throw new IllegalStateException("Recurring work cannot be scheduled", e);
        }
    }

    void stop(@Observes Shutdown shutdown) {
        if (watching != null) {
            watching.cancel(false);
        }
        if (scheduler != null) {
            try {
                scheduler.shutdown(true);
            } catch (SchedulerException e) {
                LOG.log(System.Logger.Level.WARNING, "Recurring work was not stopped: {0}", e.toString());
            }
        }
    }

    private Scheduler scheduler() throws SchedulerException, InvalidConfigurationException {
        DBConnectionManager.getInstance().addConnectionProvider(NAME, new Connections(dataSource));
        ThreadExecutor starter = new ManagedThreads(threads);
        String node = UUID.randomUUID().toString();
        DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
        factory.createScheduler(
                NAME,
                node,
                new BoundedPool(executor, THREADS),
                starter,
                store(node, starter),
                null,
                null,
                0,
                -1,
                RETRY_MILLIS,
                false,
                null);
        return factory.getScheduler(NAME);
    }

    private static JobStoreTX store(String node, ThreadExecutor starter) throws InvalidConfigurationException {
        JobStoreTX store = new JobStoreTX();
        store.setDataSource(NAME);
        store.setInstanceName(NAME);
        store.setInstanceId(node);
        store.setTablePrefix("QRTZ_");
        store.setDriverDelegateClass(PostgreSQLDelegate.class.getName());
        store.setIsClustered(true);
        store.setClusterCheckinInterval(CHECK_IN_MILLIS);
        store.setAcquireTriggersWithinLock(true);
        store.setMisfireThreshold(MISFIRE_MILLIS);
        store.setDbRetryInterval(RETRY_MILLIS);
        store.setThreadExecutor(starter);
        return store;
    }

    /** In place of what an older version had scheduled under the name. A round that was missed is not made up for. */
    static void schedule(Scheduler scheduler, Recurring work, Clock clock) throws SchedulerException {
        var job = JobBuilder.newJob(Run.class)
                .withIdentity(work.name())
                .storeDurably()
                .build();
        var trigger = TriggerBuilder.newTrigger()
                .withIdentity(work.name())
                .forJob(job)
                .startAt(Date.from(clock.instant().plusSeconds(1)))
                .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(
                                (int) work.every().toSeconds())
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        scheduler.scheduleJob(job, Set.of(trigger), true);
    }

    /**
     * Where the clock has gone back since the next round of some work was planned, that would come only when the clock has caught up:
     * it is planned anew. Never throws, or it would not be called again.
     */
    static void catchUp(Scheduler scheduler, Iterable<Recurring> works, Clock clock) {
        for (Recurring work : works) {
            try {
                Trigger trigger = scheduler.getTrigger(TriggerKey.triggerKey(work.name()));
                Instant latest = clock.instant().plus(work.every()).plusSeconds(WATCH_SECONDS);
                if (trigger != null
                        && trigger.getNextFireTime() != null
                        && trigger.getNextFireTime().toInstant().isAfter(latest)) {
                    LOG.log(System.Logger.Level.WARNING, "The clock went back: {0} is planned anew", work.name());
                    schedule(scheduler, work, clock);
                }
            } catch (SchedulerException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "{0} could not be looked after: {1}", work.name(), e.toString());
            }
        }
    }

    /** One run of the work of that name. */
    @DisallowConcurrentExecution
    private static final class Run implements Job {
        private final Instance<Recurring> works;
        private final String name;

        Run(Instance<Recurring> works, String name) {
            this.works = works;
            this.name = name;
        }

        /** Never throws: Quartz would try again at once, or give the work up. */
        @Override
        public void execute(JobExecutionContext context) {
            try {
                works.stream().filter(work -> work.name().equals(name)).forEach(Recurring::run);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "{0} failed and is due again: {1}", name, e.toString());
            }
        }
    }

    private record Connections(DataSource dataSource) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return dataSource.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }

    private record ManagedThreads(ManagedThreadFactory factory) implements ThreadExecutor {
        @Override
        public void execute(Thread thread) {
            factory.newThread(thread).start();
        }

        @Override
        public void initialize() {}
    }
}

package org.evenkeel.identity;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.evenkeel.platform.DatabaseReady;
import org.jspecify.annotations.Nullable;

/** Announces the first administrator's token at a start without one, and clears away what is over once an hour. */
@ApplicationScoped
public class IdentityUpkeep {
    private static final System.Logger LOG = System.getLogger(IdentityUpkeep.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    private final FirstAdministrator firstAdministrator;
    private final LoginSessions sessions;
    private final LoginThrottle throttle;
    private final Clock clock;
    private @Nullable ScheduledFuture<?> cleaning;

    @Inject
    public IdentityUpkeep(
            FirstAdministrator firstAdministrator, LoginSessions sessions, LoginThrottle throttle, Clock clock) {
        this.firstAdministrator = firstAdministrator;
        this.sessions = sessions;
        this.throttle = throttle;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected IdentityUpkeep() {
        this(null, null, null, null);
    }

    void start(@Observes DatabaseReady ready) {
        if (!ready.demoData()) {
            firstAdministrator.announce().ifPresent(IdentityUpkeep::print);
        }
        cleaning = executor.scheduleWithFixedDelay(this::clean, 1, 60, TimeUnit.MINUTES);
    }

    void stop(@Observes Shutdown shutdown) {
        if (cleaning != null) {
            cleaning.cancel(false);
        }
    }

    private static void print(String token) {
        LOG.log(
                System.Logger.Level.WARNING,
                "There is no administrator yet. Open /setup within 24 hours and use this one-time token: {0}",
                token);
    }

    /** Never throws: a scheduled task that throws is not run again. */
    private void clean() {
        try {
            Instant now = clock.instant();
            sessions.clean(now);
            throttle.clean(now);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Old sign-in records stay for another hour: {0}", e.getClass());
        }
    }
}

package org.evenkeel.audit;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.evenkeel.platform.DatabaseReady;
import org.jspecify.annotations.Nullable;

/** Seals every few seconds, on each node, and writes the head of the chain into the log from time to time: an anchor outside. */
@ApplicationScoped
public class AuditSealing {
    private static final System.Logger LOG = System.getLogger(AuditSealing.class.getName());
    private static final int EVERY_SECONDS = 5;
    private static final int ANCHOR_EVERY_PASSES = 720;

    @Resource
    private ManagedScheduledExecutorService executor;

    private final AuditSealer sealer;
    private @Nullable ScheduledFuture<?> passes;
    private int sinceAnchor = ANCHOR_EVERY_PASSES;

    @Inject
    public AuditSealing(AuditSealer sealer) {
        this.sealer = sealer;
    }

    @SuppressWarnings("NullAway")
    protected AuditSealing() {
        this.sealer = null;
    }

    void start(@Observes DatabaseReady ready) {
        passes = executor.scheduleWithFixedDelay(this::pass, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes Shutdown shutdown) {
        if (passes != null) {
            passes.cancel(false);
        }
    }

    /** Never throws: a scheduled task that throws is not run again. */
    private void pass() {
        try {
            sealer.seal();
            if (++sinceAnchor >= ANCHOR_EVERY_PASSES) {
                sinceAnchor = 0;
                LOG.log(System.Logger.Level.INFO, "Audit chain head: {0}", sealer.head());
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The audit chain could not be sealed; trying again: {0}",
                    e.getClass());
        }
    }
}

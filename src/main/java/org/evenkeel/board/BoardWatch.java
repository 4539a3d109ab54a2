package org.evenkeel.board;

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

/** Has this node look every second for what other nodes have changed. Every node does, so this is no work for Quartz. */
@ApplicationScoped
public class BoardWatch {
    private static final System.Logger LOG = System.getLogger(BoardWatch.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    private OtherNodes others;
    private @Nullable ScheduledFuture<?> looking;
    private boolean failing;

    @SuppressWarnings("NullAway.Init")
    protected BoardWatch() {}

    @Inject
    @SuppressWarnings("NullAway.Init")
    public BoardWatch(OtherNodes others) {
        this.others = others;
    }

    void start(@Observes DatabaseReady ready) {
        if (others.areThere()) {
            looking = executor.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    void stop(@Observes Shutdown shutdown) {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    /** Never throws: a scheduled task that throws is not run again. A database that is away for long is told of once. */
    private void look() {
        try {
            others.look();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.WARNING, "Boards do not learn of other nodes: {0}", e.getClass());
            }
            failing = true;
        }
    }
}

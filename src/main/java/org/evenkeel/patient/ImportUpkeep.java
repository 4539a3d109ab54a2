package org.evenkeel.patient;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.evenkeel.platform.DatabaseReady;
import org.jspecify.annotations.Nullable;

/** Discards what imports have left behind on this node: files with names of people stay for an hour, not longer. */
@ApplicationScoped
public class ImportUpkeep {
    private static final System.Logger LOG = System.getLogger(ImportUpkeep.class.getName());
    private static final int EVERY_MINUTES = 10;

    @Resource
    private ManagedScheduledExecutorService executor;

    private final PatientImport imports;
    private @Nullable ScheduledFuture<?> rounds;

    @Inject
    public ImportUpkeep(PatientImport imports) {
        this.imports = imports;
    }

    @SuppressWarnings("NullAway")
    protected ImportUpkeep() {
        this(null);
    }

    void start(@Observes DatabaseReady ready) {
        rounds = executor.scheduleWithFixedDelay(this::discard, 1, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    void stop(@Observes Shutdown shutdown) {
        if (rounds != null) {
            rounds.cancel(false);
        }
    }

    /** Never throws: a scheduled task that throws is not run again. */
    private void discard() {
        try {
            imports.discardOld(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Files of imports stay for ten minutes more: {0}", e.getClass());
        }
    }
}

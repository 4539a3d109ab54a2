package org.evenkeel.patient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.evenkeel.shared.Page;
import org.jspecify.annotations.Nullable;

/** One reading of a file, dry or for real: how far it is, and what became of each line. It lives on this node for an hour. */
public final class ImportRun {

    /** How it stands. */
    public enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    private final String id = UUID.randomUUID().toString();
    private final long accountId;
    private final ImportOptions options;
    private final ImportFile file;
    private final Path directory;
    private final OutcomeSpool spool;
    private volatile State state = State.RUNNING;
    private volatile int linesRead;
    private volatile boolean stopping;
    private volatile @Nullable Instant endedAt;

    /** @param directory of its own, deleted with the run */
    ImportRun(long accountId, ImportOptions options, ImportFile file, Path directory) throws IOException {
        this.accountId = accountId;
        this.options = options;
        this.file = file;
        this.directory = directory;
        this.spool = new OutcomeSpool(Files.createTempFile(directory, "outcomes", ".bin"));
    }

    public String id() {
        return id;
    }

    public boolean isDryRun() {
        return options.dryRun();
    }

    public State state() {
        return state;
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /** How much of the file has been read, 0 to 100. */
    public int percent() {
        return isRunning() ? (int) Math.min(99, 100L * linesRead / Math.max(1, file.lines())) : 100;
    }

    /** Columns of the file that mean nothing here. */
    public List<String> ignoredColumns() {
        return file.header().ignored();
    }

    /** How the bytes of the file were read, such as "UTF-8". */
    public String charset() {
        return file.charset().displayName();
    }

    /** @param kind null: all */
    public int count(ImportOutcome.@Nullable Kind kind) {
        return spool.count(kind);
    }

    /** @param kind null: all */
    public Page<ImportOutcome> outcomes(ImportOutcome.@Nullable Kind kind, int first, int limit) {
        try {
            return new Page<>(spool.page(kind, first, limit), spool.count(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean belongsTo(long account) {
        return accountId == account;
    }

    ImportOptions options() {
        return options;
    }

    ImportFile file() {
        return file;
    }

    Path directory() {
        return directory;
    }

    void add(List<ImportOutcome> outcomes, int lastLine) {
        try {
            spool.add(outcomes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        linesRead = lastLine;
    }

    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    void end(State how, Instant now) {
        state = how;
        endedAt = now;
    }

    boolean endedBefore(Instant instant) {
        Instant ended = endedAt;
        return ended != null && ended.isBefore(instant);
    }

    void close() {
        try {
            spool.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "ImportRun " + id;
    }
}

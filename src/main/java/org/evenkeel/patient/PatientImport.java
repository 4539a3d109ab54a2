package org.evenkeel.patient;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.CsvRecords.Row;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Phrases;
import org.evenkeel.shared.Phrases.Phrase;
import org.evenkeel.shared.Transactions;

/**
 * Imports patients from a CSV file, for the clinical lead: first a dry run that tells what would become of each line, then for
 * real. The file is read as a stream and written some lines at a time, each time in a transaction of its own, so that neither its
 * length nor a broken line matters; what became of the lines lies in a file too.
 */
@ApplicationScoped
public class PatientImport {
    static final int CHUNK = 200;
    private static final long LARGEST = 200L * 1024 * 1024;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final String DIRECTORY = "evenkeel-import-";
    private static final Logger LOG = Logger.getLogger(PatientImport.class.getName());

    private final Map<String, ImportRun> runs = new ConcurrentHashMap<>();
    private Patients patients;
    private Contacts contacts;
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Clock clock;
    private Executor executor;

    @SuppressWarnings("NullAway.Init")
    protected PatientImport() {}

    @Inject
    public PatientImport(
            Patients patients,
            Contacts contacts,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Clock clock,
            ManagedExecutorService executor) {
        this(patients, contacts, entities, transactions, gate, audit, clock, (Executor) executor);
    }

    /** @param executor runs an import, on whatever thread */
    PatientImport(
            Patients patients,
            Contacts contacts,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Clock clock,
            Executor executor) {
        this.patients = patients;
        this.contacts = contacts;
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Takes a file and starts to read it in the background.
     *
     * @throws Invalid if it is no list of patients, too large, or another one of the same account is being read
     */
    public ImportRun start(Actor actor, InputStream csv, ImportOptions options) {
        requireLead(actor);
        refuseSecond(actor);
        Path directory = createDirectory();
        try {
            Path path = directory.resolve("upload.csv");
            save(csv, path);
            return launch(actor, ImportFile.inspect(path, options.encoding()), options, directory);
        } catch (IOException e) {
            delete(directory);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    /**
     * Reads the file of a dry run again, this time for real.
     *
     * @throws NotFound if the dry run is not the actor's, or not there any more
     */
    public ImportRun startForReal(Actor actor, String dryRunId) {
        requireLead(actor);
        refuseSecond(actor);
        ImportRun dry = find(actor, dryRunId).orElseThrow(() -> new NotFound("import", dryRunId));
        try {
            Path directory = createDirectory();
            Path path = Files.copy(dry.file().path(), directory.resolve("upload.csv"));
            ImportFile same = new ImportFile(
                    path,
                    dry.file().charset(),
                    dry.file().separator(),
                    dry.file().header(),
                    dry.file().lines());
            ImportRun run = launch(actor, same, dry.options().forReal(), directory);
            discard(dry);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run of the actor's own that is not older than an hour. */
    public Optional<ImportRun> find(Actor actor, String id) {
        requireLead(actor);
        return Optional.ofNullable(runs.get(id))
                .filter(run -> run.belongsTo(actor.accountId())
                        && !run.endedBefore(clock.instant().minus(KEPT)));
    }

    /** Stops a run after the lines that are under way; what is imported stays. */
    public void stop(Actor actor, String id) {
        find(actor, id).ifPresent(ImportRun::stop);
    }

    private ImportRun launch(Actor actor, ImportFile file, ImportOptions options, Path directory) throws IOException {
        discardOld();
        ImportRun run = new ImportRun(actor.accountId(), options, file, directory);
        runs.put(run.id(), run);
        audit.recordApart(
                actor,
                new AuditTrail.Entry(
                        "IMPORTED",
                        "patient/import",
                        "import",
                        List.of(),
                        List.of(),
                        "OK",
                        (options.dryRun() ? "dry run of " : "") + file.lines() + " lines"));
        executor.execute(() -> read(actor, run));
        return run;
    }

    private void read(Actor actor, ImportRun run) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(14));
        ImportRun.State how = ImportRun.State.FAILED;
        try (CsvRecords records = run.file().records();
                SeenKeys seen = new SeenKeys(
                        Files.createTempFile(run.directory(), "seen", ".bin"),
                        2 * run.file().lines())) {
            records.next();
            List<Row> rows = next(records);
            while (!rows.isEmpty() && !run.isStopping()) {
                run.add(
                        outcomes(actor, run, rows, seen, today),
                        rows.get(rows.size() - 1).line());
                rows = next(records);
            }
            how = run.isStopping() ? ImportRun.State.STOPPED : ImportRun.State.DONE;
        } catch (IOException | RuntimeException e) {
            // The class alone: messages of drivers quote what was to be written.
            LOG.log(Level.SEVERE, "{0} failed: {1}", new Object[] {
                run, e.getClass().getName()
            });
        } finally {
            run.end(how, clock.instant());
        }
    }

    private static List<Row> next(CsvRecords records) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < CHUNK) {
            Row row = records.next();
            if (row == null) {
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private List<ImportOutcome> outcomes(Actor actor, ImportRun run, List<Row> rows, SeenKeys seen, LocalDate today)
            throws IOException {
        ImportOptions options = run.options();
        Phrases phrases = Phrases.in(options.locale());
        List<ImportOutcome> outcomes = new ArrayList<>();
        List<ImportLine> lines = new ArrayList<>();
        for (Row row : rows) {
            Phrase refusal = row.refusal();
            if (refusal != null) {
                String why = phrases.of(refusal.key(), refusal.values().toArray());
                outcomes.add(ImportOutcome.refused(row.line(), "", why));
                continue;
            }
            try {
                lines.add(ImportLine.of(row.line(), row.values(), run.file().header(), options.cleanNames(), today));
            } catch (Invalid e) {
                outcomes.add(ImportOutcome.refused(row.line(), "", e.in(options.locale())));
            }
        }
        while (!lines.isEmpty()) {
            lines = applyFirst(actor, lines, options, seen, outcomes);
        }
        outcomes.sort(Comparator.comparingInt(ImportOutcome::line));
        return outcomes;
    }

    /**
     * Applies each line that is the first to mean its patient, and skips what means one of an earlier line that was not refused.
     *
     * @return the others: what becomes of them depends on a line that was applied just now
     */
    private List<ImportLine> applyFirst(
            Actor actor, List<ImportLine> lines, ImportOptions options, SeenKeys seen, List<ImportOutcome> outcomes)
            throws IOException {
        Map<Integer, ImportLine> first = new LinkedHashMap<>();
        List<ImportLine> others = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (ImportLine line : lines) {
            int before = before(line, seen);
            if (before > 0) {
                remember(line, seen);
                outcomes.add(new ImportOutcome(
                        line.number(),
                        ImportOutcome.Kind.SKIPPED,
                        line.displayName(),
                        Phrases.in(options.locale()).of("patient.import.sameLine", String.valueOf(before))));
            } else if (Collections.disjoint(keys, line.keys())) {
                first.put(line.number(), line);
            } else {
                others.add(line);
            }
            keys.addAll(line.keys());
        }
        for (ImportOutcome outcome : applyTogether(actor, List.copyOf(first.values()), options)) {
            ImportLine line = first.get(outcome.line());
            if (line != null && outcome.kind() != ImportOutcome.Kind.REFUSED) {
                remember(line, seen);
            }
            outcomes.add(outcome);
        }
        return others;
    }

    /** The first line before this one that means the same patient, or 0. */
    private static int before(ImportLine line, SeenKeys seen) throws IOException {
        for (String key : line.keys()) {
            int before = seen.line(key);
            if (before > 0) {
                return before;
            }
        }
        return 0;
    }

    private static void remember(ImportLine line, SeenKeys seen) throws IOException {
        for (String key : line.keys()) {
            seen.add(key, line.number());
        }
    }

    private List<ImportOutcome> applyTogether(Actor actor, List<ImportLine> lines, ImportOptions options) {
        if (lines.isEmpty()) {
            return List.of();
        }
        try {
            return apply(actor, lines, options);
        } catch (RuntimeException e) {
            // Somebody was faster with one of them: the others must not suffer for it.
            LOG.log(Level.INFO, "Importing line by line after {0}", e.getClass().getName());
            return lines.stream().map(line -> applyAlone(actor, line, options)).toList();
        }
    }

    private ImportOutcome applyAlone(Actor actor, ImportLine line, ImportOptions options) {
        try {
            return apply(actor, List.of(line), options).get(0);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0} not imported: {1}", new Object[] {
                line, e.getClass().getName()
            });
            String why = Phrases.in(options.locale()).of("patient.import.notSaved");
            return ImportOutcome.refused(line.number(), line.displayName(), why);
        }
    }

    private List<ImportOutcome> apply(Actor actor, List<ImportLine> lines, ImportOptions options) {
        return transactions.inNew(() -> {
            ImportChunk chunk = new ImportChunk(patients, contacts, lines, options);
            List<ImportOutcome> outcomes = chunk.apply(lines);
            entities.flush();
            record(actor, "CREATED", chunk.createdIds());
            record(actor, "CHANGED", chunk.changedIds());
            return outcomes;
        });
    }

    private void record(Actor actor, String action, List<Long> ids) {
        if (!ids.isEmpty()) {
            audit.record(actor, new AuditTrail.Entry(action, "patient/import", "patient", ids, ids, "OK", ""));
        }
    }

    private void requireLead(Actor actor) {
        gate.require(actor, "import patients", Role.LEAD);
    }

    private void refuseSecond(Actor actor) {
        if (runs.values().stream().anyMatch(run -> run.isRunning() && run.belongsTo(actor.accountId()))) {
            throw new Invalid("file", "invalid.patient.importUnderWay");
        }
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory(DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void save(InputStream csv, Path path) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] buffer = new byte[64 * 1024];
            long size = 0;
            for (int read = csv.read(buffer); read >= 0; read = csv.read(buffer)) {
                size += read;
                if (size > LARGEST) {
                    throw new Invalid("file", "invalid.patient.fileTooLarge");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** Runs that ended an hour ago, and what was left in {@code directory} by a process that was killed. */
    void discardOld(Path directory) {
        discardOld();
        Instant lastUse = clock.instant().minus(KEPT.multipliedBy(2));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, DIRECTORY + "*")) {
            for (Path one : left) {
                if (lastUsed(one).isBefore(lastUse)) {
                    delete(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is under way is written to all the time. */
    private static Instant lastUsed(Path directory) throws IOException {
        Instant last = Files.getLastModifiedTime(directory).toInstant();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Instant used = Files.getLastModifiedTime(file).toInstant();
                last = used.isAfter(last) ? used : last;
            }
        }
        return last;
    }

    private void discardOld() {
        runs.values().stream()
                .filter(run -> run.endedBefore(clock.instant().minus(KEPT)))
                .forEach(this::discard);
    }

    private void discard(ImportRun run) {
        runs.remove(run.id());
        run.close();
        delete(run.directory());
    }

    /** Files with names of people do not outlive the application. */
    @PreDestroy
    void discardAll() {
        runs.values().forEach(ImportRun::stop);
        runs.values().forEach(this::discard);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "Files of an import could not be deleted: {0}",
                    e.getClass().getName());
        }
    }
}

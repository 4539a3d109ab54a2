package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.evenkeel.testing.Actors.LEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.patient.ImportOptions.Encoding;
import org.evenkeel.patient.ImportOutcome.Kind;
import org.evenkeel.shared.Transactions;
import org.evenkeel.testing.Database;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An import of a long file")
class ImportAtSizeTest {
    private static final int LINES = 50_000;
    private static final int LINES_FOR_REAL = 5_000;

    /** What comes and goes in a JVM that has run other tests. A tenth of a long file, or of what became of its lines, is more. */
    private static final long NOISE = 2 * 1024 * 1024;

    private static final AuditTrail NO_RECORD = new AuditTrail() {
        @Override
        public void record(Actor actor, Entry entry) {}

        @Override
        public void recordApart(Actor actor, Entry entry) {}
    };

    /** Patients, one a line, made as they are read. */
    private static final class Lines extends InputStream {
        private final int lines;
        private int line;
        private byte[] current = "Id,First,Last,BIRTHDATE,Phone\n".getBytes(UTF_8);
        private int at;

        Lines(int lines) {
            this.lines = lines;
        }

        @Override
        public int read() {
            if (at == current.length && line < lines) {
                current = patient(line++).getBytes(UTF_8);
                at = 0;
            }
            return at < current.length ? current[at++] & 0xff : -1;
        }

        private static String patient(int number) {
            return "id-%06d,Given%s,Family%s,%s,\n"
                    .formatted(
                            number,
                            letters(number),
                            letters(number / 7),
                            LocalDate.of(1950, 1, 1).plusDays(number % 20_000));
        }

        private static String letters(int number) {
            StringBuilder letters = new StringBuilder();
            for (int left = number; left > 0; left /= 26) {
                letters.append((char) ('a' + left % 26));
            }
            return letters.toString();
        }
    }

    /** Reads the memory that is in use after the first tenth of the chunks, and after the last. */
    private static final class Meter implements Transactions {
        private final Transactions transactions;
        private final int chunks;
        private final List<Long> readings = new ArrayList<>();
        private final List<Integer> percents = new ArrayList<>();
        private @Nullable ImportRun run;
        private int done;

        Meter(Transactions transactions, int lines) {
            this.transactions = transactions;
            this.chunks = lines / PatientImport.CHUNK;
        }

        @Override
        public <T> T inNew(Supplier<T> work) {
            T result = transactions.inNew(work);
            done++;
            if (done == chunks / 10 || done == chunks) {
                readings.add(used());
            }
            if (run != null && done % (chunks / 5) == 0) {
                percents.add(run.percent());
            }
            return result;
        }

        long growth() {
            return readings.get(1) - readings.get(0);
        }
    }

    /** Bytes of the heap that something still refers to. */
    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static ImportRun load(Database database, int lines, boolean dry, Meter meter) {
        PatientFixture given = new PatientFixture(database);
        List<Runnable> background = new ArrayList<>();
        PatientImport imports = new PatientImport(
                given.patients,
                given.contacts,
                database.entityManager(),
                meter,
                new Gate(NO_RECORD),
                NO_RECORD,
                given.staff.clock,
                background::add);
        ImportRun run =
                imports.start(LEAD, new Lines(lines), new ImportOptions(true, Encoding.DETECT, dry, Locale.ENGLISH));
        meter.run = run;
        assertEquals(0, run.percent());
        background.forEach(Runnable::run);
        assertEquals(ImportRun.State.DONE, run.state());
        assertEquals(100, run.percent());
        assertEquals(lines, run.count(Kind.CREATED));
        assertEquals(
                lines + 1, run.outcomes(null, lines - 1, 10).items().get(0).line(), "the last page can be looked at");
        return run;
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("takes no more memory for 50 000 lines than for 5 000, and tells all the while how far it is")
    void dryRun(Database database) {
        Meter meter = new Meter(database.transactions(), LINES);

        ImportRun run = load(database, LINES, true, meter);

        assertTrue(meter.growth() < NOISE, () -> meter.growth() + " bytes more in use at the last line of " + run);
        assertEquals(List.of(19, 39, 59, 79, 99), meter.percents);
    }

    /** On the database that lies outside of this JVM, whose own memory would count otherwise. */
    @Test
    @DisplayName("takes no more memory either when it creates the patients")
    void forReal() {
        Database database = Database.POSTGRES;
        Meter meter = new Meter(database.transactions(), LINES_FOR_REAL);

        load(database, LINES_FOR_REAL, false, meter);

        assertTrue(meter.growth() < NOISE, () -> meter.growth() + " bytes more in use at the last line");
    }

    @Test
    @DisplayName("would be found to take more if what became of the lines were kept")
    void theMeasureIsSharpEnough() {
        long before = used();
        List<ImportOutcome> kept = IntStream.range(0, LINES - LINES / 10)
                .mapToObj(i -> new ImportOutcome(i, Kind.CREATED, "Given Family " + i, ""))
                .toList();
        try {
            assertTrue(used() - before > NOISE);
        } finally {
            Reference.reachabilityFence(kept);
        }
    }
}

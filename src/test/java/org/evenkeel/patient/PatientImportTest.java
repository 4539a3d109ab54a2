package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.evenkeel.testing.Actors.ADMIN;
import static org.evenkeel.testing.Actors.DESK;
import static org.evenkeel.testing.Actors.LEAD;
import static org.evenkeel.testing.Actors.therapist;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.evenkeel.identity.Actor;
import org.evenkeel.patient.ImportOptions.Encoding;
import org.evenkeel.patient.ImportOutcome.Kind;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientImportTest {
    private static final ImportOptions CLEAN = new ImportOptions(true, Encoding.DETECT, false, Locale.ENGLISH);
    private static final ImportOptions AS_IT_IS = new ImportOptions(false, Encoding.DETECT, false, Locale.ENGLISH);
    private static final ImportOptions DRY = new ImportOptions(true, Encoding.DETECT, true, Locale.ENGLISH);

    private static InputStream synthea() {
        return Objects.requireNonNull(PatientImportTest.class.getResourceAsStream("synthea-form.csv"));
    }

    private static ImportRun load(PatientFixture given, String csv, ImportOptions options) {
        return load(given, csv, UTF_8, options);
    }

    private static ImportRun load(PatientFixture given, String csv, Charset charset, ImportOptions options) {
        return given.imports.start(LEAD, new ByteArrayInputStream(csv.getBytes(charset)), options);
    }

    /** "line KIND who detail" of each. */
    private static List<String> told(ImportRun run) {
        return run.outcomes(null, 0, 1000).items().stream()
                .map(outcome ->
                        (outcome.line() + " " + outcome.kind() + " " + outcome.who() + " " + outcome.detail()).strip())
                .toList();
    }

    private static String counts(ImportRun run) {
        return run.state()
                + IntStream.range(0, Kind.values().length)
                        .mapToObj(i -> " " + Kind.values()[i].name().toLowerCase(Locale.ROOT) + " "
                                + run.count(Kind.values()[i]))
                        .collect(Collectors.joining());
    }

    private static List<PatientRow> everyone(PatientFixture given) {
        return given.register.search(LEAD, "", "t", 0, 1000).items();
    }

    private static PatientDetails details(PatientFixture given, String search) {
        PatientRow row = given.register.search(LEAD, search, "t", 0, 2).items().get(0);
        return given.register.view(LEAD, row.id(), "t").details();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void importsWhatSyntheaWrites(Database database) {
        PatientFixture given = new PatientFixture(database);

        ImportRun run = given.imports.start(LEAD, synthea(), CLEAN);

        assertEquals("DONE created 4 changed 0 skipped 0 refused 0", counts(run));
        assertEquals("3 CREATED Ambrose Fenwick died on 1999-12-01", told(run).get(1));
        assertTrue(run.ignoredColumns().containsAll(List.of("SSN", "MAIDEN", "HEALTHCARE_COVERAGE")));
        PatientDetails inigo = details(given, "inigo odell");
        assertEquals("Íñigo", inigo.givenName());
        assertEquals(LocalDate.of(2001, 11, 30), inigo.birthDate());
        assertEquals(Patient.Gender.MALE, inigo.gender());
        assertEquals(
                List.of(new Contact(Contact.Kind.ADDRESS, "4 Mill Court, Flat 2, Hull, UnitedKingdom")),
                inigo.contacts());
        assertTrue(inigo.recordNumber().startsWith("P-"));
        PatientRow ambrose =
                given.register.search(DESK, "fenwick", "t", 0, 2).items().get(0);
        assertFalse(ambrose.bookable());
        assertEquals(LocalDate.of(1999, 12, 1), ambrose.diedOn());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void readsAndReportsInSpanish(Database database) {
        PatientFixture given = new PatientFixture(database);
        String file =
                """
                Número de expediente;Nombre;Apellidos;Fecha de nacimiento;Género;Idioma;Teléfono;Correo electrónico
                A-1;Luz;Ibáñez;1980-12-31;Mujer;español;555 0101;luz@example.org
                A-2;Mar;Soler;31/12/1980;;;;
                A-3;Sol;;;;;;
                """;

        ImportRun run = load(given, file, new ImportOptions(true, Encoding.DETECT, false, Locale.forLanguageTag("es")));

        assertEquals("DONE created 1 changed 0 skipped 0 refused 2", counts(run));
        assertEquals(
                List.of(
                        "2 CREATED Luz Ibáñez",
                        "3 REFUSED \"31/12/1980\" no es una fecha de nacimiento; escríbala como 1980-12-31",
                        "4 REFUSED falta el apellido"),
                told(run).stream().map(line -> line.replace("  ", " ")).toList());
        PatientDetails luz = details(given, "ibanez");
        assertEquals("A-1", luz.recordNumber());
        assertEquals(Patient.Gender.FEMALE, luz.gender());
        assertEquals("es", luz.language());
        assertEquals(LocalDate.of(1980, 12, 31), luz.birthDate());
        assertEquals(2, luz.contacts().size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsDigitsInNamesIfAsked(Database database) {
        PatientFixture given = new PatientFixture(database);

        given.imports.start(LEAD, synthea(), AS_IT_IS);

        assertEquals("Rosalind12", details(given, "quayle340").givenName());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void createsNothingTwiceFromOneFile(Database database) {
        PatientFixture given = new PatientFixture(database);
        given.imports.start(LEAD, synthea(), CLEAN);
        List<PatientRow> before = everyone(given);

        ImportRun again = given.imports.start(LEAD, synthea(), CLEAN);

        assertEquals("DONE created 0 changed 0 skipped 4 refused 0", counts(again));
        assertEquals(before, everyone(given));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tellsInADryRunWhatItWouldDoAndDoesNothing(Database database) {
        PatientFixture given = new PatientFixture(database);
        String csv =
                "Record number,First,Last,Birth date,Phone\nA1,Ana,Ruiz,1980-01-02,555-0100\n,Ben,Baker,nonsense,\n";

        ImportRun dry = load(given, csv, DRY);

        List<String> foretold = told(dry);
        assertEquals(
                List.of("2 CREATED Ana Ruiz", "3 REFUSED  \"nonsense\" is no birth date; write it like 1980-12-31"),
                foretold);
        assertEquals(List.of(), everyone(given));

        ImportRun real = given.imports.startForReal(LEAD, dry.id());

        assertFalse(real.isDryRun());
        assertEquals(foretold, told(real));
        assertEquals(1, everyone(given).size());
        assertThrows(NotFound.class, () -> given.imports.startForReal(LEAD, dry.id()));
        assertTrue(given.imports.find(DIFFERENT_LEAD, real.id()).isEmpty());
    }

    private static final Actor DIFFERENT_LEAD = new Actor(77, "other", LEAD.roles(), null);

    @ParameterizedTest
    @EnumSource(Database.class)
    void changesOnlyWhatTheFileSays(Database database) {
        PatientFixture given = new PatientFixture(database);
        load(given, "Id,First,Last,DOB,Sex,E-mail,Language\nx1,Ana,Ruiz,1980-01-02,F,ana@example.org,Spanish\n", CLEAN);

        database.transactions().runInNew(() -> Sql.on(database.entityManager())
                .add("update patient set zone = 'America/Los_Angeles'")
                .update());
        String later = "Id;Surname;Given name;Date of birth;Telephone;Gender;DEATHDATE\r\nx1;Ruiz;Anna;;555-0100;;\r\n";
        ImportRun dry = load(given, later, DRY);
        ImportRun run = load(given, later, CLEAN);

        assertEquals(List.of("2 CHANGED Anna Ruiz given name, new phone"), told(run));
        assertEquals(told(dry), told(run));
        PatientDetails ana = details(given, "ruiz");
        assertEquals("Anna", ana.givenName());
        assertEquals("es", ana.language());
        assertEquals(ZoneId.of("America/Los_Angeles"), ana.zone());
        assertEquals(Patient.Gender.FEMALE, ana.gender());
        assertEquals(LocalDate.of(1980, 1, 2), ana.birthDate());
        assertEquals(
                List.of(
                        new Contact(Contact.Kind.EMAIL, "ana@example.org"),
                        new Contact(Contact.Kind.PHONE, "555-0100")),
                ana.contacts());
        load(given, later.replace("555-0100", "+1 555 0100"), CLEAN);
        assertEquals(ana.contacts(), details(given, "ruiz").contacts(), "[A43] it is the same phone");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void meansByIdThenRecordNumberThenNameAndBirthDate(Database database) {
        PatientFixture given = new PatientFixture(database);
        load(
                given,
                "MRN,First,Last,DOB\nA1,Ana,Ruiz,1980-01-02\nA2,Ben,Baker,1981-01-02\nA3,Ben,Baker,1981-01-02\n,Cleo,Chen,\n",
                CLEAN);

        // The record number leads to the patient, who is given the id; from then on the id does.
        assertEquals(List.of("2 CHANGED Ana Ruiz id"), told(load(given, "Id,MRN,First,Last\nx1,a1,Ana,Ruiz\n", CLEAN)));
        assertEquals(
                List.of("2 SKIPPED Ana Ruiz nothing new"), told(load(given, "Id,First,Last\nx1,Ana,Ruiz\n", CLEAN)));
        assertEquals(
                List.of(
                        "2 REFUSED Ana Ruiz the record number belongs to a patient with another id",
                        "3 REFUSED Ana Ruiz the patient with this id has the record number A1"),
                told(load(given, "Id,MRN,First,Last\nx2,A1,Ana,Ruiz\nx1,A9,Ana,Ruiz\n", CLEAN)));
        assertEquals(
                List.of(
                        "2 CHANGED ANA Ruíz given name, family name",
                        "3 REFUSED Ben Baker 2 patients have this name and birth date; give the record number",
                        "4 SKIPPED Cleo Chen nothing new",
                        "5 CREATED Ana Ruiz"),
                told(load(
                        given,
                        "First,Last,DOB\nANA,Ruíz,1980-01-02\nBen,Baker,1981-01-02\nCleo,Chen,\nAna,Ruiz,1990-01-02\n",
                        CLEAN)));
        // Another id is another patient, but the lead is told.
        assertEquals(
                List.of("2 CREATED Ana Ruiz same name and birth date as A1"),
                told(load(given, "Id,First,Last,DOB\nx3,Ana,Ruiz,1980-01-02\n", CLEAN)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void skipsALineThatMeansAnEarlierOne(Database database) {
        PatientFixture given = new PatientFixture(database);
        String csv = "Id,First,Last,DOB\nx1,Ana,Ruiz,1980-01-02\nx2,Ben,Baker,1980-01-02\nx1,Ana,Ruiz,1980-01-02\n";

        assertEquals(
                "4 SKIPPED Ana Ruiz same as line 2", told(load(given, csv, DRY)).get(2));
        assertEquals(
                "4 SKIPPED Ana Ruiz same as line 2",
                told(load(given, csv, CLEAN)).get(2));
        assertEquals(2, everyone(given).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void doesNotSkipALineThatMeansTheSameAsARefusedOne(Database database) {
        PatientFixture given = new PatientFixture(database);
        load(given, "Id,MRN,First,Last\nx1,A1,Ana,Ruiz\n", CLEAN);
        String csv = "Id,MRN,First,Last\nx1,A9,Ana,Ruiz\nx1,A1,Anna,Ruiz\nx1,,Ana,Reyes\n,A9,Ben,Baker\n";
        List<String> expected = List.of(
                "2 REFUSED Ana Ruiz the patient with this id has the record number A1",
                "3 CHANGED Anna Ruiz given name",
                "4 SKIPPED Ana Reyes same as line 3",
                "5 CREATED Ben Baker");

        assertEquals(expected, told(load(given, csv, DRY)));
        assertEquals(expected, told(load(given, csv, CLEAN)));
        assertEquals(2, everyone(given).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void letsNoBrokenLineStopOrHalfImportTheOthers(Database database) {
        PatientFixture given = new PatientFixture(database);
        String csv = String.join(
                "\n",
                "Id,First,Last,DOB,Died,Sex,Email,Phone,Language",
                "g1,Good,One,1980-01-02,,F,,,",
                "b1,Bad,Date,31/12/1980,,,,,",
                "b2,,Nameless,1980-01-02,,,,,",
                "b3,Bad,\"Quote,1980-01-02,,,,,",
                "b4,Bad,Day,1980-02-30,,,,,",
                "b5,Future,Child,2030-01-01,,,,,",
                "b6,Dead,Early,1980-01-02,1979-01-01,,,,",
                "b7,Bad,Sex,1980-01-02,,Q,,,",
                "b8,Bad,Mail,1980-01-02,,,nowhere,,",
                "b9,Bad,Phone,1980-01-02,,,,call me,",
                "b10,Bad,Language,1980-01-02,,,,,Klingonish",
                "b11," + "x".repeat(81) + ",Long,1980-01-02,,,,,",
                "b12,Too,Few",
                "b13,12345,Digits,1980-01-02,,,,,",
                "g2,Good,Two,1980-01-02 00:00:00,1999-01-02T10:00:00Z,m,,,en-GB",
                "g3,\"Good\nOld\",Three,,,,,,");

        ImportRun run = load(given, csv, CLEAN);

        assertEquals("DONE created 3 changed 0 skipped 0 refused 13", counts(run));
        assertEquals(
                List.of("Good One", "Good Old Three", "Good Two"),
                everyone(given).stream()
                        .map(row -> row.displayName().replace('\n', ' '))
                        .toList());
        assertEquals(13, run.outcomes(Kind.REFUSED, 0, 100).items().size());
        assertEquals(
                List.of(13, 14, 15),
                run.outcomes(Kind.REFUSED, 10, 3).items().stream()
                        .map(ImportOutcome::line)
                        .toList());
        run.outcomes(Kind.REFUSED, 0, 100)
                .items()
                .forEach(outcome -> assertFalse(outcome.detail().isEmpty()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void readsLatinOneTabsAndByteOrderMarks(Database database) {
        PatientFixture given = new PatientFixture(database);

        load(given, "First;Last\nJosé;Muñoz\nAndré;Dœring\n", Charset.forName("windows-1252"), CLEAN);
        load(given, "\uFEFFFirst\tLast\nZoë\tÅberg\n", UTF_8, CLEAN);
        load(given, "First;Last\rMaxime;Old-Mac\r", Charset.forName("windows-1252"), CLEAN);
        load(
                given,
                "First,Last\nHéloïse,Älv\n",
                ISO_8859_1,
                new ImportOptions(true, Encoding.LATIN_1, false, Locale.ENGLISH));

        assertEquals("José", details(given, "munoz").givenName());
        assertEquals("Zoë", details(given, "aberg").givenName());
        assertEquals("Maxime", details(given, "old-mac").givenName());
        assertEquals("Älv", details(given, "heloise").familyName());
        ImportRun wrong = load(
                given,
                "First,Last\nHéloïse,Brun\nEva,Noir\n",
                ISO_8859_1,
                new ImportOptions(true, Encoding.UTF_8, false, Locale.ENGLISH));
        assertEquals("DONE created 1 changed 0 skipped 0 refused 1", counts(wrong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "Street,Town\nx,y\n", "First,Town\nAna,y\n", "PK\u0003\u0004 spreadsheet"})
    void refusesWhatIsNoListOfPatients(String csv) {
        PatientFixture given = new PatientFixture(Database.H2);

        assertEquals(
                "file", assertThrows(Invalid.class, () -> load(given, csv, DRY)).field());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isForTheLeadAlone(Database database) {
        PatientFixture given = new PatientFixture(database);

        for (Actor actor : List.of(DESK, ADMIN, therapist(3))) {
            assertThrows(NotAllowed.class, () -> given.imports.start(actor, synthea(), DRY));
            assertThrows(NotAllowed.class, () -> given.imports.find(actor, "x"));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void importsTheOthersIfOneCannotBeSaved(Database database) {
        PatientFixture given = new PatientFixture(database);
        // Stands for whatever refuses one line at the flush: each is then tried alone.
        database.transactions().runInNew(() -> Sql.on(database.entityManager())
                .add("alter table patient add constraint no_zed check (family_name <> 'Zed')")
                .update());
        try {
            ImportRun run = load(given, "Id,First,Last\n1,Ana,Ruiz\n2,Zoe,Zed\n3,Ben,Baker\n", CLEAN);

            assertEquals("DONE created 2 changed 0 skipped 0 refused 1", counts(run));
            assertEquals(
                    List.of("Ben Baker", "Ana Ruiz"),
                    everyone(given).stream().map(PatientRow::displayName).toList());
        } finally {
            database.transactions().runInNew(() -> Sql.on(database.entityManager())
                    .add("alter table patient drop constraint no_zed")
                    .update());
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void takesAFixedNumberOfStatementsForAChunk(Database database) {
        PatientFixture given = new PatientFixture(database);

        int few = given.database.statements(() -> load(given, lines(0, 5), CLEAN));
        int many = given.database.statements(() -> load(given, lines(5, PatientImport.CHUNK), CLEAN));

        // Ids are fetched fifty at a time, and inserts go in batches of a hundred.
        assertTrue(many <= few + 20, few + " statements for 5 lines, " + many + " for " + PatientImport.CHUNK);
        assertEquals(
                PatientImport.CHUNK + 5,
                given.register.search(LEAD, "", "t", 0, 1).total());
    }

    @Test
    @DisplayName("files of a process that was killed are discarded two hours after their last use")
    void discardsWhatIsLeftOver(@TempDir Path directory) throws IOException {
        PatientFixture given = new PatientFixture(Database.H2);
        Instant now = given.staff.clock.instant();
        Path old = leftOver(directory, "evenkeel-import-1", now.minus(Duration.ofHours(3)));
        Path inUse = leftOver(directory, "evenkeel-import-2", now.minus(Duration.ofMinutes(90)));
        Path foreign = leftOver(directory, "other", now.minus(Duration.ofDays(3)));

        given.imports.discardOld(directory);

        assertEquals(
                List.of(false, true, true), List.of(Files.exists(old), Files.exists(inUse), Files.exists(foreign)));
    }

    private static Path leftOver(Path directory, String name, Instant lastUse) throws IOException {
        Path left = Files.createDirectory(directory.resolve(name));
        Path file = Files.writeString(left.resolve("upload.csv"), "Id,First,Last");
        Files.setLastModifiedTime(file, FileTime.from(lastUse));
        Files.setLastModifiedTime(left, FileTime.from(lastUse.minus(Duration.ofHours(1))));
        return left;
    }

    private static String lines(int from, int count) {
        return "Id,First,Last,DOB,Phone\n"
                + IntStream.range(from, from + count)
                        .mapToObj(i -> "id" + i + ",Given" + i + ",Family" + i + ",1980-01-02,555 " + (1000 + i))
                        .collect(Collectors.joining("\n"));
    }
}

package org.evenkeel.patient;

import static org.evenkeel.patient.PatientFixture.BORN;
import static org.evenkeel.patient.PatientFixture.named;
import static org.evenkeel.patient.PatientFixture.of;
import static org.evenkeel.testing.Actors.ADMIN;
import static org.evenkeel.testing.Actors.DESK;
import static org.evenkeel.testing.Actors.LEAD;
import static org.evenkeel.testing.Actors.therapist;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Versioned;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.TherapistFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatientRegisterTest {
    private static final Contact PHONE = new Contact(Contact.Kind.PHONE, "+1 555 0100");
    private static final Contact EMAIL = new Contact(Contact.Kind.EMAIL, "Ana@example.org");

    private static List<Long> found(PatientFixture given, Actor actor, String text) {
        return given.register.search(actor, text, "patient/list", 0, 25).items().stream()
                .map(PatientRow::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void findsForTheDeskWhatThreeLettersMean(Database database) {
        PatientFixture given = new PatientFixture(database);
        long ana = given.add("Ana María", "Ruiz");
        long li = given.add("Wei", "Li");
        given.add("Lina", "Olsen");

        assertEquals(List.of(ana), found(given, DESK, "MARI"));
        assertEquals(List.of(ana), found(given, DESK, "ruiz ana"));
        assertEquals(List.of(ana), found(given, DESK, " uiz "));
        assertEquals(List.of(li), found(given, DESK, "lí"));
        assertEquals(List.of(), found(given, DESK, "an"));
        assertEquals(List.of(), found(given, DESK, "a n a"));
        assertEquals(List.of(), found(given, DESK, ""));
        assertEquals(List.of(), found(given, DESK, "%%%"));
        assertEquals(List.of(), found(given, DESK, "___"));
        assertEquals(
                List.of(ana),
                found(
                        given,
                        DESK,
                        given.register
                                .view(LEAD, ana, "t")
                                .details()
                                .recordNumber()
                                .toLowerCase(Locale.ROOT)));
        assertTrue(given.register.isTooShort(DESK, "li"));
        assertFalse(given.register.isTooShort(LEAD, "li"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ignoresAccentsApostrophesAndHyphens(Database database) {
        PatientFixture given = new PatientFixture(database);
        long id = given.add("Bjørn", "O’Brien-Łukaszewicz");

        assertEquals(List.of(id), found(given, DESK, "bjorn"));
        assertEquals(List.of(id), found(given, DESK, "O'Brien Lukaszewicz"));
        assertEquals(List.of(id), found(given, DESK, "obrien"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void showsTheLeadEveryoneAndAnAdministratorNobody(Database database) {
        PatientFixture given = new PatientFixture(database);
        long id = given.add("Ana", "Ruiz");

        assertEquals(List.of(id), found(given, LEAD, ""));
        assertThrows(NotAllowed.class, () -> found(given, ADMIN, "ruiz"));
        assertThrows(NotAllowed.class, () -> given.register.view(ADMIN, id, "patient/view"));
        assertThrows(NotAllowed.class, () -> given.register.add(ADMIN, named("A", "B")));
        assertThrows(NotAllowed.class, () -> given.register.change(ADMIN, id, 1, named("A", "B")));
        assertThrows(NotAllowed.class, () -> given.register.lookAlikes(ADMIN, named("A", "B"), null));
        assertEquals(
                2,
                given.audit.lines().stream()
                        .filter(line -> line.equals("REFUSED search patients patient[] DENIED")
                                || line.equals("REFUSED see a patient patient[] DENIED"))
                        .count());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void showsATherapistTheOwnCaseloadOnly(Database database) {
        PatientFixture given = new PatientFixture(database);
        long lee = given.staff.add("Lee");
        long ruiz = given.staff.add("Ruiz");
        long primary = given.register.add(DESK, of(named("Ana", "Alvarez"), lee));
        long seen = given.add("Ben", "Baker");
        long coming = given.add("Cleo", "Chen");
        long longAgo = given.add("Dan", "Diaz");
        long other = given.register.add(DESK, of(named("Eve", "Evans"), ruiz));
        Instant now = TherapistFixture.NOW;
        given.staff.session(lee, now.minus(Duration.ofDays(90)), 50, "BOOKED", seen);
        given.staff.session(lee, now.plus(Duration.ofDays(300)), 50, "BOOKED", coming);
        given.staff.session(lee, now.minus(Duration.ofDays(91)), 50, "BOOKED", longAgo);
        Actor actor = therapist(lee);

        assertEquals(List.of(primary, seen, coming), found(given, actor, ""));
        assertEquals(List.of(primary), found(given, actor, "an"));
        assertEquals(List.of(), found(given, actor, "evans"));
        assertEquals(
                "Ben",
                given.register.view(actor, seen, "patient/view").details().givenName());
        assertThrows(NotFound.class, () -> given.register.view(actor, other, "patient/view"));
        assertThrows(NotFound.class, () -> given.register.view(actor, longAgo, "patient/view"));
        assertThrows(NotAllowed.class, () -> given.register.change(actor, primary, 1, named("A", "B")));
        assertThrows(NotAllowed.class, () -> found(given, new Actor(9, "nobody", Set.of(Role.THERAPIST), null), "ana"));
        assertTrue(given.audit.lines().contains("REFUSED see a patient patient[" + other + "] DENIED"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void writesDownEveryLook(Database database) {
        PatientFixture given = new PatientFixture(database);
        long id = given.add("Ana", "Ruiz");
        found(given, DESK, "ruiz");
        given.register.view(DESK, id, "patient/view");

        assertEquals(
                List.of(
                        "CREATED patient patient[" + id + "] OK",
                        "SEARCHED patient/list patient[" + id + "] OK",
                        "VIEWED patient/view patient[" + id + "] OK"),
                given.audit.lines().stream()
                        .filter(line -> line.contains("patient["))
                        .toList());
        given.audit.breakDown();
        assertThrows(IllegalStateException.class, () -> given.register.view(DESK, id, "patient/view"));
        assertThrows(IllegalStateException.class, () -> found(given, DESK, "ruiz"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void sealsContactsUnderTheirRow(Database database) {
        PatientFixture given = new PatientFixture(database);
        long id = given.register.add(DESK, of(named("Ana", "Ruiz"), null, PHONE, EMAIL));

        assertEquals(
                List.of(PHONE, EMAIL),
                given.register.view(DESK, id, "t").details().contacts());
        List<String> stored = database.transactions().inNew(() -> Sql.on(database.entityManager())
                .add("select sealed, lookup from contact_point")
                .list(row -> row.text(1) + row.text(2)));
        assertEquals(2, stored.size());
        stored.forEach(text -> assertFalse(text.contains("555") || text.contains("example")));

        // A value that was copied to another row does not open.
        database.transactions().runInNew(() -> Sql.on(database.entityManager())
                .add("update contact_point set sealed = (select max(sealed) from contact_point)")
                .update());
        assertThrows(IllegalStateException.class, () -> given.register.view(DESK, id, "t"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A22] whoever saves a stale patient is refused, even if contacts alone were changed meanwhile")
    void refusesAStaleChange(Database database) {
        PatientFixture given = new PatientFixture(database);
        long id = given.register.add(DESK, of(named("Ana", "Ruiz"), null, PHONE));
        Versioned<PatientDetails> seen = given.register.view(DESK, id, "patient/edit");
        given.register.change(LEAD, id, seen.version(), of(seen.details(), null, EMAIL));

        Stale stale = assertThrows(
                Stale.class, () -> given.register.change(DESK, id, seen.version(), of(seen.details(), null, PHONE)));
        Versioned<PatientDetails> now = given.register.view(DESK, id, "patient/edit");
        assertEquals(now.version(), stale.currentVersion());
        assertEquals(List.of(EMAIL), now.details().contacts());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void givesRecordNumbersAndKeepsThemUnique(Database database) {
        PatientFixture given = new PatientFixture(database);
        long ana = given.add("Ana", "Ruiz");
        String number = given.register.view(LEAD, ana, "t").details().recordNumber();
        assertTrue(number.matches("P-\\d{6}"), number);
        PatientDetails copy = new PatientDetails(
                number.toLowerCase(Locale.ROOT),
                "B",
                "C",
                BORN,
                Patient.Gender.MALE,
                "en",
                null,
                null,
                true,
                List.of());
        PatientDetails taken = new PatientDetails(
                Patient.numberFor(ana + 1), "B", "C", BORN, Patient.Gender.MALE, "en", null, null, true, List.of());

        assertEquals(
                "recordNumber",
                assertThrows(Invalid.class, () -> given.register.add(DESK, copy))
                        .field());
        // Somebody types the very number that the next patient would be given.
        given.register.add(DESK, taken);
        for (int i = 0; i < 3; i++) {
            given.add("Next", "One" + i);
        }
        assertEquals(5, given.register.search(LEAD, "", "t", 0, 25).total());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsWhereAPatientIs(Database database) {
        PatientFixture given = new PatientFixture(database);
        long ana = given.add("Ana", "Ruiz");
        var seen = given.register.view(LEAD, ana, "t");
        assertNull(seen.details().zone());
        given.register.change(DESK, ana, seen.version(), in(seen.details(), ZoneId.of("America/Los_Angeles")));
        assertEquals(
                ZoneId.of("America/Los_Angeles"),
                given.register.view(LEAD, ana, "t").details().zone());
        for (String odd : List.of("UTC", "+02:00", "Etc/GMT+5", "SystemV/EST5")) {
            assertEquals(
                    "zone",
                    assertThrows(Invalid.class, () -> in(seen.details(), ZoneId.of(odd)), odd)
                            .field());
        }
    }

    private static PatientDetails in(PatientDetails base, ZoneId zone) {
        return new PatientDetails(
                base.recordNumber(),
                base.givenName(),
                base.familyName(),
                base.birthDate(),
                base.gender(),
                base.language(),
                zone,
                base.primaryTherapistId(),
                base.diedOn(),
                base.active(),
                base.contacts());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void knowsLookAlikes(Database database) {
        PatientFixture given = new PatientFixture(database);
        long ana = given.add("Ana", "Ruiz");

        for (PatientDetails alike : List.of(
                named("ANA", "Ruíz"),
                named("Ruiz", "Ana"),
                named("Anna", "Ruiz"),
                named("Ana", "Riuz"),
                named("Ana María", "Ruiz"))) {
            assertEquals(
                    List.of(ana),
                    given.register.lookAlikes(DESK, alike, null).stream()
                            .map(PatientRow::id)
                            .toList());
        }
        assertEquals(List.of(), given.register.lookAlikes(DESK, named("Ana", "Ruiz"), ana));
        assertEquals(List.of(), given.register.lookAlikes(DESK, named("Eva", "Ruiz"), null));
        PatientDetails older = new PatientDetails(
                "", "Ana", "Ruiz", BORN.minusDays(1), Patient.Gender.FEMALE, "en", null, null, true, List.of());
        assertEquals(List.of(), given.register.lookAlikes(DESK, older, null));
        PatientDetails unborn =
                new PatientDetails("", "ana", "ruiz", null, Patient.Gender.FEMALE, "en", null, null, true, List.of());
        assertEquals(1, given.register.lookAlikes(DESK, unborn, null).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesDaysInTheFutureAndOutOfOrder(Database database) {
        PatientFixture given = new PatientFixture(database);
        PatientDetails unborn = new PatientDetails(
                "", "A", "B", LocalDate.of(2028, 1, 1), Patient.Gender.OTHER, "en", null, null, true, List.of());
        PatientDetails undead = new PatientDetails(
                "", "A", "B", BORN, Patient.Gender.OTHER, "en", null, LocalDate.of(2028, 1, 1), true, List.of());

        assertEquals(
                "birthDate",
                assertThrows(Invalid.class, () -> given.register.add(DESK, unborn))
                        .field());
        assertEquals(
                "diedOn",
                assertThrows(Invalid.class, () -> given.register.add(DESK, undead))
                        .field());
        assertThrows(
                Invalid.class,
                () -> new PatientDetails(
                        "", "A", "B", BORN, Patient.Gender.OTHER, "en", null, BORN.minusDays(1), true, List.of()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tellsHowManySessionsAreStillToCome(Database database) {
        PatientFixture given = new PatientFixture(database);
        long lee = given.staff.add("Lee");
        long ana = given.add("Ana", "Ruiz");
        given.staff.session(lee, TherapistFixture.NOW.plusSeconds(3600), 50, "BOOKED", ana);
        given.staff.session(lee, TherapistFixture.NOW.minusSeconds(3600), 50, "BOOKED", ana);
        Versioned<PatientDetails> seen = given.register.view(DESK, ana, "t");
        PatientDetails gone = new PatientDetails(
                seen.details().recordNumber(),
                "Ana",
                "Ruiz",
                BORN,
                Patient.Gender.FEMALE,
                "es",
                lee,
                BORN,
                false,
                List.of());

        assertEquals(1, given.register.change(DESK, ana, seen.version(), gone));
        Page<PatientRow> page = given.register.search(DESK, "ruiz", "t", 0, 25);
        assertFalse(page.items().get(0).bookable());
        assertEquals(gone, given.register.view(LEAD, ana, "t").details());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void searchesInAFixedNumberOfStatements(Database database) {
        PatientFixture given = new PatientFixture(database);
        long lee = given.staff.add("Lee");
        int one = statementsWith(given, lee, 1);
        int many = statementsWith(given, lee, 30);

        assertEquals(one, many);
        Page<PatientRow> second = given.register.search(LEAD, "patient", "t", 25, 25);
        assertEquals(31, second.total());
        assertEquals(6, second.items().size());
    }

    private static int statementsWith(PatientFixture given, long therapist, int patients) {
        for (int i = 0; i < patients; i++) {
            given.register.add(DESK, of(named("Patient", "No" + patients + "x" + i), therapist, PHONE));
        }
        return given.database.statements(() -> {
            found(given, DESK, "patient");
            found(given, LEAD, "");
            found(given, therapist(therapist), "");
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A32] the lead alone sees and changes who is kept apart")
    void keepsApartForTheLeadAlone(Database database) {
        PatientFixture given = new PatientFixture(database);
        long ana = given.add("Ana", "Ruiz");
        long ben = given.add("Ben", "Baker");

        given.keepApart.add(LEAD, ben, ana);
        given.keepApart.add(LEAD, ana, ben);

        assertEquals(ben, given.keepApart.of(LEAD, ana).get(0).id());
        assertEquals(ana, given.keepApart.of(LEAD, ben).get(0).id());
        for (Actor actor : List.of(DESK, ADMIN, therapist(1))) {
            assertThrows(NotAllowed.class, () -> given.keepApart.of(actor, ana));
            assertThrows(NotAllowed.class, () -> given.keepApart.add(actor, ana, ben));
            assertThrows(NotAllowed.class, () -> given.keepApart.end(actor, ana, ben));
        }
        assertThrows(Invalid.class, () -> given.keepApart.add(LEAD, ana, ana));
        assertThrows(NotFound.class, () -> given.keepApart.add(LEAD, ana, 987654321));
        given.keepApart.end(LEAD, ana, ben);
        assertEquals(List.of(), given.keepApart.of(LEAD, ben));
    }
}

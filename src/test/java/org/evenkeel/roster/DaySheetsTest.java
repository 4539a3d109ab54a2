package org.evenkeel.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.series.SeriesFixture;
import org.evenkeel.series.WaitlistWish;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The day on paper")
class DaySheetsTest {
    private static final LocalDate MONDAY = LocalDate.of(2027, 3, 8);

    /** On Monday 2027-03-08 "DBT skills" of Dr Lee with Dr Ruiz, to which Ana and =Cleo come, and Ben with Dr Ruiz at 14:00. */
    private static final class Scene {
        final SeriesFixture given;
        final ClinicFixture clinic;
        final DaySheets sheets;
        final Roster roster;
        final Actor drRuiz;
        final long session;
        final long group;

        Scene(Database database) {
            given = new SeriesFixture(database);
            clinic = given.clinic;
            SessionViews views = new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
            sheets = new DaySheets(clinic.em, views, clinic.transactions, clinic.audit);
            roster = new Roster(clinic.em, clinic.transactions, views, clinic.clock);
            drRuiz = new Actor(4, "ruiz", Set.of(Role.THERAPIST), clinic.ruiz);
            group = given.create(given.together("FREQ=WEEKLY;BYDAY=MO;COUNT=2"));
            given.enrol(group, clinic.ana);
            given.enrol(group, given.patient("=Cleo"));
            session = given.sessions(group).get(0);
            clinic.booking.book(
                    clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-08T14:00", 50, clinic.room1, clinic.ben));
        }

        List<CSVRecord> csv(Actor actor, boolean initials) {
            try {
                return CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(sheets.csv(actor, MONDAY, null, null, initials)))
                        .getRecords();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> sessions(DaySheet sheet) {
        return sheet.parts().stream()
                .flatMap(p -> p.sessions().stream()
                        .map(s -> p.therapist() + ": " + s.title() + " "
                                + s.participantsByName().size()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isOfEveryoneForTheDeskWithGroupsInThePartOfEachOfTheirTherapists(Database database) {
        Scene scene = new Scene(database);
        List<String> all =
                List.of("Dr Lee: DBT skills 2", "Dr Ruiz: DBT skills 2", "Dr Ruiz: Cognitive behavioral therapy 1");

        assertEquals(all, sessions(scene.sheets.of(scene.clinic.desk, MONDAY, null, null)));
        assertEquals(all, sessions(scene.sheets.of(scene.clinic.lead, MONDAY, null, scene.clinic.site)));
        assertEquals(all.subList(0, 1), sessions(scene.sheets.of(scene.clinic.desk, MONDAY, scene.clinic.lee, null)));
        assertEquals(List.of(), sessions(scene.sheets.of(scene.clinic.desk, MONDAY.plusDays(1), null, null)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isOfATherapistsOwnForThemAndOfNobodyForTheAdministrator(Database database) {
        Scene scene = new Scene(database);

        assertEquals(
                List.of("Dr Lee: DBT skills 2"), sessions(scene.sheets.of(scene.clinic.drLee, MONDAY, null, null)));
        assertThrows(NotAllowed.class, () -> scene.sheets.of(scene.clinic.drLee, MONDAY, scene.clinic.ruiz, null));
        assertThrows(NotAllowed.class, () -> scene.sheets.of(scene.clinic.admin, MONDAY, null, null));
        assertThrows(NotAllowed.class, () -> scene.csv(scene.clinic.admin, true));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isAFileWithALineForEachPatientOnceAndOnRecordAsAnExport(Database database) {
        Scene scene = new Scene(database);

        List<CSVRecord> lines = scene.csv(scene.clinic.desk, false);

        assertEquals(3, lines.size());
        CSVRecord first = lines.get(0);
        assertEquals("2027-03-08", first.get("date"));
        assertEquals("10:00", first.get("start"));
        assertEquals("America/New_York", first.get("zone"));
        assertEquals("Dr Ruiz", first.get("co_facilitators"));
        assertEquals("DBT skills", first.get("session"));
        assertEquals("3", first.get("seats"));
        assertEquals("'=Cleo Group=Cleo", first.get("patient"), "no formula for a spreadsheet");
        assertEquals("Ana Reyes", lines.get(1).get("patient"), "by family name");
        Entry last =
                scene.clinic.audit.entries().get(scene.clinic.audit.entries().size() - 1);
        assertEquals("EXPORTED", last.action());
        assertEquals(3, last.patientIds().size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isByFamilyNameOfTherapistsAndOfPatientsAndTheFileByTimeAcrossTherapists(Database database) {
        Scene scene = new Scene(database);
        ClinicFixture clinic = scene.clinic;
        long abel =
                clinic.transactions.inNew(() -> clinic.therapist("Prof Dr", "Zoe", "Abel", Therapist.Gender.FEMALE));
        clinic.booking.book(
                clinic.desk, clinic.wish("IND", abel, "2027-03-08T12:00", 50, clinic.telehealth, clinic.ben));
        scene.given.enrol(scene.group, clinic.transactions.inNew(() -> clinic.patient("Zed", "Álvarez", null)));

        DaySheet sheet = scene.sheets.of(clinic.desk, MONDAY, null, null);

        assertEquals(
                List.of("Prof Dr Abel", "Dr Lee", "Dr Ruiz"),
                sheet.parts().stream().map(DaySheet.Part::therapist).toList());
        assertEquals(
                List.of("Zed Álvarez", "=Cleo Group=Cleo", "Ana Reyes"),
                sheet.parts().get(1).sessions().get(0).participantsByName().stream()
                        .map(SessionView.Attendee::name)
                        .toList());
        assertEquals(
                List.of("10:00", "10:00", "10:00", "12:00", "14:00"),
                scene.csv(clinic.desk, false).stream()
                        .map(line -> line.get("start"))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void countsASeatThatIsKeptForWhoWaitsAsNotFree(Database database) {
        Scene scene = new Scene(database);
        ClinicFixture c = scene.clinic;
        assertEquals("1", scene.csv(c.desk, false).get(0).get("seats_free"));
        long entry = scene.given.waitlist.add(c.desk, WaitlistWish.seat(c.ben, scene.group, MONDAY, 2));
        scene.given.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(1)));
        assertEquals("0", scene.csv(c.desk, false).get(0).get("seats_free"));
        SessionView session = scene.roster.session(c.desk, scene.session).session();
        assertEquals(List.of(2, 1, 0), List.of(session.taken(), session.kept(), session.free()));
        c.clock.advance(Duration.ofHours(2));
        assertEquals("1", scene.csv(c.desk, false).get(0).get("seats_free"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void showsInitialsOnRequest(Database database) {
        Scene scene = new Scene(database);

        String csv = scene.sheets.csv(scene.clinic.desk, MONDAY, null, null, true);

        assertTrue(csv.contains("A. R."), csv);
        assertFalse(csv.contains("Reyes") || csv.contains("P-Ana"), csv);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", "\tx", "\rx"})
    @DisplayName("has no cell that a spreadsheet takes for a formula")
    void formulas(String cell) {
        assertEquals("'" + cell, SheetCsv.safe(cell));
        assertEquals("Ana " + cell, SheetCsv.safe("Ana " + cell));
        assertEquals("", SheetCsv.safe(""));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A19] A session's roster tells who waits, and which of its therapists is away")
    void rosterOfASession(Database database) {
        Scene scene = new Scene(database);

        SessionRoster roster = scene.roster.session(scene.drRuiz, scene.session);
        assertEquals(0, roster.waiting());
        assertEquals(2, roster.unmarked());
        assertFalse(roster.isUnderStaffed());
        String stamp = scene.roster.stampOf(scene.drRuiz, scene.session);

        scene.clinic.timeOff(scene.clinic.ruiz, "2027-03-08T11:00", "2027-03-08T12:00");
        roster = scene.roster.session(scene.clinic.desk, scene.session);
        assertTrue(roster.isUnderStaffed());
        assertEquals("Dr Ruiz", roster.away().get(0).name());
        assertEquals(stamp, scene.roster.stampOf(scene.clinic.desk, scene.session));
        assertThrows(NotAllowed.class, () -> scene.roster.session(scene.clinic.admin, scene.session));
        assertThrows(NotAllowed.class, () -> scene.roster.stampOf(scene.clinic.admin, scene.session));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void costsTheSameStatementsHoweverManyThereAre(Database database) {
        Scene scene = new Scene(database);
        int few = database.statements(() -> scene.sheets.of(scene.clinic.desk, MONDAY, scene.clinic.lee, null));
        assertEquals(few, database.statements(() -> scene.sheets.of(scene.clinic.desk, MONDAY, null, null)));
        assertTrue(database.statements(() -> scene.roster.session(scene.clinic.desk, scene.session)) <= 3);
    }
}

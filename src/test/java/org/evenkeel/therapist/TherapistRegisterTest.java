package org.evenkeel.therapist;

import static org.evenkeel.testing.Actors.ADMIN;
import static org.evenkeel.testing.Actors.DESK;
import static org.evenkeel.testing.Actors.LEAD;
import static org.evenkeel.testing.Actors.therapist;
import static org.evenkeel.therapist.TherapistFixture.hours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.SiteFixture;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TherapistRegisterTest {

    private static void setHours(TherapistFixture given, long id, WorkingHours... hours) {
        Versioned<TherapistHours> seen = given.register.hours(DESK, id);
        given.register.changeHours(DESK, id, seen.version(), new TherapistHours("", List.of(hours)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsEverythingAboutATherapist(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        TherapistDetails details = given.named("Dr", "Jin", "Lee");

        long id = given.register.add(LEAD, details);

        assertEquals(details, given.register.find(DESK, id).details());
        assertEquals("Dr Lee", given.register.choices(DESK).get(0).name());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void changesQualificationsAndLanguages(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        TherapistDetails changed = new TherapistDetails(
                "",
                "Jin",
                "Lee",
                Therapist.Gender.OTHER,
                List.of("ko"),
                List.of(
                        new Qualified(given.modality, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)),
                        new Qualified(given.modality, LocalDate.of(2027, 1, 1), null)),
                true);

        given.register.change(ADMIN, id, given.register.find(LEAD, id).version(), changed);

        assertEquals(changed, given.register.find(DESK, id).details());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A22] whoever saves a stale therapist is refused, whether details or hours were changed meanwhile")
    void refusesStaleChanges(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        long seen = given.register.find(LEAD, id).version();
        setHours(given, id, hours(given.harbor, 1, "09:00", "17:00"));

        assertThrows(Stale.class, () -> given.register.change(LEAD, id, seen, given.named("", "Jin", "Lee")));
        assertThrows(Stale.class, () -> given.register.changeHours(DESK, id, seen, new TherapistHours("", List.of())));
        assertEquals(1, given.register.hours(DESK, id).details().entries().size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void replacesHours(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        setHours(given, id, hours(given.harbor, 1, "09:00", "12:00"), hours(given.harbor, 2, "09:00", "12:00"));

        setHours(
                given,
                id,
                hours(given.harbor, 1, "09:00", "13:00"),
                hours(given.hill, 2, "09:00", "12:00"),
                hours(given.hill, 5, "20:00", "00:00"));

        assertEquals(
                List.of(
                        hours(given.harbor, 1, "09:00", "13:00"),
                        hours(given.hill, 2, "09:00", "12:00"),
                        hours(given.hill, 5, "20:00", "00:00")),
                given.register.hours(DESK, id).details().entries());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void namesBothHoursThatOverlap(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");

        Invalid refused = assertThrows(
                Invalid.class,
                () -> setHours(
                        given, id, hours(given.harbor, 1, "09:00", "12:00"), hours(given.harbor, 1, "11:55", "15:00")));

        assertEquals("hours", refused.field());
        assertEquals("Monday 09:00-12:00 at Harbor overlaps Monday 11:55-15:00 at Harbor.", refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A7] hours at two sites in two zones are compared as instants")
    void comparesHoursAcrossZonesAsInstants(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");

        // 12:00 in New York is 11:00 in Chicago: the same wall times would not overlap, the instants do.
        Invalid refused = assertThrows(
                Invalid.class,
                () -> setHours(
                        given, id, hours(given.harbor, 1, "12:00", "17:00"), hours(given.hill, 1, "08:00", "12:00")));
        assertEquals("Monday 08:00-12:00 at Hill overlaps Monday 12:00-17:00 at Harbor.", refused.getMessage());

        // And the other way round: wall times that overlap, instants that only touch.
        setHours(given, id, hours(given.harbor, 1, "08:00", "12:00"), hours(given.hill, 1, "11:00", "15:00"));
        // Sunday 23:30 in Chicago is Monday 00:30 in New York.
        assertThrows(
                Invalid.class,
                () -> setHours(
                        given, id, hours(given.hill, 7, "22:00", "00:00"), hours(given.harbor, 1, "00:00", "02:00")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesHoursAtAnUnknownSite(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");

        assertThrows(Invalid.class, () -> setHours(given, id, hours(987654321, 1, "09:00", "12:00")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void letsEachRoleDoItsPart(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        long other = given.add("Ruiz");
        TherapistDetails details = given.named("", "Ana", "Okafor");

        assertThrows(NotAllowed.class, () -> given.register.add(DESK, details));
        assertThrows(NotAllowed.class, () -> given.register.change(DESK, id, 1, details));
        assertThrows(NotAllowed.class, () -> given.register.add(therapist(id), details));
        assertThrows(
                NotAllowed.class,
                () -> given.register.changeHours(therapist(id), id, 1, new TherapistHours("", List.of())));
        assertThrows(NotAllowed.class, () -> given.register.hours(therapist(id), other));
        assertThrows(NotAllowed.class, () -> given.register.weeks(therapist(id)));
        assertEquals("Dr Lee", given.register.hours(therapist(id), id).details().therapistName());
        assertEquals(2, given.register.weeks(DESK).size());
        assertTrue(given.audit.lines().contains("REFUSED create therapists access[] DENIED"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void listsInAFixedNumberOfStatements(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        int one = statementsWith(given, database, 1);
        int many = statementsWith(given, database, 20);

        assertEquals(one, many);
        assertEquals(21, given.register.list(DESK, "", 0, 25).total());
        assertEquals(5, given.register.list(DESK, "", 0, 5).items().size());
        TherapistRow row =
                given.register.list(DESK, "JIN therapist 20.7", 0, 25).items().get(0);
        assertEquals(List.of("en", "es"), row.languages());
        assertEquals(List.of(given.modality), row.modalityIds());
        assertEquals(0, given.register.list(DESK, "%", 0, 25).total());
    }

    private static int statementsWith(TherapistFixture given, Database database, int therapists) {
        for (int i = 0; i < therapists; i++) {
            long id = given.add("Therapist " + therapists + "." + i);
            setHours(given, id, hours(given.harbor, 1, "09:00", "12:00"));
            TimeSlot week = TimeSlot.of(TherapistFixture.NOW.plus(Duration.ofDays(7)), 7 * 24 * 60);
            given.timeOff.add(DESK, id, week, "Leave", SiteFixture.NEW_YORK);
        }
        return database.statements(() -> {
            given.register.list(DESK, "", 0, 25);
            given.register.weeks(DESK);
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void leavesInactiveTherapistsOutOfChoices(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        TherapistDetails gone =
                new TherapistDetails("Dr", "Jin", "Lee", Therapist.Gender.FEMALE, List.of(), List.of(), false);
        given.register.change(LEAD, id, given.register.find(LEAD, id).version(), gone);

        assertEquals(List.of(), given.register.choices(DESK));
        assertEquals(1, given.register.everybody(DESK).size());
        assertEquals(1, given.register.list(DESK, "", 0, 25).total());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesQualificationsThatOverlap(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        Qualified open = new Qualified(given.modality, LocalDate.of(2026, 1, 1), null);
        Qualified later = new Qualified(given.modality, LocalDate.of(2027, 1, 1), LocalDate.of(2027, 12, 31));
        Qualified backwards = new Qualified(given.modality, LocalDate.of(2027, 1, 1), LocalDate.of(2026, 12, 31));

        for (List<Qualified> wrong : List.of(List.of(open, later), List.of(backwards))) {
            assertEquals(
                    "qualifications",
                    assertThrows(
                                    Invalid.class,
                                    () -> new TherapistDetails(
                                            "", "A", "B", Therapist.Gender.MALE, List.of(), wrong, true))
                            .field());
        }
    }
}

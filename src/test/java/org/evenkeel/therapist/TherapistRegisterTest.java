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
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.RoomDetails;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteFixture;
import org.evenkeel.site.SiteRegister;
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
    @DisplayName("[A20] tells who is qualified on a day: everybody, where the modality needs no qualification")
    void tellsWhoIsQualified(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long since2026 = given.add("Lee");
        long until2026 = given.register.add(
                LEAD,
                new TherapistDetails(
                        "",
                        "Ada",
                        "Ruiz",
                        Therapist.Gender.OTHER,
                        List.of(),
                        List.of(new Qualified(given.modality, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31))),
                        true));
        LocalDate lastDay = LocalDate.of(2026, 12, 31);
        assertEquals(Set.of(since2026, until2026), given.register.qualified(DESK, "CBT", lastDay.plusDays(1)));
        database.transactions().runInNew(() -> Sql.on(database.entityManager())
                .add("update modality set qualification = 'CBT practitioner'")
                .update());
        assertEquals(Set.of(since2026, until2026), given.register.qualified(DESK, "CBT", lastDay));
        assertEquals(Set.of(since2026), given.register.qualified(DESK, "CBT", lastDay.plusDays(1)));
        assertEquals(Set.of(), given.register.qualified(DESK, "CBT", LocalDate.of(2025, 12, 31)));
        assertEquals(Set.of(), given.register.qualified(DESK, "EMDR", lastDay));
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
    @DisplayName(
            "[A20] saving tells how many sessions to come are left without a qualification, or without a therapist")
    void tellsHowManySessionsAreLeft(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        long ruiz = given.add("Ruiz");
        Instant tenOnThursday = Instant.parse("2027-03-04T15:00:00Z");
        given.session(id, tenOnThursday, 50, "BOOKED");
        given.session(id, tenOnThursday.plus(1, ChronoUnit.DAYS), 50, "BOOKED");
        given.session(id, tenOnThursday.plus(2, ChronoUnit.DAYS), 50, "CANCELLED");
        given.session(id, tenOnThursday.minus(7, ChronoUnit.DAYS), 50, "BOOKED");
        given.session(ruiz, tenOnThursday, 50, "BOOKED");
        LocalDate thursday = LocalDate.of(2027, 3, 4);

        assertEquals(0, qualify(given, id, true), "anyone may give it");
        database.transactions().runInNew(() -> Sql.on(database.entityManager())
                .add("update modality set qualification = 'CBT certificate'")
                .update());
        assertEquals(0, qualify(given, id, true, new Qualified(given.modality, LocalDate.of(2026, 1, 1), null)));
        assertEquals(1, qualify(given, id, true, new Qualified(given.modality, LocalDate.of(2026, 1, 1), thursday)));
        assertEquals(2, qualify(given, id, true));
        assertEquals(2, qualify(given, id, false, new Qualified(given.modality, LocalDate.of(2026, 1, 1), null)));
    }

    private static int qualify(TherapistFixture given, long id, boolean active, Qualified... qualifications) {
        return given.register.change(
                LEAD,
                id,
                given.register.find(LEAD, id).version(),
                new TherapistDetails(
                        "Dr", "Jin", "Lee", Therapist.Gender.FEMALE, List.of("en"), List.of(qualifications), active));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a room, or a site, that is closed for good tells how many sessions are still to come there")
    void tellsHowManySessionsStayInPlaces(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        given.session(id, Instant.parse("2027-03-04T15:00:00Z"), 50, "BOOKED");
        given.session(id, Instant.parse("2027-02-04T15:00:00Z"), 50, "BOOKED");
        SiteRegister register = given.places.register;
        long room = register.findRoom(LEAD, given.room).version();
        long site = register.find(LEAD, given.harbor).version();

        assertEquals(
                0, register.changeRoom(LEAD, given.room, room, new RoomDetails(given.harbor, "A", 4, 0, false, true)));
        assertEquals(
                1,
                register.changeRoom(
                        LEAD,
                        given.room,
                        register.findRoom(LEAD, given.room).version(),
                        new RoomDetails(given.harbor, "A", 4, 0, false, false)));
        SiteDetails closed = new SiteDetails("Harbor", SiteFixture.NEW_YORK, "", "", false, List.of(), List.of());
        assertEquals(1, register.change(LEAD, given.harbor, site, closed));
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
        assertEquals(
                List.of(CalendarChanged.AT_ANY_TIME, CalendarChanged.AT_ANY_TIME),
                given.calendar.fired(),
                "boards are told");
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
        // What the clocks of one site skip one Sunday overlaps nothing that day.
        setHours(given, id, hours(given.harbor, 7, "02:00", "03:00"), hours(given.hill, 7, "02:00", "03:00"));
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
    @DisplayName("[A46] a title that would betray why somebody comes is refused, for messages may tell it")
    void refusesTitlesThatBetray(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long id = given.add("Lee");
        long version = given.register.find(LEAD, id).version();
        for (String title : List.of("Counselor", "Psych. Dr", "LCADC")) {
            TherapistDetails details = given.named(title, "Jin", "Lee");
            assertEquals(
                    "title",
                    assertThrows(Invalid.class, () -> given.register.add(LEAD, details))
                            .field());
            assertEquals(
                    "title",
                    assertThrows(Invalid.class, () -> given.register.change(LEAD, id, version, details))
                            .field());
        }
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

package org.evenkeel.site;

import static org.evenkeel.site.SiteFixture.CHICAGO;
import static org.evenkeel.site.SiteFixture.NEW_YORK;
import static org.evenkeel.site.SiteFixture.site;
import static org.evenkeel.testing.Actors.ADMIN;
import static org.evenkeel.testing.Actors.DESK;
import static org.evenkeel.testing.Actors.LEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.evenkeel.identity.Actor;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Versioned;
import org.evenkeel.testing.Actors;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SiteRegisterTest {
    private static final OpeningHours MONDAY_MORNING = hours(1, "08:00", "12:00");
    private static final OpeningHours MONDAY_NIGHT = hours(1, "17:00", "00:00");

    private static OpeningHours hours(int weekday, String from, String until) {
        return new OpeningHours(weekday, LocalTime.parse(from), LocalTime.parse(until));
    }

    private static SiteDetails open(OpeningHours... hours) {
        return new SiteDetails("Harbor", NEW_YORK, "555-0100", "12 Pier Street", true, List.of(hours), List.of());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsEverythingAboutASite(Database database) {
        SiteFixture given = new SiteFixture(database);
        SiteDetails details = new SiteDetails(
                " Harbor ",
                NEW_YORK,
                "555-0100",
                "12 Pier Street",
                true,
                List.of(MONDAY_NIGHT, MONDAY_MORNING),
                List.of(new ClosureDay(LocalDate.of(2027, 7, 5), "Independence Day")));

        long id = given.register.add(LEAD, details);

        Versioned<SiteDetails> kept = given.register.find(DESK, id);
        assertEquals(details, kept.details());
        assertEquals(List.of(MONDAY_MORNING, MONDAY_NIGHT), kept.details().openingHours());
        assertEquals("Harbor", kept.details().name());
        assertEquals(List.of(kept), given.register.all(DESK));
        assertEquals(List.of("CREATED site site[" + id + "] OK"), given.audit.lines());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void changesHoursAndClosuresInPlace(Database database) {
        SiteFixture given = new SiteFixture(database);
        long id = given.register.add(LEAD, open(MONDAY_MORNING, MONDAY_NIGHT));
        long version = given.register.find(LEAD, id).version();
        SiteDetails later = new SiteDetails(
                "Harbor",
                NEW_YORK,
                "",
                "",
                false,
                List.of(hours(1, "08:00", "13:00"), hours(2, "08:00", "12:00")),
                List.of(new ClosureDay(LocalDate.of(2027, 1, 1), "")));

        given.register.change(ADMIN, id, version, later);

        assertEquals(later, given.register.find(LEAD, id).details());
        assertEquals(List.of(CalendarChanged.AT_ANY_TIME), given.calendar.fired(), "boards are told");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesAStaleChangeOfHoursAlone(Database database) {
        SiteFixture given = new SiteFixture(database);
        long id = given.register.add(LEAD, open(MONDAY_MORNING));
        long version = given.register.find(LEAD, id).version();
        given.register.change(LEAD, id, version, open(MONDAY_NIGHT));

        assertThrows(Stale.class, () -> given.register.change(ADMIN, id, version, open(hours(3, "08:00", "12:00"))));
        assertEquals(
                List.of(MONDAY_NIGHT), given.register.find(LEAD, id).details().openingHours());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesANameThatIsTaken(Database database) {
        SiteFixture given = new SiteFixture(database);
        given.add("Harbor", NEW_YORK);
        long other = given.add("Hill", CHICAGO);

        assertEquals(
                "name",
                assertThrows(Invalid.class, () -> given.add("HARBOR", CHICAGO)).field());
        assertThrows(
                Invalid.class,
                () -> given.register.change(
                        LEAD, other, given.register.find(LEAD, other).version(), site("harbor", CHICAGO)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsTheZone(Database database) {
        SiteFixture given = new SiteFixture(database);
        long id = given.add("Harbor", NEW_YORK);
        long version = given.register.find(LEAD, id).version();

        assertEquals(
                "zone",
                assertThrows(Invalid.class, () -> given.register.change(LEAD, id, version, site("Harbor", CHICAGO)))
                        .field());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void letsOnlyLeadAndAdministratorChange(Database database) {
        SiteFixture given = new SiteFixture(database);
        long id = given.add("Harbor", NEW_YORK);
        for (Actor actor : List.of(DESK, Actors.therapist(7))) {
            assertThrows(NotAllowed.class, () -> given.register.add(actor, site("Hill", CHICAGO)));
            assertThrows(NotAllowed.class, () -> given.register.change(actor, id, 1, site("Hill", NEW_YORK)));
            assertThrows(
                    NotAllowed.class,
                    () -> given.register.addRoom(actor, new RoomDetails(id, "Room 1", 4, 0, false, true)));
            assertEquals(1, given.register.list(actor, 0, 25).total());
        }
        assertTrue(given.audit.lines().contains("REFUSED change sites access[] DENIED"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void pagesSitesAndRoomsInAFixedNumberOfStatements(Database database) {
        SiteFixture given = new SiteFixture(database);
        int one = statementsWith(given, database, 1);
        int many = statementsWith(given, database, 12);

        assertEquals(one, many);
        Page<SiteRow> second = given.register.list(DESK, 10, 10);
        assertEquals(13, second.total());
        assertEquals(3, second.items().size());
        assertEquals(2, second.items().get(0).rooms());
        assertEquals(26, given.register.rooms(DESK, null, 0, 100).items().size());
        assertEquals(
                2,
                given.register
                        .rooms(DESK, second.items().get(0).id(), 0, 100)
                        .items()
                        .size());
    }

    private static int statementsWith(SiteFixture given, Database database, int sites) {
        for (int i = 0; i < sites; i++) {
            long id = given.add("Site " + sites + "." + i, NEW_YORK);
            given.register.addRoom(LEAD, new RoomDetails(id, "Room 1", 4, 10, false, true));
            given.register.addRoom(LEAD, new RoomDetails(id, "Online", 1, 0, true, true));
        }
        return database.statements(() -> {
            given.register.list(DESK, 0, 25);
            given.register.rooms(DESK, null, 0, 25);
            given.register.all(DESK);
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void changesRoomsButNotTheirSite(Database database) {
        SiteFixture given = new SiteFixture(database);
        long site = given.add("Harbor", NEW_YORK);
        long other = given.add("Hill", CHICAGO);
        long id = given.register.addRoom(LEAD, new RoomDetails(site, "Room 1", 4, 10, false, true));
        long version = given.register.findRoom(LEAD, id).version();
        RoomDetails changed = new RoomDetails(site, "Room 1a", 6, 15, false, false);

        assertThrows(
                Invalid.class,
                () -> given.register.changeRoom(
                        LEAD, id, version, new RoomDetails(other, "Room 1", 4, 10, false, true)));
        given.register.changeRoom(LEAD, id, version, changed);

        assertEquals(changed, given.register.findRoom(LEAD, id).details());
        assertEquals(List.of(CalendarChanged.AT_ANY_TIME), given.calendar.fired(), "boards are told");
        assertThrows(Stale.class, () -> given.register.changeRoom(LEAD, id, version, changed));
        assertThrows(
                Invalid.class,
                () -> given.register.addRoom(LEAD, new RoomDetails(site, "room 1A", 4, 10, false, true)));
        assertThrows(NotFound.class, () -> given.register.findRoom(LEAD, 987654321));
    }

    @Test
    void namesBothOpeningHoursThatOverlap() {
        Invalid refused = assertThrows(Invalid.class, () -> open(MONDAY_MORNING, hours(1, "11:30", "14:00")));

        assertEquals("openingHours", refused.field());
        assertEquals("Monday 08:00-12:00 overlaps Monday 11:30-14:00.", refused.getMessage());
    }

    @Test
    void acceptsOpeningHoursThatTouch() {
        assertEquals(
                2,
                open(MONDAY_MORNING, hours(1, "12:00", "14:00")).openingHours().size());
    }

    @Test
    void refusesOpeningHoursThatEndBeforeTheyStart() {
        assertThrows(Invalid.class, () -> open(hours(1, "12:00", "08:00")));
        assertThrows(Invalid.class, () -> open(hours(1, "12:00", "12:00")));
        assertThrows(Invalid.class, () -> open(hours(1, "08:03", "12:00")));
    }
}

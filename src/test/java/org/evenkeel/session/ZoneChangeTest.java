package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenkeel.availability.Availability;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Changing a site's time zone")
class ZoneChangeTest {

    private static final ZoneId DENVER = ZoneId.of("America/Denver");

    private static ZoneChange zoneChange(ClinicFixture clinic) {
        return new ZoneChange(
                clinic.em,
                clinic.transactions,
                new Availability(clinic.em),
                clinic.audit,
                new Recorded<>(),
                clinic.calendar,
                clinic.clock);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A8] sessions to come keep their wall time, over clock changes too; past ones stay as they were")
    void keepsWallTime(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change past = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-01T09:00"));
        Change tomorrow = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        Change summer = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-17T10:00"));
        clinic.clock.set("2027-03-02T13:00:00Z");
        ZoneChange change = zoneChange(clinic);

        ZoneChange.Preview preview = change.preview(clinic.lead, clinic.site, DENVER);
        assertEquals(2, preview.sessions());
        assertTrue(change.apply(clinic.lead, clinic.site, preview.version(), DENVER)
                .isClear());

        assertEquals(local("2027-03-01T09:00"), start(clinic, past));
        assertEquals(LocalDateTime.parse("2027-03-03T10:00").atZone(DENVER).toInstant(), start(clinic, tomorrow));
        assertEquals(LocalDateTime.parse("2027-03-17T10:00").atZone(DENVER).toInstant(), start(clinic, summer));
        assertEquals(DENVER, clinic.em.find(Site.class, clinic.site).zone());
        assertEquals(List.of(CalendarChanged.AT_ANY_TIME), clinic.calendar.fired(), "boards without sessions too");
        Refused taken = assertThrows(
                Refused.class,
                () -> clinic.booking.book(
                        clinic.desk,
                        new BookSession(
                                "IND",
                                LocalDateTime.parse("2027-03-03T10:00")
                                        .atZone(DENVER)
                                        .toInstant(),
                                50,
                                clinic.lee,
                                clinic.room2,
                                null,
                                List.of(clinic.ben),
                                RuleOverride.NONE)));
        assertEquals(Rule.THERAPIST_TAKEN, taken.refusals().get(0).rule());
        assertThrows(Stale.class, () -> change.apply(clinic.lead, clinic.site, preview.version(), DENVER));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A8] a collision that it would make is listed, and nothing is saved until it is resolved")
    void collisions(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long otherRoom = clinic.transactions.inNew(() -> {
            Site denver = clinic.persist(new Site("Mesa House", DENVER, "555-0101"));
            denver.openAt(IntStream.rangeClosed(1, 5)
                    .mapToObj(day -> new OpeningHours(day, LocalTime.of(6, 0), LocalTime.of(20, 0)))
                    .toList());
            return clinic.persist(new Room(denver, "Room 1", 2, 0, false)).id();
        });
        Change here = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        Change there = clinic.booking.book(
                clinic.desk,
                new BookSession(
                        "IND",
                        local("2027-03-03T12:00"),
                        50,
                        clinic.lee,
                        otherRoom,
                        null,
                        List.of(clinic.ben),
                        new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "by telephone")));
        ZoneChange change = zoneChange(clinic);

        ZoneChange.Preview refused = change.apply(
                clinic.lead,
                clinic.site,
                change.preview(clinic.lead, clinic.site, DENVER).version(),
                DENVER);

        assertFalse(refused.isClear());
        assertEquals(ZoneChange.Why.THERAPIST_TAKEN, refused.collisions().get(0).why());
        assertEquals(here.sessionId(), refused.collisions().get(0).sessionId());
        assertEquals(local("2027-03-03T10:00"), start(clinic, here));

        clinic.booking.cancel(clinic.desk, there.sessionId(), there.version(), "moved");
        assertTrue(change.apply(clinic.lead, clinic.site, refused.version(), DENVER)
                .isClear());
    }

    /** Every reason on either database. */
    static Stream<Arguments> reasons() {
        return Stream.of(Database.values())
                .flatMap(database -> Stream.of(ZoneChange.Why.values()).map(why -> Arguments.of(database, why)));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    @DisplayName("[A8] each reason why a session cannot keep its wall time is found, told and stops the change")
    void everyReason(Database database, ZoneChange.Why why) {
        ClinicFixture clinic = new ClinicFixture(database);
        // In Halifax each wall time comes an hour earlier, and the first session is under way: it stays where it is.
        ZoneId to = why == ZoneChange.Why.NO_SUCH_TIME ? ZoneId.of("Europe/Berlin") : ZoneId.of("America/Halifax");
        clinic.booking.book(
                clinic.desk, clinic.wish("IND", clinic.lee, "2027-03-03T10:00", 120, clinic.room1, clinic.ana));
        clinic.timeOff(clinic.ruiz, "2027-03-03T14:00", "2027-03-03T15:00");
        BookSession wish =
                switch (why) {
                    case THERAPIST_TAKEN ->
                        clinic.wish("IND", clinic.lee, "2027-03-03T12:30", 50, clinic.room2, clinic.ben);
                    case ROOM_TAKEN ->
                        clinic.wish("IND", clinic.ruiz, "2027-03-03T12:30", 50, clinic.room1, clinic.ben);
                    case PATIENT_TAKEN ->
                        clinic.wish("IND", clinic.ruiz, "2027-03-03T12:30", 50, clinic.room2, clinic.ana);
                    case TIME_OFF -> clinic.wish("IND", clinic.ruiz, "2027-03-03T15:30", 50, clinic.room2, clinic.ben);
                    case IN_THE_PAST ->
                        clinic.wish("IND", clinic.ruiz, "2027-03-03T10:30", 50, clinic.room2, clinic.ben);
                    case NO_SUCH_TIME ->
                        clinic.wish("IND", clinic.ruiz, "2027-03-28T02:30", 50, clinic.room2, clinic.ben);
                };
        Change booked = clinic.booking.book(
                clinic.desk,
                new BookSession(
                        wish.modality(),
                        wish.start(),
                        wish.minutes(),
                        wish.therapistId(),
                        wish.roomId(),
                        null,
                        wish.patientIds(),
                        new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "by telephone")));
        clinic.clock.set("2027-03-03T15:05:00Z");
        ZoneChange change = zoneChange(clinic);

        ZoneChange.Preview preview = change.preview(clinic.lead, clinic.site, to);

        assertEquals(
                List.of(why),
                preview.collisions().stream().map(ZoneChange.Collision::why).toList());
        assertFalse(
                change.apply(clinic.lead, clinic.site, preview.version(), to).isClear());
        assertEquals(wish.start(), start(clinic, booked));
        clinic.booking.cancel(clinic.desk, booked.sessionId(), booked.version(), "moved");
        assertTrue(change.apply(clinic.lead, clinic.site, preview.version(), to).isClear());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("moves sessions to times that somebody held and left")
    void abandonedHold(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        clinic.abandonHold(clinic.lee, clinic.room1, "2027-03-03T12:00", 60);
        ZoneChange change = zoneChange(clinic);
        long version = change.preview(clinic.lead, clinic.site, DENVER).version();
        assertTrue(change.apply(clinic.lead, clinic.site, version, DENVER).isClear());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is refused while somebody books one of these times")
    void beingBooked(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        clinic.hold(clinic.lee, clinic.room1, "2027-03-03T12:00", 60);
        ZoneChange change = zoneChange(clinic);
        long version = change.preview(clinic.lead, clinic.site, DENVER).version();
        Refused refused = assertThrows(Refused.class, () -> change.apply(clinic.lead, clinic.site, version, DENVER));
        assertEquals(Rule.BEING_BOOKED, refused.refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is for the clinical lead and the administrator")
    void roles(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        assertThrows(NotAllowed.class, () -> zoneChange(clinic).preview(clinic.desk, clinic.site, DENVER));
        assertThrows(NotAllowed.class, () -> zoneChange(clinic).apply(clinic.drLee, clinic.site, 1, DENVER));
        assertEquals(
                0, zoneChange(clinic).preview(clinic.admin, clinic.site, DENVER).sessions());
    }

    private static java.time.Instant start(ClinicFixture clinic, Change change) {
        return clinic.em.find(Session.class, change.sessionId()).slot().start();
    }
}

package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Qualification;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.WorkingHours;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Booking a session")
class BookingTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] without a free room says first who else is taken")
    void noRoomAndMore(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 50, clinic.room2, clinic.ben));
        long other = clinic.transactions.inNew(() -> clinic.patient("Cy", "Young", null));
        Refused refused = assertThrows(
                Refused.class,
                () -> clinic.booking.book(
                        clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, null, other)));
        assertEquals(
                List.of(Rule.THERAPIST_TAKEN, Rule.NO_FREE_ROOM),
                refused.refusals().stream().map(Refusal::rule).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("books, and tells of it once")
    void books(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        Change change = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));

        Session session = clinic.em.find(Session.class, change.sessionId());
        assertEquals(local("2027-03-02T10:00"), session.slot().start());
        assertEquals(50, session.slot().minutes());
        assertEquals(change.version(), session.version());
        assertEquals(1, clinic.events.fired().size());
        assertEquals("BOOKED", clinic.audit.entries().get(0).action());
        assertEquals(10 + 12 + 10, clinic.count("occupied"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A17] 10:00-11:00 and 11:00-12:00 do not conflict; with the room's turnover they do")
    void abutting(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(
                clinic.desk, clinic.wish("EMDR", clinic.lee, "2027-03-02T10:00", 60, clinic.room1, clinic.ana));

        clinic.booking.book(
                clinic.desk, clinic.wish("EMDR", clinic.lee, "2027-03-02T11:00", 60, clinic.room2, clinic.ana));
        Refused refused = assertThrows(
                Refused.class,
                () -> clinic.booking.book(
                        clinic.desk,
                        clinic.wish("EMDR", clinic.ruiz, "2027-03-02T11:00", 60, clinic.room1, clinic.ben)));

        assertEquals(Rule.ROOM_TAKEN, refused.refusals().get(0).rule());
        clinic.booking.book(
                clinic.desk, clinic.wish("EMDR", clinic.ruiz, "2027-03-02T11:10", 60, clinic.room1, clinic.ben));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] a refusal names what is taken, by which session, until when, and the ways out")
    void refusalExplains(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change first = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));

        Refused refused = assertThrows(
                Refused.class, () -> clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:30")));

        assertEquals(
                List.of(Rule.THERAPIST_TAKEN, Rule.ROOM_TAKEN, Rule.PATIENT_TAKEN),
                refused.refusals().stream().map(Refusal::rule).toList());
        BlockedBy by = refused.refusals().get(0).blockedBy();
        assertTrue(by != null);
        assertEquals(first.sessionId(), by.sessionId());
        assertEquals(local("2027-03-02T10:50"), by.slot().end());
        assertEquals("Room 1", by.room());
        assertEquals("Dr Lee", refused.refusals().get(0).who());
        FreeTime nearest = refused.alternatives().otherTimes().get(0);
        assertEquals(clinic.lee, nearest.therapist().id());
        clinic.booking.book(
                clinic.desk,
                new BookSession(
                        "CBT",
                        nearest.start(),
                        50,
                        nearest.therapist().id(),
                        nearest.room().id(),
                        null,
                        List.of(clinic.ana),
                        RuleOverride.NONE));
        assertEquals("REFUSED", clinic.audit.entries().get(1).action());
        assertEquals(
                List.of(clinic.ana), List.copyOf(clinic.audit.entries().get(1).patientIds()), "it stands in her trail");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] another therapist is offered for the same time, to a patient who is free")
    void sameTime(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));

        Refused refused = assertThrows(
                Refused.class,
                () -> clinic.booking.book(
                        clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, null, clinic.ben)));

        assertEquals(
                clinic.ruiz,
                refused.alternatives().sameTime().get(0).therapist().id());
        assertEquals(
                clinic.room2, refused.alternatives().sameTime().get(0).room().id());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A20] a qualification counts on the session's own date")
    void qualificationLapses(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long dbt = clinic.transactions.inNew(() -> {
            long id = clinic.modality("DBT", "DBT", org.evenkeel.modality.Modality.Format.BOTH, 50, "DBT certificate");
            Therapist lee = clinic.em.find(Therapist.class, clinic.lee);
            lee.qualify(new Qualification(lee, id, LocalDate.of(2026, 1, 1), LocalDate.of(2027, 3, 9)));
            return id;
        });
        assertTrue(dbt > 0);

        clinic.booking.book(clinic.desk, clinic.wish("DBT", clinic.lee, "2027-03-09T10:00", 50, null, clinic.ana));
        Refused refused = assertThrows(
                Refused.class,
                () -> clinic.booking.book(
                        clinic.desk, clinic.wish("DBT", clinic.lee, "2027-03-10T10:00", 50, null, clinic.ana)));

        assertEquals(Rule.NOT_QUALIFIED, refused.refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("refuses time off and closure days, and asks for a reason outside hours")
    void calendarRules(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.timeOff(clinic.lee, "2027-03-03T00:00", "2027-03-04T00:00");
        clinic.closeOn("2027-03-05");

        assertEquals(Rule.TIME_OFF, refusal(clinic, clinic.cbt(clinic.lee, "2027-03-03T10:00")));
        assertEquals(Rule.SITE_CLOSED, refusal(clinic, clinic.cbt(clinic.lee, "2027-03-05T10:00")));
        assertEquals(Rule.OUTSIDE_HOURS, refusal(clinic, clinic.cbt(clinic.lee, "2027-03-04T16:30")));

        BookSession late = clinic.cbt(clinic.lee, "2027-03-04T16:30");
        Change change = clinic.booking.book(clinic.desk, outsideHours(late));
        assertEquals(
                "OUTSIDE_HOURS",
                clinic.em
                        .find(Session.class, change.sessionId())
                        .overriddenRules()
                        .orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "asks for no reason where one would not help: what is taken outside hours is told with them, and first")
    void takenOutsideHours(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        BookSession late = clinic.cbt(clinic.lee, "2027-03-04T16:30");
        clinic.booking.book(clinic.desk, outsideHours(late));

        Refused refused = assertThrows(
                Refused.class,
                () -> clinic.booking.book(
                        clinic.desk,
                        clinic.wish(
                                "CBT",
                                clinic.ruiz,
                                "2027-03-04T16:40",
                                late.minutes(),
                                null,
                                late.patientIds().get(0))));

        assertEquals(
                List.of(Rule.PATIENT_TAKEN, Rule.OUTSIDE_HOURS),
                refused.refusals().stream().map(Refusal::rule).toList());
        assertFalse(refused.isSoft());
    }

    private static BookSession outsideHours(BookSession late) {
        return new BookSession(
                late.modality(),
                late.start(),
                late.minutes(),
                late.therapistId(),
                late.roomId(),
                null,
                late.patientIds(),
                new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "Works late today"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("tells that it is not the primary therapist, and books")
    void onlyTold(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        Change change = clinic.booking.book(clinic.desk, clinic.cbt(clinic.ruiz, "2027-03-02T10:00"));

        assertEquals(Rule.NOT_PRIMARY_THERAPIST, change.told().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("picks a fitting free room, none with its turnover in the way, never telehealth")
    void picksRoom(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change one = clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, null, clinic.ana));
        Change two = clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:55", 50, null, clinic.ben));

        assertEquals(
                clinic.room1, clinic.em.find(Session.class, one.sessionId()).roomId());
        assertEquals(
                clinic.room2, clinic.em.find(Session.class, two.sessionId()).roomId());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("picks no room at a site where the therapist does not work: outside hours, or if their own is full")
    void picksRoomOfTheirSite(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        annex(clinic);

        Change late = clinic.booking.book(
                clinic.desk, outsideHours(clinic.wish("CBT", clinic.lee, "2027-03-02T17:30", 50, null, clinic.ana)));
        Change weekend = clinic.booking.book(
                clinic.desk, outsideHours(clinic.wish("CBT", clinic.lee, "2027-03-06T10:00", 50, null, clinic.ana)));
        clinic.booking.book(
                clinic.desk, clinic.wish("IND", clinic.ruiz, "2027-03-03T10:00", 50, clinic.room1, clinic.ben));
        long cole = clinic.transactions.inNew(() -> clinic.therapist("Dr", "Ada", "Cole", Therapist.Gender.FEMALE));
        long cy = clinic.transactions.inNew(() -> clinic.patient("Cy", "Young", null));
        clinic.booking.book(clinic.desk, clinic.wish("IND", cole, "2027-03-03T10:00", 50, clinic.room2, cy));

        assertEquals(clinic.room1, room(clinic, late));
        assertEquals(clinic.room1, room(clinic, weekend));
        assertEquals(
                Rule.NO_FREE_ROOM,
                refusal(clinic, clinic.wish("CBT", clinic.lee, "2027-03-03T10:00", 50, null, clinic.ana)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("of two sites on one day picks the one whose hours are nearest")
    void picksRoomOfTheNearestHours(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long annex = annex(clinic);
        long there = clinic.transactions.inNew(() -> {
            clinic.em
                    .find(Therapist.class, clinic.lee)
                    .workAt(List.of(
                            new WorkingHours(clinic.site, 2, LocalTime.of(9, 0), LocalTime.of(12, 0)),
                            new WorkingHours(clinic.site, 3, LocalTime.of(9, 0), LocalTime.of(12, 0)),
                            new WorkingHours(annex, 2, LocalTime.of(13, 0), LocalTime.of(17, 0))));
            return Sql.on(clinic.em)
                    .add("select id from room where site_id = ?", annex)
                    .first(r -> r.id(1))
                    .orElseThrow();
        });

        Change afternoon = clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T13:00", 50, null, clinic.ana));
        Change evening = clinic.booking.book(
                clinic.desk, outsideHours(clinic.wish("CBT", clinic.lee, "2027-03-02T16:30", 50, null, clinic.ana)));
        Change early = clinic.booking.book(
                clinic.desk, outsideHours(clinic.wish("CBT", clinic.lee, "2027-03-02T08:00", 50, null, clinic.ana)));

        assertEquals(there, room(clinic, afternoon));
        assertEquals(there, room(clinic, evening));
        assertEquals(clinic.room1, room(clinic, early));
    }

    /** A second site, with the smallest room of all. */
    private static long annex(ClinicFixture clinic) {
        return clinic.transactions.inNew(() -> {
            Site annex = clinic.persist(new Site("Annex", ClinicFixture.NEW_YORK, "555-0101"));
            annex.openAt(List.of(new OpeningHours(2, LocalTime.of(8, 0), LocalTime.of(20, 0))));
            clinic.persist(new Room(annex, "Closet", 1, 0, false));
            return annex.id();
        });
    }

    private static long room(ClinicFixture clinic, Change change) {
        return clinic.em.find(Session.class, change.sessionId()).roomId();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("telehealth takes no room")
    void telehealth(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, clinic.telehealth, clinic.ana));
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 50, clinic.telehealth, clinic.ben));

        assertEquals(2, clinic.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("refuses what cannot be meant")
    void invalid(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        assertInvalid("start", clinic, clinic.cbt(clinic.lee, "2027-03-01T07:00"));
        assertInvalid("start", clinic, clinic.cbt(clinic.lee, "2027-03-02T10:02"));
        assertInvalid("minutes", clinic, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 52, null, clinic.ana));
        assertInvalid("minutes", clinic, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 485, null, clinic.ana));
        assertInvalid("modality", clinic, clinic.wish("NONE", clinic.lee, "2027-03-02T10:00", 50, null, clinic.ana));
        assertInvalid("modality", clinic, clinic.wish("GRP", clinic.lee, "2027-03-02T10:00", 50, null, clinic.ana));
        assertInvalid("therapist", clinic, clinic.cbt(999_999, "2027-03-02T10:00"));
        assertInvalid("room", clinic, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, 999_999L, clinic.ana));
        assertInvalid("patients", clinic, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, null, 999_999));
        assertEquals(0, clinic.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("asks a role for it: an administrator may not book, a therapist only own sessions and patients")
    void roles(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        assertThrows(
                NotAllowed.class, () -> clinic.booking.book(clinic.admin, clinic.cbt(clinic.lee, "2027-03-02T10:00")));
        assertThrows(
                NotAllowed.class, () -> clinic.booking.book(clinic.drLee, clinic.cbt(clinic.ruiz, "2027-03-02T10:00")));
        assertThrows(
                NotAllowed.class,
                () -> clinic.booking.book(
                        clinic.drLee, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, null, clinic.ben)));
        Change own = clinic.booking.book(clinic.drLee, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        assertEquals(Change.Kind.BOOKED, own.kind());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A22] a stale move, change or cancellation is refused")
    void stale(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        Change moved = clinic.booking.change(
                clinic.desk,
                booked.sessionId(),
                booked.version(),
                ChangeSession.move(local("2027-03-02T11:00"), null, RuleOverride.NONE));

        assertThrows(
                Stale.class,
                () -> clinic.booking.change(
                        clinic.desk,
                        booked.sessionId(),
                        booked.version(),
                        ChangeSession.move(local("2027-03-02T12:00"), null, RuleOverride.NONE)));
        assertThrows(
                Stale.class, () -> clinic.booking.cancel(clinic.desk, booked.sessionId(), booked.version(), "ill"));
        clinic.booking.cancel(clinic.desk, booked.sessionId(), moved.version(), "ill");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("moves by 15 minutes over its own place, frees the old one, and can be undone")
    void moves(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));

        Change moved = clinic.booking.change(
                clinic.desk,
                booked.sessionId(),
                booked.version(),
                ChangeSession.move(local("2027-03-02T10:15"), clinic.ruiz, RuleOverride.NONE));

        assertEquals(Change.Kind.MOVED, moved.kind());
        assertEquals(32, clinic.count("occupied"));
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, clinic.room2, clinic.ben));

        Refused refused = assertThrows(Refused.class, () -> clinic.booking.undo(clinic.desk, moved));
        assertEquals(Rule.THERAPIST_TAKEN, refused.refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("undo takes back a move, a change of patient, a cancellation and a booking, for eight seconds")
    void undo(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        long id = booked.sessionId();
        Change moved = clinic.booking.change(
                clinic.desk,
                id,
                booked.version(),
                ChangeSession.move(local("2027-03-02T13:00"), null, RuleOverride.NONE));
        Change back = clinic.booking.undo(clinic.desk, moved);
        assertEquals(
                local("2027-03-02T10:00"),
                clinic.em.find(Session.class, id).slot().start());

        Change other = clinic.booking.change(
                clinic.desk,
                id,
                back.version(),
                new ChangeSession(null, null, null, null, null, List.of(clinic.ben), RuleOverride.NONE));
        Change again = clinic.booking.undo(clinic.desk, other);
        assertEquals(List.of(clinic.ana), patients(clinic, id));

        Change cancelled = clinic.booking.cancel(clinic.desk, id, again.version(), "ill");
        assertEquals(0, clinic.count("occupied"));
        Change reinstated = clinic.booking.undo(clinic.desk, cancelled);
        assertEquals(32, clinic.count("occupied"));
        assertEquals(List.of(clinic.ana), patients(clinic, id));

        Change last = clinic.booking.cancel(clinic.desk, id, reinstated.version(), "ill");
        clinic.clock.advance(Duration.ofSeconds(10));
        Refused late = assertThrows(Refused.class, () -> clinic.booking.undo(clinic.desk, last));
        assertEquals(Rule.UNDO_TOO_LATE, late.refusals().get(0).rule());

        Change second = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        clinic.booking.undo(clinic.desk, second);
        assertEquals(0, clinic.count("occupied"));
        assertEquals(
                SessionState.CANCELLED,
                clinic.em.find(Session.class, second.sessionId()).state());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("undo of a cancellation is refused by leave and by a closure that came meanwhile, and says so")
    void undoOverLeave(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change onLeave = cancelled(clinic, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        Change closed = cancelled(clinic, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        clinic.timeOff(clinic.lee, "2027-03-02T00:00", "2027-03-03T00:00");
        clinic.closeOn("2027-03-03");

        assertEquals(Rule.TIME_OFF, undoRefusal(clinic, onLeave));
        assertEquals(Rule.SITE_CLOSED, undoRefusal(clinic, closed));
        assertEquals(0, clinic.count("occupied"));
        assertEquals(
                SessionState.CANCELLED,
                clinic.em.find(Session.class, onLeave.sessionId()).state());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("undo of a cancellation is refused for a patient who has died meanwhile")
    void undoOverDeath(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change change = cancelled(clinic, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                .add("update patient set died_on = ? where id = ?", LocalDate.of(2027, 3, 1), clinic.ana)
                .update());

        assertEquals(Rule.PATIENT_NOT_BOOKABLE, undoRefusal(clinic, change));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "undo of a cancellation is not stopped by what stood before: a reason given then, a therapy no longer offered")
    void undoOfWhatStood(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change change = cancelled(clinic, outsideHours(clinic.cbt(clinic.lee, "2027-03-04T16:30")));
        clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                .add("update modality set active = false where code = 'CBT'")
                .update());

        clinic.booking.undo(clinic.desk, change);

        Session session = clinic.em.find(Session.class, change.sessionId());
        assertEquals(SessionState.BOOKED, session.state());
        assertEquals(Optional.of("OUTSIDE_HOURS"), session.overriddenRules());
    }

    private static Change cancelled(ClinicFixture clinic, BookSession wish) {
        Change booked = clinic.booking.book(clinic.desk, wish);
        return clinic.booking.cancel(clinic.desk, booked.sessionId(), booked.version(), "ill");
    }

    private static Rule undoRefusal(ClinicFixture clinic, Change change) {
        return assertThrows(Refused.class, () -> clinic.booking.undo(clinic.desk, change))
                .refusals()
                .get(0)
                .rule();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A4] 23:30-00:30 is in the way on both sides of midnight, and so is one that starts at midnight")
    void overMidnight(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(
                clinic.desk,
                outsideHours(clinic.wish("EMDR", clinic.lee, "2027-03-02T23:30", 60, clinic.room1, clinic.ana)));

        BookSession after =
                outsideHours(clinic.wish("EMDR", clinic.lee, "2027-03-03T00:15", 60, clinic.room2, clinic.ben));
        assertEquals(Rule.THERAPIST_TAKEN, refusal(clinic, after));
        clinic.booking.book(
                clinic.desk,
                outsideHours(clinic.wish("EMDR", clinic.ruiz, "2027-03-05T00:00", 60, clinic.room1, clinic.ben)));
        BookSession before =
                outsideHours(clinic.wish("EMDR", clinic.lee, "2027-03-04T23:30", 60, clinic.room2, clinic.ben));
        assertEquals(Rule.PATIENT_TAKEN, refusal(clinic, before));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A7] one therapist at two sites in two zones: refused at the same instant, booked at the same wall time")
    void twoZones(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        ZoneId denver = ZoneId.of("America/Denver");
        long there = clinic.transactions.inNew(() -> {
            Site mesa = clinic.persist(new Site("Mesa House", denver, "555-0101"));
            return clinic.persist(new Room(mesa, "Room 1", 2, 0, false)).id();
        });
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));

        BookSession sameInstant =
                outsideHours(clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, there, clinic.ben));
        assertEquals(LocalTime.of(8, 0), sameInstant.start().atZone(denver).toLocalTime());
        assertEquals(Rule.THERAPIST_TAKEN, refusal(clinic, sameInstant));
        BookSession sameWallTime =
                outsideHours(clinic.wish("CBT", clinic.lee, "2027-03-02T12:00", 50, there, clinic.ben));
        assertEquals(LocalTime.of(10, 0), sameWallTime.start().atZone(denver).toLocalTime());
        clinic.booking.book(clinic.desk, sameWallTime);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("hours that the clocks skip on one Sunday are no hours that day, and stop no booking")
    void hoursThatAreSkipped(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.transactions.runInNew(() -> {
            clinic.em
                    .find(Therapist.class, clinic.lee)
                    .workAt(List.of(
                            new WorkingHours(clinic.site, 7, LocalTime.of(2, 0), LocalTime.of(3, 0)),
                            new WorkingHours(clinic.site, 7, LocalTime.of(9, 0), LocalTime.of(12, 0))));
            clinic.em
                    .find(Site.class, clinic.site)
                    .openAt(List.of(
                            new OpeningHours(7, LocalTime.of(2, 0), LocalTime.of(3, 0)),
                            new OpeningHours(7, LocalTime.of(8, 0), LocalTime.of(20, 0))));
        });

        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-14T10:00"));
        assertEquals(Rule.OUTSIDE_HOURS, refusal(clinic, clinic.cbt(clinic.lee, "2027-03-14T14:00")));
        FreeTimesFound found = clinic.freeTimes.search(
                clinic.desk,
                new FreeTimesQuery(
                        "CBT",
                        null,
                        LocalDate.of(2027, 3, 14),
                        LocalDate.of(2027, 3, 14),
                        clinic.lee,
                        null,
                        null,
                        Set.of(),
                        null,
                        null,
                        null,
                        null,
                        10));
        assertEquals(local("2027-03-14T09:00"), found.items().get(0).start());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "a rule that was gone against is said as long as it is, of the session and on record; undo says it again")
    void overriddenAsItStands(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(clinic.desk, outsideHours(clinic.cbt(clinic.lee, "2027-03-04T16:30")));
        long id = booked.sessionId();
        assertEquals("overridden OUTSIDE_HOURS", lastDetail(clinic));

        Change moved = clinic.booking.change(
                clinic.desk,
                id,
                booked.version(),
                ChangeSession.move(local("2027-03-04T15:00"), null, RuleOverride.NONE));
        assertEquals("", lastDetail(clinic));
        assertEquals(Optional.empty(), clinic.em.find(Session.class, id).overriddenRules());

        Change back = clinic.booking.undo(clinic.desk, moved);
        assertEquals("", lastDetail(clinic));
        SessionView late = new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock)
                .find(clinic.desk, "test", id);
        assertEquals(List.of(Rule.OUTSIDE_HOURS), late.overridden());
        assertEquals("Works late today", late.overrideReason());

        clinic.booking.cancel(clinic.desk, id, back.version(), "ill");
        assertEquals("", lastDetail(clinic));
    }

    private static String lastDetail(ClinicFixture clinic) {
        return clinic.audit.entries().get(clinic.audit.entries().size() - 1).detail();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a cancellation with less notice than the setting is late; what has started stays")
    void lateCancellation(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change soon = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T09:00"));
        Change later = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-04T09:00"));

        clinic.clock.set("2027-03-01T14:30:00Z");
        clinic.booking.cancel(clinic.desk, soon.sessionId(), soon.version(), "ill");
        clinic.booking.cancel(clinic.desk, later.sessionId(), later.version(), "ill");

        assertEquals(
                ParticipantState.LATE_CANCELLED, onlyParticipant(clinic, soon).state());
        assertEquals(ParticipantState.CANCELLED, onlyParticipant(clinic, later).state());

        Change started = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-01T11:00"));
        clinic.clock.set("2027-03-01T16:10:00Z");
        Refused refused = assertThrows(
                Refused.class, () -> clinic.booking.cancel(clinic.desk, started.sessionId(), started.version(), "ill"));
        assertEquals(Rule.NOT_CHANGEABLE, refused.refusals().get(0).rule());
        assertEquals("started", refused.refusals().get(0).facts().get("why"));
    }

    private static Participant onlyParticipant(ClinicFixture clinic, Change change) {
        return clinic.transactions.inNew(() ->
                clinic.em.find(Session.class, change.sessionId()).participants().get(0));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] a refusal leaves the desk's own hold as it is; its booking takes the place of it")
    void refusalKeepsTheHold(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 50, clinic.room2, clinic.ana));
        clinic.hold(clinic.lee, clinic.room1, "2027-03-02T10:00", 50);

        assertRefused(Rule.PATIENT_TAKEN, clinic, clinic.lead, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        assertRefused(
                Rule.BEING_BOOKED,
                clinic,
                clinic.desk,
                clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, clinic.room1, clinic.ben));
        clinic.booking.book(clinic.lead, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, null, clinic.ben));
        assertEquals(0, clinic.count("hold"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A17] a hold keeps the room's turnover too, and stands in the way of others alone")
    void holdsTheTurnover(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.hold(clinic.lee, clinic.room1, "2027-03-02T10:00", 50);
        BookSession next = clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:50", 50, clinic.room1, clinic.ben);

        assertRefused(Rule.BEING_BOOKED, clinic, clinic.desk, next);
        clinic.booking.book(clinic.lead, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        clinic.hold(clinic.lee, clinic.room1, "2027-03-02T13:00", 50);
        clinic.booking.book(
                clinic.lead, clinic.wish("CBT", clinic.ruiz, "2027-03-02T13:50", 50, clinic.room1, clinic.ben));
        assertEquals(0, clinic.count("hold"));
    }

    private static void assertRefused(Rule rule, ClinicFixture clinic, Actor actor, BookSession wish) {
        Refused refused = assertThrows(Refused.class, () -> clinic.booking.book(actor, wish));
        assertEquals(
                List.of(rule),
                refused.refusals().stream().map(Refusal::rule).distinct().toList());
    }

    private static void assertInvalid(String field, ClinicFixture clinic, BookSession wish) {
        Invalid invalid = assertThrows(Invalid.class, () -> clinic.booking.book(clinic.desk, wish));
        assertEquals(field, invalid.field());
    }

    private static Rule refusal(ClinicFixture clinic, BookSession wish) {
        return assertThrows(Refused.class, () -> clinic.booking.book(clinic.desk, wish))
                .refusals()
                .get(0)
                .rule();
    }

    private static List<Long> patients(ClinicFixture clinic, long session) {
        return clinic.transactions.inNew(() -> clinic.em.find(Session.class, session).liveParticipants().stream()
                .map(Participant::patientId)
                .toList());
    }
}

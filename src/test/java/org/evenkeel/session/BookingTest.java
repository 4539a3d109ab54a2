package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Qualification;
import org.evenkeel.therapist.Therapist;
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

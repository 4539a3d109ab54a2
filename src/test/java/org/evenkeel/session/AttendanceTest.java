package org.evenkeel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Attendance")
class AttendanceTest {

    /** A session of Dr Lee's with Ana, Tuesday 10:00-10:50; it is a quarter past ten, unless said otherwise. */
    private static final class Scene {
        final ClinicFixture clinic;
        final Attendance attendance;
        final long session;
        final long ana;
        long version;

        Scene(Database database) {
            clinic = new ClinicFixture(database);
            attendance = new Attendance(clinic.em, clinic.transactions, clinic.audit, clinic.events, clinic.clock);
            Change booked = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
            session = booked.sessionId();
            version = booked.version();
            ana = clinic.transactions.inNew(() ->
                    clinic.em.find(Session.class, session).participants().get(0).id());
            at("2027-03-02T10:15");
        }

        void at(String wallTime) {
            clinic.clock.set(ClinicFixture.local(wallTime).toString());
        }

        Change done(Change change) {
            version = change.version();
            return change;
        }

        Participant participant() {
            return clinic.transactions.inNew(
                    () -> clinic.em.find(Session.class, session).participant(ana));
        }

        long storedVersion() {
            return clinic.transactions.inNew(
                    () -> clinic.em.find(Session.class, session).version());
        }

        Entry lastEntry() {
            return clinic.audit.entries().get(clinic.audit.entries().size() - 1);
        }
    }

    private static Rule ruleOf(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(Refused.class, work).refusals().get(0).rule();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("an arrival is told by the desk, makes a new version, and is told once")
    void arrives(Database database) {
        Scene scene = new Scene(database);
        int told = scene.clinic.events.fired().size();

        Change change = scene.attendance.arrive(scene.clinic.desk, scene.session, scene.version, scene.ana);

        assertEquals(ParticipantState.CHECKED_IN, scene.participant().state());
        assertEquals(
                Optional.of(scene.clinic.clock.instant()), scene.participant().checkedInAt());
        assertEquals(scene.version + 1, change.version());
        assertEquals(change.version(), scene.storedVersion());
        assertEquals(told + 1, scene.clinic.events.fired().size());
        assertEquals("BOOKED -> CHECKED_IN", scene.lastEntry().detail());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A22] an arrival from a stale screen is refused, and a stale move after an arrival")
    void stale(Database database) {
        Scene scene = new Scene(database);
        scene.at("2027-03-02T09:30");
        scene.attendance.arrive(scene.clinic.desk, scene.session, scene.version, scene.ana);

        assertThrows(
                Stale.class, () -> scene.attendance.arrive(scene.clinic.desk, scene.session, scene.version, scene.ana));
        assertThrows(
                Stale.class,
                () -> scene.clinic.booking.change(
                        scene.clinic.desk,
                        scene.session,
                        scene.version,
                        ChangeSession.move(ClinicFixture.local("2027-03-02T11:00"), null, RuleOverride.NONE)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A30] attendance before the start is refused; arrival is told from midnight of the day")
    void tooEarly(Database database) {
        Scene scene = new Scene(database);
        Actor lee = scene.clinic.drLee;

        scene.at("2027-03-02T09:59");
        assertEquals(
                Rule.TOO_EARLY,
                ruleOf(() -> scene.attendance.attend(lee, scene.session, scene.version, scene.ana, 0, null)));
        assertEquals("REFUSED", scene.lastEntry().result());
        assertEquals(Rule.TOO_EARLY, ruleOf(() -> scene.attendance.miss(lee, scene.session, scene.version, scene.ana)));
        scene.at("2027-03-01T23:59");
        assertEquals(
                Rule.TOO_EARLY, ruleOf(() -> scene.attendance.arrive(lee, scene.session, scene.version, scene.ana)));

        scene.at("2027-03-02T00:00");
        scene.done(scene.attendance.arrive(lee, scene.session, scene.version, scene.ana));
        scene.at("2027-03-02T10:00");
        scene.attendance.attend(lee, scene.session, scene.version, scene.ana, 0, null);
        assertEquals(ParticipantState.ATTENDED, scene.participant().state());
        assertEquals(Optional.of(50), scene.participant().attendedMinutes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A30] came late, left early: minutes are recorded, and must fit")
    void lateAndEarly(Database database) {
        Scene scene = new Scene(database);
        Actor lee = scene.clinic.drLee;

        for (int[] wrong : new int[][] {{-5, 10}, {50, 0}, {10, 41}, {10, 0}}) {
            assertThrows(
                    Invalid.class,
                    () -> scene.attendance.attend(lee, scene.session, scene.version, scene.ana, wrong[0], wrong[1]));
        }
        scene.attendance.attend(lee, scene.session, scene.version, scene.ana, 10, 30);

        assertEquals(10, scene.participant().lateMinutes());
        assertEquals(Optional.of(30), scene.participant().attendedMinutes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A30] a correction is on record as one")
    void correction(Database database) {
        Scene scene = new Scene(database);
        scene.done(scene.attendance.miss(scene.clinic.drLee, scene.session, scene.version, scene.ana));

        scene.done(scene.attendance.attend(scene.clinic.lead, scene.session, scene.version, scene.ana, 15, null));

        assertEquals("corrected NO_SHOW -> ATTENDED", scene.lastEntry().detail());
        assertEquals(Optional.of(35), scene.participant().attendedMinutes());

        scene.attendance.clear(scene.clinic.drLee, scene.session, scene.version, scene.ana);
        assertEquals(ParticipantState.BOOKED, scene.participant().state());
        assertEquals("corrected ATTENDED -> BOOKED", scene.lastEntry().detail());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("can be taken back for eight seconds, and nothing that is taken changes")
    void undo(Database database) {
        Scene scene = new Scene(database);
        long occupied = scene.clinic.count("occupied");
        int revision = scene.clinic.transactions.inNew(
                () -> scene.clinic.em.find(Session.class, scene.session).revision());
        scene.done(scene.attendance.arrive(scene.clinic.desk, scene.session, scene.version, scene.ana));
        Change missed = scene.done(scene.attendance.miss(scene.clinic.drLee, scene.session, scene.version, scene.ana));

        scene.clinic.clock.advance(Duration.ofSeconds(7));
        Change undone = scene.clinic.booking.undo(scene.clinic.drLee, missed);

        assertEquals(ParticipantState.CHECKED_IN, scene.participant().state());
        assertEquals(scene.storedVersion(), undone.version());
        assertEquals(occupied, scene.clinic.count("occupied"));
        assertEquals(
                revision,
                scene.clinic.transactions.inNew(
                        () -> scene.clinic.em.find(Session.class, scene.session).revision()));

        Change again = scene.attendance.miss(scene.clinic.drLee, scene.session, undone.version(), scene.ana);
        scene.clinic.clock.advance(Duration.ofSeconds(30));
        assertEquals(Rule.UNDO_TOO_LATE, ruleOf(() -> scene.clinic.booking.undo(scene.clinic.drLee, again)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is marked by the therapist of the session and the lead; the desk tells arrivals only")
    void whoMay(Database database) {
        Scene scene = new Scene(database);
        ClinicFixture clinic = scene.clinic;
        Actor drRuiz = new Actor(9, "ruiz", java.util.Set.of(Role.THERAPIST), clinic.ruiz);

        for (Actor actor : new Actor[] {clinic.desk, clinic.admin, drRuiz}) {
            assertThrows(
                    NotAllowed.class,
                    () -> scene.attendance.attend(actor, scene.session, scene.version, scene.ana, 0, null));
        }
        for (Actor actor : new Actor[] {clinic.admin, drRuiz}) {
            assertThrows(
                    NotAllowed.class, () -> scene.attendance.arrive(actor, scene.session, scene.version, scene.ana));
        }
        assertEquals(
                5,
                clinic.audit.entries().stream()
                        .filter(e -> e.action().equals("REFUSED") && e.result().equals("DENIED"))
                        .count(),
                "each is on record");
        scene.done(scene.attendance.attend(clinic.drLee, scene.session, scene.version, scene.ana, 0, null));
        assertEquals(
                Rule.NOT_CHANGEABLE,
                ruleOf(() -> scene.attendance.arrive(clinic.desk, scene.session, scene.version, scene.ana)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is not marked for a session that was cancelled")
    void cancelled(Database database) {
        Scene scene = new Scene(database);
        scene.at("2027-03-02T08:00");
        scene.done(scene.clinic.booking.cancel(scene.clinic.desk, scene.session, scene.version, "ill"));

        assertEquals(
                Rule.NOT_CHANGEABLE,
                ruleOf(() -> scene.attendance.arrive(scene.clinic.desk, scene.session, scene.version, scene.ana)));
    }
}

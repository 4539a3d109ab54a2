package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Attendance of a group")
class GroupAttendanceTest {

    /** "DBT skills", Monday 2027-03-08 10:00-11:30, Dr Lee and Dr Ruiz, with Ana, Ben and Cleo; it is a quarter past ten. */
    private static final class Scene {
        final ClinicFixture clinic;
        final SeriesFixture given;
        final Attendance attendance;
        final SessionViews views;
        final Actor drRuiz;
        final long id;

        Scene(Database database) {
            given = new SeriesFixture(database);
            clinic = given.clinic;
            attendance = new Attendance(clinic.em, clinic.transactions, clinic.audit, clinic.events, clinic.clock);
            views = new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
            drRuiz = new Actor(4, "ruiz", Set.of(Role.THERAPIST), clinic.ruiz);
            long group = given.create(given.together("FREQ=WEEKLY;BYDAY=MO;COUNT=2"));
            given.enrol(group, clinic.ana);
            given.enrol(group, clinic.ben);
            given.enrol(group, given.patient("Cleo"));
            id = given.sessions(group).get(0);
            at("2027-03-08T10:15");
        }

        void at(String wallTime) {
            clinic.clock.set(ClinicFixture.local(wallTime).toString());
        }

        SessionView session() {
            return views.find(clinic.desk, "test", id);
        }

        <T> List<T> each(Function<Attendee, T> what) {
            return session().participants().stream().map(what).toList();
        }

        Attendee who(int index) {
            return session().participants().get(index);
        }

        String audited() {
            return clinic.audit.entries().stream()
                    .filter(e -> e.purpose().equals("attendance"))
                    .reduce((a, b) -> b)
                    .orElseThrow()
                    .detail();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A30] all are present but for the exceptions, which are told before or after; a correction is on record")
    void allPresentThenTheExceptions(Database database) {
        Scene scene = new Scene(database);
        scene.attendance.miss(
                scene.drRuiz, scene.id, scene.session().version(), scene.who(1).id());

        scene.attendance.attendAll(scene.drRuiz, scene.id, scene.session().version());

        assertEquals(
                List.of(ParticipantState.ATTENDED, ParticipantState.NO_SHOW, ParticipantState.ATTENDED),
                scene.each(Attendee::state));
        assertEquals("all present: 2", scene.audited());
        scene.attendance.attend(
                scene.clinic.drLee,
                scene.id,
                scene.session().version(),
                scene.who(2).id(),
                10,
                60);
        assertEquals(10, scene.who(2).lateMinutes());
        assertEquals(60, scene.who(2).attendedMinutes());
        assertEquals("corrected ATTENDED -> ATTENDED", scene.audited());
        scene.attendance.excuse(
                scene.clinic.drLee,
                scene.id,
                scene.session().version(),
                scene.who(1).id());
        assertTrue(scene.who(1).excused());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A30] all present and the exceptions are told at once: one change, or none if one of them cannot be")
    void allPresentWithTheExceptions(Database database) {
        Scene scene = new Scene(database);
        long version = scene.session().version();
        long late = scene.who(0).id();
        long away = scene.who(1).id();
        var tooLate = new Attendance.Exceptional(late, Attendance.Came.PRESENT, 90, null);
        var excused = new Attendance.Exceptional(away, Attendance.Came.EXCUSED, 0, null);
        for (List<Attendance.Exceptional> wrong : List.of(List.of(excused, tooLate), List.of(excused, excused))) {
            assertThrows(Invalid.class, () -> scene.attendance.attendAll(scene.drRuiz, scene.id, version, wrong));
        }
        assertThrows(
                NotFound.class,
                () -> scene.attendance.attendAll(
                        scene.drRuiz,
                        scene.id,
                        version,
                        List.of(new Attendance.Exceptional(987_654L, Attendance.Came.NO_SHOW, 0, null))));
        assertEquals(version, scene.session().version());

        Change all = scene.attendance.attendAll(
                scene.drRuiz,
                scene.id,
                version,
                List.of(new Attendance.Exceptional(late, Attendance.Came.PRESENT, 10, 60), excused));

        assertEquals(
                List.of(ParticipantState.ATTENDED, ParticipantState.NO_SHOW, ParticipantState.ATTENDED),
                scene.each(Attendee::state));
        assertEquals(10, scene.who(0).lateMinutes());
        assertEquals(60, scene.who(0).attendedMinutes());
        assertTrue(scene.who(1).excused());
        assertEquals("all present: 1, BOOKED -> ATTENDED, BOOKED -> NO_SHOW", scene.audited());
        scene.clinic.booking.undo(scene.drRuiz, all);
        assertEquals(
                List.of(ParticipantState.BOOKED, ParticipantState.BOOKED, ParticipantState.BOOKED),
                scene.each(Attendee::state));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("all present is one change, which is taken back as one, by whoever of its therapists made it")
    void undone(Database database) {
        Scene scene = new Scene(database);
        scene.attendance.arrive(
                scene.clinic.desk,
                scene.id,
                scene.session().version(),
                scene.who(0).id());
        List<ParticipantState> before = scene.each(Attendee::state);
        int told = scene.clinic.events.fired().size();

        Change all = scene.attendance.attendAll(
                scene.drRuiz, scene.id, scene.session().version());

        assertEquals(told + 1, scene.clinic.events.fired().size());
        assertEquals(scene.session().version(), all.version());
        scene.clinic.booking.undo(scene.drRuiz, all);
        assertEquals(before, scene.each(Attendee::state));
        assertThrows(Stale.class, () -> scene.attendance.attendAll(scene.drRuiz, scene.id, all.version()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A30] nobody is present before the start, nor by the desk, nor by a therapist of other groups")
    void refused(Database database) {
        Scene scene = new Scene(database);
        long version = scene.session().version();
        assertThrows(NotAllowed.class, () -> scene.attendance.attendAll(scene.clinic.desk, scene.id, version));
        Actor other = new Actor(4, "kim", Set.of(Role.THERAPIST), 987_654L);
        assertThrows(NotAllowed.class, () -> scene.attendance.attendAll(other, scene.id, version));
        scene.at("2027-03-08T09:59");
        Refused early =
                assertThrows(Refused.class, () -> scene.attendance.attendAll(scene.clinic.drLee, scene.id, version));
        assertEquals(Rule.TOO_EARLY, early.refusals().get(0).rule());
        assertEquals(
                List.of(ParticipantState.BOOKED, ParticipantState.BOOKED, ParticipantState.BOOKED),
                scene.each(Attendee::state));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void costsTheSameStatementsHoweverManyCame(Database database) {
        Scene scene = new Scene(database);
        long version = scene.session().version();
        int three = database.statements(() -> scene.attendance.attendAll(scene.drRuiz, scene.id, version));
        scene.attendance.clear(scene.drRuiz, scene.id, version + 1, scene.who(0).id());
        int one = database.statements(() -> scene.attendance.attendAll(scene.drRuiz, scene.id, version + 2));
        assertEquals(one, three);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a cancelled group comes back with everyone in their seats, whatever numbers these have")
    void cancelledAndUndone(Database database) {
        Scene scene = new Scene(database);
        scene.at("2027-03-05T10:00");
        scene.given.enrolments.cancelSeat(
                scene.clinic.desk, scene.id, scene.who(0).patientId());
        scene.clinic.transactions.runInNew(() -> scene.clinic.seats.resize(List.of(scene.id), 2));
        Change cancelled = scene.clinic.booking.cancel(
                scene.clinic.desk, scene.id, scene.session().version(), "burst pipe");
        scene.clinic.booking.undo(scene.clinic.desk, cancelled);
        assertEquals(2, scene.session().taken());
        assertTrue(scene.session().isLive());
    }
}

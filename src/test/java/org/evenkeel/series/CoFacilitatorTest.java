package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.roster.Roster;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.session.ZoneChange;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.evenkeel.therapist.SessionsInTheWay;
import org.evenkeel.therapist.TimeOffPlanning;
import org.evenkeel.therapist.TimesOff;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Who facilitates a group with another")
class CoFacilitatorTest {

    private static final LocalDate MONDAY = LocalDate.of(2027, 3, 8);

    private static final ZoneId HALIFAX = ZoneId.of("America/Halifax");

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A8] must be there at the new instant when the site changes its zone")
    void zoneChangeIntoLeave(Database database) {
        SeriesFixture given = new SeriesFixture(database);
        given.create(given.together("FREQ=WEEKLY;BYDAY=MO;COUNT=1"));
        given.clinic.timeOff(given.clinic.ruiz, "2027-03-08T08:00", "2027-03-08T09:30");

        ZoneChange.Preview preview = inHalifax(given);

        assertEquals(
                List.of(ZoneChange.Why.TIME_OFF),
                preview.collisions().stream().map(ZoneChange.Collision::why).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A8] [A19] stops no change of zone where the group goes on without them already")
    void zoneChangeWithinLeave(Database database) {
        SeriesFixture given = new SeriesFixture(database);
        given.create(given.together("FREQ=WEEKLY;BYDAY=MO;COUNT=1"));
        given.clinic.timeOff(given.clinic.ruiz, "2027-03-08T08:00", "2027-03-08T12:00");

        assertTrue(inHalifax(given).isClear());
    }

    /** Each wall time comes an hour earlier there. */
    private static ZoneChange.Preview inHalifax(SeriesFixture given) {
        ClinicFixture clinic = given.clinic;
        ZoneChange change = new ZoneChange(
                clinic.em,
                clinic.transactions,
                new Availability(clinic.em),
                clinic.audit,
                new Recorded<>(),
                new Recorded<>(),
                clinic.clock);
        return change.preview(clinic.lead, clinic.site, HALIFAX);
    }

    /** "DBT skills" of Dr Lee with Dr Ruiz, three Mondays, with Ana and a guest on the first. */
    private static final class Scene {
        final SeriesFixture given;
        final ClinicFixture clinic;
        final SessionViews views;
        final Roster roster;
        final Actor drRuiz;
        final Actor drKim;
        final long kim;
        final long group;
        final long first;

        Scene(Database database) {
            given = new SeriesFixture(database);
            clinic = given.clinic;
            views = new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
            roster = new Roster(clinic.em, clinic.transactions, views, clinic.clock);
            kim = clinic.transactions.inNew(
                    () -> clinic.therapist("Dr", "Yun", "Kim", org.evenkeel.therapist.Therapist.Gender.FEMALE));
            drRuiz = new Actor(4, "ruiz", Set.of(Role.THERAPIST), clinic.ruiz);
            drKim = new Actor(4, "kim", Set.of(Role.THERAPIST), kim);
            group = given.create(given.together("FREQ=WEEKLY;BYDAY=MO;COUNT=3"));
            given.enrol(group, clinic.ana);
            first = given.sessions(group).get(0);
            given.enrolments.addGuest(clinic.desk, first, clinic.ben, org.evenkeel.session.RuleOverride.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void seesTheSessionWithItsSeatsItsSeriesAndItsGuests(Database database) {
        Scene scene = new Scene(database);
        SessionView session = scene.views.find(scene.drRuiz, "test", scene.first);
        assertEquals(List.of(new SessionView.Named(scene.clinic.ruiz, "Dr Ruiz")), session.coFacilitators());
        assertEquals(new SessionView.Named(scene.group, "DBT skills"), session.series());
        assertEquals("DBT skills", session.title());
        assertEquals(3, session.capacity());
        assertEquals(2, session.taken());
        assertEquals(1, session.free());
        assertEquals(
                List.of(false, true),
                session.participants().stream().map(SessionView.Attendee::guest).toList());
        assertThrows(NotAllowed.class, () -> scene.views.find(scene.drKim, "test", scene.first));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void findsItInTheirListAndTheirDayOnce(Database database) {
        Scene scene = new Scene(database);
        SessionFilter all = SessionFilter.ALL;
        for (Actor actor : List.of(scene.drRuiz, scene.clinic.drLee)) {
            assertEquals(
                    scene.given.sessions(scene.group),
                    scene.views.list(actor, "test", all, null, 50).items().stream()
                            .map(SessionView::id)
                            .toList());
        }
        assertEquals(
                List.of(), scene.views.list(scene.drKim, "test", all, null, 50).items());
        assertEquals(
                List.of(scene.first),
                scene.roster.day(scene.drRuiz, scene.clinic.ruiz, MONDAY).sessions().stream()
                        .map(SessionView::id)
                        .toList());
        assertEquals(
                "Dr Ruiz",
                scene.roster.day(scene.drRuiz, scene.clinic.ruiz, MONDAY).therapist());
        String before = scene.roster.stamp(scene.drRuiz, scene.clinic.ruiz, MONDAY);
        scene.given.enrol(scene.group, scene.given.patient("Cleo"));
        assertFalse(before.equals(scene.roster.stamp(scene.drRuiz, scene.clinic.ruiz, MONDAY)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void hasTheMembersInTheirCaseload(Database database) {
        Scene scene = new Scene(database);
        assertTrue(inCaseload(scene, scene.clinic.ruiz, scene.clinic.ana));
        assertTrue(inCaseload(scene, scene.clinic.ruiz, scene.clinic.ben));
        assertFalse(inCaseload(scene, scene.kim, scene.clinic.ana));
        scene.clinic.clock.set("2027-10-01T12:00:00Z");
        assertTrue(inCaseload(scene, scene.clinic.ruiz, scene.clinic.ana), "is enrolled without end");
        assertFalse(inCaseload(scene, scene.clinic.ruiz, scene.clinic.ben), "was a guest long ago");
    }

    private static boolean inCaseload(Scene scene, long therapist, long patient) {
        return scene.clinic.transactions.inNew(() -> scene.clinic.caseload.includesAll(therapist, List.of(patient)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "of one date alone sees the group by it: that date, and who comes to it, as long as they are in the caseload")
    void ofOneDateAlone(Database database) {
        Scene scene = new Scene(database);
        SeriesFixture given = scene.given;
        ClinicFixture clinic = scene.clinic;
        long cleo = given.patient("Cleo");
        given.enrolments.enrol(clinic.desk, scene.group, Enrolments.Wish.of(cleo, LocalDate.of(2027, 3, 22)));
        assertThrows(NotAllowed.class, () -> given.groups.find(scene.drKim, "test", scene.group));
        long second = given.sessions(scene.group).get(1);
        given.changes.change(clinic.desk, second, Scope.THIS, facilitatedBy(scene.kim));

        GroupView seen = given.groups.find(scene.drKim, "test", scene.group);

        assertEquals(
                List.of(second),
                seen.dates().stream().map(GroupView.Date::sessionId).toList());
        assertEquals(
                List.of(clinic.ana),
                seen.members().stream().map(GroupView.Member::patientId).toList());
        assertEquals(Set.of(clinic.ana), seen.marks().keySet());
        assertEquals(Set.of(clinic.ana), seen.people().keySet());
        seen.people().keySet().forEach(patient -> assertTrue(inCaseload(scene, scene.kim, patient)));
        assertTrue(Groups.seesAll(scene.drRuiz, given.groups.find(scene.drRuiz, "test", scene.group)));
        assertFalse(Groups.seesAll(scene.drKim, seen));
        clinic.clock.set("2027-06-13T12:00:00Z");
        assertEquals(
                1, given.groups.find(scene.drKim, "test", scene.group).dates().size());
        clinic.clock.set("2027-06-14T12:00:00Z");
        assertThrows(NotAllowed.class, () -> given.groups.find(scene.drKim, "test", scene.group));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("or even leads one date alone changes or cancels that, and no other of the series")
    void changesOneDateAlone(Database database) {
        Scene scene = new Scene(database);
        SeriesFixture given = scene.given;
        Actor desk = scene.clinic.desk;
        long second = given.sessions(scene.group).get(1);
        given.changes.change(desk, second, Scope.THIS, given(scene.kim, List.of()));
        SeriesChange later = SeriesChange.time(java.time.LocalTime.of(11, 0));
        for (Scope more : List.of(Scope.FOLLOWING, Scope.ALL_FUTURE)) {
            assertThrows(NotAllowed.class, () -> given.changes.preview(scene.drKim, second, more, later));
            assertThrows(NotAllowed.class, () -> given.changes.change(scene.drKim, second, more, later));
            Cancellation wish = Cancellation.of(more, "ill", false);
            assertThrows(NotAllowed.class, () -> given.changes.previewCancel(scene.drKim, second, wish));
            assertThrows(NotAllowed.class, () -> given.changes.cancel(scene.drKim, second, wish));
        }
        given.changes.cancel(scene.drKim, second, Cancellation.of(Scope.THIS, "ill", false));
        assertEquals(2, given.starts(scene.group).size());
    }

    private static SeriesChange facilitatedBy(long therapist) {
        return given(null, List.of(therapist));
    }

    private static SeriesChange given(@Nullable Long lead, List<Long> facilitators) {
        return new SeriesChange(
                null,
                null,
                0,
                null,
                lead,
                facilitators,
                null,
                null,
                null,
                null,
                null,
                Set.of(),
                org.evenkeel.session.RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] is not free meanwhile")
    void isBusy(Database database) {
        Scene scene = new Scene(database);
        FreeTimesQuery query = new FreeTimesQuery(
                "CBT",
                60,
                MONDAY,
                MONDAY,
                scene.clinic.ruiz,
                null,
                null,
                Set.of(),
                java.time.LocalTime.of(10, 0),
                java.time.LocalTime.of(11, 45),
                null,
                null,
                5);
        assertEquals(
                List.of(),
                scene.clinic.freeTimes.search(scene.clinic.desk, query).items());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A19] leave over a group is for the desk to decide on; of the one who only facilitates, from an administrator, it"
                    + " leaves the group standing")
    void takesLeave(Database database) {
        Scene scene = new Scene(database);
        ClinicFixture clinic = scene.clinic;
        TimeOffPlanning leave = new TimeOffPlanning(
                new TimesOff(clinic.em),
                clinic.em,
                clinic.transactions,
                new Gate(clinic.audit),
                clinic.audit,
                new Recorded<>(),
                clinic.clock);
        TimeSlot morning = TimeSlot.of(ClinicFixture.local("2027-03-08T09:00"), 240);
        SessionsInTheWay undecided = assertThrows(
                SessionsInTheWay.class,
                () -> leave.add(clinic.desk, clinic.ruiz, morning, "ill", ClinicFixture.NEW_YORK));
        assertEquals(
                List.of(false),
                undecided.sessions().stream()
                        .map(SessionsInTheWay.BookedSession::leads)
                        .toList());
        leave.add(clinic.admin, clinic.ruiz, morning, "ill", ClinicFixture.NEW_YORK);
        assertTrue(scene.views.find(clinic.desk, "test", scene.first).isLive());
        SessionsInTheWay refused = assertThrows(
                SessionsInTheWay.class,
                () -> leave.add(clinic.admin, clinic.lee, morning, "ill", ClinicFixture.NEW_YORK));
        assertEquals(
                List.of(scene.first),
                refused.sessions().stream()
                        .map(SessionsInTheWay.BookedSession::id)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void costsTheSameStatementsHoweverManyCome(Database database) {
        Scene scene = new Scene(database);
        SessionFilter day = SessionFilter.onDates(MONDAY, MONDAY);
        int two = database.statements(() -> scene.views.list(scene.drRuiz, "test", day, null, 50));
        scene.given.enrol(scene.group, scene.given.patient("Cleo"));
        assertEquals(two, database.statements(() -> scene.views.list(scene.drRuiz, "test", day, null, 50)));
        assertEquals(1, database.statements(() -> scene.views.find(scene.drRuiz, "test", scene.first)));
    }
}

package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A change of a series")
class SeriesChangesTest {

    private static final LocalTime ELEVEN = LocalTime.of(11, 0);

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] of this one changes it alone, and later edits leave it as it is and say so")
    void thisOne(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(4));
        List<Long> ids = f.sessions(series);
        f.changes.change(f.clinic.desk, ids.get(1), Scope.THIS, SeriesChange.time(LocalTime.of(13, 0)));
        SeriesChangePlan plan =
                f.changes.preview(f.clinic.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(List.of(ids.get(1)), plan.kept());
        assertEquals(3, plan.changed().size());
        f.changes.change(f.clinic.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(
                List.of("2027-03-08T11:00", "2027-03-15T13:00", "2027-03-22T11:00", "2027-03-29T11:00"),
                f.starts(series));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] leaves what has begun, and attendance, untouched; what was moved by hand on the board is kept")
    void past(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        List<Long> ids = f.sessions(series);
        c.clock.set("2027-03-16T12:00:00Z");
        c.booking.change(
                c.desk,
                ids.get(3),
                1,
                ChangeSession.move(ClinicFixture.local("2027-03-29T14:00"), null, RuleOverride.NONE));
        f.changes.change(c.desk, ids.get(2), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(
                List.of("2027-03-08T10:00", "2027-03-15T10:00", "2027-03-22T11:00", "2027-03-29T14:00"),
                f.starts(series));
        assertThrows(Refused.class, () -> f.changes.change(c.desk, ids.get(0), Scope.THIS, SeriesChange.time(ELEVEN)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] touches only what it names: a date that has its own room, time or facilitators keeps them")
    void keepsWhatIsNotNamed(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3)
                .with(Map.of(
                        java.time.LocalDateTime.parse("2027-03-15T10:00"), SeriesWish.Decision.room(c.telehealth))));
        List<Long> ids = f.sessions(series);
        f.changes.change(c.desk, ids.get(2), Scope.THIS, SeriesChange.time(LocalTime.of(13, 0)));
        f.changes.change(c.desk, ids.get(2), Scope.THIS, SeriesChange.room(c.telehealth));
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(List.of("2027-03-08T11:00", "2027-03-15T11:00", "2027-03-22T13:00"), f.starts(series));
        assertEquals(List.of(c.room2, c.telehealth, c.telehealth), c.transactions.inNew(() -> Sql.on(c.em)
                .add("select room_id from session where series_id = ? order by starts_at", series)
                .list(r -> r.id(1))));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A14] of this and the following makes a part of its own, in which everyone stays enrolled")
    void splits(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        f.enrol(series, c.ana);
        List<Long> ids = f.sessions(series);
        SeriesChangePlan plan = f.changes.preview(c.desk, ids.get(2), Scope.FOLLOWING, SeriesChange.time(ELEVEN));
        assertTrue(plan.splits());
        assertEquals(2, plan.changed().size());
        f.changes.change(c.desk, ids.get(2), Scope.FOLLOWING, SeriesChange.time(ELEVEN));

        assertEquals(List.of("2027-03-08T10:00", "2027-03-15T10:00"), f.starts(series));
        long part = c.transactions.inNew(() -> Sql.on(c.em)
                .add("select id from series where parent_id = ?", series)
                .first(r -> r.id(1))
                .orElseThrow());
        assertEquals(List.of("2027-03-22T11:00", "2027-03-29T11:00"), f.starts(part));
        GroupView view = f.groups.find(c.desk, "test", part);
        assertEquals(1, view.members().size());
        assertEquals(1, view.dates().get(0).coming());
        assertFalse(
                java.util.Objects.requireNonNull(view.mark(c.ana, ids.get(2))).guest());
        assertEquals("FREQ=WEEKLY;BYDAY=MO;COUNT=2", view.rule());
        f.enrolments.end(c.desk, view.members().get(0).enrolmentId(), java.time.LocalDate.of(2027, 3, 22), "moved");
        assertEquals(0, f.coming(ids.get(3)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("by a day moves the weekdays of the rule along")
    void days(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.group("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4"));
        SeriesChange tomorrow =
                new SeriesChange(null, null, 1, null, null, null, null, null, null, null, Set.of(), RuleOverride.NONE);
        f.changes.change(f.clinic.desk, f.sessions(series).get(0), Scope.ALL_FUTURE, tomorrow);
        assertEquals(
                List.of("2027-03-09T10:00", "2027-03-10T10:00", "2027-03-16T10:00", "2027-03-17T10:00"),
                f.starts(series));
        assertEquals(
                "FREQ=WEEKLY;BYDAY=TU,WE;COUNT=4",
                f.groups.find(f.clinic.desk, "test", series).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A11] [A31] lists what speaks against each date, and saves nothing until those are left out")
    void conflicts(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        List<Long> ids = f.sessions(series);
        c.booking.book(c.desk, c.wish("CBT", c.lee, "2027-03-15T12:00", 30, c.room1, c.ana));
        SeriesChangePlan plan = f.changes.preview(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(1, plan.conflicts().size());
        assertEquals(ids.get(1), plan.conflicts().get(0).sessionId());
        assertThrows(
                Refused.class, () -> f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN)));
        f.changes.change(
                c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN).leaving(Set.of(ids.get(1))));
        assertEquals(List.of("2027-03-08T11:00", "2027-03-15T10:00", "2027-03-22T11:00"), f.starts(series));
        Refused small = assertThrows(
                Refused.class,
                () -> f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.room(c.room1)));
        assertEquals(Rule.ROOM_UNFIT, small.refusals().get(0).rule());
        assertEquals(Map.of("capacity", 2, "needed", 3), small.refusals().get(0).facts());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A23] of the seats changes those of every date to come")
    void capacity(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        List<Long> ids = f.sessions(series);
        f.changes.change(f.clinic.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.capacity(5));
        assertEquals(List.of(5, 5), ids.stream().map(f::seats).toList());
        f.changes.change(f.clinic.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.capacity(2));
        assertEquals(List.of(2, 2), ids.stream().map(f::seats).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A10] [A15] cancels the first or the last date and goes on; twelve held means one more at the end")
    void cancels(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        f.enrol(series, c.ana);
        List<Long> ids = f.sessions(series);
        f.changes.cancel(c.desk, ids.get(0), Scope.THIS, "ill", false);
        assertEquals(List.of("2027-03-15T10:00", "2027-03-22T10:00"), f.starts(series));
        f.changes.cancel(c.desk, ids.get(1), Scope.THIS, "ill", true);
        assertEquals(List.of("2027-03-22T10:00", "2027-03-29T10:00"), f.starts(series));
        assertEquals(1, f.coming(f.sessions(series).get(3)));
        f.changes.cancel(c.desk, f.sessions(series).get(3), Scope.THIS, "ill", false);
        f.changes.cancel(c.desk, ids.get(2), Scope.FOLLOWING, "ended", false);
        assertEquals(List.of(), f.starts(series));
        assertEquals(0, c.count("occupied"));
        GroupView view = f.groups.find(c.desk, "test", series);
        assertTrue(view.next(c.clock.instant()).isEmpty());
        assertTrue(f.groups
                .list(c.desk, Groups.Filter.RUNNING_GROUPS, 0, 25)
                .items()
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is for the desk, the lead, and who leads it")
    void rights(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(1));
        long session = f.sessions(series).get(0);
        assertThrows(
                NotAllowed.class,
                () -> f.changes.change(f.clinic.admin, session, Scope.THIS, SeriesChange.time(ELEVEN)));
        f.changes.change(f.clinic.drLee, session, Scope.THIS, SeriesChange.time(ELEVEN));
    }
}

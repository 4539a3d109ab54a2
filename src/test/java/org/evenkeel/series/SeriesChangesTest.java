package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.Change;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionView;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.jspecify.annotations.Nullable;
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
    @DisplayName("[A9] leaves no date alone whose change by hand was undone")
    void byHandAndUndone(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        List<Long> ids = f.sessions(series);
        c.booking.undo(
                c.desk,
                c.booking.change(
                        c.desk,
                        ids.get(1),
                        1,
                        ChangeSession.move(ClinicFixture.local("2027-03-15T14:00"), null, RuleOverride.NONE)));
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(List.of("2027-03-08T11:00", "2027-03-15T11:00"), f.starts(series));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] leaves no date alone that was saved by hand as it was")
    void savedAsItWas(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        List<Long> ids = f.sessions(series);
        c.booking.change(
                c.desk,
                ids.get(1),
                1,
                ChangeSession.move(ClinicFixture.local("2027-03-15T10:00"), c.lee, RuleOverride.NONE));
        f.changes.change(c.desk, ids.get(2), Scope.THIS, SeriesChange.time(LocalTime.of(10, 0)));
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        assertEquals(List.of("2027-03-08T11:00", "2027-03-15T11:00", "2027-03-22T11:00"), f.starts(series));
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
        long part = f.partOf(series);
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
    @DisplayName(
            "[A14] [A15] that makes a part of its own still misses in it what was missing; what stays behind is not its own")
    void splitsWhatIsHeld(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(held(f, 6));
        List<Long> ids = f.sessions(series);
        c.booking.cancel(c.desk, ids.get(1), 1, "ill");
        f.changes.change(
                c.desk, ids.get(2), Scope.FOLLOWING, SeriesChange.time(ELEVEN).leaving(Set.of(ids.get(2), ids.get(4))));
        assertEquals(List.of("2027-03-08T10:00", "2027-03-22T10:00"), f.starts(series));
        assertEquals(0, f.groups.find(c.desk, "test", series).missing());
        long part = f.partOf(series);
        GroupView view = f.groups.find(c.desk, "test", part);
        assertEquals("FREQ=WEEKLY;BYDAY=MO;COUNT=4", view.rule());
        assertEquals(1, view.missing());
        assertEquals(1, f.changes.addMissing(c.desk, part));
        assertEquals(
                List.of("2027-03-29T11:00", "2027-04-05T10:00", "2027-04-12T11:00", "2027-04-19T11:00"),
                f.starts(part));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A14] that makes a part of its own counts in it the dates that go along")
    void splitsWithoutWhatIsLeft(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        List<Long> ids = f.sessions(series);
        f.changes.change(
                c.desk, ids.get(1), Scope.FOLLOWING, SeriesChange.time(ELEVEN).leaving(Set.of(ids.get(1))));
        assertEquals(
                "FREQ=WEEKLY;BYDAY=MO;COUNT=2",
                f.groups.find(c.desk, "test", f.partOf(series)).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a date of a group is given no therapy that is for one patient at a time")
    void groupOfAnIndividualTherapy(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long session =
                f.sessions(f.create(f.group("FREQ=WEEKLY;BYDAY=MO;COUNT=2"))).get(0);

        Invalid invalid =
                assertThrows(Invalid.class, () -> f.clinic.booking.change(f.clinic.desk, session, 1, therapy("EMDR")));

        assertEquals("modality", invalid.field());
        f.clinic.booking.change(f.clinic.desk, session, 1, therapy("CBT"));
    }

    private static ChangeSession therapy(String code) {
        return new ChangeSession(code, null, null, null, null, null, RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("by a day moves the weekdays of the rule along")
    void days(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.group("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4"));
        f.changes.change(f.clinic.desk, f.sessions(series).get(0), Scope.ALL_FUTURE, later(1));
        assertEquals(
                List.of("2027-03-09T10:00", "2027-03-10T10:00", "2027-03-16T10:00", "2027-03-17T10:00"),
                f.starts(series));
        assertEquals(
                "FREQ=WEEKLY;BYDAY=TU,WE;COUNT=4",
                f.groups.find(f.clinic.desk, "test", series).rule());
    }

    private static SeriesChange later(int days) {
        return new SeriesChange(
                null, null, days, null, null, null, null, null, null, null, null, Set.of(), RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] by a week is not kept from the place of a date that was cancelled, which then stays so")
    void daysOverCancelled(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        List<Long> ids = f.sessions(series);
        Change cancelled = c.booking.cancel(c.desk, ids.get(1), 1, "ill");
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, later(7));
        assertEquals(List.of("2027-03-15T10:00", "2027-03-29T10:00", "2027-04-05T10:00"), f.starts(series));
        assertThrows(Stale.class, () -> c.booking.undo(c.desk, cancelled));
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, later(-7));
        assertEquals(List.of("2027-03-08T10:00", "2027-03-22T10:00", "2027-03-29T10:00"), f.starts(series));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] by a day is not kept from the place of a date that was moved by hand, which stays where it is")
    void daysOverKept(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.group("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4"));
        List<Long> ids = f.sessions(series);
        c.booking.change(
                c.desk,
                ids.get(1),
                1,
                ChangeSession.move(ClinicFixture.local("2027-03-12T10:00"), null, RuleOverride.NONE));
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, later(1));
        assertEquals(
                List.of("2027-03-09T10:00", "2027-03-12T10:00", "2027-03-16T10:00", "2027-03-17T10:00"),
                f.starts(series));
        SeriesChangePlan again = f.changes.preview(c.desk, ids.get(1), Scope.FOLLOWING, SeriesChange.time(ELEVEN));
        assertEquals(List.of(ids.get(1)), again.kept());
        assertEquals(2, again.changed().size(), "it stands before those that followed it");
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
    @DisplayName("[A18] may have a co-facilitator lead from now on, who then facilitates no longer")
    void coFacilitatorLeads(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.together("FREQ=WEEKLY;BYDAY=MO;COUNT=2"));
        List<Long> ids = f.sessions(series);
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, therapist(c.ruiz));
        GroupView view = f.groups.find(c.desk, "test", series);
        assertEquals(c.ruiz, view.therapist().id());
        assertEquals(List.of(), view.coFacilitators());
        assertEquals(0, c.count("session_facilitator"));
        c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00"));
        assertThrows(Refused.class, () -> c.booking.book(c.desk, c.cbt(c.ruiz, "2027-03-15T10:00")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("that cannot be meant is told so, as when it is set up")
    void invalid(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long group =
                f.sessions(f.create(f.together("FREQ=WEEKLY;BYDAY=MO;COUNT=2"))).get(0);
        long one = f.sessions(f.create(f.emdr())).get(0);
        assertEquals("capacity", invalid(f, group, SeriesChange.capacity(1)));
        assertEquals("capacity", invalid(f, group, SeriesChange.capacity(101)));
        assertEquals("capacity", invalid(f, one, SeriesChange.capacity(3)));
        assertEquals("name", invalid(f, group, described(" ", null, null)));
        assertEquals("minimumSize", invalid(f, group, described(null, null, 4)));
        assertEquals("coFacilitators", invalid(f, group, described(null, List.of(c.lee), null)));
        assertEquals("coFacilitators", invalid(f, one, described(null, List.of(c.ruiz), null)));
    }

    private static String invalid(SeriesFixture f, long session, SeriesChange change) {
        return assertThrows(Invalid.class, () -> f.changes.change(f.clinic.desk, session, Scope.ALL_FUTURE, change))
                .field();
    }

    private static SeriesChange therapist(long id) {
        return new SeriesChange(
                null, null, 0, null, id, null, null, null, null, null, null, Set.of(), RuleOverride.NONE);
    }

    private static SeriesChange described(
            @Nullable String name, @Nullable List<Long> coFacilitators, @Nullable Integer minimum) {
        return new SeriesChange(
                name,
                null,
                0,
                null,
                null,
                coFacilitators,
                null,
                null,
                minimum,
                null,
                null,
                Set.of(),
                RuleOverride.NONE);
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
    @DisplayName(
            "[A9] that cancels keeps what was changed by hand unless it is asked for, and is told before with all it does")
    void cancelsWithByHand(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        f.enrol(series, c.ana);
        List<Long> ids = f.sessions(series);
        f.enrolments.addGuest(c.desk, ids.get(2), c.ben, RuleOverride.NONE);
        f.waitlist.add(c.desk, WaitlistWish.seat(f.patient("Waits"), series, java.time.LocalDate.of(2027, 3, 1), 2));
        f.changes.change(c.desk, ids.get(1), Scope.THIS, SeriesChange.time(LocalTime.of(13, 0)));

        CancellationPlan plan =
                f.changes.previewCancel(c.desk, ids.get(0), Cancellation.of(Scope.ALL_FUTURE, "", true));
        assertEquals(List.of(ids.get(0), ids.get(2), ids.get(3)), sessions(plan.going()));
        assertEquals(List.of(ids.get(1)), sessions(plan.byHand()));
        assertEquals(
                List.of(c.ben, c.ana),
                plan.people().stream().map(p -> p.patientId()).toList());
        assertEquals(1, plan.waiting());
        assertEquals(
                List.of(
                        ClinicFixture.local("2027-04-05T10:00"),
                        ClinicFixture.local("2027-04-12T10:00"),
                        ClinicFixture.local("2027-04-19T10:00")),
                plan.added().stream().map(a -> a.slot().start()).toList());
        assertEquals(4, f.starts(series).size(), "nothing is saved");

        f.changes.cancel(c.desk, ids.get(0), Cancellation.of(Scope.ALL_FUTURE, "ended", false));
        assertEquals(List.of("2027-03-15T13:00"), f.starts(series));
        assertThrows(
                Refused.class,
                () -> f.changes.cancel(c.desk, ids.get(1), Cancellation.of(Scope.ALL_FUTURE, "ended", false)));
        f.changes.cancel(
                c.desk, ids.get(1), new Cancellation(Scope.ALL_FUTURE, "ended", false, Set.of(ids.get(1)), Map.of()));
        assertEquals(List.of(), f.starts(series));
    }

    private static List<Long> sessions(List<CancellationPlan.Meant> dates) {
        return dates.stream().map(CancellationPlan.Meant::sessionId).toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A2] to a time that the clocks skip on one date names that date, which can be left as it is")
    void noSuchTime(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(
                f.group("FREQ=DAILY;COUNT=9").with(new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "weekends too")));
        List<Long> ids = f.sessions(series);
        SeriesChange atNight = SeriesChange.time(LocalTime.of(2, 30));
        SeriesChangePlan plan = f.changes.preview(c.desk, ids.get(0), Scope.ALL_FUTURE, atNight);
        assertEquals(9, plan.changed().size());
        SeriesChangePlan.ChangedDate skipped = plan.changed().get(6);
        assertEquals(null, skipped.after());
        assertEquals(
                List.of(Rule.NO_SUCH_TIME),
                skipped.refusals().stream().map(r -> r.rule()).toList());
        RuleOverride reason = new RuleOverride(Set.of(Rule.OUTSIDE_HOURS, Rule.NO_SUCH_TIME), "night shift");
        assertThrows(Refused.class, () -> f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, atNight.with(reason)));
        SeriesChangePlan without =
                f.changes.preview(c.desk, ids.get(0), Scope.ALL_FUTURE, atNight.leaving(Set.of(skipped.sessionId())));
        assertEquals(List.of(skipped.sessionId()), without.kept());
        assertTrue(without.changed().stream()
                .allMatch(d -> d.refusals().stream().noneMatch(r -> r.rule() == Rule.NO_SUCH_TIME)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] tells what each date had and will have: who leads it, where, and for how many")
    void settings(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        List<Long> ids = f.sessions(f.create(f.mondays(2)));
        SeriesChangePlan.ChangedDate date = f.changes
                .preview(c.desk, ids.get(0), Scope.ALL_FUTURE, therapist(c.ruiz))
                .changed()
                .get(1);
        assertEquals(new SeriesChangePlan.Setting(c.lee, List.of(), c.room2, 3), date.was());
        assertEquals(new SeriesChangePlan.Setting(c.ruiz, List.of(), c.room2, 3), date.is());
        assertEquals(
                5,
                f.changes
                        .preview(c.desk, ids.get(0), Scope.THIS, SeriesChange.capacity(5))
                        .changed()
                        .get(0)
                        .is()
                        .seats());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A14] of a series that was split finds all its parts, with the dates of each")
    void parts(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        List<Long> ids = f.sessions(series);
        assertEquals(List.of(), f.groups.find(c.desk, "test", series).parts());
        f.changes.change(c.desk, ids.get(2), Scope.FOLLOWING, SeriesChange.time(ELEVEN));
        long later = f.partOf(series);
        f.changes.change(c.desk, ids.get(3), Scope.FOLLOWING, SeriesChange.time(LocalTime.NOON));
        long last = f.partOf(later);
        for (long part : List.of(series, later, last)) {
            GroupView view = f.groups.find(c.desk, "test", part);
            assertEquals(
                    List.of(series, later, last),
                    view.parts().stream().map(GroupView.Part::id).toList());
            assertEquals(part, java.util.Objects.requireNonNull(view.part()).id());
        }
        GroupView.Part first = f.groups.find(c.desk, "test", last).parts().get(0);
        assertEquals(ClinicFixture.local("2027-03-08T10:00"), first.first());
        assertEquals(ClinicFixture.local("2027-03-15T10:00"), first.last());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] of who facilitates one date is told with that date, and can be taken back")
    void facilitatesOnce(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long second = f.sessions(series).get(1);
        f.changes.change(c.desk, second, Scope.THIS, described(null, List.of(c.ruiz), null));
        assertEquals(List.of(List.of(), List.of(c.ruiz)), facilitators(f, series));
        assertEquals(List.of(), f.groups.find(c.desk, "test", series).coFacilitators());
        f.changes.change(c.desk, second, Scope.THIS, described(null, List.of(), null));
        assertEquals(List.of(List.of(), List.of()), facilitators(f, series));
    }

    private static List<List<Long>> facilitators(SeriesFixture f, long series) {
        return f.groups.find(f.clinic.desk, "test", series).dates().stream()
                .map(d -> d.coFacilitators().stream().map(SessionView.Named::id).toList())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] of the cut-off holds from then on, within two weeks")
    void cutoff(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long first = f.sessions(series).get(0);
        f.changes.change(c.desk, first, Scope.ALL_FUTURE, cutoff(336));
        assertEquals(336, f.groups.find(c.desk, "test", series).cutoffHours());
        assertThrows(Refused.class, () -> f.enrol(series, c.ana));
        f.changes.change(c.desk, first, Scope.ALL_FUTURE, cutoff(24));
        f.enrol(series, c.ana);
        assertThrows(Invalid.class, () -> f.changes.change(c.desk, first, Scope.ALL_FUTURE, cutoff(337)));
    }

    private static SeriesChange cutoff(int hours) {
        return new SeriesChange(
                null, null, 0, null, null, null, null, null, null, hours, null, Set.of(), RuleOverride.NONE);
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
        f.changes.cancel(c.desk, ids.get(0), Cancellation.of(Scope.THIS, "ill", false));
        assertEquals(List.of("2027-03-15T10:00", "2027-03-22T10:00"), f.starts(series));
        f.changes.cancel(c.desk, ids.get(1), Cancellation.of(Scope.THIS, "ill", true));
        assertEquals(List.of("2027-03-22T10:00", "2027-03-29T10:00"), f.starts(series));
        assertEquals(1, f.coming(f.sessions(series).get(3)));
        f.changes.cancel(c.desk, f.sessions(series).get(3), Cancellation.of(Scope.THIS, "ill", false));
        f.changes.cancel(c.desk, ids.get(2), Cancellation.of(Scope.FOLLOWING, "ended", false));
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
    @DisplayName("[A22] cancels no date that another desk has changed since it was read, and adds none for it")
    void cancelsAsRead(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        long first = f.sessions(series).get(0);
        long read = f.version(first);
        c.booking.change(
                c.desk,
                first,
                read,
                ChangeSession.move(ClinicFixture.local("2027-03-09T14:00"), null, RuleOverride.NONE));
        assertThrows(Stale.class, () -> f.changes.cancel(c.desk, first, Cancellation.ofOne(first, read, "ill", true)));
        assertEquals(List.of("2027-03-09T14:00", "2027-03-15T10:00", "2027-03-22T10:00"), f.starts(series));
        f.changes.cancel(c.desk, first, Cancellation.ofOne(first, f.version(first), "ill", true));
        assertEquals(List.of("2027-03-15T10:00", "2027-03-22T10:00", "2027-03-29T10:00"), f.starts(series));
        assertThrows(
                Stale.class,
                () -> f.changes.cancel(c.desk, first, Cancellation.ofOne(first, f.version(first) - 1, "ill", true)),
                "it is cancelled already");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A22] cancels several dates only as they were shown: nobody has come to one, and none was cancelled, since")
    void cancelsAsShown(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        List<Long> ids = f.sessions(series);
        Cancellation asShown = asShown(f, ids.get(1));
        f.enrolments.addGuest(c.desk, ids.get(2), c.ana, RuleOverride.NONE);
        assertThrows(Stale.class, () -> f.changes.cancel(c.desk, ids.get(1), asShown));
        Cancellation again = asShown(f, ids.get(1));
        c.booking.cancel(c.desk, ids.get(2), f.version(ids.get(2)), "ill");
        assertThrows(Stale.class, () -> f.changes.cancel(c.desk, ids.get(1), again));
        assertEquals(2, f.starts(series).size());
        f.changes.cancel(c.desk, ids.get(1), asShown(f, ids.get(1)));
        assertEquals(List.of("2027-03-08T10:00"), f.starts(series));
    }

    private static Cancellation asShown(SeriesFixture f, long session) {
        CancellationPlan plan =
                f.changes.previewCancel(f.clinic.desk, session, Cancellation.of(Scope.FOLLOWING, "", false));
        return new Cancellation(Scope.FOLLOWING, "ended", false, Set.of(), plan.versions());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A10] closes with its last date: nobody waits or is enrolled any longer, until that is undone")
    void closesCleanly(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        SeriesEnd end = new SeriesEnd(c.em, c.audit, database.atCommit(), c.clock);
        c.events.observedBy(end::changed);
        long series = f.create(f.mondays(2));
        f.enrol(series, c.ana);
        f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, LocalDate.of(2027, 3, 1), 2));
        long last = f.sessions(series).get(1);
        c.clock.set("2027-03-10T12:00:00Z");
        Change cancelled = c.booking.cancel(c.desk, last, f.version(last), "ill");
        assertEquals(List.of(), f.waitlist.list(c.desk, null, 0, 25).items());
        GroupView.Member ana = f.groups.find(c.desk, "test", series).members().get(0);
        assertEquals(LocalDate.of(2027, 3, 8), ana.to(), "the last date that was held");

        c.booking.undo(c.desk, cancelled);
        assertEquals(1, f.waitlist.list(c.desk, series, 0, 25).items().size());
        assertEquals(
                null, f.groups.find(c.desk, "test", series).members().get(0).to());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A15] tells how many are missing of those that are to be held, wherever one was cancelled, and adds them")
    void missing(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(held(f, 3));
        f.enrol(series, c.ana);
        long second = f.sessions(series).get(1);
        c.booking.cancel(c.desk, second, 2, "ill");
        SeriesChanges.Standing standing =
                f.changes.standing(c.desk, List.of(second)).get(0);
        assertEquals(List.of(2, 1), List.of(standing.live(), standing.missing()));
        assertEquals(1, f.groups.find(c.desk, "test", series).missing());
        assertThrows(NotAllowed.class, () -> f.changes.addMissing(c.admin, series));
        assertEquals(1, f.changes.addMissing(c.desk, series));
        assertEquals(0, f.changes.addMissing(c.desk, series), "not twice");
        assertEquals(List.of("2027-03-08T10:00", "2027-03-22T10:00", "2027-03-29T10:00"), f.starts(series));
        assertEquals(1, f.coming(f.sessions(series).get(3)));
        assertEquals(0, f.groups.find(c.desk, "test", series).missing());
        long other = f.create(f.emdr());
        f.enrolments.cancelSeat(c.desk, f.sessions(other).get(0), c.ana);
        assertEquals(0, f.groups.find(c.desk, "test", other).missing(), "so many dates, whatever becomes of them");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A10] [A15] whose dates to come are all cancelled has ended: none is missing, until somebody extends it by one that was kept")
    void missesNothingOnceEnded(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(held(f, 4));
        List<Long> ids = f.sessions(series);
        f.changes.change(c.desk, ids.get(3), Scope.THIS, SeriesChange.time(ELEVEN));
        c.clock.set("2027-03-10T12:00:00Z");
        f.changes.cancel(c.desk, ids.get(1), Cancellation.of(Scope.ALL_FUTURE, "closed", false));
        assertEquals(
                List.of("2027-03-08T10:00", "2027-03-29T11:00"), f.starts(series), "the one changed by hand stays");
        SeriesChanges.Standing standing =
                f.changes.standing(c.desk, List.of(ids.get(0))).get(0);
        assertEquals(0, standing.missing());
        assertFalse(standing.held(), "no date is offered for the next one that is cancelled");
        assertEquals(0, f.groups.find(c.desk, "test", series).missing());
        assertEquals(0, f.changes.addMissing(c.desk, series));
        f.changes.cancel(c.desk, ids.get(3), Cancellation.of(Scope.THIS, "ill", true));
        assertEquals(List.of("2027-03-08T10:00", "2027-04-05T10:00"), f.starts(series));
    }

    /** So many Mondays, to be held. */
    private static SeriesWish held(SeriesFixture f, int count) {
        SeriesWish w = f.mondays(count);
        return new SeriesWish(
                w.name(),
                w.modality(),
                w.therapistId(),
                List.of(),
                w.roomId(),
                w.recurrence(),
                Series.Counting.HELD,
                w.first(),
                w.minutes(),
                w.capacity(),
                w.minimumSize(),
                w.cutoffHours(),
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A15] adds what is missing once, however many desks ask for it at once")
    void missingOnce(Database database) throws Exception {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(held(f, 4));
        for (long session : f.sessions(series).subList(0, 2)) {
            c.booking.cancel(c.desk, session, f.version(session), "ill");
        }
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService desks = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> added = new ArrayList<>();
            for (int desk = 0; desk < 4; desk++) {
                added.add(desks.submit(() -> {
                    together.await();
                    return f.changes.addMissing(c.desk, series);
                }));
            }
            together.countDown();
            int sum = 0;
            for (Future<Integer> one : added) {
                sum += one.get();
            }
            assertEquals(2, sum);
        } finally {
            desks.shutdownNow();
        }
        assertEquals(4, f.starts(series).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A15] that has ended goes on with dates that are still to come, for who came to it")
    void missingOfEnded(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        SeriesEnd end = new SeriesEnd(c.em, c.audit, database.atCommit(), c.clock);
        c.events.observedBy(end::changed);
        long series = f.create(held(f, 2));
        f.enrol(series, c.ana);
        long last = f.sessions(series).get(1);
        c.clock.set("2027-03-10T12:00:00Z");
        c.booking.cancel(c.desk, last, f.version(last), "ill");
        c.clock.set("2027-04-01T12:00:00Z");
        assertEquals(1, f.changes.addMissing(c.desk, series));
        assertEquals(List.of("2027-03-08T10:00", "2027-04-05T10:00"), f.starts(series));
        assertEquals(1, f.coming(f.sessions(series).get(2)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A15] adds a date at the end of a series that ends by a day, which then ends later")
    void extendsPastItsLastDay(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.group("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270322"));
        List<Long> ids = f.sessions(series);
        f.changes.cancel(c.desk, ids.get(1), Cancellation.of(Scope.FOLLOWING, "away", true));
        assertEquals(List.of("2027-03-08T10:00", "2027-03-29T10:00", "2027-04-05T10:00"), f.starts(series));
        assertEquals(
                "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270405T235959",
                f.groups.find(c.desk, "test", series).rule());
        f.changes.cancel(c.desk, ids.get(0), Cancellation.of(Scope.THIS, "ill", true));
        assertEquals(List.of("2027-03-29T10:00", "2027-04-05T10:00", "2027-04-12T10:00"), f.starts(series));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A15] passes over dates that something stands against, and says so where too few are left")
    void extendsToTheNextClearDate(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        c.closeOn("2027-03-22");
        c.booking.book(c.desk, c.wish("CBT", c.lee, "2027-03-29T10:30", 50, c.room1, c.ana));
        f.changes.cancel(c.desk, f.sessions(series).get(0), Cancellation.of(Scope.ALL_FUTURE, "moved", true));
        assertEquals(List.of("2027-04-05T10:00", "2027-04-12T10:00"), f.starts(series));
        c.timeOff(c.lee, "2027-04-13T00:00", "2028-04-13T00:00");
        Refused refused = assertThrows(
                Refused.class,
                () -> f.changes.cancel(c.desk, f.sessions(series).get(2), Cancellation.of(Scope.THIS, "ill", true)));
        assertEquals(Rule.TIME_OFF, refused.refusals().get(0).rule());
        assertEquals(2, f.starts(series).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A15] [A21] [A23] adds a date at the end for all who come, also where they are more than the seats")
    void extendsForAll(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        for (String name : List.of("A", "B", "C")) {
            f.enrol(series, f.patient(name));
        }
        f.enrolments.enrol(
                c.lead,
                series,
                new Enrolments.Wish(
                        c.ana,
                        java.time.LocalDate.of(2027, 3, 1),
                        Set.of(),
                        new RuleOverride(Set.of(Rule.SEAT_TAKEN), "asked for")));
        List<Long> ids = f.sessions(series);
        f.changes.cancel(c.desk, ids.get(0), Cancellation.of(Scope.THIS, "ill", true));
        long third = f.sessions(series).get(2);
        assertEquals(4, f.coming(third));
        f.changes.change(c.desk, third, Scope.ALL_FUTURE, SeriesChange.capacity(2));
        f.changes.cancel(c.desk, third, Cancellation.of(Scope.THIS, "ill", true));
        long fourth = f.sessions(series).get(3);
        assertEquals(List.of(4, 4), List.of(f.coming(fourth), f.seats(fourth)));
        assertThrows(Refused.class, () -> f.enrolments.addGuest(c.desk, fourth, c.ben, RuleOverride.NONE));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("takes a time, or adds a date at one, that somebody held and left")
    void abandonedHolds(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        List<Long> ids = f.sessions(series);
        c.abandonHold(c.lee, c.room2, "2027-03-15T12:00", 60);
        f.changes.change(c.desk, ids.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        c.abandonHold(c.lee, c.room2, "2027-03-22T11:00", 60);
        f.changes.cancel(c.desk, ids.get(0), Cancellation.of(Scope.THIS, "ill", true));
        assertEquals(List.of("2027-03-15T11:00", "2027-03-22T11:00"), f.starts(series));
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

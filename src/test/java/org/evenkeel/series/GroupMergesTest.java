package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.series.GroupMerges.Merged;
import org.evenkeel.series.GroupMerges.Wish;
import org.evenkeel.series.MergePlan.Way;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Merging a group that is too small")
class GroupMergesTest {

    private static final LocalDate START = LocalDate.of(2027, 3, 1);

    /** "DBT skills" on Mondays with Ana, which is too small; and a group with Dr Ruiz to go to. */
    private static final class Two {
        final SeriesFixture f;
        final ClinicFixture c;
        final long small;
        final long other;

        Two(Database database) {
            this(database, "2027-03-09T10:00", true);
        }

        Two(Database database, String first, boolean open) {
            f = new SeriesFixture(database);
            c = f.clinic;
            small = f.create(f.mondays(3));
            other = group("Ruiz' group", first, 4, open);
            f.enrol(small, c.ana);
        }

        long group(String name, String first, int dates, boolean open) {
            LocalDateTime start = LocalDateTime.parse(first);
            return f.create(new SeriesWish(
                    name,
                    "GRP",
                    c.ruiz,
                    List.of(),
                    c.telehealth,
                    Recurrence.of("FREQ=WEEKLY;COUNT=" + dates),
                    Series.Counting.DATES,
                    start,
                    60,
                    3,
                    1,
                    24,
                    open,
                    List.of(),
                    Map.of(),
                    RuleOverride.NONE));
        }

        long session(long series, int index) {
            return f.sessions(series).get(index);
        }

        Wish wish(Scope scope) {
            return new Wish(session(small, 0), scope, Set.of());
        }

        MergePlan plan(Scope scope) {
            return f.merges.plan(c.desk, wish(scope));
        }

        List<Rule> against(Wish wish) {
            return f.merges.plan(c.desk, wish).ways().get(0).barriers().stream()
                    .map(b -> b.refusal().rule())
                    .distinct()
                    .toList();
        }

        Merged merge(Wish wish) {
            return f.merges.merge(c.desk, wish, session(other, 0), "too few");
        }

        List<Integer> coming(long series) {
            return f.sessions(series).stream().map(f::coming).toList();
        }

        /** "Ana CANCELLED told" for who is told that the date is cancelled. */
        List<String> people(long session) {
            return c.transactions.inNew(() -> Sql.on(c.em)
                    .add(
                            "select pa.given_name || ' ' || p.state || case when p.left_at is null then ' told' else '' end"
                                    + " from participant p join patient pa on pa.id = p.patient_id where p.session_id = ? order by 1",
                            session)
                    .list(r -> r.text(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] for one date: who comes has a seat in the other group that once, and the date is cancelled")
    void oneDate(Database database) {
        Two two = new Two(database);
        two.f.enrolments.addGuest(two.c.desk, two.session(two.small, 0), two.c.ben, RuleOverride.NONE);
        MergePlan plan = two.plan(Scope.THIS);
        assertEquals("DBT skills", plan.name());
        assertEquals(
                List.of("Ben Okoye", "Ana Reyes"),
                plan.people().stream().map(MergePlan.Person::name).toList());
        assertEquals(1, plan.dates().size());
        Way way = plan.ways().get(0);
        assertEquals(two.session(two.other, 0), way.sessionId());
        assertEquals(List.of(3, 1), List.of(way.free(), way.dates()));
        assertEquals(List.of(), way.barriers());

        assertEquals(new Merged(2, 1), two.merge(two.wish(Scope.THIS)));
        assertEquals(List.of(0, 1, 1), two.coming(two.small));
        assertEquals(List.of(2, 0, 0, 0), two.coming(two.other));
        assertEquals(2, two.f.starts(two.small).size());
        assertEquals(
                List.of("Ana CANCELLED", "Ben CANCELLED"),
                two.people(two.session(two.small, 0)),
                "they are told of their new seat alone");
        assertEquals(1, two.c.count("enrolment"));
        assertTrue(two.c.audit.lines().stream().anyMatch(l -> l.startsWith("MERGED group series[" + two.small)));
        assertEquals(
                1,
                two.c.events.fired().stream()
                        .filter(e -> e.kind() == Change.Kind.CANCELLED)
                        .count());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("for it and the following: members change groups with that day, and the group ends before it")
    void following(Database database) {
        Two two = new Two(database);
        two.f.enrol(two.small, two.c.ben);
        Wish wish = new Wish(two.session(two.small, 1), Scope.FOLLOWING, Set.of());
        MergePlan plan = two.f.merges.plan(two.c.desk, wish);
        assertEquals(2, plan.dates().size());
        Way way = plan.ways().get(0);
        assertEquals(two.session(two.other, 1), way.sessionId());
        assertEquals(List.of(3, 3), List.of(way.free(), way.dates()));

        assertEquals(new Merged(2, 2), two.f.merges.merge(two.c.desk, wish, way.sessionId(), "too few"));
        assertEquals(List.of(2, 0, 0), two.coming(two.small));
        assertEquals(List.of(0, 2, 2, 2), two.coming(two.other));
        assertEquals(List.of("2027-03-08T10:00"), two.f.starts(two.small));
        GroupView gone = two.f.groups.find(two.c.desk, "test", two.small);
        gone.members().forEach(m -> assertEquals(LocalDate.of(2027, 3, 14), m.to()));
        GroupView there = two.f.groups.find(two.c.desk, "test", two.other);
        there.members().forEach(m -> assertEquals(LocalDate.of(2027, 3, 15), m.from()));
        assertEquals(2, there.members().size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("for it and the following: who waited for a seat waits for the other group, as long as they have")
    void waitlist(Database database) {
        Two two = new Two(database);
        Waitlist waitlist = two.f.waitlist;
        long waits = two.f.patient("Waits");
        long both = two.f.patient("Both");
        waitlist.add(two.c.desk, WaitlistWish.seat(waits, two.small, START, 2));
        waitlist.add(two.c.desk, WaitlistWish.seat(both, two.small, START, 1));
        two.c.clock.advance(Duration.ofHours(1));
        long standing = waitlist.add(two.c.desk, WaitlistWish.seat(both, two.other, START, 2));
        List<WaitlistRow> before = waitlist.list(two.c.desk, two.small, 0, 10).items();
        assertEquals(0, two.plan(Scope.THIS).waiting());
        assertEquals(2, two.plan(Scope.FOLLOWING).waiting());

        two.merge(two.wish(Scope.THIS));
        assertEquals(before, waitlist.list(two.c.desk, two.small, 0, 10).items(), "the group goes on");
        Wish rest = new Wish(two.session(two.small, 1), Scope.FOLLOWING, Set.of());
        two.f.merges.merge(two.c.desk, rest, two.session(two.other, 1), "too few");
        assertEquals(List.of(), waitlist.list(two.c.desk, two.small, 0, 10).items());
        List<WaitlistRow> after = waitlist.list(two.c.desk, two.other, 0, 10).items();
        assertEquals(
                List.of(waits, both), after.stream().map(WaitlistRow::patientId).toList());
        assertEquals(before.get(1).waitingSince(), after.get(0).waitingSince());
        assertEquals(standing, after.get(1).id(), "nobody waits twice");
        assertTrue(two.c.audit.lines().stream().anyMatch(l -> l.startsWith("REDIRECTED waitlist")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("keeps the last day of who leaves anyway, and takes guests of that date along")
    void lastDaysAndGuests(Database database) {
        Two two = new Two(database);
        long ben = two.f.enrol(two.small, two.c.ben);
        two.f.enrolments.end(two.c.desk, ben, LocalDate.of(2027, 3, 17), "moves away");
        long guest = two.f.patient("Guest");
        two.f.enrolments.addGuest(two.c.desk, two.session(two.small, 0), guest, RuleOverride.NONE);
        assertEquals(new Merged(3, 3), two.merge(two.wish(Scope.FOLLOWING)));
        assertEquals(List.of(3, 2, 1, 1), two.coming(two.other));
        assertEquals(List.of(), two.f.starts(two.small));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A18] [A32] is refused whole for whom something stands against it; without them it goes, and they are told")
    void barriers(Database database) {
        Two two = new Two(database);
        ClinicFixture c = two.c;
        c.booking.book(c.desk, c.wish("CBT", c.lee, "2027-03-09T10:00", 50, c.room1, c.ana));
        two.f.enrol(two.small, c.ben);
        long apart = two.f.patient("Apart");
        two.f.enrol(two.other, apart);
        for (Scope scope : List.of(Scope.THIS, Scope.FOLLOWING)) {
            assertEquals(List.of(Rule.PATIENT_TAKEN), two.against(two.wish(scope)));
            assertThrows(Refused.class, () -> two.merge(two.wish(scope)));
        }
        Wish without = new Wish(two.session(two.small, 0), Scope.THIS, Set.of(c.ana));
        c.transactions.runInNew(() -> Sql.on(c.em)
                .add("insert into keep_apart (patient_id, other_id) values (?, ?)", c.ben, apart)
                .update());
        assertEquals(List.of(Rule.KEPT_APART), two.against(without));
        assertThrows(Refused.class, () -> two.merge(without));
        assertEquals(List.of(2, 2, 2), two.coming(two.small), "nothing was saved");
        assertTrue(two.c.audit.lines().stream().anyMatch(l -> l.startsWith("REFUSED")));
        c.transactions.runInNew(() -> Sql.on(c.em).add("delete from keep_apart").update());
        assertEquals(new Merged(1, 1), two.merge(without));
        assertEquals(List.of("Ana CANCELLED told", "Ben CANCELLED"), two.people(two.session(two.small, 0)));
        assertThrows(
                Invalid.class, () -> two.merge(new Wish(two.session(two.small, 1), Scope.THIS, Set.of(c.ana, c.ben))));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A23] counts the seats out: who comes after the last has none, unless someone stays behind")
    void seats(Database database) {
        Two two = new Two(database);
        two.f.enrol(two.small, two.c.ben);
        two.f.enrol(two.other, two.f.patient("A"));
        long entry = two.f.waitlist.add(two.c.desk, WaitlistWish.seat(two.f.patient("Waiting"), two.other, START, 2));
        two.f.waitlist.hold(two.c.desk, entry, two.c.clock.instant().plus(Duration.ofHours(2)));
        MergePlan plan = two.plan(Scope.THIS);
        Way way = plan.ways().get(0);
        assertEquals(1, way.free(), "one seat is kept for who waits");
        assertFalse(way.isBarredTo(two.c.ben));
        assertTrue(way.isBarredTo(two.c.ana));
        assertEquals(Rule.SEAT_TAKEN, way.barriers().get(0).refusal().rule());
        assertThrows(Refused.class, () -> two.merge(two.wish(Scope.THIS)));
        Wish without = new Wish(two.session(two.small, 0), Scope.THIS, Set.of(two.c.ben));
        assertEquals(List.of(), two.against(without));
        two.c.clock.advance(Duration.ofHours(3));
        assertEquals(List.of(), two.against(two.wish(Scope.FOLLOWING)));
        assertEquals(new Merged(2, 3), two.merge(two.wish(Scope.FOLLOWING)));
        assertEquals(List.of(3, 3, 3, 3), two.coming(two.other));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("goes into a group of the same time: what they give up stands in nobody's way")
    void sameTime(Database database) {
        Two two = new Two(database, "2027-03-08T10:00", true);
        assertEquals(List.of(), two.against(two.wish(Scope.THIS)));
        assertEquals(List.of(), two.against(two.wish(Scope.FOLLOWING)));
        assertEquals(new Merged(1, 1), two.merge(two.wish(Scope.THIS)));
        Wish rest = new Wish(two.session(two.small, 1), Scope.FOLLOWING, Set.of());
        assertEquals(new Merged(1, 2), two.f.merges.merge(two.c.desk, rest, two.session(two.other, 1), "too few"));
        assertEquals(List.of(1, 1, 1, 1), two.coming(two.other));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A26] [A28] names closed groups that have begun, and groups that they are in already, as no way")
    void closedAndEnrolled(Database database) {
        Two two = new Two(database, "2027-03-02T10:00", false);
        assertEquals(List.of(), two.against(two.wish(Scope.FOLLOWING)));
        two.f.enrol(two.other, two.c.ana);
        assertEquals(List.of(Rule.ALREADY_ENROLLED), two.against(two.wish(Scope.FOLLOWING)));
        assertEquals(List.of(Rule.PATIENT_TAKEN), two.against(two.wish(Scope.THIS)));
        two.f.enrol(two.small, two.c.ben);
        assertEquals(
                List.of(two.c.ana),
                two.plan(Scope.THIS).ways().get(0).barriers().stream()
                        .map(MergePlan.Barrier::patientId)
                        .toList());
        two.c.clock.set("2027-03-03T12:00:00Z");
        assertEquals(List.of(Rule.GROUP_CLOSED), two.against(two.wish(Scope.THIS)));
        assertEquals(List.of(Rule.GROUP_CLOSED), two.against(two.wish(Scope.FOLLOWING)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] goes past the cut-off of the other group, with its reason on record")
    void pastTheCutOff(Database database) {
        Two two = new Two(database);
        long sooner = two.group("Sooner", "2027-03-08T14:00", 2, true);
        two.c.clock.set("2027-03-08T12:00:00Z");
        two.f.merges.merge(two.c.desk, two.wish(Scope.THIS), two.session(sooner, 0), "too few");
        assertEquals(List.of(1, 0), two.coming(sooner));
        assertTrue(two.c.audit.entries().stream()
                .anyMatch(e -> e.action().equals("GUEST") && e.detail().equals("overridden ENROLMENT_CLOSED")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A26] names a closed group that had begun before it was split as no way")
    void closedAndSplit(Database database) {
        Two two = new Two(database, "2027-03-02T10:00", false);
        two.f.changes.change(
                two.c.desk,
                two.session(two.other, 1),
                Scope.FOLLOWING,
                SeriesChange.time(java.time.LocalTime.of(15, 0)));
        two.c.clock.set("2027-03-03T12:00:00Z");
        assertEquals(List.of(Rule.GROUP_CLOSED), two.against(two.wish(Scope.FOLLOWING)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("offers groups of the same therapy that are near, nearest first, in a fixed number of statements")
    void ways(Database database) {
        Two two = new Two(database);
        two.f.enrol(two.small, two.c.ben);
        int few = database.statements(() -> two.plan(Scope.FOLLOWING));
        two.group("Sooner", "2027-03-08T14:00", 1, true);
        two.group("Long after", "2027-03-17T14:00", 2, true);
        two.f.create(new SeriesWish(
                "CBT group",
                "CBT",
                two.c.lee,
                List.of(),
                two.c.telehealth,
                Recurrence.of("FREQ=WEEKLY;COUNT=2"),
                Series.Counting.DATES,
                LocalDateTime.parse("2027-03-10T10:00"),
                50,
                3,
                1,
                24,
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE));
        two.f.enrol(two.small, two.f.patient("Third"));
        assertEquals(few, database.statements(() -> two.plan(Scope.FOLLOWING)));
        assertTrue(few <= 20, "statements: " + few);
        assertEquals(
                List.of("Sooner", "Ruiz' group"),
                two.plan(Scope.THIS).ways().stream().map(Way::name).toList());
        assertEquals(
                List.of("Sooner", "Ruiz' group", "Long after"),
                two.plan(Scope.FOLLOWING).ways().stream().map(Way::name).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is for the desk and the lead, and for dates that are still to come")
    void readers(Database database) {
        Two two = new Two(database);
        assertThrows(NotAllowed.class, () -> two.f.merges.plan(two.c.drLee, two.wish(Scope.THIS)));
        assertThrows(NotAllowed.class, () -> two.f.merges.plan(two.c.admin, two.wish(Scope.THIS)));
        assertThrows(
                NotAllowed.class,
                () -> two.f.merges.merge(two.c.drLee, two.wish(Scope.THIS), two.session(two.other, 0), "why"));
        assertThrows(
                Invalid.class,
                () -> two.f.merges.merge(two.c.desk, two.wish(Scope.THIS), two.session(two.other, 0), " "));
        assertThrows(
                NotFound.class,
                () -> two.f.merges.merge(two.c.desk, two.wish(Scope.THIS), two.session(two.small, 1), "why"));
        assertThrows(Invalid.class, () -> two.wish(Scope.ALL_FUTURE));
        two.f.merges.plan(two.c.lead, two.wish(Scope.THIS));
        two.c.clock.set("2027-03-09T12:00:00Z");
        assertThrows(NotFound.class, () -> two.plan(Scope.THIS));
    }
}

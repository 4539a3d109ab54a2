package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.evenkeel.series.Groups.SeatWish;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Groups as they are told")
class GroupsTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("have their next date, seats and members; a list and a page take a fixed number of statements")
    void tells(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(3));
        int small = database.statements(() -> f.groups.find(f.clinic.desk, "test", series));
        for (String name : List.of("A", "B", "C")) {
            f.enrol(series, f.patient(name));
        }
        assertEquals(small, database.statements(() -> f.groups.find(f.clinic.desk, "test", series)));
        assertTrue(small <= 6, "statements: " + small);
        GroupRow row = f.groups
                .list(f.clinic.desk, Groups.Filter.RUNNING_GROUPS, 0, 25)
                .items()
                .get(0);
        assertEquals("DBT skills", row.name());
        assertEquals(List.of(3, 3, 3), List.of(row.coming(), row.seats(), row.left()));
        assertTrue(row.isFull());
        GroupView view = f.groups.find(f.clinic.desk, "test", series);
        assertEquals(3, view.dates().size());
        assertEquals(3, view.members().size());
        long session = view.dates().get(0).sessionId();
        assertEquals(series, f.groups.ofSession(f.clinic.desk, "test", session).id());
        assertThrows(NotFound.class, () -> f.groups.ofSession(f.clinic.desk, "test", -1));
        assertEquals(view.marks().keySet(), view.people().keySet());
        assertEquals(
                1,
                f.groups
                        .list(f.clinic.drLee, Groups.Filter.RUNNING_GROUPS, 0, 25)
                        .items()
                        .size());
        assertThrows(NotAllowed.class, () -> f.groups.list(f.clinic.admin, Groups.Filter.RUNNING_GROUPS, 0, 25));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("count a seat that is kept for who waits as neither taken nor free, until it lapses")
    void kept(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        long entry = f.waitlist.add(f.clinic.desk, WaitlistWish.seat(f.clinic.ana, series, START, 2));
        assertEquals(1, next(f, series).free());
        f.waitlist.hold(f.clinic.desk, entry, f.clinic.clock.instant().plus(Duration.ofHours(2)));
        assertEquals(2, f.events.fired().get(f.events.fired().size() - 1).kept().size());
        GroupView.Date date = next(f, series);
        assertEquals(List.of(2, 1, 3, 0), List.of(date.coming(), date.kept(), date.seats(), date.free()));
        GroupRow row = f.groups
                .list(f.clinic.desk, Groups.Filter.RUNNING_GROUPS, 0, 25)
                .items()
                .get(0);
        assertEquals(List.of(2, 1, 3, 0), List.of(row.coming(), row.kept(), row.seats(), row.free()));
        assertTrue(row.isFull());
        Refused full = assertThrows(Refused.class, () -> f.enrol(series, f.clinic.ben));
        assertEquals(
                "The group is full: 2 of 3 seats are taken, 1 kept for who waits.",
                RefusalTexts.in(Locale.ENGLISH).of(full));
        f.clinic.clock.advance(Duration.ofHours(3));
        assertEquals(
                List.of(0, 1), List.of(next(f, series).kept(), next(f, series).free()));
        f.waitlist.hold(f.clinic.desk, entry, f.clinic.clock.instant().plus(Duration.ofHours(2)));
        f.waitlist.withdraw(f.clinic.desk, entry);
        assertEquals(1, next(f, series).free());
        f.enrol(series, f.clinic.ben);
    }

    private static GroupView.Date next(SeriesFixture f, long series) {
        return f.groups.find(f.clinic.desk, "test", series).dates().get(0);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A20] flag the dates after the one on which the qualification of who leads them lapses")
    void lapses(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.cbtTogether());
        assertFalse(next(f, series).unqualified());
        for (LocalDate last : List.of(LocalDate.of(2027, 3, 8), LocalDate.of(2027, 3, 7))) {
            f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                    .add("update qualification set valid_to = ? where therapist_id = ?", last, f.clinic.lee)
                    .update());
            assertEquals(last.getDayOfMonth() < 8, next(f, series).unqualified());
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] below their minimum at the cut-off are a decision for the desk")
    void tooSmall(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        f.enrol(series, f.clinic.ana);
        assertEquals(List.of(), f.groups.tooSmall(f.clinic.desk));
        f.clinic.clock.set("2027-03-07T15:00:00Z");
        List<Groups.TooSmall> due = f.groups.tooSmall(f.clinic.desk);
        assertEquals(1, due.size());
        assertEquals(1, due.get(0).coming());
        assertEquals(2, due.get(0).minimum());
        f.groups.holdAnyway(f.clinic.desk, due.get(0).sessionId());
        assertEquals(List.of(), f.groups.tooSmall(f.clinic.desk));
    }

    // --- groups with a free seat ------------------------------------------------------------------------------------

    private static final LocalDate START = LocalDate.of(2027, 3, 1);

    private static List<Long> free(SeriesFixture f, @Nullable Long patient, @Nullable LocalDate from) {
        return ids(f.groups.withFreeSeat(f.clinic.desk, new SeatWish("GRP", null, null, patient, from), 0, 25));
    }

    private static List<Long> ids(Groups.Page page) {
        return page.items().stream().map(GroupRow::id).toList();
    }

    /** One more group, at another hour. */
    private static long group(SeriesFixture f, String name, LocalDateTime first, int dates, boolean open) {
        SeriesWish like = f.mondays(dates);
        return f.create(new SeriesWish(
                name,
                like.modality(),
                like.therapistId(),
                List.of(),
                like.roomId(),
                like.recurrence(),
                like.counts(),
                first,
                60,
                1 + 1,
                1,
                0,
                open,
                List.of(),
                Map.of(),
                like.override()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("are found for who wants a seat, soonest first: what is offered can be joined as it stands")
    void withFreeSeat(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long later = f.create(f.mondays(3));
        long sooner = group(f, "Afternoon", LocalDateTime.parse("2027-03-01T14:00"), 3, true);
        assertEquals(List.of(sooner, later), free(f, f.clinic.ana, START));
        assertEquals(List.of(sooner, later), free(f, null, null));
        assertEquals(List.of(later, sooner), free(f, null, LocalDate.of(2027, 3, 2)));
        GroupRow row = f.groups
                .withFreeSeat(f.clinic.desk, new SeatWish("GRP", null, null, null, LocalDate.of(2027, 3, 2)), 0, 1)
                .items()
                .get(0);
        assertEquals(
                LocalDate.of(2027, 3, 8),
                LocalDate.ofInstant(
                        Objects.requireNonNull(row.next()).start(), row.site().zone()));
        assertEquals(List.of(0, 3, 3), List.of(row.coming(), row.seats(), row.left()));
        for (long id : free(f, f.clinic.ana, START)) {
            f.enrol(id, f.clinic.ana);
        }
        assertEquals(List.of(), free(f, f.clinic.ana, START), "enrolled");
        assertEquals(List.of(sooner, later), free(f, f.clinic.ben, START));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] are found from the first date on whose cut-off is still to come")
    void pastTheCutOff(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        f.clinic.clock.set("2027-03-07T14:59:00Z");
        assertEquals(START.plusDays(7), nextFree(f));
        f.clinic.clock.set("2027-03-07T15:00:00Z");
        assertEquals(START.plusDays(14), nextFree(f));
        for (String name : List.of("A", "B", "C")) {
            f.enrolments.addGuest(f.clinic.desk, f.sessions(series).get(1), f.patient(name), RuleOverride.NONE);
        }
        assertEquals(List.of(), free(f, null, null));
        f.clinic.clock.set("2027-03-14T15:00:00Z");
        assertEquals(List.of(), free(f, null, null));
    }

    private static LocalDate nextFree(SeriesFixture f) {
        GroupRow row = f.groups
                .withFreeSeat(f.clinic.desk, new SeatWish("GRP", null, null, f.clinic.ana, START), 0, 25)
                .items()
                .get(0);
        return LocalDate.ofInstant(
                Objects.requireNonNull(row.next()).start(), row.site().zone());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A26] are not closed groups that had begun before they were split")
    void closedAndSplit(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        group(f, "Closed", LocalDateTime.parse("2027-03-08T14:00"), 3, false);
        long series = free(f, null, START).get(0);
        f.changes.change(
                f.clinic.desk,
                f.sessions(series).get(1),
                SeriesChange.Scope.FOLLOWING,
                SeriesChange.time(java.time.LocalTime.of(15, 0)));
        long part = f.partOf(series);
        assertEquals(List.of(series, part), free(f, null, START));
        f.clinic.clock.set("2027-03-09T15:00:00Z");
        assertEquals(List.of(), free(f, null, START));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A24] are not those that are full on one date, but from the day after it they are")
    void fullOnOneDate(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(3));
        for (String name : List.of("A", "B", "C")) {
            f.enrolments.addGuest(f.clinic.desk, f.sessions(series).get(1), f.patient(name), RuleOverride.NONE);
        }
        assertEquals(List.of(), free(f, f.clinic.ana, START));
        assertEquals(List.of(), free(f, f.clinic.ana, LocalDate.of(2027, 3, 15)));
        assertEquals(List.of(series), free(f, f.clinic.ana, LocalDate.of(2027, 3, 16)));
        assertEquals(List.of(), free(f, f.clinic.ana, LocalDate.of(2027, 3, 23)), "no date is left");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] [A32] are not those that meet a session of the patient's own, or whom they are kept apart from")
    void inTheWay(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(3));
        f.clinic.booking.book(f.clinic.desk, f.clinic.cbt(f.clinic.ruiz, "2027-03-15T10:30"));
        assertEquals(List.of(), free(f, f.clinic.ana, START));
        assertEquals(List.of(series), free(f, f.clinic.ana, LocalDate.of(2027, 3, 16)));
        assertEquals(List.of(series), free(f, f.clinic.ben, START));
        long apart = f.patient("Apart");
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("insert into keep_apart (patient_id, other_id) values (?, ?)", f.clinic.ben, apart)
                .update());
        f.enrol(series, apart);
        assertEquals(List.of(), free(f, f.clinic.ben, START));
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update patient set active = false where id = ?", f.clinic.ana)
                .update());
        assertEquals(List.of(), free(f, f.clinic.ana, LocalDate.of(2027, 3, 16)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A26] are not closed groups that have begun, nor seats that are held for someone else")
    void closedOrHeld(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long closed = group(f, "Closed", LocalDateTime.parse("2027-03-01T14:00"), 3, false);
        assertEquals(List.of(closed), free(f, null, START));
        f.clinic.clock.set("2027-03-02T15:00:00Z");
        assertEquals(List.of(), free(f, null, START));

        long held = group(f, "Held", LocalDateTime.parse("2027-03-08T15:30"), 1, true);
        f.enrol(held, f.patient("A"));
        long entry = f.waitlist.add(f.clinic.desk, WaitlistWish.seat(f.clinic.ana, held, START, 2));
        f.waitlist.hold(f.clinic.desk, entry, f.clinic.clock.instant().plus(Duration.ofHours(2)));
        assertEquals(List.of(), free(f, f.clinic.ben, START));
        f.clinic.clock.advance(Duration.ofHours(3));
        assertEquals(List.of(held), free(f, f.clinic.ben, START));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "are found in a fixed number of statements, page by page; a therapist finds those they lead, for the own caseload")
    void pagesAndReaders(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        SeatWish wish = new SeatWish("GRP", f.clinic.site, null, f.clinic.ana, START);
        long first = f.create(f.mondays(3));
        int one = database.statements(() -> f.groups.withFreeSeat(f.clinic.desk, wish, 0, 25));
        long second = group(f, "Second", LocalDateTime.parse("2027-03-08T14:00"), 9, true);
        assertEquals(one, database.statements(() -> f.groups.withFreeSeat(f.clinic.desk, wish, 0, 25)));
        assertTrue(one <= 4, "statements: " + one);
        Groups.Page page = f.groups.withFreeSeat(f.clinic.desk, wish, 0, 1);
        assertTrue(page.more());
        assertEquals(List.of(first), ids(page));
        assertEquals(List.of(second), ids(f.groups.withFreeSeat(f.clinic.desk, wish, 1, 1)));
        assertEquals(List.of(first, second), ids(f.groups.withFreeSeat(f.clinic.drLee, wish, 0, 25)));
        SeatWish stranger = new SeatWish("GRP", null, null, f.clinic.ben, START);
        assertThrows(NotAllowed.class, () -> f.groups.withFreeSeat(f.clinic.drLee, stranger, 0, 25));
        assertThrows(NotAllowed.class, () -> f.groups.withFreeSeat(f.clinic.admin, wish, 0, 25));
        assertEquals(
                "modality",
                assertThrows(
                                Invalid.class,
                                () -> f.groups.withFreeSeat(
                                        f.clinic.desk, new SeatWish("NOPE", null, null, null, null), 0, 25))
                        .field());
        assertEquals(
                "patient",
                assertThrows(Invalid.class, () -> free(f, 999_999L, null)).field());
    }
}

package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A group keeps its promises")
class GroupPromisesTest {

    private static final LocalDate START = LocalDate.of(2027, 3, 1);

    /** All that is known of who came, with who knows it. */
    private static List<String> attendance(ClinicFixture c, long session) {
        return c.transactions.inNew(() -> Sql.on(c.em)
                .add(
                        "select p.id, p.patient_id, p.state, p.late_minutes, p.attended_minutes, p.seat_number, s.starts_at,"
                                + " s.therapist_id, s.room_id, s.version from participant p join session s on s.id = p.session_id"
                                + " where s.id = ? order by p.id",
                        session)
                .list(r -> String.join(
                        " ",
                        r.text(1),
                        r.text(2),
                        r.text(3),
                        r.text(4),
                        String.valueOf(r.textOrNull(5)),
                        String.valueOf(r.textOrNull(6)),
                        r.instant(7).toString(),
                        r.text(8),
                        r.text(9),
                        r.text(10))));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A9] attendance of the past stays as it was marked, whatever becomes of the dates to come")
    void pastAttendance(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(5));
        f.enrol(series, c.ana);
        f.enrol(series, c.ben);
        List<Long> dates = f.sessions(series);
        c.clock.set(ClinicFixture.local("2027-03-08T10:20").toString());
        Attendance attendance = new Attendance(c.em, c.transactions, c.audit, c.events, c.clock);
        SessionViews views = new SessionViews(c.em, c.transactions, c.audit, c.clock);
        attendance.attendAll(c.drLee, dates.get(0), f.version(dates.get(0)));
        SessionView held = views.find(c.desk, "test", dates.get(0));
        attendance.attend(
                c.drLee, held.id(), held.version(), held.participants().get(0).id(), 10, 60);
        c.clock.set(ClinicFixture.local("2027-03-10T09:00").toString());
        List<String> marked = attendance(c, dates.get(0));
        assertEquals(2, marked.size());

        f.changes.change(c.desk, dates.get(2), Scope.THIS, SeriesChange.time(LocalTime.of(12, 0)));
        assertEquals(marked, attendance(c, dates.get(0)));
        f.changes.change(c.desk, dates.get(1), Scope.ALL_FUTURE, SeriesChange.time(LocalTime.of(11, 0)));
        assertEquals(marked, attendance(c, dates.get(0)));
        f.changes.change(c.desk, dates.get(3), Scope.FOLLOWING, SeriesChange.time(LocalTime.of(13, 0)));
        assertEquals(marked, attendance(c, dates.get(0)));
        f.changes.cancel(c.desk, dates.get(4), Cancellation.of(Scope.THIS, "ill", false));
        assertEquals(marked, attendance(c, dates.get(0)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A14] the attendance of a series that was split is one grid, from its first date on")
    void wholeGrid(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        f.enrol(series, c.ana);
        List<Long> dates = f.sessions(series);
        f.changes.change(c.desk, dates.get(2), Scope.FOLLOWING, SeriesChange.time(LocalTime.of(13, 0)));
        long part = f.partOf(series);
        f.enrol(part, c.ben);
        for (long id : List.of(series, part)) {
            GroupView shown = f.groups.find(c.desk, "test", id);
            AttendanceGrid grid = AttendanceGrid.of(f.groups.whole(c.desk, "test", shown), 1, c.clock.instant());
            assertEquals(
                    dates, grid.dates().stream().map(GroupView.Date::sessionId).toList());
            List<Integer> expected = grid.rows().stream()
                    .map(row -> (int) row.marks().stream()
                            .filter(java.util.Objects::nonNull)
                            .count())
                    .sorted()
                    .toList();
            assertEquals(List.of(2, 4), expected, "Ben from the third date on, Ana throughout");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A32] who must be kept apart is not placed from the waitlist, nor moved over from another group")
    void keptApart(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        f.enrol(series, c.ana);
        f.keepApart(c.ana, c.ben);
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, START, 1));
        Refused placed = assertThrows(Refused.class, () -> f.waitlist.place(c.desk, entry, START));
        assertEquals(Rule.KEPT_APART, placed.refusals().get(0).rule());
        assertEquals("", placed.refusals().get(0).who(), "not whom");
        assertEquals(1, f.waitlist.list(c.desk, series, 0, 25).items().size());

        long other = f.create(tuesday(f));
        long enrolment = f.enrol(other, c.ben);
        Refused moved = assertThrows(
                Refused.class,
                () -> f.enrolments.transfer(
                        c.desk, enrolment, series, Enrolments.Wish.of(c.ben, LocalDate.of(2027, 3, 2)), "asked for"));
        assertEquals(Rule.KEPT_APART, moved.refusals().get(0).rule());
        assertEquals(List.of(1, 1), f.sessions(series).stream().map(f::coming).toList());
        assertEquals(List.of(1), f.sessions(other).stream().map(f::coming).toList(), "nothing was saved");
    }

    /** Another group, on one Tuesday. */
    private static SeriesWish tuesday(SeriesFixture f) {
        SeriesWish wish = f.group("FREQ=WEEKLY;BYDAY=TU;COUNT=1");
        return new SeriesWish(
                "Tuesday group",
                wish.modality(),
                wish.therapistId(),
                wish.coFacilitators(),
                wish.roomId(),
                wish.recurrence(),
                wish.counts(),
                LocalDateTime.parse("2027-03-09T10:00"),
                wish.minutes(),
                wish.capacity(),
                wish.minimumSize(),
                wish.cutoffHours(),
                wish.open(),
                wish.patientIds(),
                wish.decisions(),
                wish.override());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A23] of a full series that is made smaller nobody is dropped, and the database itself lets nobody in")
    void lowered(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long leaver = f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        f.enrol(series, f.patient("C"));
        long date = f.sessions(series).get(0);
        f.changes.change(c.desk, date, Scope.ALL_FUTURE, SeriesChange.capacity(2));
        assertEquals(List.of(3, 3), f.sessions(series).stream().map(f::coming).toList());
        assertThrows(Refused.class, () -> f.enrol(series, c.ana));
        f.enrolments.end(c.desk, leaver, START, "moved away");
        assertEquals(List.of(2, 2), f.sessions(series).stream().map(f::seats).toList());
        assertThrows(Refused.class, () -> f.enrol(series, c.ana));

        for (int seat = 1; seat <= 4; seat++) {
            int number = seat;
            assertThrows(RuntimeException.class, () -> insert(c, date, c.ana, number), "seat " + seat);
        }
        assertEquals(2, f.coming(date));
        c.transactions.runInNew(() -> Sql.on(c.em)
                .add("update participant set seat_number = null where session_id = ? and patient_id <> ?", date, c.ana)
                .update());
        insert(c, date, c.ana, freeSeat(c, date));
        assertEquals(1, f.coming(date), "it was the seats, and not the statement, that was refused");
    }

    private static int freeSeat(ClinicFixture c, long session) {
        return c.transactions.inNew(() -> Sql.on(c.em)
                .add("select min(number) from seat where session_id = ?", session)
                .first(r -> r.number(1))
                .orElseThrow());
    }

    /** By a statement, past all rules. */
    private static void insert(ClinicFixture c, long session, long patient, int seat) {
        c.transactions.runInNew(() -> Sql.on(c.em)
                .add(
                        "insert into participant (id, session_id, patient_id, state, seat_number, late_minutes, excused, version)"
                                + " values (?, ?, ?, 'BOOKED', ?, 0, false, 1)",
                        900_000L + seat,
                        session,
                        patient,
                        seat)
                .update());
    }
}

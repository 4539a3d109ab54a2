package org.evenkeel.board;

import static org.evenkeel.board.BoardFixture.LOS_ANGELES;
import static org.evenkeel.board.BoardFixture.NEW_YORK;
import static org.evenkeel.board.BoardFixture.THURSDAY;
import static org.evenkeel.board.BoardFixture.ids;
import static org.evenkeel.board.BoardFixture.slot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.board.DayBoard.Column;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.Session;
import org.evenkeel.session.SessionState;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DayBoardsTest {
    private static final Actor DESK = new Actor(1, "desk", Set.of(Role.DESK), null);
    private static final Actor ADMIN = new Actor(2, "admin", Set.of(Role.ADMIN), null);

    private final List<AuditTrail.Entry> audited = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Database.class)
    void shows_who_works_and_what_is_booked(Database database) {
        Clinic clinic = new Clinic(database);
        TimeSlot ten = slot(THURSDAY, "10:00", 50, NEW_YORK);
        long session = clinic.session(clinic.lee, ten);

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals(
                List.of("Dr Lee", "Dr Ruiz"),
                board.columns().stream().map(Column::therapist).toList());
        Column lee = board.columns().get(0);
        assertEquals(List.of(slot(THURSDAY, "09:00", 480, NEW_YORK)), lee.working());
        DayBoard.Booked booked = lee.sessions().get(0);
        assertEquals(session, booked.sessionId());
        assertEquals(7, booked.version());
        assertEquals(ten, booked.slot());
        assertEquals("CBT", booked.code());
        assertEquals("Room 2", booked.room());
        assertEquals("Ana Ruiz", booked.participants().get(0).name());
        assertEquals("A. R.", booked.participants().get(0).initials());
        assertEquals(ParticipantState.BOOKED, booked.progress());
        assertNull(board.nextWorkingDay());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void one_audit_entry_names_every_patient_shown(Database database) {
        Clinic clinic = new Clinic(database);
        long session = clinic.session(clinic.lee, slot(THURSDAY, "10:00", 50, NEW_YORK));

        boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals(
                List.of(AuditTrail.Entry.viewed("board", "session", List.of(session), Set.of(clinic.ana))), audited);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void cancelled_ones_stand_aside(Database database) {
        Clinic clinic = new Clinic(database);
        TimeSlot ten = slot(THURSDAY, "10:00", 50, NEW_YORK);
        long cancelled = clinic.session(clinic.lee, ten, SessionState.CANCELLED, ParticipantState.CANCELLED);
        long live = clinic.session(clinic.lee, ten);

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals(List.of(cancelled), ids(board.cancelled()));
        assertEquals("Ana Ruiz", board.cancelled().get(0).participants().get(0).name());
        assertEquals(List.of(live), ids(board.columns().get(0).sessions()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_booking_that_was_undone_stands_nowhere(Database database) {
        Clinic clinic = new Clinic(database);
        TimeSlot ten = slot(THURSDAY, "10:00", 50, NEW_YORK);
        long undone = clinic.session(clinic.lee, ten, SessionState.CANCELLED, ParticipantState.CANCELLED);
        clinic.fixture.cancelledFor(undone, Session.UNDONE);
        long cancelled = clinic.session(clinic.lee, ten, SessionState.CANCELLED, ParticipantState.CANCELLED);
        clinic.fixture.cancelledFor(cancelled, "ill");

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals(List.of(cancelled), ids(board.cancelled()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_cancelled_one_names_nobody_who_had_left_before(Database database) {
        Clinic clinic = new Clinic(database);
        long cancelled = clinic.session(
                clinic.lee, slot(THURSDAY, "10:00", 50, NEW_YORK), SessionState.CANCELLED, ParticipantState.CANCELLED);
        clinic.fixture.left(cancelled, clinic.patient("Ben"));

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals(
                List.of("Ana Ruiz"),
                board.cancelled().get(0).participants().stream()
                        .map(DayBoard.Attendee::name)
                        .toList());
        assertEquals(Set.of(clinic.ana), audited.get(0).patientIds());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A4] 23:30-00:30 is on both days' boards, and on no other")
    void over_midnight(Database database) {
        Clinic clinic = new Clinic(database);
        long session = clinic.session(clinic.lee, slot(THURSDAY, "23:30", 60, NEW_YORK));

        DayBoards boards = boards(database);
        assertEquals(
                List.of(session),
                ids(boards.load(DESK, clinic.north, THURSDAY, 1)
                        .columns()
                        .get(0)
                        .sessions()));
        assertEquals(
                List.of(session),
                ids(boards.load(DESK, clinic.north, THURSDAY.plusDays(1), 1)
                        .columns()
                        .get(0)
                        .sessions()));
        assertTrue(boards.load(DESK, clinic.north, THURSDAY.plusDays(2), 1).isEmpty());
        assertTrue(boards.load(DESK, clinic.north, THURSDAY.minusDays(1), 1).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A7] a shared therapist's session at the other site is busy at the same instant, without its patient")
    void shared_therapist(Database database) {
        Clinic clinic = new Clinic(database);
        long west = clinic.fixture.site("West", LOS_ANGELES);
        long room = clinic.fixture.room(west, "Room W");
        TimeSlot ten = slot(THURSDAY, "10:00", 50, LOS_ANGELES);
        long session = clinic.fixture.session(west, room, clinic.cbt, clinic.lee, ten, SessionState.BOOKED);
        clinic.fixture.attends(session, clinic.ana, ParticipantState.BOOKED);

        DayBoard north = boards(database).load(DESK, clinic.north, THURSDAY, 1);
        Column lee = north.columns().get(0);
        assertTrue(lee.sessions().isEmpty());
        assertEquals(ten, lee.elsewhere().get(0).slot());
        assertEquals("West", lee.elsewhere().get(0).site().name());
        assertEquals(LOS_ANGELES, lee.elsewhere().get(0).site().zone());
        assertTrue(audited.get(0).patientIds().isEmpty(), "nobody was shown");

        DayBoard there = boards(database).load(DESK, west, THURSDAY, 1);
        assertEquals(List.of(session), ids(there.columns().get(0).sessions()));
        assertEquals(
                List.of("Dr Lee"),
                there.columns().stream().map(Column::therapist).toList(),
                "has a session there");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A2] [A3] days of 23 and 25 hours are whole")
    void clock_changes(Database database) {
        Clinic clinic = new Clinic(database);
        LocalDate spring = LocalDate.of(2027, 3, 14);
        clinic.fixture.works(clinic.lee, clinic.north, spring, "00:00", "00:00");

        DayBoard board = boards(database).load(DESK, clinic.north, spring, 1);
        assertEquals(23 * 60, board.day().minutes());
        assertEquals(23 * 60, board.columns().get(0).working().get(0).minutes());
        DayBoard fall = boards(database).load(DESK, clinic.north, LocalDate.of(2026, 11, 1), 1);
        assertEquals(25 * 60, fall.day().minutes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_therapist_sees_the_own_column_alone(Database database) {
        Clinic clinic = new Clinic(database);
        long own = clinic.session(clinic.lee, slot(THURSDAY, "10:00", 50, NEW_YORK));
        clinic.session(clinic.ruiz, slot(THURSDAY, "11:00", 50, NEW_YORK));
        clinic.session(
                clinic.ruiz, slot(THURSDAY, "12:00", 50, NEW_YORK), SessionState.CANCELLED, ParticipantState.CANCELLED);

        Actor lee = new Actor(3, "lee", Set.of(Role.THERAPIST), clinic.lee);
        DayBoard board = boards(database).load(lee, clinic.north, THURSDAY, 1);

        assertEquals(
                List.of("Dr Lee"),
                board.columns().stream().map(Column::therapist).toList());
        assertEquals(List.of(own), ids(board.columns().get(0).sessions()));
        assertTrue(board.cancelled().isEmpty());
        assertEquals(List.of(own), List.copyOf(audited.get(0).subjectIds()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void an_administrator_sees_counts_without_sessions(Database database) {
        Clinic clinic = new Clinic(database);
        clinic.session(clinic.lee, slot(THURSDAY, "10:00", 50, NEW_YORK));
        clinic.session(clinic.lee, slot(THURSDAY, "11:00", 50, NEW_YORK));

        DayBoard board = boards(database).load(ADMIN, clinic.north, THURSDAY, 1);

        assertTrue(board.countsOnly());
        assertEquals(2, board.columns().get(0).count());
        assertTrue(board.columns().get(0).sessions().isEmpty());
        assertTrue(audited.get(0).patientIds().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A4] 23:30-00:30 counts once, on the day that it starts on, for who leads and who facilitates it")
    void counts_once_over_midnight(Database database) {
        Clinic clinic = new Clinic(database);
        long session = clinic.session(clinic.lee, slot(THURSDAY, "23:30", 60, NEW_YORK));
        clinic.fixture.group(session, "Night group", 8, List.of(clinic.ruiz), List.of());

        for (Actor actor : List.of(ADMIN, DESK)) {
            assertEquals(List.of(1, 1), counts(boards(database).load(actor, clinic.north, THURSDAY, 1)));
            assertEquals(List.of(0, 0), counts(boards(database).load(actor, clinic.north, THURSDAY.plusDays(1), 1)));
        }
    }

    private static List<Integer> counts(DayBoard board) {
        return board.columns().stream().map(Column::count).toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A20] a session after the last day of its lead's qualification is flagged, in no more statements")
    void flags_what_has_lapsed(Database database) {
        Clinic clinic = new Clinic(database);
        clinic.session(clinic.lee, slot(THURSDAY, "23:30", 60, NEW_YORK));
        clinic.fixture.needs(clinic.cbt, "CBT certificate");
        clinic.fixture.qualified(clinic.lee, clinic.cbt, THURSDAY.minusYears(3), THURSDAY.minusYears(1));
        DayBoards boards = boards(database);

        assertEquals(List.of(true), flagged(boards.load(DESK, clinic.north, THURSDAY, 1)));
        clinic.fixture.qualified(clinic.lee, clinic.cbt, THURSDAY.minusDays(1), THURSDAY);
        assertEquals(List.of(false), flagged(boards.load(DESK, clinic.north, THURSDAY, 1)));
        assertEquals(
                List.of(false),
                flagged(boards.load(DESK, clinic.north, THURSDAY.plusDays(1), 1)),
                "it started on the last day");
        assertEquals(4, database.statements(() -> boards.load(DESK, clinic.north, THURSDAY, 1)));
    }

    private static List<Boolean> flagged(DayBoard board) {
        return board.columns().get(0).sessions().stream()
                .map(DayBoard.Booked::unqualified)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void nobody_without_a_role(Database database) {
        Clinic clinic = new Clinic(database);
        Actor nobody = new Actor(9, "nobody", Set.of(), null);

        assertThrows(NotAllowed.class, () -> boards(database).load(nobody, clinic.north, THURSDAY, 1));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void leave_is_shown_as_leave(Database database) {
        Clinic clinic = new Clinic(database);
        TimeSlot leave = slot(THURSDAY, "14:00", 60, NEW_YORK);
        clinic.fixture.away(clinic.lee, leave);

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals(List.of(leave), board.columns().get(0).timeOff());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void an_empty_day_names_the_next_working_one(Database database) {
        Clinic clinic = new Clinic(database);
        clinic.fixture.closed(clinic.north, THURSDAY.plusWeeks(1), "Holiday");

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY.plusDays(1), 1);

        assertTrue(board.isEmpty());
        assertEquals(THURSDAY.plusWeeks(2), board.nextWorkingDay());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_closure_is_told_with_its_reason(Database database) {
        Clinic clinic = new Clinic(database);
        clinic.fixture.closed(clinic.north, THURSDAY, "Holiday");

        DayBoard board = boards(database).load(DESK, clinic.north, THURSDAY, 1);

        assertEquals("Holiday", board.closure());
        assertFalse(board.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void today_is_the_sites_today(Database database) {
        Clinic clinic = new Clinic(database);

        DayBoard board = boards(database).load(DESK, null, null, 1);

        assertEquals("North", board.site().name());
        assertEquals(THURSDAY, board.date(), "02:00 on Friday in UTC is still Thursday in New York");
        assertThrows(NotFound.class, () -> boards(database).load(DESK, clinic.lee, THURSDAY, 1));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void more_than_a_dozen_therapists_are_teams(Database database) {
        Clinic clinic = new Clinic(database);
        for (int i = 0; i < 12; i++) {
            long therapist = clinic.fixture.therapist("Z" + (char) ('a' + i));
            clinic.fixture.works(therapist, clinic.north, THURSDAY, "09:00", "17:00");
        }

        DayBoard first = boards(database).load(DESK, clinic.north, THURSDAY, 1);
        assertEquals(2, first.teams());
        assertEquals(12, first.columns().size());
        DayBoard last = boards(database).load(DESK, clinic.north, THURSDAY, 99);
        assertEquals(2, last.team());
        assertEquals(
                List.of("Dr Zk", "Dr Zl"),
                last.columns().stream().map(Column::therapist).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void four_statements_however_many_sessions(Database database) {
        Clinic clinic = new Clinic(database);
        List<String> hours = List.of("09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00");
        for (int t = 0; t < 10; t++) {
            long therapist = clinic.fixture.therapist("Z" + t);
            clinic.fixture.works(therapist, clinic.north, THURSDAY, "09:00", "17:00");
            for (int i = 0; i < 8; i++) {
                clinic.session(therapist, slot(THURSDAY, hours.get(i), 50, NEW_YORK));
            }
        }
        DayBoards boards = boards(database);

        assertEquals(
                4,
                database.statements(() -> assertEquals(
                        80,
                        boards.load(DESK, clinic.north, THURSDAY, 1).columns().stream()
                                .mapToInt(Column::count)
                                .sum())));
        assertTrue(database.statements(() -> boards.load(ADMIN, clinic.north, THURSDAY, 1)) <= 4);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A19] a group stands in the columns of all its therapists, by numbers; leave of one of them flags it")
    void groups_by_numbers(Database database) {
        Clinic clinic = new Clinic(database);
        long group = clinic.group(slot(THURSDAY, "10:00", 90, NEW_YORK), List.of(clinic.ana, clinic.patient("Ben")));
        DayBoards boards = boards(database);

        DayBoard board = boards.load(DESK, clinic.north, THURSDAY, 1);

        for (Column column : board.columns()) {
            DayBoard.Booked shown = column.sessions().get(0);
            assertEquals(group, shown.sessionId());
            assertEquals(clinic.lee, shown.therapistId());
            assertEquals(new DayBoard.Group("DBT skills", 10, 2, 0, 2), shown.group());
            assertEquals(List.of(), shown.participants(), "names stand in the roster");
            assertEquals(false, shown.underStaffed());
            assertEquals(1, column.count());
        }
        assertEquals(Set.of(), audited.get(0).patientIds());
        clinic.fixture.keepSeat(group, 3, Instant.parse("2027-03-05T03:00:00Z"));
        clinic.fixture.keepSeat(group, 4, Instant.parse("2027-03-05T01:00:00Z"));
        DayBoard.Group kept = Objects.requireNonNull(boards.load(DESK, clinic.north, THURSDAY, 1)
                .columns()
                .get(0)
                .sessions()
                .get(0)
                .group());
        assertEquals(List.of(2, 1, 7), List.of(kept.taken(), kept.kept(), kept.free()), "one has lapsed");
        assertEquals(
                List.of(1, 1),
                boards.load(ADMIN, clinic.north, THURSDAY, 1).columns().stream()
                        .map(Column::count)
                        .toList());

        clinic.fixture.away(clinic.ruiz, slot(THURSDAY, "11:00", 60, NEW_YORK));
        assertEquals(
                List.of(true, true),
                boards.load(DESK, clinic.north, THURSDAY, 1).columns().stream()
                        .map(c -> c.sessions().get(0).underStaffed())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_co_facilitator_sees_the_group_and_no_other_column(Database database) {
        Clinic clinic = new Clinic(database);
        long group = clinic.group(slot(THURSDAY, "10:00", 90, NEW_YORK), List.of(clinic.ana));
        Actor ruiz = new Actor(3, "ruiz", Set.of(Role.THERAPIST), clinic.ruiz);

        DayBoard board = boards(database).load(ruiz, clinic.north, THURSDAY, 1);

        assertEquals(1, board.columns().size());
        assertEquals(List.of(group), ids(board.columns().get(0).sessions()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void the_same_statements_however_many_come_to_a_group(Database database) {
        Clinic clinic = new Clinic(database);
        clinic.group(slot(THURSDAY, "10:00", 50, NEW_YORK), List.of(clinic.ana));
        DayBoards boards = boards(database);
        assertEquals(4, database.statements(() -> boards.load(DESK, clinic.north, THURSDAY, 1)));
        clinic.group(slot(THURSDAY, "11:00", 50, NEW_YORK), List.of(clinic.ana, clinic.patient("Ben")));
        assertEquals(4, database.statements(() -> boards.load(DESK, clinic.north, THURSDAY, 1)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void without_a_site_it_is_where_the_therapist_works(Database database) {
        Clinic clinic = new Clinic(database);
        long mesa = clinic.fixture.site("Zeta Mesa", LOS_ANGELES);
        long kim = clinic.fixture.therapist("Kim");
        clinic.fixture.works(kim, mesa, THURSDAY.plusDays(1), "09:00", "17:00");
        Actor therapist = new Actor(3, "kim", Set.of(Role.THERAPIST), kim);
        DayBoards boards = boards(database);

        assertEquals(clinic.north, boards.load(DESK, null, THURSDAY, 1).site().id());
        assertEquals(mesa, boards.load(therapist, null, THURSDAY, 1).site().id());
        assertEquals(
                THURSDAY.plusDays(1), boards.load(therapist, null, THURSDAY, 1).nextWorkingDay());

        clinic.fixture.works(kim, clinic.north, THURSDAY, "09:00", "12:00");
        assertEquals(
                clinic.north, boards.load(therapist, null, THURSDAY, 1).site().id());
        assertEquals(
                mesa,
                boards.load(therapist, null, THURSDAY.plusDays(1), 1).site().id());
    }

    private DayBoards boards(Database database) {
        AuditTrail audit = new AuditTrail() {
            @Override
            public void record(Actor actor, Entry entry) {
                audited.add(entry);
            }

            @Override
            public void recordApart(Actor actor, Entry entry) {
                audited.add(entry);
            }
        };
        Clock clock = Clock.fixed(Instant.parse("2027-03-05T02:00:00Z"), ZoneOffset.UTC);
        return new DayBoards(database.entityManager(), database.transactions(), audit, clock);
    }

    /** Two therapists who work at North on Thursdays. */
    private static final class Clinic {
        private final BoardFixture fixture;
        private final long north;
        private final long room;
        private final long cbt;
        private final long lee;
        private final long ruiz;
        private final long ana;

        Clinic(Database database) {
            fixture = new BoardFixture(database);
            north = fixture.site("North", NEW_YORK);
            room = fixture.room(north, "Room 2");
            cbt = fixture.modality("CBT", "Cognitive behavioral therapy");
            lee = fixture.therapist("Lee");
            ruiz = fixture.therapist("Ruiz");
            fixture.works(lee, north, THURSDAY, "09:00", "17:00");
            fixture.works(ruiz, north, THURSDAY, "09:00", "12:00");
            ana = fixture.patient("Ana", "Ruiz");
        }

        long patient(String given) {
            return fixture.patient(given, "Okoye");
        }

        /** "DBT skills" of Lee with Ruiz. */
        long group(TimeSlot slot, List<Long> patients) {
            long id = fixture.session(north, room, cbt, lee, slot, SessionState.BOOKED);
            fixture.group(id, "DBT skills", 10, List.of(ruiz), patients);
            return id;
        }

        long session(long therapist, TimeSlot slot) {
            return session(therapist, slot, SessionState.BOOKED, ParticipantState.BOOKED);
        }

        long session(long therapist, TimeSlot slot, SessionState state, ParticipantState progress) {
            long id = fixture.session(north, room, cbt, therapist, slot, state);
            fixture.attends(id, ana, progress);
            return id;
        }
    }
}

package org.evenkeel.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.evenkeel.board.DayBoard.Booked;
import org.evenkeel.board.DayBoard.Column;
import org.evenkeel.board.DayBoard.Elsewhere;
import org.evenkeel.board.DayBoard.Place;
import org.evenkeel.board.Grid.Cell;
import org.evenkeel.board.Grid.Kind;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.session.SessionState;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate THURSDAY = LocalDate.of(2027, 3, 4);

    private final Place site = new Place(1, "North", NEW_YORK);
    private LocalDate date = THURSDAY;
    private long ids = 0;

    private static String clock(Instant instant) {
        return Formats.clock(instant, NEW_YORK, Locale.ENGLISH);
    }

    @Test
    void a_row_for_each_quarter_hour_that_somebody_works() {
        Grid grid = grid(column(List.of(slot("09:00", "17:00"))));

        assertEquals(32, grid.rows().size());
        assertEquals(32, grid.columns().get(0).size());
        assertEquals("09:00", clock(grid.rows().get(0).slot().start()));
    }

    @Test
    void office_hours_when_nobody_works() {
        assertEquals(40, grid().rows().size());
    }

    @Test
    void full_hours_around_odd_times() {
        Grid grid = grid(column(List.of(slot("09:20", "16:40"))));

        assertEquals(slot("09:00", "17:00"), grid.range());
    }

    @Test
    void a_session_is_one_cell_over_all_its_rows() {
        Grid grid = grid(
                column(List.of(slot("09:00", "12:00")), session("10:00", "10:50")),
                column(List.of(slot("09:00", "12:00"))));

        Cell cell = only(grid, 0, Kind.SESSION);
        assertEquals(4, cell.firstRow());
        assertEquals(4, cell.rowspan(), "10:00, 10:15, 10:30, 10:45 to 10:50");
        assertEquals(13, grid.rows().size(), "twelve quarters and the mark at 10:50");
    }

    @Test
    void what_is_left_of_a_quarter_joins_the_next_free_one() {
        Grid grid = grid(column(List.of(slot("09:00", "12:00")), session("10:00", "10:50")));

        assertTrue(slots(grid, 0, Kind.FREE).contains(slot("10:50", "11:15")));
    }

    @Test
    void what_is_left_of_a_quarter_before_a_session_joins_the_one_before() {
        Grid grid = grid(column(List.of(slot("09:00", "12:00")), session("10:20", "11:00")));

        assertTrue(slots(grid, 0, Kind.FREE).contains(slot("10:00", "10:20")));
    }

    @Test
    void a_gap_of_minutes_between_two_sessions_is_a_cell_of_its_own() {
        Grid grid = grid(column(List.of(slot("10:00", "12:00")), session("10:00", "10:50"), session("11:00", "11:50")));

        assertEquals(
                List.of(slot("10:50", "11:00"), slot("11:50", "12:00")), slots(grid, 0, Kind.FREE), "no cell is lost");
    }

    @Test
    @DisplayName("[A17] sessions that touch are two cells without anything between them")
    void touching() {
        Grid grid = grid(column(List.of(slot("10:00", "12:00")), session("10:00", "11:00"), session("11:00", "12:00")));

        assertEquals(2, grid.columns().get(0).size());
        assertEquals(List.of(slot("10:00", "11:00"), slot("11:00", "12:00")), slots(grid, 0, Kind.SESSION));
    }

    @Test
    void leave_and_hours_off_are_told_apart() {
        Column column = new Column(
                7,
                "Dr Lee",
                List.of(slot("09:00", "12:00"), slot("13:00", "15:00")),
                List.of(slot("14:00", "18:00")),
                List.of(),
                List.of(),
                0);
        Grid grid = Grid.of(board(null, column));

        assertEquals(List.of(slot("14:00", "15:00")), slots(grid, 0, Kind.TIME_OFF), "one cell, as far as is shown");
        assertEquals(4, slots(grid, 0, Kind.OUTSIDE).size(), "the lunch hour, by the quarter");
        assertEquals(16, slots(grid, 0, Kind.FREE).size());
    }

    @Test
    void on_a_closure_day_every_column_is_one_closed_cell_around_its_sessions() {
        Grid grid = Grid.of(board(
                "Holiday", column(List.of(slot("09:00", "12:00"))), column(List.of(), session("10:00", "11:00"))));

        assertEquals(List.of(slot("09:00", "12:00")), slots(grid, 0, Kind.CLOSED));
        assertEquals(2, slots(grid, 1, Kind.CLOSED).size());
    }

    @Test
    @DisplayName("[A7] a session at another site, in that site's zone, is busy at the same instant here")
    void elsewhere() {
        Place west = new Place(2, "West", ZoneId.of("America/Los_Angeles"));
        TimeSlot tenThere =
                TimeSlot.of(THURSDAY.atTime(10, 0).atZone(west.zone()).toInstant(), 50);
        Column column = new Column(
                7,
                "Dr Lee",
                List.of(slot("09:00", "17:00")),
                List.of(),
                List.of(),
                List.of(new Elsewhere(tenThere, west)),
                0);
        Grid grid = Grid.of(board(null, column));

        assertEquals(List.of(slot("13:00", "13:50")), slots(grid, 0, Kind.ELSEWHERE));
    }

    @Test
    void what_overlaps_shares_one_cell() {
        Grid grid = grid(column(List.of(slot("09:00", "17:00")), session("10:00", "11:00"), session("10:30", "11:30")));

        Cell cell = only(grid, 0, Kind.SESSION);
        assertEquals(slot("10:00", "11:30"), cell.slot());
        assertEquals(2, cell.sessions().size());
    }

    @Test
    @DisplayName("[A4] 23:30-00:30 is on both days' boards, cut at midnight")
    void over_midnight() {
        TimeSlot night = TimeSlot.of(at(THURSDAY.atTime(23, 30)), 60);
        Booked session = session(night);

        Grid first = Grid.of(board(null, column(List.of(), session)));
        assertEquals(List.of(TimeSlot.of(night.start(), 30)), slots(first, 0, Kind.SESSION));

        date = THURSDAY.plusDays(1);
        Grid second = Grid.of(board(null, column(List.of(), session)));
        assertEquals(List.of(TimeSlot.of(at(date.atStartOfDay()), 30)), slots(second, 0, Kind.SESSION));
        assertEquals("00:00", clock(second.range().start()));
    }

    @Test
    @DisplayName("[A2] the hour that the clocks skip has no rows")
    void spring_forward() {
        date = LocalDate.of(2027, 3, 14);
        Grid grid = grid(column(List.of(slot("00:00", "06:00"))));

        assertEquals(20, grid.rows().size(), "five hours of elapsed time");
        assertTrue(grid.rows().stream().noneMatch(r -> clock(r.slot().start()).startsWith("02:")));
    }

    @Test
    @DisplayName("[A3] the hour that comes twice has rows for both, told apart by name")
    void fall_back() {
        date = LocalDate.of(2026, 11, 1);
        Grid grid = grid(column(List.of(slot("00:00", "06:00"))));

        assertEquals(28, grid.rows().size(), "seven hours of elapsed time");
        List<String> labels =
                grid.rows().stream().map(r -> clock(r.slot().start())).toList();
        assertTrue(labels.contains("01:30 EDT") && labels.contains("01:30 EST"), labels.toString());
        assertEquals(labels.size(), labels.stream().distinct().count());
    }

    @Test
    @DisplayName("[A5] a session over a clock change covers rows for its elapsed minutes")
    void over_a_clock_change() {
        date = LocalDate.of(2027, 3, 14);
        Grid grid = grid(column(List.of(slot("00:00", "06:00")), session(TimeSlot.of(at(date.atTime(1, 30)), 60))));

        assertEquals(4, only(grid, 0, Kind.SESSION).rowspan());
    }

    @Test
    void cells_of_a_column_follow_each_other_without_gap_or_overlap() {
        Random random = new Random(42);
        LocalDate[] days = {THURSDAY, LocalDate.of(2027, 3, 14), LocalDate.of(2026, 11, 1)};
        for (int round = 0; round < 500; round++) {
            date = days[round % days.length];
            List<Column> columns = new ArrayList<>();
            for (int c = 0; c < 4; c++) {
                columns.add(randomColumn(random));
            }
            Grid grid = Grid.of(board(null, columns.toArray(Column[]::new)));
            for (List<Cell> cells : grid.columns()) {
                int row = 0;
                Instant at = grid.range().start();
                for (Cell cell : cells) {
                    assertEquals(row, cell.firstRow());
                    assertEquals(at, cell.slot().start());
                    assertTrue(cell.rowspan() > 0);
                    assertEquals(
                            grid.rows().get(row + cell.rowspan() - 1).slot().end(),
                            cell.slot().end());
                    row += cell.rowspan();
                    at = cell.slot().end();
                }
                assertEquals(grid.rows().size(), row);
            }
        }
    }

    private Column randomColumn(Random random) {
        Instant midnight = date.atStartOfDay(NEW_YORK).toInstant();
        Instant at = midnight.minus(Duration.ofMinutes(30));
        List<Booked> sessions = new ArrayList<>();
        List<Elsewhere> elsewhere = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TimeSlot slot =
                    TimeSlot.of(at.plus(Duration.ofMinutes(5L * random.nextInt(40))), 5 * (1 + random.nextInt(20)));
            if (random.nextInt(4) == 0) {
                elsewhere.add(new Elsewhere(slot, site));
            } else {
                sessions.add(session(slot));
            }
            at = random.nextInt(10) == 0 ? slot.start().plusSeconds(300) : slot.end();
        }
        TimeSlot working = TimeSlot.of(midnight.plus(Duration.ofMinutes(5L * random.nextInt(120))), 240);
        TimeSlot off = TimeSlot.of(midnight.plus(Duration.ofMinutes(5L * random.nextInt(200))), 90);
        return new Column(ids++, "T", List.of(working), List.of(off), sessions, elsewhere, sessions.size());
    }

    private Grid grid(Column... columns) {
        return Grid.of(board(null, columns));
    }

    private DayBoard board(@Nullable String closure, Column... columns) {
        TimeSlot day = new TimeSlot(at(date.atStartOfDay()), at(date.plusDays(1).atStartOfDay()));
        return new DayBoard(
                site, date, day, List.of(site), closure, List.of(columns), 1, 1, List.of(), false, null, day.start());
    }

    private Column column(List<TimeSlot> working, Booked... sessions) {
        return new Column(ids++, "Dr Lee", working, List.of(), List.of(sessions), List.of(), sessions.length);
    }

    private Booked session(String from, String to) {
        return session(slot(from, to));
    }

    private Booked session(TimeSlot slot) {
        return new Booked(
                ids++,
                1,
                7,
                List.of(),
                null,
                false,
                false,
                slot,
                3,
                "CBT",
                "Cognitive behavioral therapy",
                2,
                5,
                "Room 2",
                SessionState.BOOKED,
                false,
                List.of());
    }

    private TimeSlot slot(String from, String to) {
        return new TimeSlot(at(LocalDateTime.parse(date + "T" + from)), at(LocalDateTime.parse(date + "T" + to)));
    }

    private static Instant at(LocalDateTime wall) {
        return wall.atZone(NEW_YORK).toInstant();
    }

    private static List<TimeSlot> slots(Grid grid, int column, Kind kind) {
        return grid.columns().get(column).stream()
                .filter(c -> c.kind() == kind)
                .map(Cell::slot)
                .toList();
    }

    private static Cell only(Grid grid, int column, Kind kind) {
        List<Cell> cells = grid.columns().get(column).stream()
                .filter(c -> c.kind() == kind)
                .toList();
        assertEquals(1, cells.size());
        return cells.get(0);
    }
}

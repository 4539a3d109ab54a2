package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.evenkeel.series.GroupView.Date;
import org.evenkeel.series.GroupView.Mark;
import org.evenkeel.series.GroupView.Member;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Place;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Attendance over a series")
class AttendanceGridTest {
    private static final Instant START = Instant.parse("2027-03-01T15:00:00Z");

    @Test
    @DisplayName("shows the dates around now, members first and guests after them, and how often each came")
    void shows() {
        Map<Long, Map<Long, Mark>> marks = new HashMap<>();
        marks.put(7L, Map.of(1L, mark(ParticipantState.ATTENDED, false), 2L, mark(ParticipantState.NO_SHOW, false)));
        marks.put(8L, Map.of(2L, mark(ParticipantState.ATTENDED, false), 18L, mark(ParticipantState.BOOKED, false)));
        marks.put(9L, Map.of(1L, mark(ParticipantState.NO_SHOW, true)));
        GroupView group = group(20, marks);
        AttendanceGrid grid = AttendanceGrid.of(group, null, START.plus(Duration.ofDays(9)));
        assertEquals(List.of(1, 2), List.of(grid.page(), grid.pages()));
        assertEquals(AttendanceGrid.DATES, grid.dates().size());
        assertEquals(
                List.of("Ana", "Bo", "Cy"),
                grid.rows().stream().map(AttendanceGrid.Row::name).toList());
        assertEquals(
                List.of(1, 2),
                List.of(grid.rows().get(0).came(), grid.rows().get(0).held()));
        assertEquals(
                List.of(1, 1),
                List.of(grid.rows().get(1).came(), grid.rows().get(1).held()));
        assertEquals(
                List.of(0, 0),
                List.of(grid.rows().get(2).came(), grid.rows().get(2).held()));
        assertNull(grid.rows().get(0).marks().get(2));
        assertEquals(true, grid.rows().get(2).guest());
        assertEquals(4, AttendanceGrid.of(group, 9, START).dates().size());
    }

    @Test
    @DisplayName("expects nobody who gave their seat back in good time, or has left; who did so late was expected")
    void left() {
        Map<Long, Mark> marks = new HashMap<>();
        marks.put(1L, mark(ParticipantState.ATTENDED, false));
        marks.put(2L, mark(ParticipantState.LATE_CANCELLED, false));
        marks.put(3L, mark(ParticipantState.CANCELLED, false));
        AttendanceGrid.Row ana = AttendanceGrid.of(group(3, Map.of(7L, marks)), null, START.plus(Duration.ofDays(30)))
                .rows()
                .get(0);
        assertEquals(List.of(1, 2), List.of(ana.came(), ana.held()));
    }

    @Test
    @DisplayName("stays empty where there is no date")
    void stands() {
        AttendanceGrid grid = AttendanceGrid.of(group(0, Map.of()), null, START);
        assertEquals(List.of(), grid.dates());
        assertEquals(1, grid.pages());
    }

    private static Mark mark(ParticipantState state, boolean excused) {
        return new Mark(1, state, excused, 0, null, false);
    }

    private static GroupView group(int dates, Map<Long, Map<Long, Mark>> marks) {
        List<Date> all = LongStream.rangeClosed(1, dates)
                .mapToObj(i -> new Date(
                        i,
                        0,
                        TimeSlot.of(START.plus(Duration.ofDays(7 * (i - 1))), 60),
                        SessionState.BOOKED,
                        null,
                        new Named(1, "Lee"),
                        List.of(),
                        new Named(1, "Room"),
                        0,
                        0,
                        3,
                        false,
                        false))
                .toList();
        LocalDate from = LocalDate.of(2027, 3, 1);
        return new GroupView(
                1,
                0,
                "DBT",
                new Therapy(1, "DBT", "DBT", 0),
                new Named(1, "Lee"),
                List.of(),
                new Place(1, "Room", false),
                new Located(1, "Site", ZoneId.of("America/New_York")),
                "FREQ=WEEKLY;COUNT=20",
                Series.Counting.DATES,
                LocalDateTime.of(2027, 3, 1, 10, 0),
                60,
                3,
                1,
                24,
                true,
                null,
                List.of(),
                all,
                List.of(
                        new Member(1, 7, "Ana", "EK-1", from, null, null),
                        new Member(2, 8, "Bo", "EK-2", from, null, null)),
                marks,
                Map.of(7L, "Ana", 8L, "Bo", 9L, "Cy"));
    }
}

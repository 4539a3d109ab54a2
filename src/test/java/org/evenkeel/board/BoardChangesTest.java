package org.evenkeel.board;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.evenkeel.platform.Push;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Open boards, here and on other nodes, are told")
class BoardChangesTest {
    private final List<String> here = new ArrayList<>();
    private final List<String> there = new ArrayList<>();

    private final Push push = new Push() {
        @Override
        public void send(String channel, Object message) {
            here.add(channel + " " + message);
        }

        @Override
        public boolean isHeard(String channel) {
            return true;
        }
    };

    private final OtherNodes others = new OtherNodes() {
        @Override
        void tell(Collection<String> dates) {
            there.add(dates.toString());
        }
    };

    private void change(CalendarChanged event) {
        BoardChanges changes = new BoardChanges(push, others);
        changes.changing(event);
        changes.changed(event);
    }

    @Test
    @DisplayName("of leave and of closures on each date that they touch, in whatever zone")
    void leave() {
        change(new CalendarChanged(TimeSlot.of(Instant.parse("2027-03-04T15:00:00Z"), 60)));
        assertEquals(List.of("board {dates=[2027-03-04, 2027-03-05]}"), here);
        assertEquals(List.of("[2027-03-04, 2027-03-05]"), there);
    }

    @Test
    @DisplayName("of weekly hours whatever date they show")
    void hours() {
        change(CalendarChanged.AT_ANY_TIME);
        assertEquals(List.of("board {dates=[*]}"), here);
        assertEquals(List.of("[*]"), there);
    }
}

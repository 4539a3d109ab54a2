package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A slot")
class TimeSlotTest {

    private static final int LAST = 6;

    private static Instant at(int minute) {
        return Instant.parse("2027-03-04T10:00:00Z").plusSeconds(60L * minute);
    }

    private static TimeSlot slot(int from, int to) {
        return new TimeSlot(at(from), at(to));
    }

    @Test
    @DisplayName("overlaps, abuts and encloses another exactly as the minutes that both cover say")
    void relations() {
        for (int from = 0; from < LAST; from++) {
            for (int to = from + 1; to <= LAST; to++) {
                TimeSlot one = slot(from, to);
                for (int otherFrom = 0; otherFrom < LAST; otherFrom++) {
                    for (int otherTo = otherFrom + 1; otherTo <= LAST; otherTo++) {
                        TimeSlot other = slot(otherFrom, otherTo);
                        int shared = Math.min(to, otherTo) - Math.max(from, otherFrom);
                        String both = one + " and " + other;
                        assertEquals(shared > 0, one.overlaps(other), both);
                        assertEquals(shared == 0, one.abuts(other), both);
                        assertEquals(shared == otherTo - otherFrom, one.encloses(other), both);
                        assertEquals(one.overlaps(other), other.overlaps(one), both);
                        assertEquals(one.abuts(other), other.abuts(one), both);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("[A17] contains its start and not its end")
    void edges() {
        TimeSlot ten = slot(0, 60);

        assertTrue(ten.contains(ten.start()));
        assertTrue(ten.contains(ten.end().minusNanos(1)));
        assertFalse(ten.contains(ten.end()));
        assertFalse(ten.contains(ten.start().minusNanos(1)));
    }

    @Test
    @DisplayName("[A5] lasts its minutes of elapsed time, and is longer by a turnover")
    void minutes() {
        TimeSlot ten = TimeSlot.of(at(0), 60);

        assertEquals(slot(0, 60), ten);
        assertEquals(60, ten.minutes());
        assertEquals(slot(0, 70), ten.extendedBy(10));
        assertEquals(ten, ten.extendedBy(0));
    }

    @Test
    @DisplayName("is never empty, and never ends before it starts")
    void valid() {
        assertThrows(IllegalArgumentException.class, () -> slot(5, 5));
        assertThrows(IllegalArgumentException.class, () -> slot(6, 5));
        assertThrows(IllegalArgumentException.class, () -> TimeSlot.of(at(0), 0));
        assertEquals(1, new TimeSlot(at(0), at(0).plusNanos(1)).end().getNano());
    }
}

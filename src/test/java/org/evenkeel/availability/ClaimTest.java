package org.evenkeel.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Set;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A claim")
class ClaimTest {

    private static final Instant TEN = Instant.parse("2027-03-04T10:00:00Z");

    private static Claim claim(Instant start, int minutes) {
        return new Claim(Resource.therapist(7), TimeSlot.of(start, minutes));
    }

    @Test
    @DisplayName("covers one segment for each five minutes, its end not among them")
    void segments() {
        Claim ten = claim(TEN, 50);

        assertEquals(TEN.getEpochSecond() / 300, ten.firstSegment());
        assertEquals(10, ten.endSegment() - ten.firstSegment());
        assertEquals(1, claim(TEN, 5).endSegment() - claim(TEN, 5).firstSegment());
    }

    @Test
    @DisplayName("[A17] shares no segment with one that it abuts, and one with another that overlaps by five minutes")
    void edges() {
        Claim ten = claim(TEN, 60);

        assertEquals(ten.endSegment(), claim(TEN.plusSeconds(3600), 60).firstSegment());
        assertEquals(ten.endSegment() - 1, claim(TEN.plusSeconds(3300), 60).firstSegment());
        assertEquals(ten.firstSegment(), claim(TEN.minusSeconds(3600), 60).endSegment());
    }

    @Test
    @DisplayName("counts segments on from one day, and from one era, to the next")
    void acrossTheEpoch() {
        Claim before = claim(Instant.parse("1969-12-31T23:55:00Z"), 10);

        assertEquals(-1, before.firstSegment());
        assertEquals(1, before.endSegment());
    }

    @Test
    @DisplayName("starts and ends on the five-minute grid, to the nanosecond")
    void grid() {
        assertTrue(Claim.isOnGrid(TEN));
        assertFalse(Claim.isOnGrid(TEN.plusNanos(1)));
        assertFalse(Claim.isOnGrid(TEN.plusSeconds(299)));
        assertThrows(IllegalArgumentException.class, () -> claim(TEN.plusSeconds(60), 50));
        assertThrows(IllegalArgumentException.class, () -> claim(TEN, 52));
        assertThrows(IllegalArgumentException.class, () -> claim(TEN.plusMillis(1), 50));
    }

    @Test
    @DisplayName("tells a therapist, a room and a patient of one number apart")
    void resources() {
        assertEquals(
                3,
                Set.of(Resource.therapist(7), Resource.room(7), Resource.patient(7))
                        .size());
        assertEquals(Resource.room(7), Resource.room(7));
        assertNotEquals(Resource.therapist(8).key(), Resource.patient(7).key());
    }
}

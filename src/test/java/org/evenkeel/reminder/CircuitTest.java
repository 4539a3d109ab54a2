package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.evenkeel.testing.MovableClock;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final MovableClock clock = MovableClock.at("2027-03-01T13:00:00Z");
    private final Circuit circuit = new Circuit(clock);

    @Test
    void twoFailuresAreBorneAndTheThirdOpensIt() {
        circuit.failed();
        circuit.failed();
        assertTrue(circuit.permits(1));
        circuit.failed();
        assertFalse(circuit.permits(1));
        assertTrue(circuit.isOpen());
    }

    @Test
    void afterAPauseOneMayTryAndTheOthersWaitForIt() {
        open();
        clock.advance(Duration.ofSeconds(30));
        assertFalse(circuit.isOpen());
        assertTrue(circuit.permits(1));
        assertFalse(circuit.permits(1));
        assertFalse(circuit.isOpen(), "the one that tries may go");
        circuit.failed();
        assertTrue(circuit.isOpen());
    }

    @Test
    void whereTheOneThatWasToTryNeverGoesAnotherDoesAfterThePause() {
        open();
        clock.advance(Duration.ofSeconds(30));
        assertTrue(circuit.permits(1));
        clock.advance(Duration.ofSeconds(29));
        assertFalse(circuit.permits(1));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(circuit.permits(1));
    }

    @Test
    void whereTheOneThatWasToTryComesToNothingAnotherDoesAtOnce() {
        open();
        clock.advance(Duration.ofSeconds(30));
        assertTrue(circuit.permits(1));
        circuit.over(2);
        assertFalse(circuit.permits(2), "the other one is still on its way");
        circuit.over(1);
        assertFalse(circuit.isOpen());
        assertTrue(circuit.permits(2));
        circuit.failed();
        circuit.over(2);
        assertFalse(circuit.permits(3), "it has tried");
        clock.advance(Duration.ofSeconds(60));
        assertTrue(circuit.permits(3));
    }

    @Test
    void eachFurtherFailureDoublesThePauseUpToTenMinutes() {
        open();
        for (int seconds : new int[] {30, 60, 120, 240, 480, 600, 600}) {
            clock.advance(Duration.ofSeconds(seconds - 1));
            assertFalse(circuit.permits(1), () -> seconds + " s");
            clock.advance(Duration.ofSeconds(1));
            assertTrue(circuit.permits(1), () -> seconds + " s");
            circuit.failed();
        }
    }

    @Test
    void aSuccessClosesIt() {
        open();
        clock.advance(Duration.ofSeconds(30));
        assertTrue(circuit.permits(1));
        circuit.succeeded();
        assertTrue(circuit.permits(1));
        circuit.failed();
        assertTrue(circuit.permits(1));
    }

    @Test
    void backOffDoublesFromAMinuteToHalfAnHour() {
        Instant now = clock.instant();
        Instant later = now.plus(Duration.ofDays(1));
        assertEquals(now.plusSeconds(60), Backoff.next(1, now, later));
        assertEquals(now.plusSeconds(120), Backoff.next(2, now, later));
        assertEquals(now.plusSeconds(960), Backoff.next(5, now, later));
        assertEquals(now.plusSeconds(1_800), Backoff.next(6, now, later));
        assertEquals(now.plusSeconds(1_800), Backoff.next(500, now, later));
    }

    @Test
    void backOffTakesHalfOfWhatIsLeftAtMostAndAMinuteAtLeast() {
        Instant now = clock.instant();
        assertEquals(now.plusSeconds(600), Backoff.next(6, now, now.plusSeconds(1_200)));
        assertEquals(now.plusSeconds(60), Backoff.next(6, now, now.plusSeconds(90)));
        assertEquals(now.plusSeconds(60), Backoff.next(6, now, now.minusSeconds(90)));
    }

    private void open() {
        circuit.failed();
        circuit.failed();
        circuit.failed();
    }
}

package org.evenkeel.session.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.session.Change;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The change that undo takes back")
class LastChangeTest {
    private final LastChange last = new LastChange();

    private static Change of(long session) {
        return new Change(Change.Kind.BOOKED, session, 1, Instant.parse("2027-03-04T10:00:00Z"), List.of(), null);
    }

    @Test
    @DisplayName("is the last one, and stays it where it could not be taken back")
    void last() {
        assertEquals(Optional.empty(), last.find());
        assertEquals("undo.none.never", last.why());
        last.remember(of(1));
        last.remember(of(2));
        assertEquals(Optional.of(of(2)), last.find());
        assertEquals(Optional.of(of(2)), last.find());
    }

    @Test
    @DisplayName("is taken back once, which is known afterwards")
    void once() {
        last.remember(of(1));
        last.takenBack(of(3));
        assertEquals(Optional.of(of(1)), last.find());
        last.takenBack(of(1));
        assertEquals(Optional.empty(), last.find());
        assertEquals("undo.none.takenBack", last.why());
        last.remember(of(2));
        assertTrue(last.find().isPresent());
    }

    @Test
    @DisplayName("is none after what is more than one change, and a button beside an earlier one takes nothing back")
    void several() {
        int before = last.remember(of(1));
        last.forget();
        assertEquals(Optional.empty(), last.find());
        assertEquals("undo.none.several", last.why());
        assertTrue(last.isAfter(before));
    }

    @Test
    @DisplayName("has a number, by which a button beside it does not take back another")
    void number() {
        int first = last.remember(of(1));
        assertFalse(last.isAfter(first));
        int second = last.remember(of(2));
        assertTrue(last.isAfter(first));
        assertFalse(last.isAfter(second));
    }
}

package org.evenkeel.session.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was typed into the booking panel when the session ended")
class BookingDraftTest {
    private final BookingDraft draft = new BookingDraft();

    private static BookingDraft.Typed at(String time) {
        BookingForm form = new BookingForm();
        form.setPatient(PatientChoice.typed("Ana"));
        form.setTime(time);
        return new BookingDraft.Typed(
                form,
                null,
                false,
                false,
                "",
                false,
                List.of(),
                List.of(),
                "",
                new NewPatientBean.Typed("Ana", "Rey", ""));
    }

    @Test
    @DisplayName("waits for the next sign-in, and not in the one that it was typed in")
    void waits() {
        assertFalse(draft.isWaiting("first"));
        draft.keep("first", at("09:15"));
        assertFalse(draft.isWaiting("first"), "another window of who types it");
        assertEquals(Optional.empty(), draft.take("first"));
        assertTrue(draft.isWaiting("second"));
        assertEquals("09:15", draft.take("second").orElseThrow().typed().form().getTime());
    }

    @Test
    @DisplayName("is given once, unless the session ends yet again")
    void once() {
        draft.keep("first", at("09:15"));
        assertTrue(draft.take("second").isPresent());
        assertFalse(draft.isWaiting("second"));
        assertEquals(Optional.empty(), draft.take("second"));
        assertTrue(draft.take("third").isPresent());
    }

    @Test
    @DisplayName("is what was typed last, and nothing once that is saved or given up")
    void last() {
        draft.keep("first", at("09:15"));
        String token = draft.keep("first", at("09:30"));
        assertEquals("09:30", draft.take("second").orElseThrow().typed().form().getTime());
        draft.drop(token);
        assertFalse(draft.isWaiting("third"));
        assertEquals(Optional.empty(), draft.take("third"));
    }

    @Test
    @DisplayName(
            "stays when another window is saved or closed, and goes with its own, also where it was taken up again")
    void windows() {
        String other = draft.keep("first", at("09:15"));
        draft.keep("first", at("09:30"));
        draft.drop(other);
        draft.drop("");
        BookingDraft.Kept taken = draft.take("second").orElseThrow();
        assertEquals("09:30", taken.typed().form().getTime());
        draft.drop(taken.token());
        assertFalse(draft.isWaiting("third"));
    }

    @Test
    @DisplayName("is a copy: what is typed afterwards is another matter")
    void copy() {
        BookingForm form = new BookingForm();
        form.setMinutes("35");
        BookingForm copy = form.copy();
        form.setMinutes("50");
        assertEquals("35", copy.getMinutes());
    }

    @Test
    @DisplayName("can stand with the pages of a browser")
    void serializable() throws IOException {
        draft.keep("first", at("09:15"));
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(draft);
        }
    }
}

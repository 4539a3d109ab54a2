package org.evenkeel.session.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Place;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The fields of the booking panel")
class BookingFormTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant TEN = Instant.parse("2027-03-02T15:00:00Z");

    /** CBT with Dr Lee for Ana in room 1, Tuesday 10:00-10:50. */
    private static SessionView session(Instant start, long therapist, long room) {
        return new SessionView(
                7,
                3,
                1,
                new Therapy(1, "CBT", "CBT", 0),
                TimeSlot.of(start, 50),
                new Named(therapist, "Dr " + therapist),
                List.of(),
                new Place(room, "Room " + room, false),
                new Located(1, "Harbor", NEW_YORK),
                SessionState.BOOKED,
                false,
                null,
                List.of(),
                null,
                false,
                1,
                0,
                null,
                List.of(new Attendee(
                        70, 5, "Ana Reyes", "Reyes", "P-5", ParticipantState.BOOKED, null, 0, null, false, false)));
    }

    private static BookingForm typed(String date, String time) {
        BookingForm form = new BookingForm();
        form.show(session(TEN, 11, 1));
        form.setDate(date);
        form.setTime(time);
        return form;
    }

    @Test
    @DisplayName("mean a booking at the wall time of the site")
    void meanABooking() {
        BookSession wish = typed("2027-07-06", "09:30").toBook(NEW_YORK, RuleOverride.NONE);

        assertEquals(Instant.parse("2027-07-06T13:30:00Z"), wish.start());
        assertEquals(List.of(5L), wish.patientIds());
        assertEquals(50, wish.minutes());
        assertEquals("CBT", wish.modality());
    }

    @Test
    @DisplayName("[A2] a wall time that does not exist is refused with a clear message")
    void nonexistentTime() {
        Invalid invalid =
                assertThrows(Invalid.class, () -> typed("2027-03-14", "02:30").toBook(NEW_YORK, RuleOverride.NONE));

        assertEquals("time", invalid.field());
        assertTrue(String.valueOf(invalid.getMessage()).contains("does not exist"), invalid.getMessage());
    }

    @Test
    @DisplayName("[A3] a wall time that occurs twice means the first, and is said to")
    void ambiguousTime() {
        BookingForm form = typed("2026-11-01", "01:30");

        assertEquals(Instant.parse("2026-11-01T05:30:00Z"), form.start(NEW_YORK));
        assertTrue(form.isTwice(NEW_YORK));
        assertFalse(typed("2026-11-01", "03:30").isTwice(NEW_YORK));
    }

    @Test
    @DisplayName("[A3] the second of two equal wall times stays the second, until another time is typed")
    void secondOfTwo() {
        Instant second = Instant.parse("2026-11-01T06:30:00Z");
        SessionView read = session(second, 11, 1);
        BookingForm form = new BookingForm();
        form.show(read);
        form.setDate("2026-11-01");
        form.setTime("01:30");
        form.setRoom(2L);

        assertNull(form.toChange(read, NEW_YORK, RuleOverride.NONE).start());
        assertEquals(second, form.copy().start(NEW_YORK));
        assertTrue(form.isSecond(NEW_YORK));
        form.setTime("02:30");
        form.setTime("01:30");
        assertEquals(Instant.parse("2026-11-01T05:30:00Z"), form.start(NEW_YORK));
        assertFalse(form.isSecond(NEW_YORK));
        form.placeAt(second, 1, NEW_YORK);
        assertEquals(second, form.start(NEW_YORK));
        assertEquals(Instant.parse("2026-11-01T07:30:00Z"), form.start(ZoneId.of("America/Denver")));
    }

    @Test
    @DisplayName("[A3] [A22] after another desk has moved it to the second of two equal wall times, it stays there")
    void followsToTheSecondOfTwo() {
        SessionView first = session(Instant.parse("2026-11-01T05:30:00Z"), 11, 1);
        SessionView second = session(Instant.parse("2026-11-01T06:30:00Z"), 11, 1);
        BookingForm form = new BookingForm();
        form.show(first);

        form.follow(first, second);

        assertNull(form.toChange(second, NEW_YORK, RuleOverride.NONE).start());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10:00, 50, date",
        "soon, 10:00, 50, date",
        "2027-03-02, '', 50, time",
        "2027-03-02, late, 50, time",
        "2027-03-02, 10:00, '', minutes",
        "2027-03-02, 10:00, fifty, minutes"
    })
    @DisplayName("what cannot be meant is refused beside its field, and stays")
    void staysAsTyped(String date, String time, String minutes, String field) {
        BookingForm form = typed(date, time);
        form.setMinutes(minutes);

        Invalid invalid = assertThrows(Invalid.class, () -> form.toBook(NEW_YORK, RuleOverride.NONE));

        assertEquals(field, invalid.field());
        assertEquals(List.of(date, time, minutes), List.of(form.getDate(), form.getTime(), form.getMinutes()));
    }

    @Test
    @DisplayName("letters that mean nobody are no patient")
    void nobody() {
        BookingForm form = typed("2027-03-02", "10:00");
        form.setPatient(PatientChoice.typed("Ana R"));

        assertEquals(
                "patient",
                assertThrows(Invalid.class, () -> form.toBook(NEW_YORK, RuleOverride.NONE))
                        .field());
    }

    @Test
    @DisplayName("are filled like the last visit, but never over what was chosen")
    void suggestions() {
        BookingForm form = new BookingForm();
        form.setSite(1L);
        form.suggestLike(session(TEN, 11, 2), true, true);
        assertEquals("CBT", form.getModality());
        assertEquals("50", form.getMinutes());
        assertEquals(11L, form.getTherapist());
        assertEquals(2L, form.getRoom());

        form.setMinutes("30");
        form.setTherapist(12L);
        form.suggestLike(session(TEN, 11, 2), true, true);
        form.suggestMinutes(60);
        assertEquals("30", form.getMinutes());
        assertEquals(12L, form.getTherapist());
    }

    @Test
    @DisplayName("the therapist of a cell of the board stays")
    void givenTherapist() {
        BookingForm form = new BookingForm();
        form.setTherapist(12L);
        form.suggestLike(session(TEN, 11, 2), false, true);

        assertEquals(12L, form.getTherapist());
        assertNull(form.getRoom());
    }

    @Test
    @DisplayName("an alternative takes over time, therapist, room and site")
    void alternative() {
        BookingForm form = typed("2027-03-02", "10:00");
        form.take(new FreeTime(
                TEN.plusSeconds(3600),
                50,
                new FreeTime.Ref(12, "Dr Ruiz"),
                new FreeTime.Ref(2, "Room 2"),
                new FreeTime.Ref(9, "Summit"),
                ZoneId.of("America/Denver")));

        assertEquals("09:00", form.getTime());
        assertEquals(12L, form.getTherapist());
        assertEquals(9L, form.getSite());
        assertEquals(
                "Ana Reyes, P-5",
                form.getPatient() == null ? "" : form.getPatient().label());
    }

    @Test
    @DisplayName("only what differs from the session is changed")
    void changesOnlyWhatDiffers() {
        BookingForm form = typed("2027-03-02", "11:00");

        ChangeSession change = form.toChange(session(TEN, 11, 1), NEW_YORK, RuleOverride.NONE);

        assertEquals(TEN.plusSeconds(3600), change.start());
        assertNull(change.minutes());
        assertNull(change.therapistId());
        assertNull(change.roomId());
        assertNull(change.modality());
        assertNull(change.patientIds());
    }

    @Test
    @DisplayName("[A22] after another desk was faster, what was typed stays and the rest follows")
    void followsOthers() {
        BookingForm form = typed("2027-03-02", "11:00");
        SessionView now = session(TEN.plusSeconds(7200), 12, 2);

        form.follow(session(TEN, 11, 1), now);

        assertEquals("11:00", form.getTime());
        assertEquals(12L, form.getTherapist());
        assertEquals(2L, form.getRoom());
        assertEquals(
                List.of("when", "therapist", "room"),
                Discrepancy.between(session(TEN, 11, 1), now).stream()
                        .map(Discrepancy::field)
                        .toList());
    }
}

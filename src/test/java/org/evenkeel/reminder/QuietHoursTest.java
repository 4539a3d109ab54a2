package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuietHoursTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    @Test
    void theDayIsFromEightToNine() {
        assertFalse(QuietHours.USUAL.allow(at("2027-03-03T07:59"), NEW_YORK));
        assertTrue(QuietHours.USUAL.allow(at("2027-03-03T08:00"), NEW_YORK));
        assertTrue(QuietHours.USUAL.allow(at("2027-03-03T20:59"), NEW_YORK));
        assertFalse(QuietHours.USUAL.allow(at("2027-03-03T21:00"), NEW_YORK));
    }

    @Test
    void itIsTheWallOfWhoeverGetsIt() {
        assertTrue(QuietHours.USUAL.allow(at("2027-03-03T09:00"), NEW_YORK));
        assertFalse(QuietHours.USUAL.allow(at("2027-03-03T09:00"), LOS_ANGELES));
    }

    @Test
    @DisplayName("[A39] due at 03:00, the session at 10:00: at 08:00")
    void theMorningIfThereIsTime() {
        assertMoment("2027-03-03T08:00", "2027-03-03T03:00", "2027-03-03T10:00", "2027-03-02T12:00");
    }

    @Test
    @DisplayName("[A39] due at 03:00, the session at 08:05: the evening before")
    void theEveningBeforeIfThereIsNot() {
        assertMoment("2027-03-02T20:00", "2027-03-03T03:00", "2027-03-03T08:05", "2027-03-02T12:00");
    }

    @Test
    @DisplayName("[A39] due at 22:30, the session at 07:00: the same evening")
    void theSameEveningIfItIsDueBeforeMidnight() {
        assertMoment("2027-03-02T20:00", "2027-03-02T22:30", "2027-03-03T07:00", "2027-03-02T12:00");
    }

    @Test
    @DisplayName("[A39] due at 06:00, the session at 08:00, and it is 20:30 the evening before: at once")
    void atOnceIfTheEveningIsNotOverYet() {
        assertMoment("2027-03-02T20:30", "2027-03-03T06:00", "2027-03-03T08:00", "2027-03-02T20:30");
        assertEquals(
                Optional.empty(),
                QuietHours.USUAL.moment(
                        at("2027-03-03T06:00"), at("2027-03-03T08:00"), at("2027-03-02T21:00"), NEW_YORK));
    }

    @Test
    @DisplayName("[A39] never after the start: no decent hour is left")
    void noneIfNoDecentHourIsLeft() {
        assertEquals(
                Optional.empty(),
                QuietHours.USUAL.moment(
                        at("2027-03-03T03:00"), at("2027-03-03T07:30"), at("2027-03-02T22:00"), NEW_YORK));
    }

    @Test
    void whatIsOverdueGoesOutAtOnce() {
        assertMoment("2027-03-03T12:00", "2027-03-03T09:00", "2027-03-03T15:00", "2027-03-03T12:00");
    }

    @Test
    void aNightWithAClockChangeEndsAtEightOnTheNewWall() {
        assertMoment("2027-03-14T08:00", "2027-03-14T01:30", "2027-03-14T12:00", "2027-03-13T12:00");
    }

    private static void assertMoment(String expected, String due, String start, String now) {
        assertEquals(Optional.of(at(expected)), QuietHours.USUAL.moment(at(due), at(start), at(now), NEW_YORK));
    }

    private static Instant at(String wall) {
        return LocalDateTime.parse(wall).atZone(NEW_YORK).toInstant();
    }
}

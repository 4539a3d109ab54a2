package org.evenkeel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Weekly hours")
class WeeklyHoursTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2027-03-14, 02:00, 03:00",
        "America/New_York, 2027-03-14, 02:15, 03:00",
        "Europe/Berlin, 2027-03-28, 02:00, 03:00",
        "Australia/Lord_Howe, 2027-10-03, 02:00, 02:30"
    })
    @DisplayName("that the clocks skip are nothing on that date, and themselves a week later")
    void skipped(String zoneId, LocalDate date, LocalTime from, LocalTime to) {
        ZoneId zone = ZoneId.of(zoneId);
        WeeklyHours skipped = hours(from, to);
        WeeklyHours morning = hours(LocalTime.of(9, 0), LocalTime.of(12, 0));

        assertEquals(
                List.of(slot(date, "09:00", 180, zone)), WeeklyHours.expand(List.of(skipped, morning), date, zone));
        assertTrue(WeeklyHours.cover(List.of(skipped, morning), slot(date, "10:00", 50, zone), zone));
        assertFalse(WeeklyHours.cover(List.of(skipped), slot(date, "03:00", 30, zone), zone));
        assertEquals(
                1, WeeklyHours.expand(List.of(skipped), date.plusWeeks(1), zone).size());
    }

    @Test
    @DisplayName("of two days are one over midnight, and those that abut are one")
    void overMidnight() {
        LocalDate saturday = LocalDate.of(2027, 3, 6);
        List<WeeklyHours> hours = List.of(
                new WeeklyHours(6, LocalTime.of(20, 0), LocalTime.of(22, 0)),
                new WeeklyHours(6, LocalTime.of(22, 0), LocalTime.MIDNIGHT),
                new WeeklyHours(7, LocalTime.MIDNIGHT, LocalTime.of(1, 0)));

        assertEquals(List.of(slot(saturday, "20:00", 240, NEW_YORK)), WeeklyHours.expand(hours, saturday, NEW_YORK));
        assertTrue(WeeklyHours.cover(hours, slot(saturday, "23:30", 60, NEW_YORK), NEW_YORK));
        assertFalse(WeeklyHours.cover(hours, slot(saturday, "23:30", 95, NEW_YORK), NEW_YORK));
    }

    private static WeeklyHours hours(LocalTime from, LocalTime to) {
        return new WeeklyHours(DayOfWeek.SUNDAY.getValue(), from, to);
    }

    private static TimeSlot slot(LocalDate date, String from, int minutes, ZoneId zone) {
        return TimeSlot.of(date.atTime(LocalTime.parse(from)).atZone(zone).toInstant(), minutes);
    }
}

package org.evenkeel.therapist.web;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.shared.TimeSlot;

/** Time off in words: whole days by their dates, anything else with its times. */
final class Stretches {
    private Stretches() {}

    /** "Thu 4 Mar 2027", "Thu 4 Mar 2027 \u2013 Fri 5 Mar 2027", "Thu 4 Mar 2027 09:00 \u2013 12:00". */
    static String inWords(TimeSlot slot, ZoneId zone) {
        ZonedDateTime start = slot.start().atZone(zone);
        ZonedDateTime end = slot.end().atZone(zone);
        boolean wholeDays = isMidnight(start) && isMidnight(end);
        LocalDate first = start.toLocalDate();
        LocalDate last = wholeDays ? end.toLocalDate().minusDays(1) : end.toLocalDate();
        String from = Formats.date(first) + (wholeDays ? "" : " " + Formats.clock(slot.start(), zone));
        String lastDay = last.equals(first) ? "" : Formats.date(last);
        String until = (lastDay + (wholeDays ? "" : " " + Formats.clock(slot.end(), zone))).strip();
        return until.isEmpty() ? from : from + " \u2013 " + until;
    }

    private static boolean isMidnight(ZonedDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT);
    }
}

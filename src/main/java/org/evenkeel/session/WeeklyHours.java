package org.evenkeel.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.WallTime;

/**
 * Hours that repeat each week, in wall time: expanded in a zone for a date, so that 9 o'clock stays 9 o'clock over clock
 * changes. An end of 00:00 is midnight, the end of that day. Hours that the clocks skip are nothing on that date.
 */
record WeeklyHours(int weekday, LocalTime from, LocalTime to) {

    /** The slots of a date in a zone, earliest first; slots that abut are one. */
    static List<TimeSlot> expand(List<WeeklyHours> hours, LocalDate date, ZoneId zone) {
        return merge(expandUnmerged(hours, date, zone));
    }

    private static List<TimeSlot> expandUnmerged(List<WeeklyHours> hours, LocalDate date, ZoneId zone) {
        return hours.stream()
                .filter(h -> h.weekday() == date.getDayOfWeek().getValue())
                .flatMap(h -> WallTime.slot(date, h.from(), h.to(), zone).stream())
                .toList();
    }

    /** Whether a slot lies wholly within the hours; over midnight the hours of both days count as one. */
    static boolean cover(List<WeeklyHours> hours, TimeSlot slot, ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(slot.start(), zone);
        LocalDate last = LocalDate.ofInstant(slot.end(), zone);
        List<TimeSlot> open = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            open.addAll(expandUnmerged(hours, day, zone));
        }
        return merge(open).stream().anyMatch(o -> o.encloses(slot));
    }

    private static List<TimeSlot> merge(List<TimeSlot> slots) {
        List<TimeSlot> merged = new ArrayList<>();
        for (TimeSlot slot :
                slots.stream().sorted(Comparator.comparing(TimeSlot::start)).toList()) {
            TimeSlot last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && !slot.start().isAfter(last.end())) {
                Instant end = slot.end().isAfter(last.end()) ? slot.end() : last.end();
                merged.set(merged.size() - 1, new TimeSlot(last.start(), end));
            } else {
                merged.add(slot);
            }
        }
        return merged;
    }
}

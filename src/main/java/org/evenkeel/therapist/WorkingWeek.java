package org.evenkeel.therapist;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Phrases.Phrase;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.WallTime;

/**
 * Nobody works in two places at once. Sites may lie in different zones, so entries are compared as the instants that they mean in
 * each week of the year ahead (zones do not all change their clocks in the same week).
 */
final class WorkingWeek {
    private static final int WEEKS = 53;

    private final Map<Long, ZoneId> zones;
    private final Map<Long, String> siteNames;
    private final LocalDate monday;

    WorkingWeek(Map<Long, ZoneId> zones, Map<Long, String> siteNames, LocalDate today) {
        this.zones = zones;
        this.siteNames = siteNames;
        this.monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** @throws Invalid if a site is unknown or two entries overlap; the message names both */
    void check(List<WorkingHours> entries) {
        for (WorkingHours entry : entries) {
            if (!zones.containsKey(entry.siteId())) {
                throw new Invalid("hours", "invalid.hours.site", entry);
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (overlap(entries.get(j), entries.get(i))) {
                    throw new Invalid(
                            "hours", "invalid.hours.overlap", inWords(entries.get(j)), inWords(entries.get(i)));
                }
            }
        }
    }

    private boolean overlap(WorkingHours one, WorkingHours other) {
        if (zone(one).equals(zone(other))) {
            return one.overlaps(other);
        }
        for (int week = 0; week < WEEKS; week++) {
            // Sunday night at one site may be Monday morning at another, a week away by its number.
            Optional<TimeSlot> wanted = slot(one, week);
            for (int near = week - 1; wanted.isPresent() && near <= week + 1; near++) {
                if (slot(other, near).filter(wanted.get()::overlaps).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Nothing in the week in which the clocks skip it. */
    private Optional<TimeSlot> slot(WorkingHours entry, int week) {
        LocalDate date = monday.plusWeeks(week).plusDays(entry.weekday() - 1L);
        return WallTime.slot(date, entry.startsAt(), entry.endsAt(), zone(entry));
    }

    private ZoneId zone(WorkingHours entry) {
        return zones.getOrDefault(entry.siteId(), ZoneId.of("UTC"));
    }

    private Phrase inWords(WorkingHours entry) {
        return Phrase.of("invalid.hours.at", entry, siteNames.getOrDefault(entry.siteId(), ""));
    }
}

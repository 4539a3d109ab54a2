package org.evenkeel.series;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.series.GroupView.Date;
import org.evenkeel.series.GroupView.Mark;
import org.evenkeel.session.ParticipantState;
import org.jspecify.annotations.Nullable;

/**
 * Who came when: the people of a series against some of its dates, and how often each came over the whole of it.
 *
 * @param page which dates these are, from 1
 * @param pages how many pages of dates there are; at least one
 */
public record AttendanceGrid(List<Date> dates, List<Row> rows, int page, int pages) implements Serializable {

    /** So many dates stand beside each other. */
    public static final int DATES = 16;

    /**
     * One person.
     *
     * @param marks one for each date; null: not expected
     * @param came how many sessions they have attended
     * @param held to how many they were expected that have begun, but for those that they were excused from; a seat that was
     *     given back in good time was not kept for them, one that was given back late was
     */
    public record Row(long patientId, String name, boolean guest, List<@Nullable Mark> marks, int came, int held)
            implements Serializable {

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Attendance of " + patientId;
        }
    }

    /**
     * The grid of a group.
     *
     * @param page null: the page with the last date that has begun
     */
    public static AttendanceGrid of(GroupView group, @Nullable Integer page, Instant now) {
        return of(List.of(group), page, now);
    }

    /**
     * The grid of what was one series before it was split.
     *
     * @param parts in any order; the people of the first one come first
     */
    public static AttendanceGrid of(List<GroupView> parts, @Nullable Integer page, Instant now) {
        List<Date> live = parts.stream()
                .flatMap(part -> part.dates().stream())
                .filter(Date::isLive)
                .sorted(Comparator.comparing((Date d) -> d.slot().start()))
                .toList();
        int pages = Math.max(1, (live.size() + DATES - 1) / DATES);
        long begun = live.stream().filter(d -> hasBegun(d, now)).count();
        int wanted = page == null ? (int) Math.max(0, begun - 1) / DATES + 1 : page;
        int shown = Math.max(1, Math.min(pages, wanted));
        List<Date> dates = List.copyOf(live.subList((shown - 1) * DATES, Math.min(live.size(), shown * DATES)));
        List<Row> rows = new ArrayList<>();
        people(parts).forEach((id, name) -> rows.add(row(parts, id, name, dates, live, now)));
        return new AttendanceGrid(dates, rows, shown, pages);
    }

    /** Members in the order of the group, then guests by name. */
    private static Map<Long, String> people(List<GroupView> parts) {
        Map<Long, String> people = new LinkedHashMap<>();
        parts.forEach(part -> part.members().forEach(m -> people.putIfAbsent(m.patientId(), m.name())));
        parts.stream()
                .flatMap(part -> part.people().entrySet().stream())
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .forEach(e -> people.putIfAbsent(e.getKey(), e.getValue()));
        return people;
    }

    private static @Nullable Mark mark(List<GroupView> parts, long patient, long session) {
        for (GroupView part : parts) {
            Mark mark = part.mark(patient, session);
            if (mark != null) {
                return mark;
            }
        }
        return null;
    }

    private static Row row(
            List<GroupView> parts, long patient, String name, List<Date> dates, List<Date> live, Instant now) {
        List<@Nullable Mark> marks = new ArrayList<>();
        dates.forEach(d -> marks.add(mark(parts, patient, d.sessionId())));
        int came = 0;
        int held = 0;
        for (Date date : live) {
            Mark mark = mark(parts, patient, date.sessionId());
            if (mark != null && hasBegun(date, now)) {
                came += mark.state() == ParticipantState.ATTENDED ? 1 : 0;
                held += mark.excused() || mark.state() == ParticipantState.CANCELLED ? 0 : 1;
            }
        }
        boolean member =
                parts.stream().flatMap(part -> part.members().stream()).anyMatch(m -> m.patientId() == patient);
        return new Row(patient, name, !member, marks, came, held);
    }

    private static boolean hasBegun(Date date, Instant now) {
        return !date.slot().start().isAfter(now);
    }
}

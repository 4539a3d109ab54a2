package org.evenkeel.series.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.GroupView.Mark;
import org.evenkeel.series.GroupView.Part;
import org.evenkeel.series.Recurrence;
import org.evenkeel.series.RuleTelling;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.FreeSeats;

/** What pages say of a series. */
@Named
@ApplicationScoped
public class SeriesWords {

    protected SeriesWords() {}

    /** "Every Monday and Thursday". */
    public String rule(String rule) {
        return capital(RuleTelling.in(Formats.locale()).told(rule));
    }

    /** "Every Monday and Thursday, 10:00, until 12 held". */
    public String whole(GroupView group) {
        return capital(RuleTelling.in(Formats.locale())
                .whole(group.rule(), group.firstAt().toLocalTime(), group.counts()));
    }

    /** "8 of 10", "8 of 10, 1 kept", "Full, 9 of 10, 1 kept, 3 waiting", "Full, 11 of 10". */
    public String seats(int coming, int kept, int seats, int waiting) {
        boolean full = FreeSeats.of(seats, coming, kept) == 0;
        String taken = Notices.text(full ? "group.seats.full" : "group.seats.free", coming, seats);
        String said = kept > 0 ? Notices.text("group.seats.kept", taken, kept) : taken;
        return full && waiting > 0 ? Notices.text("group.seats.waiting", said, waiting) : said;
    }

    /** "Full 10/10: 3 waiting". */
    public String full(int coming, int seats, int waiting) {
        return Notices.text("group.view.full", coming, seats, waiting);
    }

    /** "8 Mar". */
    public String shortDay(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofPattern("d MMM", Formats.locale()).format(instant.atZone(zone));
    }

    /** "8 Mar 2027 \u2013 15 Mar 2027", the dates of a part. */
    public String span(Part part, ZoneId zone) {
        Instant first = part.first();
        Instant last = part.last();
        return first == null || last == null
                ? Notices.text("group.view.partNone")
                : Notices.text("group.view.part", Formats.day(first, zone), Formats.day(last, zone));
    }

    /** Which dates are meant; of a series that was split, until when this part goes (acceptance case A14). */
    public String scope(GroupView group, Scope scope) {
        Part part = group.part();
        Instant last = part == null ? null : part.last();
        return last == null || scope == Scope.THIS
                ? Notices.text("group.scope." + scope)
                : Notices.text("group.scope.part." + scope, Formats.day(last, group.zone()));
    }

    /** "Attended, 10 minutes late". */
    public String mark(Mark mark) {
        String state = Notices.text(mark.excused() ? "group.mark.excused" : "state." + mark.state());
        String late = mark.lateMinutes() > 0 ? Notices.text("group.mark.late", state, mark.lateMinutes()) : state;
        return mark.attendedMinutes() == null ? late : Notices.text("group.mark.left", late, mark.attendedMinutes());
    }

    /** "P", "P 10\u2032", "N". */
    public String shortMark(Mark mark) {
        String state = Notices.text(mark.excused() ? "group.mark.short.excused" : "group.mark.short." + mark.state());
        return mark.lateMinutes() > 0 ? state + " " + mark.lateMinutes() + "\u2032" : state;
    }

    /** "31 (Feb 2027, Apr 2027), 5th Monday (Apr 2027)". */
    static String gaps(List<Recurrence.Gap> gaps) {
        DateTimeFormatter month = DateTimeFormatter.ofPattern("MMM uuuu", Formats.locale());
        Map<String, List<String>> months = new LinkedHashMap<>();
        gaps.forEach(gap ->
                months.computeIfAbsent(gap.day(), day -> new ArrayList<>()).add(month.format(gap.month())));
        return months.entrySet().stream()
                .map(e -> Notices.text("group.edit.gap", dayOfMonth(e.getKey()), String.join(", ", e.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** "31", "5th Monday", "5th last Monday". */
    private static String dayOfMonth(String day) {
        int weekday = WEEKDAYS.indexOf(day.substring(Math.max(0, day.length() - 2))) + 1;
        if (weekday == 0) {
            return day;
        }
        String number = day.substring(0, day.length() - 2);
        return number.startsWith("-")
                ? Notices.text("group.edit.gap.last", number.substring(1), Formats.weekday(weekday))
                : Notices.text("group.edit.gap.weekday", number, Formats.weekday(weekday));
    }

    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    private static String capital(String words) {
        return words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Formats.locale()) + words.substring(1);
    }
}

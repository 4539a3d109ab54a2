package org.evenkeel.series.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.GroupView.Mark;
import org.evenkeel.series.RuleWords;
import org.evenkeel.session.FreeSeats;

/** What pages say of a series. */
@Named
@ApplicationScoped
public class SeriesWords {

    protected SeriesWords() {}

    /** "Every Monday and Thursday". */
    public String rule(String rule) {
        return capital(RuleWords.told(rule));
    }

    /** "Every Monday and Thursday, 10:00, until 12 held". */
    public String whole(GroupView group) {
        return capital(RuleWords.tell(group.rule(), group.firstAt().toLocalTime(), group.counts()));
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
        return DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).format(instant.atZone(zone));
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

    private static String capital(String words) {
        return words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
    }
}

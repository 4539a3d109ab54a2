package org.evenkeel.series.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Locale;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.RuleWords;

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

    /** "8 of 10", "Full, 3 waiting", "Full, 11 of 10". */
    public String seats(int coming, int seats, int waiting) {
        if (coming < seats) {
            return Notices.text("group.seats.free", coming, seats);
        }
        String full = Notices.text("group.seats.full", coming, seats);
        return waiting > 0 ? Notices.text("group.seats.waiting", full, waiting) : full;
    }

    private static String capital(String words) {
        return words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
    }
}

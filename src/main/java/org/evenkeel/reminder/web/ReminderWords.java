package org.evenkeel.reminder.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.stream.Collectors;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.Channel;

/** Lead times and channels as people say them. */
@Named("reminderWords")
@ApplicationScoped
public class ReminderWords {
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    /** "1 day", "36 hours", "90 minutes". */
    public String lead(int minutes) {
        if (minutes % DAY == 0) {
            return Notices.text("reminder.lead.days", minutes / DAY);
        }
        return minutes % HOUR == 0
                ? Notices.text("reminder.lead.hours", minutes / HOUR)
                : Notices.text("reminder.lead.minutes", minutes);
    }

    /** "1 day, 2 hours", the longest first. */
    public String leads(Collection<Integer> minutes) {
        return minutes.stream()
                .sorted(java.util.Comparator.reverseOrder())
                .map(this::lead)
                .collect(Collectors.joining(", "));
    }

    /** "SMS, else e-mail". */
    public String channels(Collection<Channel> channels) {
        String first = channels.stream()
                .findFirst()
                .map(c -> Notices.text("reminder.channel." + c))
                .orElse("");
        return first
                + channels.stream()
                        .skip(1)
                        .map(c -> Notices.text("reminder.channel.else", Notices.text("reminder.channel.by." + c)))
                        .collect(Collectors.joining());
    }
}

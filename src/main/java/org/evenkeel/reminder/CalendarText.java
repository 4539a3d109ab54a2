package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Appointments as calendars read them (RFC 5545): a neutral title, a time, and a place where the consent goes so far. */
final class CalendarText {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Octets of a line, without its end. */
    private static final int LINE = 75;

    private final StringBuilder text = new StringBuilder();

    private CalendarText() {}

    /** @param title of each appointment */
    static String of(String title, List<Outgoing.Invitation> invitations, Instant now) {
        CalendarText calendar = new CalendarText();
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line("PRODID:-//Appointments//EN");
        calendar.line("METHOD:PUBLISH");
        invitations.forEach(invitation -> calendar.event(title, invitation, now));
        calendar.line("END:VCALENDAR");
        return calendar.text.toString();
    }

    private void event(String title, Outgoing.Invitation invitation, Instant now) {
        line("BEGIN:VEVENT");
        line("UID:" + invitation.uid());
        line("SEQUENCE:" + invitation.sequence());
        line("DTSTAMP:" + INSTANT.format(now));
        line("DTSTART:" + INSTANT.format(invitation.start()));
        line("DTEND:" + INSTANT.format(invitation.end()));
        line("SUMMARY:" + escaped(title));
        if (invitation.place() != null) {
            line("LOCATION:" + escaped(invitation.place()));
        }
        line("CLASS:PRIVATE");
        line("END:VEVENT");
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n");
    }

    /** Folds what is too long, never within a character. */
    private void line(String content) {
        int octets = 0;
        for (int i = 0; i < content.length(); ) {
            int point = content.codePointAt(i);
            String character = Character.toString(point);
            int size = character.getBytes(UTF_8).length;
            if (octets + size > LINE) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(character);
            octets += size;
            i += character.length();
        }
        text.append("\r\n");
    }
}

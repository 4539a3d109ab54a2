package org.evenkeel.platform.web;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import org.evenkeel.shared.Phrases;

/** Instants and dates as people read them, in the locale of the page. Functions of our tag library. */
public final class Formats {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** What is on record in English, whoever has caused it. */
    private static final List<String> OWN_REASONS =
            List.of("reason.byPatient", "reason.cannotCome", "reason.ended", "reason.leave", "reason.undone");

    private Formats() {}

    /** "10:15" in the zone; "01:30 EDT" where that wall time comes twice on its day. */
    public static String clock(Instant instant, ZoneId zone) {
        return clock(instant, zone, locale());
    }

    /** "10:15" in the zone; "01:30 EDT" where that wall time comes twice on its day. */
    public static String clock(Instant instant, ZoneId zone, Locale locale) {
        ZonedDateTime time = instant.atZone(zone);
        boolean twice = zone.getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
        return twice ? DateTimeFormatter.ofPattern("HH:mm z", locale).format(time) : CLOCK.format(time);
    }

    /** "Thu 4 Mar 2027" in the zone. */
    public static String day(Instant instant, ZoneId zone) {
        return date(instant.atZone(zone).toLocalDate());
    }

    /** "Thu 4 Mar 2027 10:15" in the zone. */
    public static String moment(Instant instant, ZoneId zone) {
        return day(instant, zone) + " " + clock(instant, zone);
    }

    /** "Thu 4 Mar 2027". */
    public static String date(LocalDate date) {
        return date(date, locale());
    }

    /** "Thu 4 Mar 2027". */
    public static String date(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofPattern("EEE d MMM uuuu", locale).format(date);
    }

    /** The zone as people say it, such as "Eastern Time". */
    public static String zone(ZoneId zone) {
        return zone(zone, locale());
    }

    /** The zone as people say it, such as "Eastern Time". */
    public static String zone(ZoneId zone, Locale locale) {
        return zone.getDisplayName(TextStyle.FULL, locale);
    }

    /** "Spanish" of "es". */
    public static String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(locale());
    }

    /** "Español" of "es": the language in its own words. */
    public static String ownLanguage(String tag) {
        Locale own = Locale.forLanguageTag(tag);
        String name = own.getDisplayLanguage(own);
        return name.substring(0, 1).toUpperCase(own) + name.substring(1);
    }

    /** "Monday" of 1, as ISO 8601 counts. */
    public static String weekday(int number) {
        return DayOfWeek.of(number).getDisplayName(TextStyle.FULL_STANDALONE, locale());
    }

    /** A reason as somebody has written it down; one that the application has, in the language of the page. */
    public static String reason(String written) {
        Phrases english = Phrases.in(Locale.ENGLISH);
        return OWN_REASONS.stream()
                .filter(key -> english.of(key).equals(written))
                .findFirst()
                .map(Phrases.in(locale())::of)
                .orElse(written);
    }

    /** The text with {0} filled in. */
    public static String fill(String text, Object first) {
        return new MessageFormat(text, locale()).format(new Object[] {first});
    }

    /** The text with {0} and {1} filled in. */
    public static String fill2(String text, Object first, Object second) {
        return new MessageFormat(text, locale()).format(new Object[] {first, second});
    }

    /** The language of the page; English where there is none. */
    public static Locale locale() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return faces == null || faces.getViewRoot() == null
                ? Locale.ENGLISH
                : faces.getViewRoot().getLocale();
    }
}

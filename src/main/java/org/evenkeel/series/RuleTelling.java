package org.evenkeel.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.evenkeel.shared.Phrases;

/** Tells in one language when a series takes place: "every Monday and Thursday, 10:00, until 12 held", as {@link RuleWords} reads it. */
public final class RuleTelling {
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final String WEEKDAYS = "MO,TU,WE,TH,FR";

    private final Locale locale;
    private final Phrases phrases;

    private RuleTelling(Locale locale) {
        this.locale = locale;
        this.phrases = Phrases.in(locale);
    }

    public static RuleTelling in(Locale locale) {
        return new RuleTelling(locale);
    }

    /** The whole rule: "every Monday and Thursday, 10:00, until 12 held". */
    public String whole(String rule, LocalTime time, Series.Counting counts) {
        return told(rule) + ", " + time + ", " + end(rule, counts);
    }

    /** The rule without time and end: "every Monday and Thursday". */
    public String told(String rule) {
        Map<String, String> parts = parts(rule);
        int interval = Integer.parseInt(parts.getOrDefault("INTERVAL", "1"));
        String days = parts.getOrDefault("BYDAY", "");
        String monthDays = parts.getOrDefault("BYMONTHDAY", "");
        boolean plain = !parts.containsKey("BYSETPOS")
                && !parts.containsKey("BYMONTH")
                && monthDays.matches("((-1|\\d+),?)*")
                && days.matches("((-1|[1-5])?[A-Z]{2},?)*");
        String frequency = parts.getOrDefault("FREQ", "");
        if (plain && frequency.equals("DAILY") && days.isEmpty()) {
            return phrases.of("rule.daily", interval);
        }
        if (plain && frequency.equals("WEEKLY") && days.matches("[A-Z,]*")) {
            return days.isEmpty()
                    ? phrases.of("rule.weekly", interval)
                    : phrases.of("rule.weekly.on", interval, week(days));
        }
        if (plain && frequency.equals("MONTHLY")) {
            String which = monthDays.isEmpty() ? each(days, this::nth) : each(monthDays, this::dayOfMonth);
            return which.isEmpty()
                    ? phrases.of("rule.monthly", interval)
                    : phrases.of("rule.monthly.on", interval, which);
        }
        if (plain && frequency.equals("YEARLY") && days.isEmpty() && monthDays.isEmpty()) {
            return phrases.of("rule.yearly", interval);
        }
        return phrases.of("rule.other", rule);
    }

    private String week(String days) {
        return days.equals(WEEKDAYS) ? phrases.of("rule.weekday") : each(days, this::name);
    }

    private String nth(String day) {
        String name = name(day.substring(day.length() - 2));
        return switch (day.substring(0, day.length() - 2)) {
            case "" -> name;
            case "-1" -> phrases.of("rule.last", name);
            default -> phrases.of("rule.nth." + day.charAt(0), name);
        };
    }

    private String dayOfMonth(String day) {
        return day.equals("-1") ? phrases.of("rule.lastDay") : phrases.of("rule.dayOfMonth", Integer.parseInt(day));
    }

    private String name(String day) {
        return DayOfWeek.of(DAYS.indexOf(day) + 1).getDisplayName(TextStyle.FULL_STANDALONE, locale);
    }

    /** "a, b and c". */
    private String each(String values, UnaryOperator<String> word) {
        if (values.isEmpty()) {
            return "";
        }
        List<String> words = Arrays.stream(values.split(",", -1)).map(word).toList();
        int last = words.size() - 1;
        return last == 0
                ? words.get(0)
                : phrases.of("rule.and", String.join(", ", words.subList(0, last)), words.get(last));
    }

    private String end(String rule, Series.Counting counts) {
        Map<String, String> parts = parts(rule);
        String count = parts.get("COUNT");
        if (count != null) {
            return phrases.of(
                    counts == Series.Counting.HELD ? "rule.end.held" : "rule.end.dates", Integer.parseInt(count));
        }
        String until = parts.getOrDefault("UNTIL", "");
        if (until.length() < 8) {
            return "";
        }
        LocalDate day = LocalDate.parse(until.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        return phrases.of(
                "rule.end.until",
                DateTimeFormatter.ofPattern("d MMM uuuu", locale).format(day));
    }

    private static Map<String, String> parts(String rule) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : rule.split(";", -1)) {
            int at = part.indexOf('=');
            if (at > 0) {
                parts.put(part.substring(0, at), part.substring(at + 1));
            }
        }
        return parts;
    }
}

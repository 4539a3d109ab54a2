package org.evenkeel.series;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Phrases.Phrase;
import org.jspecify.annotations.Nullable;

/**
 * When a series takes place, read from words: "every Monday and Thursday, 10:00, until 12 held". {@link RuleTelling} tells it again.
 *
 * @param time in the site's wall time
 */
public record RuleWords(Recurrence recurrence, LocalTime time, Series.Counting counts) {

    private static final Phrase EXAMPLES = Phrase.of("invalid.rule.examples");

    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final String WEEKDAYS = "MO,TU,WE,TH,FR";
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");
    private static final List<String> NUMBERS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final Set<String> FILLERS = Set.of("on", "at", "the", "and", "in", "from", "repeat", "repeats", "a");

    private static final String NUMBER = "(\\d{1,3}|" + String.join("|", NUMBERS) + ")";
    private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    private static final Pattern UNTIL_ISO =
            Pattern.compile("\\b(?:until|till|to)\\s+(\\d{4})-(\\d{1,2})-(\\d{1,2})\\b");
    private static final Pattern UNTIL_DAY =
            Pattern.compile("\\b(?:until|till|to)\\s+(\\d{1,2})(?:st|nd|rd|th)?\\s+" + MONTH + "(?:\\s+(\\d{4}))?\\b");
    private static final Pattern UNTIL_MONTH =
            Pattern.compile("\\b(?:until|till|to)\\s+" + MONTH + "\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+(\\d{4}))?\\b");
    private static final Pattern COUNT = Pattern.compile(
            "\\b(?:(?:until|till|for)\\s+)?" + NUMBER
                    + "\\s+(?:(?:dates|date|times|sessions|session)\\s+)?(?:are\\s+)?(dates|date|times|sessions|session|held)\\b");
    private static final Pattern FOR = Pattern.compile("\\bfor\\s+" + NUMBER + "\\s+(day|week|month)s?\\b");
    private static final Pattern CLOCK = Pattern.compile("\\b(\\d{1,2}):(\\d{2})\\s*(am|pm)?\\b");
    private static final Pattern HOUR = Pattern.compile("\\b(\\d{1,2})\\s*(am|pm)\\b");
    private static final Pattern AT = Pattern.compile("\\bat\\s+(\\d{1,2})\\b(?!(?:st|nd|rd|th))");

    /**
     * Reads words: English ones, and those of the {@link RuleVocabulary} of a language.
     *
     * @param first the first day; it gives the weekday, or the day of the month, where the words name none
     * @throws Invalid (of {@code rule}) with examples, if they cannot be understood
     */
    public static RuleWords read(String words, LocalDate first, Locale locale) {
        return new Reader(RuleVocabulary.of(locale).inEnglish(words), first).read();
    }

    /** Takes the end and the time out of the words; what is left says how it repeats. */
    private static final class Reader {
        private final LocalDate first;
        private String rest;

        private String ending = "";
        private Series.Counting counts = Series.Counting.DATES;

        private String frequency = "";
        private int interval = 1;
        private final Set<String> days = new LinkedHashSet<>();
        private final Set<Integer> monthDays = new LinkedHashSet<>();
        private final List<Integer> numbers = new ArrayList<>();
        private boolean every;

        Reader(String words, LocalDate first) {
            this.first = first;
            this.rest = words;
        }

        RuleWords read() {
            if (rest.isEmpty()) {
                throw new Invalid("rule", "invalid.rule.missing", EXAMPLES);
            }
            takeEnd();
            LocalTime time = takeTime();
            if (ending.isEmpty()) {
                throw new Invalid("rule", "invalid.rule.end");
            }
            boolean monthly = rest.matches(".*\\bmonth(s|ly)?\\b.*");
            for (String word : rest.split("[^a-z0-9]+", -1)) {
                if (!word.isEmpty()) {
                    take(word, monthly);
                }
            }
            return new RuleWords(Recurrence.of(rule(monthly)), time, counts);
        }

        // --- the end ------------------------------------------------------------------------------------------------

        private void takeEnd() {
            Matcher iso = UNTIL_ISO.matcher(rest);
            Matcher day = UNTIL_DAY.matcher(rest);
            Matcher month = UNTIL_MONTH.matcher(rest);
            Matcher count = COUNT.matcher(rest);
            Matcher span = FOR.matcher(rest);
            if (iso.find()) {
                until(iso, date(Integer.parseInt(iso.group(1)), Integer.parseInt(iso.group(2)), iso.group(3)));
            } else if (day.find()) {
                until(day, named(day.group(3), day.group(2), day.group(1)));
            } else if (month.find()) {
                until(month, named(month.group(3), month.group(1), month.group(2)));
            } else if (count.find()) {
                counts = count.group(2).equals("held") ? Series.Counting.HELD : Series.Counting.DATES;
                ending = ";COUNT=" + number(count.group(1));
                cut(count);
            } else if (span.find()) {
                int many = number(span.group(1));
                LocalDate after =
                        switch (span.group(2)) {
                            case "day" -> first.plusDays(many);
                            case "week" -> first.plusWeeks(many);
                            default -> first.plusMonths(many);
                        };
                until(span, after.minusDays(1));
            }
        }

        private void until(Matcher found, LocalDate last) {
            if (last.isBefore(first)) {
                throw new Invalid("rule", "invalid.rule.endsBefore");
            }
            ending = ";UNTIL=" + DateTimeFormatter.BASIC_ISO_DATE.format(last);
            cut(found);
        }

        /** Without a year: the next such day. */
        private LocalDate named(@Nullable String year, String month, String dayOfMonth) {
            int number = 1;
            for (Month one : Month.values()) {
                number = one.name().toLowerCase(Locale.ROOT).startsWith(month) ? one.getValue() : number;
            }
            if (year != null) {
                return date(Integer.parseInt(year), number, dayOfMonth);
            }
            LocalDate thisYear = date(first.getYear(), number, dayOfMonth);
            return thisYear.isBefore(first) ? date(first.getYear() + 1, number, dayOfMonth) : thisYear;
        }

        private LocalDate date(int year, int month, String dayOfMonth) {
            try {
                return LocalDate.of(year, month, Integer.parseInt(dayOfMonth));
            } catch (DateTimeException e) {
                throw new Invalid("rule", "invalid.rule.noSuchDay");
            }
        }

        // --- the time -----------------------------------------------------------------------------------------------

        private LocalTime takeTime() {
            Matcher clock = CLOCK.matcher(rest);
            Matcher hour = HOUR.matcher(rest);
            Matcher at = AT.matcher(rest);
            if (clock.find()) {
                return time(clock, clock.group(1), clock.group(2), clock.group(3));
            }
            if (hour.find()) {
                return time(hour, hour.group(1), "0", hour.group(2));
            }
            if (rest.matches(".*\\bnoon\\b.*")) {
                rest = rest.replaceFirst("\\bnoon\\b", " ");
                return LocalTime.NOON;
            }
            if (at.find()) {
                return time(at, at.group(1), "0", null);
            }
            throw new Invalid("rule", "invalid.rule.time", EXAMPLES);
        }

        private LocalTime time(Matcher found, String hours, String minutes, @Nullable String half) {
            int hour = Integer.parseInt(hours);
            boolean twelve = half == null || hour >= 1 && hour <= 12;
            if (half != null) {
                hour = hour % 12 + (half.equals("pm") ? 12 : 0);
            }
            if (!twelve || hour > 23 || Integer.parseInt(minutes) > 59) {
                throw new Invalid("rule", "invalid.rule.notATime", found.group().strip());
            }
            cut(found);
            return LocalTime.of(hour, Integer.parseInt(minutes));
        }

        private void cut(Matcher found) {
            rest = rest.substring(0, found.start()) + " " + rest.substring(found.end());
        }

        // --- how it repeats -----------------------------------------------------------------------------------------

        private void take(String word, boolean monthly) {
            String day = day(word);
            int number = day == null ? ordinalOrNumber(word) : 0;
            if (day != null) {
                takeDay(day, monthly);
            } else if (number != 0) {
                numbers.add(number);
            } else if (word.equals("every") || word.equals("each")) {
                flush();
                every = true;
            } else if (word.equals("of")) {
                flush();
                every = false;
            } else if (word.equals("other") && every) {
                numbers.add(2);
            } else if (!FILLERS.contains(word)) {
                takeUnit(word, monthly);
            }
        }

        private void takeDay(String day, boolean monthly) {
            boolean wrongWeek = numbers.isEmpty() || numbers.stream().anyMatch(n -> n > ORDINALS.size());
            if (monthly && wrongWeek) {
                throw misunderstood(day);
            }
            if (monthly) {
                numbers.forEach(n -> days.add(n + day));
            } else {
                repeat("WEEKLY", numbers.isEmpty() ? 1 : step(day));
                days.add(day);
            }
            numbers.clear();
        }

        private void takeUnit(String word, boolean monthly) {
            switch (word) {
                case "daily" -> repeat("DAILY", 1);
                case "weekly" -> repeat("WEEKLY", 1);
                case "fortnightly", "biweekly", "fortnight" -> repeat("WEEKLY", 2);
                case "monthly" -> repeat("MONTHLY", 1);
                case "yearly", "annually" -> repeat("YEARLY", 1);
                case "weekday", "weekdays", "workday", "workdays" -> {
                    repeat("WEEKLY", numbers.isEmpty() ? 1 : step(word));
                    days.addAll(Arrays.asList(WEEKDAYS.split(",", -1)));
                }
                case "day", "days" -> {
                    if (monthly) {
                        flush();
                    } else {
                        repeat("DAILY", numbers.isEmpty() ? 1 : step(word));
                    }
                }
                case "week", "weeks" -> repeat("WEEKLY", numbers.isEmpty() ? 1 : step(word));
                case "month", "months" -> repeat("MONTHLY", numbers.isEmpty() ? 1 : step(word));
                case "year", "years" -> repeat("YEARLY", numbers.isEmpty() ? 1 : step(word));
                default -> throw misunderstood(word);
            }
            numbers.clear();
            every = false;
        }

        /** The one number that stands before a unit: every <em>second</em> week. */
        private int step(String word) {
            int number = numbers.get(0);
            if (!every || numbers.size() > 1 || number < 1) {
                throw misunderstood(word);
            }
            return number;
        }

        private void repeat(String how, int step) {
            if (!frequency.isEmpty() && !frequency.equals(how)) {
                throw new Invalid("rule", "invalid.rule.twoWays", EXAMPLES);
            }
            frequency = how;
            interval = Math.max(interval, step);
        }

        private void flush() {
            monthDays.addAll(numbers);
            numbers.clear();
        }

        private String rule(boolean monthly) {
            flush();
            String how = frequency.isEmpty() && monthly ? "MONTHLY" : frequency;
            boolean outOfPlace = !how.equals("MONTHLY") && !monthDays.isEmpty();
            boolean wrongDay = monthDays.stream().anyMatch(n -> n > 31 || n < -1);
            if (how.isEmpty() || outOfPlace || wrongDay || !monthDays.isEmpty() && !days.isEmpty()) {
                throw new Invalid("rule", "invalid.rule.unclear", EXAMPLES);
            }
            String on = "";
            if (!monthDays.isEmpty()) {
                on = ";BYMONTHDAY=" + monthDays.stream().map(String::valueOf).collect(Collectors.joining(","));
            } else if (!days.isEmpty()) {
                on = ";BYDAY=" + days.stream().sorted(RuleWords::byWeek).collect(Collectors.joining(","));
            } else if (how.equals("WEEKLY")) {
                on = ";BYDAY=" + DAYS.get(first.getDayOfWeek().getValue() - 1);
            } else if (how.equals("MONTHLY")) {
                on = ";BYMONTHDAY=" + first.getDayOfMonth();
            }
            return "FREQ=" + how + (interval == 1 ? "" : ";INTERVAL=" + interval) + on + ending;
        }

        private static @Nullable String day(String word) {
            for (DayOfWeek day : DayOfWeek.values()) {
                String name = day.name().toLowerCase(Locale.ROOT);
                String one = word.length() > 4 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
                boolean isShort = Set.of("tues", "thur", "thurs").contains(word);
                if (one.length() >= 3 && (one.length() == 3 || one.equals(name) || isShort) && name.startsWith(one)) {
                    return DAYS.get(day.getValue() - 1);
                }
            }
            return null;
        }

        /** -1 for "last"; 0 if it is neither. */
        private static int ordinalOrNumber(String word) {
            if (word.equals("last")) {
                return -1;
            }
            if (ORDINALS.contains(word)) {
                return ORDINALS.indexOf(word) + 1;
            }
            if (NUMBERS.contains(word)) {
                return NUMBERS.indexOf(word) + 1;
            }
            return word.matches("\\d{1,3}(st|nd|rd|th)?") ? Integer.parseInt(word.replaceAll("\\D", "")) : 0;
        }

        private static int number(String text) {
            return NUMBERS.contains(text) ? NUMBERS.indexOf(text) + 1 : Integer.parseInt(text);
        }

        private static Invalid misunderstood(String word) {
            return new Invalid("rule", "invalid.rule.misunderstood", word, EXAMPLES);
        }
    }

    private static int byWeek(String one, String other) {
        int week = Integer.compare(
                DAYS.indexOf(one.substring(one.length() - 2)), DAYS.indexOf(other.substring(other.length() - 2)));
        return week == 0 ? one.compareTo(other) : week;
    }
}

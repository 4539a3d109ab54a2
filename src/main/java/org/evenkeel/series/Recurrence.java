package org.evenkeel.series;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * When a series takes place: an RFC 5545 recurrence rule in the wall time of a site, which ends by a COUNT or an UNTIL. Zones come
 * in later, date by date, so that 10:00 stays 10:00 over clock changes.
 */
public final class Recurrence {

    /** More dates a series does not have. */
    public static final int MAX_DATES = 400;

    private static final Set<String> PARTS =
            Set.of("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL");

    private static final Set<Freq> FREQUENCIES = EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    /** A rule that never matches is given up after so many years. */
    private static final int HORIZON_YEARS = 12;

    private final String text;
    private final RecurrenceRule endless;
    private final @Nullable Integer count;
    private final @Nullable LocalDateTime until;

    private Recurrence(String text, RecurrenceRule endless, @Nullable Integer count, @Nullable LocalDateTime until) {
        this.text = text;
        this.endless = endless;
        this.count = count;
        this.until = until;
    }

    /**
     * A rule such as {@code FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12}. An UNTIL is a local date, which is included, or a local date and
     * time; one in UTC needs {@link #of(String, java.time.ZoneId)}.
     *
     * @throws Invalid if it is not a rule, repeats within a day, or does not end
     */
    public static Recurrence of(String rule) {
        return of(rule, ZoneOffset.UTC);
    }

    /** @param zone in which an UNTIL in UTC becomes a wall time */
    public static Recurrence of(String rule, java.time.ZoneId zone) {
        try {
            RecurrenceRule parsed = new RecurrenceRule(rule, RecurrenceRule.RfcMode.RFC5545_STRICT);
            for (String part : parsed.toString().split(";", -1)) {
                String name = part.substring(0, part.indexOf('='));
                if (!PARTS.contains(name)) {
                    throw new Invalid("rule", "invalid.series.rulePart", name);
                }
            }
            if (!FREQUENCIES.contains(parsed.getFreq())) {
                throw new Invalid("rule", "invalid.series.ruleFrequency");
            }
            Integer count = parsed.getCount();
            if (count != null && (count < 1 || count > MAX_DATES)) {
                throw new Invalid("rule", "invalid.series.ruleCount", MAX_DATES);
            }
            LocalDateTime until = parsed.getUntil() == null ? null : local(parsed.getUntil(), zone);
            if (count == null && until == null) {
                throw new Invalid("rule", "invalid.series.ruleEndless");
            }
            RecurrenceRule endless = new RecurrenceRule(parsed.toString(), RecurrenceRule.RfcMode.RFC5545_STRICT);
            endless.setUntil(null);
            String ending = count != null
                    ? ";COUNT=" + count
                    : ";UNTIL="
                            + java.time.format.DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
                                    .format(until);
            return new Recurrence(endless + ending, endless, count, until);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            throw new Invalid("rule", "invalid.series.noRule");
        }
    }

    private static LocalDateTime local(DateTime value, java.time.ZoneId zone) {
        if (value.isAllDay()) {
            return LocalDate.of(value.getYear(), value.getMonth() + 1, value.getDayOfMonth())
                    .atTime(23, 59, 59);
        }
        LocalDateTime time = floating(value);
        return value.isFloating()
                ? time
                : time.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime();
    }

    private static LocalDateTime floating(DateTime value) {
        return LocalDateTime.of(
                value.getYear(),
                value.getMonth() + 1,
                value.getDayOfMonth(),
                value.getHours(),
                value.getMinutes(),
                value.getSeconds());
    }

    /** How many dates it has, if it ends by a count. */
    public OptionalInt count() {
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    /** The last moment on which it may take place, if it ends by a date. */
    public Optional<LocalDateTime> until() {
        return Optional.ofNullable(until);
    }

    /** The same with another end. */
    public Recurrence withCount(int dates) {
        return of(endless + ";COUNT=" + dates);
    }

    /** The same up to a day, which is included. */
    public Recurrence until(LocalDate day) {
        return of(endless + ";UNTIL=" + day.toString().replace("-", "") + "T235959");
    }

    /**
     * The same some days later: a rule by weekdays has its weekdays moved.
     *
     * @throws Invalid if the rule counts days of the month, which cannot be moved along
     */
    public Recurrence shiftedBy(int days) {
        if (days == 0) {
            return this;
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            if (part.startsWith("BYMONTHDAY=") || part.startsWith("BYSETPOS=") || endless.getFreq() == Freq.YEARLY) {
                throw new Invalid("date", "invalid.series.byDayOfMonth");
            }
            parts.add(part.startsWith("BYDAY=") ? "BYDAY=" + shiftedDays(part.substring(6), days) : part);
        }
        return of(String.join(";", parts));
    }

    private static String shiftedDays(String days, int by) {
        List<String> names = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
        List<String> shifted = new ArrayList<>();
        for (String day : days.split(",", -1)) {
            int index = names.indexOf(day);
            if (index < 0) {
                throw new Invalid("date", "invalid.series.byWeekOfMonth");
            }
            shifted.add(names.get(Math.floorMod(index + by, 7)));
        }
        return String.join(",", shifted);
    }

    /** All dates of the rule from the first one on; the first that matches counts as number one. */
    public List<LocalDateTime> dates(LocalDateTime first) {
        List<LocalDateTime> dates = new ArrayList<>();
        Iterator<LocalDateTime> all = from(first);
        while (all.hasNext() && (count == null || dates.size() < count)) {
            if (dates.size() == MAX_DATES) {
                throw new Invalid("rule", "invalid.series.tooManyDates", MAX_DATES);
            }
            dates.add(all.next());
        }
        return dates;
    }

    /** Dates from the first one on, one by one, up to the UNTIL; a COUNT does not end them. */
    Iterator<LocalDateTime> from(LocalDateTime first) {
        return from(first, until);
    }

    /** The same with nothing to end them: also those that would follow if it went on. */
    Iterator<LocalDateTime> onward(LocalDateTime first) {
        return from(first, null);
    }

    private Iterator<LocalDateTime> from(LocalDateTime first, @Nullable LocalDateTime last) {
        RecurrenceRuleIterator all = endless.iterator(new DateTime(
                first.getYear(),
                first.getMonthValue() - 1,
                first.getDayOfMonth(),
                first.getHour(),
                first.getMinute(),
                first.getSecond()));
        LocalDateTime horizon = first.plusYears(HORIZON_YEARS);
        return new Iterator<>() {
            private @Nullable LocalDateTime next = step();

            private @Nullable LocalDateTime step() {
                if (!all.hasNext()) {
                    return null;
                }
                LocalDateTime date = floating(all.nextDateTime());
                boolean over = (last != null && date.isAfter(last)) || date.isAfter(horizon);
                return over ? null : date;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public LocalDateTime next() {
                LocalDateTime current = next;
                if (current == null) {
                    throw new NoSuchElementException();
                }
                next = step();
                return current;
            }
        };
    }

    /**
     * A day that the rule asks for and that a month does not have.
     *
     * @param day as the rule has it: {@code 31}, {@code 5MO}; of several kinds that are counted out, which of them
     */
    public record Gap(YearMonth month, String day) implements Serializable {}

    /**
     * Days that the rule asks for and that a month does not have, each by itself: the 31st, a fifth Monday, 29 February; up to the
     * UNTIL, or to the last date (acceptance case A6).
     */
    public List<Gap> gaps(LocalDateTime first) {
        List<LocalDateTime> dates = dates(first);
        return dates.isEmpty() && until == null
                ? List.of()
                : gaps(first, dates.isEmpty() ? first : dates.get(dates.size() - 1));
    }

    /** The same up to a last date, where no UNTIL ends it. */
    List<Gap> gaps(LocalDateTime first, LocalDateTime last) {
        Freq frequency = endless.getFreq();
        boolean yearly = frequency == Freq.YEARLY;
        if (frequency != Freq.MONTHLY && (!yearly || countsOverTheYear())) {
            return List.of();
        }
        YearMonth end = until == null
                ? YearMonth.from(last)
                : YearMonth.from(until.toLocalDate().plusDays(1));
        YearMonth horizon = YearMonth.from(first).plusYears(HORIZON_YEARS);
        List<Gap> gaps = new ArrayList<>();
        for (Gaps element : Gaps.of(text, first)) {
            Set<YearMonth> with = element.months(first, end);
            for (YearMonth month = YearMonth.from(first);
                    month.isBefore(end) && month.isBefore(horizon);
                    month = month.plusMonths(1)) {
                if (fallsOn(month, first) && !with.contains(month)) {
                    gaps.add(new Gap(month, element.day()));
                }
            }
        }
        return gaps.stream()
                .sorted(Comparator.comparing(Gap::month).thenComparing(Gap::day))
                .toList();
    }

    /** Whether it counts days or weeks over a whole year, which has them all but for the last week. */
    private boolean countsOverTheYear() {
        String parts = ";" + text;
        return parts.contains(";BYSETPOS=") || (parts.contains(";BYDAY=") && !parts.contains(";BYMONTH="));
    }

    /** Whether its step and its months include this one. */
    private boolean fallsOn(YearMonth month, LocalDateTime first) {
        List<String> named = Gaps.values(text, "BYMONTH");
        boolean yearly = endless.getFreq() == Freq.YEARLY;
        YearMonth start = YearMonth.from(first);
        long steps = yearly ? month.getYear() - start.getYear() : ChronoUnit.MONTHS.between(start, month);
        boolean its = !named.isEmpty()
                ? named.contains(String.valueOf(month.getMonthValue()))
                : !yearly
                        || !Gaps.values(text, "BYMONTHDAY").isEmpty()
                        || month.getMonthValue() == first.getMonthValue();
        return its && steps % endless.getInterval() == 0;
    }

    /** One of the days that a rule asks for in its months. */
    private record Gaps(String day, RecurrenceRule everyMonth) {

        static List<Gaps> of(String rule, LocalDateTime first) {
            List<String> days = new ArrayList<>();
            for (String name : List.of("BYSETPOS", "BYMONTHDAY", "BYDAY")) {
                for (String value : values(rule, name)) {
                    days.add(name + "=" + value);
                }
                if (!days.isEmpty()) {
                    break;
                }
            }
            if (days.isEmpty()) {
                days.add("BYMONTHDAY=" + first.getDayOfMonth());
            }
            return days.stream().map(day -> of(rule, day)).toList();
        }

        private static Gaps of(String rule, String day) {
            String name = day.substring(0, day.indexOf('='));
            StringBuilder everyMonth = new StringBuilder("FREQ=MONTHLY;" + day);
            for (String other : List.of("BYMONTHDAY", "BYDAY", "WKST")) {
                List<String> values = values(rule, other);
                if (!other.equals(name) && !values.isEmpty()) {
                    everyMonth.append(';').append(other).append('=').append(String.join(",", values));
                }
            }
            try {
                return new Gaps(
                        day.substring(name.length() + 1) + (name.equals("BYSETPOS") ? weekday(rule) : ""),
                        new RecurrenceRule(everyMonth.toString(), RecurrenceRule.RfcMode.RFC5545_STRICT));
            } catch (InvalidRecurrenceRuleException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Of which one is counted out, if it is one. */
        private static String weekday(String rule) {
            List<String> weekdays = values(rule, "BYDAY");
            return weekdays.size() == 1 && values(rule, "BYMONTHDAY").isEmpty() ? weekdays.get(0) : "";
        }

        static List<String> values(String rule, String name) {
            for (String part : rule.split(";", -1)) {
                if (part.startsWith(name + "=")) {
                    return List.of(part.substring(name.length() + 1).split(",", -1));
                }
            }
            return List.of();
        }

        /** Those that have it. */
        Set<YearMonth> months(LocalDateTime first, YearMonth end) {
            RecurrenceRuleIterator all = everyMonth.iterator(
                    new DateTime(first.getYear(), first.getMonthValue() - 1, 1, first.getHour(), first.getMinute(), 0));
            Set<YearMonth> months = new HashSet<>();
            while (all.hasNext()) {
                YearMonth month = YearMonth.from(floating(all.nextDateTime()));
                if (month.isAfter(end)) {
                    break;
                }
                months.add(month);
            }
            return months;
        }
    }

    /**
     * The instant of a wall time. One that occurs twice is the earlier of both, in summer time (acceptance case A3).
     *
     * @return empty if the clocks skip it that day (acceptance case A2)
     */
    public static Optional<ZonedDateTime> at(LocalDateTime wallTime, java.time.ZoneId zone) {
        try {
            return zone.getRules().getValidOffsets(wallTime).isEmpty()
                    ? Optional.empty()
                    : Optional.of(wallTime.atZone(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recurrence that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The rule, with its end in wall time. */
    @Override
    public String toString() {
        return text;
    }
}

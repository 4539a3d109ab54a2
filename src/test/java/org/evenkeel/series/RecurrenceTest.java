package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.fortuna.ical4j.model.Recur;
import org.evenkeel.shared.Invalid;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A recurrence")
class RecurrenceTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** A half-hour change (Lord Howe), changes at midnight (Santiago, Beirut), none (Phoenix), and the common ones. */
    private static final List<ZoneId> ZONES = List.of(
            NEW_YORK,
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("America/Santiago"),
            ZoneId.of("Asia/Beirut"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/Phoenix"));

    @Test
    @DisplayName("[A1] keeps its wall time over a clock change")
    void keepsWallTime() {
        List<LocalDateTime> dates =
                Recurrence.of("FREQ=WEEKLY;BYDAY=SU;COUNT=2").dates(LocalDateTime.parse("2027-03-07T10:00"));
        assertEquals(
                List.of("2027-03-07T15:00:00Z", "2027-03-14T14:00:00Z"),
                dates.stream()
                        .map(d -> ZonedDateTime.ofInstant(
                                        Recurrence.at(d, NEW_YORK).orElseThrow().toInstant(), ZoneId.of("UTC"))
                                .toInstant())
                        .map(i -> i.toString().replace("Z", ":00Z").replace(":00:00:00Z", ":00:00Z"))
                        .toList());
    }

    @Test
    @DisplayName("[A2] [A3] has no instant where clocks skip, and the earlier one where they go back")
    void gapsAndOverlaps() {
        assertTrue(
                Recurrence.at(LocalDateTime.parse("2027-03-14T02:30"), NEW_YORK).isEmpty());
        assertEquals(
                "2026-11-01T05:30:00Z",
                Recurrence.at(LocalDateTime.parse("2026-11-01T01:30"), NEW_YORK)
                        .orElseThrow()
                        .toInstant()
                        .toString());
    }

    @Test
    @DisplayName("[A6] names the months that it passes over: no 31st, no fifth Monday, no 29 February")
    void namesWhatItSkips() {
        assertEquals(List.of("2027-02 31", "2027-04 31"), gaps("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "2027-01-31"));
        assertEquals(List.of("2027-04 5MO"), gaps("FREQ=MONTHLY;BYDAY=5MO;COUNT=2", "2027-03-29"));
        assertEquals(
                List.of("2029-02 29", "2030-02 29", "2031-02 29"),
                gaps("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2", "2028-02-29"));
    }

    @Test
    @DisplayName("[A6] names each day that a month does not have, although it has another of the rule's")
    void namesEachDay() {
        assertEquals(
                List.of("2027-02 31", "2027-04 31", "2027-06 31", "2027-09 31", "2027-11 31"),
                gaps("FREQ=MONTHLY;BYMONTHDAY=15,31;UNTIL=20271231", "2027-01-15"));
        assertEquals(
                List.of("2027-01 5MO", "2027-01 5WE", "2027-02 5MO", "2027-02 5WE", "2027-04 5MO", "2027-04 5WE"),
                gaps("FREQ=MONTHLY;BYDAY=1MO,5MO,5WE;UNTIL=20270430", "2027-01-01"));
        assertEquals(List.of("2027-04 5MO"), gaps("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5;UNTIL=20270430", "2027-03-01"));
        assertEquals(
                List.of("2027-02 30", "2028-02 30"),
                gaps("FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=30;UNTIL=20281231", "2027-01-01"));
    }

    @Test
    @DisplayName("[A6] names what is passed over up to the last day of the rule, and no further")
    void namesUpToTheEnd() {
        assertEquals(
                List.of("2027-02 31", "2027-04 31"), gaps("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270430", "2027-01-31"));
        assertEquals(List.of("2027-02 31"), gaps("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270429", "2027-01-31"));
        assertEquals(List.of("2027-02 31"), gaps("FREQ=MONTHLY;BYMONTHDAY=15,31;COUNT=6", "2027-01-15"));
        assertEquals(
                List.of("2027-02 31"),
                gaps("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=1", "2027-02-10"),
                "before the first date too");
        assertEquals(List.of(), gaps("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31;COUNT=2", "2027-01-31"));
        assertEquals(List.of(), gaps("FREQ=MONTHLY;BYDAY=5MO;COUNT=1", "2027-03-29"));
        assertEquals(List.of(), gaps("FREQ=WEEKLY;BYDAY=MO;COUNT=12", "2027-03-29"));
    }

    private static List<String> gaps(String rule, String first) {
        return Recurrence.of(rule).gaps(LocalDate.parse(first).atTime(10, 0)).stream()
                .map(gap -> gap.month() + " " + gap.day())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "every Monday",
                "FREQ=WEEKLY",
                "FREQ=HOURLY;COUNT=3",
                "FREQ=DAILY;BYHOUR=9,10;COUNT=3",
                "FREQ=DAILY;COUNT=0",
                "FREQ=DAILY;COUNT=401",
                "FREQ=WEEKLY;COUNT=3;UNTIL=20270401",
                "FREQ=WEEKLY;BYDAY=XX;COUNT=3"
            })
    @DisplayName("that is none, does not end or repeats within a day is refused")
    void refusesNonsense(String rule) {
        assertThrows(Invalid.class, () -> Recurrence.of(rule));
    }

    @Test
    @DisplayName("ends with the day of UNTIL, and an UNTIL in UTC means that moment on the wall of the site")
    void until() {
        LocalDateTime first = LocalDateTime.parse("2027-03-01T10:00");
        assertEquals(3, Recurrence.of("FREQ=DAILY;UNTIL=20270303").dates(first).size());
        assertEquals(
                2,
                Recurrence.of("FREQ=DAILY;UNTIL=20270303T100000Z", NEW_YORK)
                        .dates(first)
                        .size());
        assertEquals(
                3,
                Recurrence.of("FREQ=DAILY;UNTIL=20270303T150000Z", NEW_YORK)
                        .dates(first)
                        .size());
    }

    /**
     * The instants of a daily series over a change of the clocks, as Python's zoneinfo has them: a day before, the day itself, a day
     * after. A dash: the clocks skip that time.
     */
    @ParameterizedTest(name = "[A2] [A3] [A5] {0} from {1}")
    @CsvSource({
        // Forward: a time that is skipped, and the last before it.
        "America/New_York, 2027-03-13T02:30, 2027-03-13T07:30:00Z, -, 2027-03-15T06:30:00Z",
        "America/New_York, 2027-03-13T01:55, 2027-03-13T06:55:00Z, 2027-03-14T06:55:00Z, 2027-03-15T05:55:00Z",
        "Australia/Lord_Howe, 2027-10-02T02:15, 2027-10-01T15:45:00Z, -, 2027-10-03T15:15:00Z",
        "Australia/Lord_Howe, 2027-10-02T02:30, 2027-10-01T16:00:00Z, 2027-10-02T15:30:00Z, 2027-10-03T15:30:00Z",
        "America/Santiago, 2027-09-04T00:30, 2027-09-04T04:30:00Z, -, 2027-09-06T03:30:00Z",
        "America/Santiago, 2027-09-04T01:00, 2027-09-04T05:00:00Z, 2027-09-05T04:00:00Z, 2027-09-06T04:00:00Z",
        "Asia/Beirut, 2027-03-27T00:00, 2027-03-26T22:00:00Z, -, 2027-03-28T21:00:00Z",
        "Asia/Beirut, 2027-03-27T23:55, 2027-03-27T21:55:00Z, 2027-03-28T20:55:00Z, 2027-03-29T20:55:00Z",
        "Europe/Berlin, 2027-03-27T02:00, 2027-03-27T01:00:00Z, -, 2027-03-29T00:00:00Z",
        // Back: a time that occurs twice is the first of both, and the one after it.
        "America/New_York, 2027-11-06T01:30, 2027-11-06T05:30:00Z, 2027-11-07T05:30:00Z, 2027-11-08T06:30:00Z",
        "America/New_York, 2027-11-06T02:00, 2027-11-06T06:00:00Z, 2027-11-07T07:00:00Z, 2027-11-08T07:00:00Z",
        "Australia/Lord_Howe, 2027-04-03T01:45, 2027-04-02T14:45:00Z, 2027-04-03T14:45:00Z, 2027-04-04T15:15:00Z",
        "Australia/Lord_Howe, 2027-04-03T02:00, 2027-04-02T15:00:00Z, 2027-04-03T15:30:00Z, 2027-04-04T15:30:00Z",
        "America/Santiago, 2027-04-02T23:30, 2027-04-03T02:30:00Z, 2027-04-04T02:30:00Z, 2027-04-05T03:30:00Z",
        "America/Santiago, 2027-04-03T00:00, 2027-04-03T03:00:00Z, 2027-04-04T04:00:00Z, 2027-04-05T04:00:00Z",
        "Asia/Beirut, 2027-10-29T23:30, 2027-10-29T20:30:00Z, 2027-10-30T20:30:00Z, 2027-10-31T21:30:00Z",
        "Europe/Berlin, 2027-10-30T02:30, 2027-10-30T00:30:00Z, 2027-10-31T00:30:00Z, 2027-11-01T01:30:00Z",
        "America/Phoenix, 2027-03-13T02:30, 2027-03-13T09:30:00Z, 2027-03-14T09:30:00Z, 2027-03-15T09:30:00Z"
    })
    void atEachChange(ZoneId zone, LocalDateTime first, String before, String day, String after) {
        assertEquals(
                List.of(before, day, after),
                Recurrence.of("FREQ=DAILY;COUNT=3").dates(first).stream()
                        .map(date -> Recurrence.at(date, zone)
                                .map(at -> at.toInstant().toString())
                                .orElse("-"))
                        .toList());
    }

    @Test
    @DisplayName("has the dates and instants that another implementation finds, over 240 rules and six zones")
    void agreesWithAnother() {
        Random random = new Random(5545);
        int compared = 0;
        for (String rule : rules(random)) {
            ZoneId zone = ZONES.get(compared % ZONES.size());
            LocalDateTime first = LocalDate.of(2026, 1, 1)
                    .plusDays(random.nextInt(400))
                    .atTime(random.nextInt(24), random.nextInt(12) * 5);
            List<LocalDateTime> ours = Recurrence.of(rule).dates(first);
            if (ours.isEmpty()) {
                continue;
            }
            // RFC 5545 leaves a start that does not match undefined, so the other one starts where ours does;
            // and it takes the week's first day from the machine's locale where the rule says nothing.
            Recur<LocalDateTime> other = new Recur<>(rule + ";WKST=MO");
            List<LocalDateTime> theirs = other.getDates(ours.get(0), ours.get(0), first.plusYears(12));
            assertEquals(theirs, ours, rule + " from " + first);
            for (LocalDateTime date : ours) {
                boolean exists = zone.getRules().getValidOffsets(date).size() > 0;
                assertEquals(exists, Recurrence.at(date, zone).isPresent(), date + " in " + zone);
                Recurrence.at(date, zone).ifPresent(at -> assertEquals(date, at.toLocalDateTime()));
            }
            compared++;
        }
        assertTrue(compared >= 200, "compared only " + compared);
    }

    private static List<String> rules(Random random) {
        String[] days = Arrays.stream(DayOfWeek.values())
                .map(d -> d.name().substring(0, 2))
                .toArray(String[]::new);
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int count = 1 + random.nextInt(30);
            int interval = 1 + random.nextInt(4);
            String two = days[random.nextInt(7)];
            String other = days[random.nextInt(7)];
            String both = two.equals(other) ? two : two + "," + other;
            rules.add("FREQ=DAILY;INTERVAL=" + interval + ";COUNT=" + count);
            rules.add("FREQ=WEEKLY;INTERVAL=" + interval + ";BYDAY=" + both + ";COUNT=" + count);
            rules.add(
                    i % 2 == 0
                            ? "FREQ=MONTHLY;INTERVAL=" + interval + ";BYMONTHDAY=" + (1 + random.nextInt(31))
                                    + ";COUNT=" + Math.min(count, 12)
                            : "FREQ=MONTHLY;BYDAY=" + (random.nextBoolean() ? "-1" : "" + (1 + random.nextInt(5))) + two
                                    + ";COUNT=" + Math.min(count, 12));
            rules.add(
                    i % 2 == 0
                            ? "FREQ=YEARLY;BYMONTH=" + (1 + random.nextInt(12)) + ";BYMONTHDAY="
                                    + (1 + random.nextInt(28)) + ";COUNT=4"
                            : "FREQ=WEEKLY;BYDAY=" + both + ";UNTIL=2027" + (10 + random.nextInt(3)) + "15T235959");
        }
        return rules;
    }
}

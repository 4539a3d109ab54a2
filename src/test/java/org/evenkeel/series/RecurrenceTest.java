package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
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
        assertEquals(
                List.of(YearMonth.of(2027, 2), YearMonth.of(2027, 4)),
                Recurrence.of("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3").gaps(LocalDateTime.parse("2027-01-31T10:00")));
        assertEquals(
                List.of(YearMonth.of(2027, 4)),
                Recurrence.of("FREQ=MONTHLY;BYDAY=5MO;COUNT=2").gaps(LocalDateTime.parse("2027-03-29T10:00")));
        assertEquals(
                List.of(YearMonth.of(2029, 2), YearMonth.of(2030, 2), YearMonth.of(2031, 2)),
                Recurrence.of("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2")
                        .gaps(LocalDateTime.parse("2028-02-29T10:00")));
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

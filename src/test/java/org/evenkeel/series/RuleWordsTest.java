package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import org.evenkeel.shared.Invalid;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("When a series takes place, in words")
class RuleWordsTest {
    /** A Monday. */
    private static final LocalDate FIRST = LocalDate.of(2027, 3, 1);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        every Monday and Thursday, 10:00, until 12 held          | FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12            | 10:00 | HELD
        Every Thursday & Monday at 10:00, 12 dates               | FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12            | 10:00 | DATES
        mondays 9am for 12 sessions                              | FREQ=WEEKLY;BYDAY=MO;COUNT=12               | 09:00 | DATES
        mon, wed, fri 2:30 pm, twelve held                       | FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=12         | 14:30 | HELD
        every other Tuesday 14:00, 8 dates                       | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=8     | 14:00 | DATES
        every second tues at 14, until 8 sessions are held       | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=8     | 14:00 | HELD
        every 3 weeks on Fri 8:15, 4 times                       | FREQ=WEEKLY;INTERVAL=3;BYDAY=FR;COUNT=4     | 08:15 | DATES
        every 3rd Friday 08:15, 4 times                          | FREQ=WEEKLY;INTERVAL=3;BYDAY=FR;COUNT=4     | 08:15 | DATES
        fortnightly on Wednesday noon, 5 dates                   | FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;COUNT=5     | 12:00 | DATES
        weekly 10:00, 8 dates                                    | FREQ=WEEKLY;BYDAY=MO;COUNT=8                | 10:00 | DATES
        every week, 10:00, for eight weeks                       | FREQ=WEEKLY;BYDAY=MO;UNTIL=20270425T235959  | 10:00 | DATES
        every weekday 12 pm, for 2 weeks                         | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270314T235959 | 12:00 | DATES
        daily 09:00 until 30 Apr 2027                            | FREQ=DAILY;UNTIL=20270430T235959            | 09:00 | DATES
        every day at 09:00 until April 30, 2027                  | FREQ=DAILY;UNTIL=20270430T235959            | 09:00 | DATES
        every other day 09:00 till 2027-04-30                    | FREQ=DAILY;INTERVAL=2;UNTIL=20270430T235959 | 09:00 | DATES
        daily 12 am until 1 Feb                                  | FREQ=DAILY;UNTIL=20280201T235959            | 00:00 | DATES
        first Monday of the month 10:00, 6 dates                 | FREQ=MONTHLY;BYDAY=1MO;COUNT=6              | 10:00 | DATES
        the first and third Monday of every month 10:00, 6 dates | FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=6          | 10:00 | DATES
        last Friday of every other month, 16:00, 6 held          | FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=6  | 16:00 | HELD
        every second Tuesday of the month 16:00, 6 held          | FREQ=MONTHLY;BYDAY=2TU;COUNT=6              | 16:00 | HELD
        monthly on the 15th, 10:00, 6 dates                      | FREQ=MONTHLY;BYMONTHDAY=15;COUNT=6          | 10:00 | DATES
        the 1st and 15th of the month at 3pm, 6 dates            | FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6        | 15:00 | DATES
        the 31st of every 2 months 10:00, 6 dates                | FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31;COUNT=6 | 10:00 | DATES
        last day of the month 10:00, 6 dates                     | FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6          | 10:00 | DATES
        monthly 10:00, 6 dates                                   | FREQ=MONTHLY;BYMONTHDAY=1;COUNT=6           | 10:00 | DATES
        yearly 10:00, 3 dates                                    | FREQ=YEARLY;COUNT=3                         | 10:00 | DATES
        """)
    void areRead(String words, String rule, LocalTime time, Series.Counting counts) {
        assertEquals(new RuleWords(Recurrence.of(rule), time, counts), RuleWords.read(words, FIRST));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "every Monday 10:00",
                "every Monday, 12 dates",
                "10:00, 12 dates",
                "whenever Lee likes, 10:00, 12 dates",
                "every Monday of the month 10:00, 3 dates",
                "every 15th 10:00, 3 dates",
                "monthly on the 15th and Mondays 10:00, 3 dates",
                "weekly and monthly 10:00, 3 dates",
                "every Monday 25:00, 3 dates",
                "every Monday 13 pm, 3 dates",
                "every Monday 10:00 until 30 Feb 2027",
                "every Monday 10:00 until 1 Jan 2027",
                "every Monday 10:00, 999 dates",
                "monthly on the 45th, 10:00, 3 dates",
                "2 Mondays 10:00, 3 dates"
            })
    void areRefusedWhereTheyAreUnclear(String words) {
        Invalid invalid = assertThrows(Invalid.class, () -> RuleWords.read(words, FIRST));
        assertEquals("rule", invalid.field());
        assertTrue(Objects.requireNonNull(invalid.getMessage()).length() > 20, words);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "every Monday and Thursday, 10:00, until 12 held",
                "every Monday, Wednesday and Friday, 10:00, 12 dates",
                "every other Tuesday, 14:30, 8 dates",
                "every 3 weeks on Friday, 08:15, 1 date",
                "every weekday, 09:00, until 30 Apr 2027",
                "every day, 09:00, until 30 Apr 2027",
                "every other day, 09:00, 3 dates",
                "every 3 days, 09:00, 3 dates",
                "the first Monday of the month, 10:00, 6 dates",
                "the first Monday and third Monday of the month, 10:00, 6 dates",
                "the last Friday of every other month, 16:00, until 6 held",
                "the 1st, 15th and 23rd of the month, 10:00, 6 dates",
                "the last day of every 3 months, 10:00, 6 dates",
                "every year, 10:00, 3 dates"
            })
    void areToldAsTheyWouldBeRead(String words) {
        RuleWords read = RuleWords.read(words, FIRST);
        assertEquals(words, RuleWords.tell(read.recurrence().toString(), read.time(), read.counts()));
    }

    @Test
    @DisplayName("stand back where a rule is beyond them")
    void leaveOthersAsTheyAre() {
        String rule = "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=3";
        assertEquals("by the rule " + rule, RuleWords.told(rule));
        assertEquals("every week", RuleWords.told("FREQ=WEEKLY;COUNT=3"));
        assertEquals("the month", RuleWords.told("FREQ=MONTHLY;COUNT=3"));
    }
}

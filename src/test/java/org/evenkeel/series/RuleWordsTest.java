package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Phrases;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("When a series takes place, in words")
class RuleWordsTest {
    private static final RuleTelling IN_ENGLISH = RuleTelling.in(Locale.ENGLISH);
    private static final Locale SPANISH = Locale.forLanguageTag("es");

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
        assertEquals(new RuleWords(Recurrence.of(rule), time, counts), RuleWords.read(words, FIRST, Locale.ENGLISH));
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
        Invalid invalid = assertThrows(Invalid.class, () -> RuleWords.read(words, FIRST, Locale.ENGLISH));
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
        RuleWords read = RuleWords.read(words, FIRST, Locale.ENGLISH);
        assertEquals(words, IN_ENGLISH.whole(read.recurrence().toString(), read.time(), read.counts()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        cada lunes y jueves, 10:00, hasta 12 celebradas          | FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12            | 10:00 | HELD
        todos los miercoles y sabados a las 9:30, doce sesiones  | FREQ=WEEKLY;BYDAY=WE,SA;COUNT=12            | 09:30 | DATES
        Cada dos semanas, el martes, 2 de la tarde, 8 fechas     | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=8     | 14:00 | DATES
        quincenal, los viernes, a mediodía, 5 veces              | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=5     | 12:00 | DATES
        cada día laborable, 12:00, durante 2 semanas             | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270314T235959 | 12:00 | DATES
        de lunes a viernes, 12:00, durante dos semanas           | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270314T235959 | 12:00 | DATES
        todos los días a las 9 hasta el 30 de abril de 2027      | FREQ=DAILY;UNTIL=20270430T235959            | 09:00 | DATES
        diario 09:00 hasta el 30 abr 2027                        | FREQ=DAILY;UNTIL=20270430T235959            | 09:00 | DATES
        el primer y tercer lunes de cada mes, 10:00, 6 fechas    | FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=6          | 10:00 | DATES
        último viernes del mes, 16:00, hasta 6 celebradas        | FREQ=MONTHLY;BYDAY=-1FR;COUNT=6             | 16:00 | HELD
        el 1 y 15 de cada mes, a las 3 de la tarde, 6 fechas     | FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6        | 15:00 | DATES
        el último día de cada mes, 10:00, 6 fechas               | FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=6          | 10:00 | DATES
        every Monday and Thursday, 10:00, until 12 held          | FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12            | 10:00 | HELD
        """)
    void areReadInSpanish(String words, String rule, LocalTime time, Series.Counting counts) {
        assertEquals(new RuleWords(Recurrence.of(rule), time, counts), RuleWords.read(words, FIRST, SPANISH));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "cada lunes y jueves, 10:00, hasta 12 celebradas",
                "cada lunes, miércoles y viernes, 10:00, 12 fechas",
                "cada dos semanas, el martes, 14:30, 8 fechas",
                "cada 3 semanas, el viernes, 08:15, 1 fecha",
                "cada día laborable, 09:00, hasta el 30 abr 2027",
                "cada día, 09:00, hasta el 30 ene 2028",
                "cada dos días, 09:00, 3 fechas",
                "cada 3 días, 09:00, 3 fechas",
                "el primer lunes de cada mes, 10:00, 6 fechas",
                "el último viernes, cada dos meses, 16:00, hasta 6 celebradas",
                "el 1, 15 y 23 de cada mes, 10:00, 6 fechas",
                "el último día, cada 3 meses, 10:00, 6 fechas",
                "cada año, 10:00, 3 fechas"
            })
    void areToldInSpanishAsTheyWouldBeRead(String words) {
        RuleWords read = RuleWords.read(words, FIRST, SPANISH);
        assertEquals(words, RuleTelling.in(SPANISH).whole(read.recurrence().toString(), read.time(), read.counts()));
    }

    /** The message that shows them must not lead astray. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void areUnderstoodAsTheExamplesHaveThem(String language) {
        Locale locale = Locale.forLanguageTag(language);
        String examples = Phrases.in(locale).of("invalid.rule.examples");
        for (String example : examples.substring(examples.indexOf(':') + 1).split(";", -1)) {
            RuleWords read = RuleWords.read(example.strip(), FIRST, locale);
            assertTrue(read.recurrence().dates(FIRST.atTime(read.time())).size() > 1, example);
        }
    }

    @Test
    @DisplayName("stand back where a rule is beyond them")
    void leaveOthersAsTheyAre() {
        String rule = "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=3";
        assertEquals("by the rule " + rule, IN_ENGLISH.told(rule));
        for (String fromTheEnd : List.of("FREQ=MONTHLY;BYMONTHDAY=-2;COUNT=3", "FREQ=MONTHLY;BYDAY=-2MO;COUNT=3")) {
            assertEquals("by the rule " + fromTheEnd, IN_ENGLISH.told(fromTheEnd));
        }
        assertEquals("every week", IN_ENGLISH.told("FREQ=WEEKLY;COUNT=3"));
        assertEquals("the month", IN_ENGLISH.told("FREQ=MONTHLY;COUNT=3"));
    }
}

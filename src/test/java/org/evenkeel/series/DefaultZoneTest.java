package org.evenkeel.series;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that somebody starts in another time zone than the UTC that it is shipped with. */
@DisplayName("[A1] Whatever the time zone of the server,")
class DefaultZoneTest {
    private final TimeZone usual = TimeZone.getDefault();

    @AfterEach
    void goHome() {
        TimeZone.setDefault(usual);
    }

    static Stream<Arguments> servers() {
        return Stream.of(Database.values())
                .flatMap(database -> Stream.of("Asia/Tokyo", "Pacific/Honolulu", "America/New_York")
                        .map(zone -> Arguments.of(database, zone)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("servers")
    @DisplayName("a series keeps its wall time over a clock change")
    void series(Database database, String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(3));
        List<Instant> starts = f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select starts_at from session where series_id = ? order by starts_at", series)
                .list(r -> r.instant(1)));
        assertEquals(
                Stream.of("2027-03-08T15:00:00Z", "2027-03-15T14:00:00Z", "2027-03-22T14:00:00Z")
                        .map(Instant::parse)
                        .toList(),
                starts);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("servers")
    @DisplayName("the rules judge by the wall of the site: working hours, what is over, whose day it is")
    void rules(Database database, String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.closeOn("2027-03-04");
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T09:00"));
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T16:10"));
        assertEquals(Rule.OUTSIDE_HOURS, refusal(clinic, "2027-03-02T08:00"));
        assertEquals(Rule.OUTSIDE_HOURS, refusal(clinic, "2027-03-02T17:10"));
        assertEquals(Rule.SITE_CLOSED, refusal(clinic, "2027-03-04T09:00"));
        clinic.clock.set("2027-03-05T14:10:00Z");
        BookSession over = clinic.cbt(clinic.lee, "2027-03-05T09:05");
        assertThrows(Invalid.class, () -> clinic.booking.book(clinic.desk, over));
        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-05T09:10"));
    }

    private static Rule refusal(ClinicFixture clinic, String start) {
        BookSession wish = clinic.cbt(clinic.lee, start);
        return assertThrows(Refused.class, () -> clinic.booking.book(clinic.desk, wish))
                .refusals()
                .get(0)
                .rule();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("servers")
    @DisplayName("a search finds the same times")
    void search(Database database, String zone) {
        ClinicFixture clinic = new ClinicFixture(database);
        LocalDate sunday = LocalDate.of(2027, 3, 14);
        FreeTimesQuery query = new FreeTimesQuery(
                "CBT", null, sunday, sunday.plusDays(1), null, null, null, Set.of(), null, null, null, null, 100);
        List<FreeTime> inUtc = clinic.freeTimes.search(clinic.desk, query).items();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        List<FreeTime> here = clinic.freeTimes.search(clinic.desk, query).items();
        assertEquals(local("2027-03-15T09:00"), here.get(0).start());
        assertEquals(inUtc, here);
    }
}

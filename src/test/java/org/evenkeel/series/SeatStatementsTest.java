package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to the seats of a whole series takes as many statements for forty dates as for four. */
class SeatStatementsTest {

    /** Keys come fifty at a time. */
    private static final int SEQUENCES = 2;

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepingASeatInEveryDate(Database database) {
        assertTheSame(database, f -> {
            long waiting = f.fixture.waitlist.add(
                    f.fixture.clinic.desk,
                    WaitlistWish.seat(f.fixture.clinic.ana, f.series, LocalDate.of(2027, 3, 1), 2));
            return database.statements(() -> f.fixture.waitlist.hold(
                    f.fixture.clinic.desk,
                    waiting,
                    f.fixture.clinic.clock.instant().plus(Duration.ofHours(2))));
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void moreSeatsAndFewerAgain(Database database) {
        assertTheSame(
                database,
                f -> database.statements(() -> {
                    f.fixture.clinic.transactions.runInNew(() -> f.fixture.clinic.seats.resize(f.dates(), 6));
                    f.fixture.clinic.transactions.runInNew(() -> f.fixture.clinic.seats.resize(f.dates(), 2));
                }));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aFreeSeatInEveryDate(Database database) {
        assertTheSame(database, f -> {
            f.fixture.enrol(f.series, f.fixture.patient("Cleo"));
            return database.statements(() -> f.fixture.enrol(f.series, f.fixture.clinic.ana));
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aSeatMoreThanTheCapacityInEveryDate(Database database) {
        assertTheSame(database, f -> {
            for (String name : List.of("Cleo", "Dana", "Eli")) {
                f.fixture.enrol(f.series, f.fixture.patient(name));
            }
            return database.statements(() -> f.fixture.enrolments.enrol(
                    f.fixture.clinic.lead,
                    f.series,
                    new Enrolments.Wish(
                            f.fixture.clinic.ana,
                            LocalDate.of(2027, 3, 1),
                            Set.of(),
                            new RuleOverride(Set.of(Rule.SEAT_TAKEN), "asked for"))));
        });
    }

    /** A group of three seats with so many dates. */
    private record Group(SeriesFixture fixture, long series) {

        static Group of(Database database, int dates) {
            SeriesFixture fixture = new SeriesFixture(database);
            return new Group(fixture, fixture.create(fixture.mondays(dates)));
        }

        List<Long> dates() {
            return fixture.sessions(series);
        }
    }

    private static void assertTheSame(Database database, ToIntFunction<Group> statements) {
        int few = statements.applyAsInt(Group.of(database, 4));
        int many = statements.applyAsInt(Group.of(database, 40));
        assertTrue(many - few <= SEQUENCES, () -> few + " statements for 4 dates, " + many + " for 40");
    }
}

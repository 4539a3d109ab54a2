package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The waitlist")
class WaitlistTest {

    private static final LocalDate START = LocalDate.of(2027, 3, 1);

    private static List<Long> ids(List<WaitlistRow> rows) {
        return rows.stream().map(WaitlistRow::id).toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is in order of priority, then of how long they wait, and tells what they have missed")
    void order(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        long routine = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 3));
        c.clock.advance(Duration.ofMinutes(1));
        long soon = f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, START, 2));
        c.clock.advance(Duration.ofMinutes(1));
        long alsoSoon = f.waitlist.add(c.desk, WaitlistWish.seat(f.patient("Cy"), series, START, 2));
        c.clock.set("2027-03-16T12:00:00Z");
        List<WaitlistRow> rows = f.waitlist.list(c.desk, series, 0, 25).items();
        assertEquals(List.of(soon, alsoSoon, routine), ids(rows));
        assertEquals(2, rows.get(0).missed());
        Refused twice =
                assertThrows(Refused.class, () -> f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 1)));
        assertEquals(Rule.ALREADY_WAITING, twice.refusals().get(0).rule());
        f.waitlist.withdraw(c.desk, soon);
        assertEquals(
                List.of(alsoSoon, routine),
                ids(f.waitlist.list(c.desk, null, 0, 25).items()));
        assertThrows(NotAllowed.class, () -> f.waitlist.list(c.drLee, null, 0, 25));
        assertThrows(Invalid.class, () -> f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 4)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A24] keeps a seat for one person until it lapses by itself; a guest does not lose their place")
    void holds(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long leaver = f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        f.enrol(series, f.patient("C"));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        Instant until = c.clock.instant().plus(Duration.ofHours(2));
        assertThrows(Refused.class, () -> f.waitlist.hold(c.desk, entry, until));
        f.enrolments.end(c.desk, leaver, START, "left");
        f.waitlist.hold(c.desk, entry, until);
        assertEquals(
                until, f.waitlist.list(c.desk, series, 0, 25).items().get(0).heldUntil());
        assertThrows(Refused.class, () -> f.enrol(series, c.ben));
        c.clock.advance(Duration.ofHours(3));
        f.enrolments.addGuest(c.desk, f.sessions(series).get(0), c.ana, RuleOverride.NONE);
        assertEquals(1, f.waitlist.list(c.desk, series, 0, 25).items().size());
        f.enrolments.cancelSeat(c.desk, f.sessions(series).get(0), c.ana);
        f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(1)));
        f.waitlist.place(c.desk, entry, START);
        assertEquals(List.of(3, 3), f.sessions(series).stream().map(f::coming).toList());
        assertTrue(f.waitlist.list(c.desk, series, 0, 25).items().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A16] 20 desks place the same person at once: exactly one does")
    void race(Database database) throws Exception {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        ExecutorService desks = Executors.newFixedThreadPool(20);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(desks.submit(() -> {
                    start.await();
                    try {
                        f.waitlist.place(c.desk, entry, START);
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int won = 0;
            for (Future<Boolean> answer : answers) {
                won += answer.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertEquals(1, won);
        } finally {
            desks.shutdownNow();
        }
        assertEquals(1, c.count("enrolment"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("shows whom a time suits, and books it for them with one step")
    void times(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long mornings = f.waitlist.add(
                c.desk,
                new WaitlistWish(c.ana, null, "EMDR", null, null, Set.of(2, 4), null, LocalTime.NOON, START, 3));
        long afternoons = f.waitlist.add(
                c.desk, new WaitlistWish(c.ben, null, "EMDR", c.lee, null, Set.of(), LocalTime.NOON, null, START, 1));
        TimeSlot tuesday = TimeSlot.of(ClinicFixture.local("2027-03-09T10:00"), 60);
        TimeSlot later = TimeSlot.of(ClinicFixture.local("2027-03-09T13:00"), 60);
        TimeSlot monday = TimeSlot.of(ClinicFixture.local("2027-03-08T10:00"), 60);
        assertEquals(
                List.of(mornings),
                ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", tuesday, c.lee, c.site), 5)));
        assertEquals(
                List.of(afternoons),
                ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", later, c.lee, c.site), 5)));
        assertEquals(List.of(), ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", later, c.ruiz, c.site), 5)));
        assertEquals(List.of(), ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", monday, c.lee, c.site), 5)));
        assertEquals(List.of(), ids(f.waitlist.matches(c.desk, new Waitlist.Time("CBT", tuesday, c.lee, c.site), 5)));

        Waitlist.Time free = new Waitlist.Time(null, tuesday, c.lee, c.site);
        assertEquals(List.of(mornings), ids(f.waitlist.matches(c.desk, free, 5)), "whatever she is qualified for");
        assertEquals(1, f.waitlist.suited(c.desk, free));
        long nurse = c.transactions.inNew(() -> c.therapist("", "Nia", "Vale", Therapist.Gender.FEMALE));
        assertEquals(0, f.waitlist.suited(c.desk, new Waitlist.Time(null, tuesday, nurse, c.site)));
        assertThrows(NotAllowed.class, () -> f.waitlist.suited(c.drLee, free));

        f.waitlist.place(c.desk, mornings, tuesday, c.lee, c.room1);
        assertEquals(1, c.count("session"));
        assertThrows(Refused.class, () -> f.waitlist.place(c.desk, mornings, later, c.lee, c.room1));
        assertEquals(1, c.count("session"));
    }
}

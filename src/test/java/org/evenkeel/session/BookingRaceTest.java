package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many desks at once, with real threads on the real databases. */
@DisplayName("Races for a time")
class BookingRaceTest {

    private static final String OVERLAPS =
            """
            select count(*) from session a join session b on a.id < b.id and a.state = 'BOOKED' and b.state = 'BOOKED'
            and a.starts_at < b.ends_at and b.starts_at < a.ends_at
            and (a.therapist_id = b.therapist_id or (a.room_id = b.room_id and a.takes_room and b.takes_room)
            or exists (select 1 from participant p join participant q on p.patient_id = q.patient_id
            where p.session_id = a.id and q.session_id = b.id and p.seat_number is not null and q.seat_number is not null))
            """;

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A16] 50 parallel bookings of one therapist: exactly one succeeds, 49 are refused")
    void therapist(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);
        List<Long> patients = patients(clinic, 50);

        assertOneWins(race(50, i -> () -> {
            clinic.booking.book(
                    clinic.desk,
                    clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 50, clinic.telehealth, patients.get(i)));
            return true;
        }));
        assertEquals(1, clinic.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A16] 50 parallel bookings of one room, and of one patient: exactly one succeeds each")
    void roomAndPatient(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);
        List<Long> patients = patients(clinic, 50);
        List<Long> therapists = therapists(clinic, 50);

        assertOneWins(race(50, i -> () -> {
            clinic.booking.book(
                    clinic.desk,
                    clinic.wish("IND", therapists.get(i), "2027-03-02T10:00", 50, clinic.room1, patients.get(i)));
            return true;
        }));
        assertOneWins(race(50, i -> () -> {
            clinic.booking.book(
                    clinic.desk,
                    clinic.wish("IND", therapists.get(i), "2027-03-03T10:00", 50, clinic.telehealth, clinic.ana));
            return true;
        }));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A16] moves, bookings and cancellations at random never leave two in one place, and never fail otherwise")
    void storm(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);
        List<Long> patients = patients(clinic, 6);
        List<Long> therapists = therapists(clinic, 3);

        List<Outcome> outcomes = race(24, i -> () -> {
            Random random = new Random(i);
            for (int step = 0; step < 12; step++) {
                Duration offset = Duration.ofMinutes(5L * random.nextInt(40));
                try {
                    Change booked = clinic.booking.book(
                            clinic.desk,
                            new BookSession(
                                    "IND",
                                    local("2027-03-02T09:00").plus(offset),
                                    30 + 5 * random.nextInt(5),
                                    therapists.get(random.nextInt(3)),
                                    random.nextBoolean() ? clinic.room1 : clinic.room2,
                                    null,
                                    List.of(patients.get(random.nextInt(6))),
                                    anyReason()));
                    Change moved = clinic.booking.change(
                            clinic.desk,
                            booked.sessionId(),
                            booked.version(),
                            ChangeSession.move(
                                    local("2027-03-02T09:00").plus(Duration.ofMinutes(5L * random.nextInt(40))),
                                    therapists.get(random.nextInt(3)),
                                    anyReason()));
                    if (random.nextInt(3) == 0) {
                        clinic.booking.cancel(clinic.desk, moved.sessionId(), moved.version(), "ill");
                    }
                } catch (Refused expected) {
                    // Somebody else was there; what matters is what the database holds in the end.
                }
            }
            return true;
        });

        assertEquals(24, outcomes.stream().filter(Outcome.WON::equals).count());
        long overlaps = clinic.transactions.inNew(
                () -> ((Number) clinic.em.createNativeQuery(OVERLAPS).getSingleResult()).longValue());
        assertEquals(0, overlaps);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A22] of 20 desks that move one session at once, one succeeds and 19 are told that it changed")
    void oneSession(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));

        assertOneWins(race(20, i -> () -> {
            clinic.booking.change(
                    clinic.desk,
                    booked.sessionId(),
                    booked.version(),
                    ChangeSession.move(
                            local("2027-03-02T11:00").plus(Duration.ofMinutes(5L * i)), null, RuleOverride.NONE));
            return true;
        }));
        assertEquals(32, clinic.count("occupied"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("two sessions that swap their times by moving leave no overlap and no deadlock behind")
    void swap(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);
        Change one = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        Change two = clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T11:00", 50, clinic.room2, clinic.ben));

        List<Outcome> outcomes = race(2, i -> () -> {
            Change mine = i == 0 ? one : two;
            clinic.booking.change(
                    clinic.desk,
                    mine.sessionId(),
                    mine.version(),
                    ChangeSession.move(
                            local(i == 0 ? "2027-03-02T11:00" : "2027-03-02T10:00"),
                            i == 0 ? clinic.ruiz : clinic.lee,
                            RuleOverride.NONE));
            return true;
        });

        assertEquals(0, outcomes.stream().filter(Outcome.WON::equals).count(), "each stands in the other's way");
    }

    private enum Outcome {
        WON,
        REFUSED
    }

    private static void assertOneWins(List<Outcome> outcomes) {
        assertEquals(1, outcomes.stream().filter(Outcome.WON::equals).count(), "winners of " + outcomes.size());
    }

    /** Starts all at the same moment; anything but success or a refusal fails the test. */
    private static List<Outcome> race(int runners, IntFunction<Callable<Boolean>> runner) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                Callable<Boolean> work = runner.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Boolean> result : running) {
                outcomes.add(outcome(result));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome outcome(Future<Boolean> result) throws InterruptedException {
        try {
            result.get();
            return Outcome.WON;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused || e.getCause() instanceof Stale) {
                return Outcome.REFUSED;
            }
            throw new AssertionError(e.getCause());
        }
    }

    private static RuleOverride anyReason() {
        return new RuleOverride(java.util.Set.of(Rule.OUTSIDE_HOURS, Rule.TOO_MANY_IN_A_ROW), "busy day");
    }

    private static List<Long> patients(ClinicFixture clinic, int count) {
        return clinic.transactions.inNew(() -> {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(clinic.patient("Pat" + i, "Ient", null));
            }
            return ids;
        });
    }

    private static List<Long> therapists(ClinicFixture clinic, int count) {
        return clinic.transactions.inNew(() -> {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(clinic.therapist("Dr", "T", "T" + i, org.evenkeel.therapist.Therapist.Gender.OTHER));
            }
            return ids;
        });
    }
}

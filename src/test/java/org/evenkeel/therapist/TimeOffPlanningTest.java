package org.evenkeel.therapist;

import static org.evenkeel.site.SiteFixture.NEW_YORK;
import static org.evenkeel.testing.Actors.DESK;
import static org.evenkeel.testing.Actors.LEAD;
import static org.evenkeel.testing.Actors.therapist;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimeOffPlanningTest {
    private static final Instant NINE = Instant.parse("2027-03-04T14:00:00Z");
    private static final TimeSlot MORNING = TimeSlot.of(NINE, 180);

    @ParameterizedTest
    @EnumSource(Database.class)
    void addsShowsAndRemoves(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long lee = given.add("Lee");

        long id = given.timeOff.add(DESK, lee, MORNING, "Dentist", NEW_YORK);

        assertEquals(List.of(new TimeOffRow(id, lee, MORNING, "Dentist")), given.timeOff.upcoming(therapist(lee), lee));
        given.timeOff.remove(LEAD, id);
        assertEquals(List.of(), given.timeOff.upcoming(DESK, lee));
        assertTrue(given.audit.lines().contains("DELETED availability time off[" + id + "] OK"));
        assertThrows(NotFound.class, () -> given.timeOff.remove(LEAD, id));
        assertEquals(List.of(new CalendarChanged(MORNING), new CalendarChanged(MORNING)), given.calendar.fired());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesWhileSessionsAreBookedAndTellsWhich(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long lee = given.add("Lee");
        long ruiz = given.add("Ruiz");
        long before = given.session(lee, NINE.minusSeconds(3600), 65, "BOOKED");
        long within = given.session(lee, NINE.plusSeconds(3600), 50, "BOOKED");
        given.session(lee, NINE.plusSeconds(7200), 50, "CANCELLED");
        given.session(lee, NINE.minusSeconds(7200), 60, "BOOKED");
        given.session(lee, NINE.plusSeconds(3 * 3600), 60, "BOOKED");
        given.session(ruiz, NINE, 50, "BOOKED");

        SessionsInTheWay refused =
                assertThrows(SessionsInTheWay.class, () -> given.timeOff.add(DESK, lee, MORNING, "Leave", NEW_YORK));

        assertEquals(
                List.of(before, within),
                refused.sessions().stream()
                        .map(SessionsInTheWay.BookedSession::id)
                        .toList());
        assertEquals(NINE.plusSeconds(3600), refused.sessions().get(1).slot().start());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("2 sessions are booked in this time."));
        assertEquals(List.of(), given.timeOff.upcoming(DESK, lee));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void namesBothTimesOffThatOverlap(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long lee = given.add("Lee");
        given.timeOff.add(DESK, lee, MORNING, "Dentist", NEW_YORK);

        Invalid refused = assertThrows(
                Invalid.class,
                () -> given.timeOff.add(DESK, lee, TimeSlot.of(NINE.plusSeconds(3600), 600), "", NEW_YORK));

        assertEquals(
                "4 Mar 2027, 10:00 to 4 Mar 2027, 20:00 overlaps the time off 4 Mar 2027, 09:00 to 4 Mar 2027, 12:00.",
                refused.getMessage());
        given.timeOff.add(DESK, lee, TimeSlot.of(MORNING.end(), 60), "", NEW_YORK);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesWhatIsOverAndWhoMayNot(Database database) {
        TherapistFixture given = new TherapistFixture(database);
        long lee = given.add("Lee");
        long ruiz = given.add("Ruiz");
        TimeSlot over = TimeSlot.of(TherapistFixture.NOW.minusSeconds(7200), 60);

        assertThrows(Invalid.class, () -> given.timeOff.add(DESK, lee, over, "", NEW_YORK));
        assertThrows(NotAllowed.class, () -> given.timeOff.add(therapist(lee), lee, MORNING, "", NEW_YORK));
        assertThrows(NotAllowed.class, () -> given.timeOff.upcoming(therapist(lee), ruiz));
        assertThrows(NotFound.class, () -> given.timeOff.add(DESK, 987654321, MORNING, "", NEW_YORK));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void waitsForABookingThatHoldsTheTherapistsRow(Database database) throws Exception {
        TherapistFixture given = new TherapistFixture(database);
        long lee = given.add("Lee");
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            // A booking as promise 1 has it: the row first, then the session.
            Future<?> booking = threads.submit(() -> database.transactions().runInNew(() -> {
                Sql.on(database.entityManager())
                        .add("select id from therapist where id = ? for update", lee)
                        .list(row -> row.id(1));
                locked.countDown();
                await(asked);
                Sql.on(database.entityManager())
                        .add(
                                "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at,"
                                        + " turnover_minutes, takes_room, capacity, state, late_cancelled, revision, booked_at, version)"
                                        + " values (1, ?, ?, ?, ?, ?, ?, 0, true, 1, 'BOOKED', false, 1, ?, 1)",
                                given.modality,
                                given.harbor,
                                given.room,
                                lee,
                                NINE,
                                MORNING.end(),
                                TherapistFixture.NOW)
                        .update();
            }));
            locked.await();
            Future<?> leave = threads.submit(() -> {
                asked.countDown();
                given.timeOff.add(DESK, lee, MORNING, "", NEW_YORK);
            });
            booking.get(30, TimeUnit.SECONDS);
            Throwable refused = assertThrows(Exception.class, () -> leave.get(30, TimeUnit.SECONDS))
                    .getCause();
            assertEquals(SessionsInTheWay.class, refused == null ? null : refused.getClass());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

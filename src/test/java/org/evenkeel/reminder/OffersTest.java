package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import org.evenkeel.series.WaitlistWish;
import org.evenkeel.session.Change;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Of a seat that is kept for them")
class OffersTest {
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    /** A group in a week, for which Ana waits. */
    private static final class Waiting {
        final ReminderFixture f;
        final long session;
        final long entry;

        Waiting(Database database) {
            f = new ReminderFixture(database);
            f.rule(Occasion.OFFERED);
            long group = f.series.create(f.series.mondays(1));
            session = f.series.sessions(group).get(0);
            entry = f.series.waitlist.add(
                    f.clinic.desk, WaitlistWish.seat(f.clinic.ana, group, LocalDate.of(2027, 3, 1), 2));
        }

        void keep(Duration howLong) {
            f.series.waitlist.hold(
                    f.clinic.desk, entry, f.clinic.clock.instant().plus(howLong));
        }

        void told(int times) {
            f.clinic.clock.advance(Duration.ofMinutes(1));
            f.sweep();
            f.sweep();
            assertEquals(times, f.sms.accepted.size(), () -> f.sms.texts().toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName(
            "who waits is told once, not when it is kept for longer, and again when it is kept anew after it had lapsed")
    void again(Database database) {
        Waiting w = new Waiting(database);
        w.f.sweepAt("2027-03-02T10:00");
        w.keep(TWO_DAYS);
        w.told(1);
        assertTrue(
                w.f.sms.texts().get(0).contains("Mon Mar 8"),
                () -> w.f.sms.texts().toString());
        w.keep(TWO_DAYS);
        w.told(1);
        w.f.sweepAt("2027-03-05T10:00");
        w.keep(TWO_DAYS);
        w.told(2);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("who waits is told at its new time once that can no longer be undone, and not at all if it was")
    void moved(Database database) {
        Waiting w = new Waiting(database);
        w.f.sweepAt("2027-03-02T10:00");
        w.keep(TWO_DAYS);
        w.told(1);
        Change moved = w.f.move(w.session, "2027-03-08T13:00");
        w.f.sweep();
        assertEquals(1, w.f.sms.accepted.size(), () -> w.f.sms.texts().toString());
        w.f.undo(moved);
        w.told(1);
        w.f.move(w.session, "2027-03-08T13:00");
        w.told(2);
        assertTrue(
                w.f.sms.texts().get(1).contains("1:00 PM"),
                () -> w.f.sms.texts().toString());
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three messages a week, unless the patient has asked for more. */
class CapsTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("the fourth message within seven days waits, as long as it is of use, and ends with its reason")
    void theFourthOfAWeek(Database database) {
        ReminderFixture f = fourDays(database, false);
        assertEquals(List.of("SENT", "SENT", "SENT", "PENDING CAP"), f.outcomes());
        f.sweepAt("2027-03-05T08:00");
        f.sweepAt("2027-03-05T10:00");
        assertEquals(List.of("SENT", "SENT", "SENT", "EXPIRED CAP"), f.outcomes());
        f.ana("2027-03-10T10:00");
        f.sweepAt("2027-03-09T10:01");
        assertEquals(4, f.sms.accepted.size(), "a week after the first there is room again");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("whoever has asked for more gets the fourth as well")
    void whoeverHasAskedForMore(Database database) {
        ReminderFixture f = fourDays(database, true);
        assertEquals(List.of("SENT", "SENT", "SENT", "SENT"), f.outcomes());
        assertEquals(4, f.sms.accepted.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("what is too late for one session of a message waits for the others")
    void tooLateForOne(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        f.in("America/Chicago");
        long moved = f.ana("2027-03-09T10:00");
        long eightForHer = f.ana("2027-03-03T09:00");
        long nextWeek = f.ana("2027-03-10T10:00");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T12:00").toString());
        f.move(moved, "2027-03-09T14:00");
        f.sweepAt("2027-03-02T12:10");
        assertEquals(1, f.sms.accepted.size());
        f.cancel(eightForHer);
        f.cancel(nextWeek);
        f.sweepAt("2027-03-02T12:20");
        assertEquals(List.of("SENT", "EXPIRED CAP", "PENDING CAP"), f.outcomes());
        f.sweepAt("2027-03-03T09:00");
        assertEquals(List.of("SENT", "EXPIRED CAP", "SENT"), f.outcomes());
        assertTrue(f.sms.texts().get(1).startsWith("Your appointment Wed Mar 10, 10:00 AM is cancelled."));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a message that a move has put right makes room once, for the one that puts it right")
    void afterAMove(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 4 * 24 * 60, 24 * 60);
        f.rule(Occasion.MOVED);
        long moved = f.ana("2027-03-05T10:00");
        f.sweepAt("2027-03-01T10:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T10:00").toString());
        f.move(moved, "2027-03-05T15:00");
        f.sweepAt("2027-03-02T10:05");
        assertEquals(2, f.sms.accepted.size());
        f.book(f.clinic.ruiz, "2027-03-04T10:00", f.clinic.ana);
        f.sweepAt("2027-03-03T10:01");
        assertEquals(3, f.sms.accepted.size());
        f.sweepAt("2027-03-04T15:01");
        assertEquals(3, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.outcomes().contains("PENDING CAP"), () -> f.outcomes().toString());
    }

    /** Ana comes on four days in a row, and is reminded the day before each. */
    private static ReminderFixture fourDays(Database database, boolean frequent) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.SMS, Disclosure.LEAST, frequent);
        for (int day = 2; day <= 5; day++) {
            f.ana("2027-03-0" + day + "T10:00");
        }
        for (int day = 1; day <= 4; day++) {
            f.sweepAt("2027-03-0" + day + "T10:01");
        }
        return f;
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReminderUpkeepTest {

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void linksThatHaveExpiredAreClearedAwayAndWhatBecameOfMessagesStays(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        ReminderUpkeep upkeep = new ReminderUpkeep(f.clinic.em, f.clinic.transactions);
        upkeep.clean(f.clinic.clock.instant());
        assertEquals(2, f.clinic.count("reply_token"), "to answer, and to opt out");
        upkeep.clean(f.clinic.clock.instant().plus(Duration.ofDays(2)));
        assertEquals(1, f.clinic.count("reply_token"), "to opt out");
        upkeep.clean(f.clinic.clock.instant().plus(Duration.ofDays(61)));
        assertEquals(0, f.clinic.count("reply_token"));
        assertEquals(1, f.clinic.count("reminder"));
    }
}

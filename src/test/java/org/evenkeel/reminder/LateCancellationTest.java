package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.evenkeel.audit.Gate;
import org.evenkeel.reminder.ReminderList.Kind;
import org.evenkeel.reminder.ReminderList.Row;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A patient who cancels is taken at their word; whoever does so late has the desk call. */
class LateCancellationTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A42] a late cancellation by the link goes to the desk's list until it is settled")
    void byTheLink(Database database) {
        ReminderFixture f = told(database, "2027-03-03T10:00");
        f.replies.cancel(ReminderFixture.token(f.sms.accepted.get(0), "answer"), 1);
        assertOnTheList(f);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A42] and so does one by text message")
    void byTextMessage(Database database) {
        ReminderFixture f = told(database, "2027-03-03T10:00");
        f.smsReplies.receive("+15550111", "NO", "M1");
        assertOnTheList(f);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("one in time does not")
    void inTime(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 3 * 24 * 60);
        f.ana("2027-03-05T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.smsReplies.receive("+15550111", "NO", "M1");
        assertEquals(List.of(), rows(list(f), f));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("nor one in time to a message of which nobody knows whether it arrived")
    void inTimeToWhatMayNotHaveArrived(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        f.rule(Occasion.BEFORE, 3 * 24 * 60);
        f.ana("2027-03-05T10:00");
        f.sweepAt("2027-03-02T10:01");
        assertEquals(
                List.of(Kind.UNKNOWN), rows(list(f), f).stream().map(Row::kind).toList());
        f.smsReplies.receive("+15550111", "NO", "M1");
        assertEquals(List.of(), rows(list(f), f));
        assertEquals(0, list(f).toCall(f.clinic.desk));
    }

    private static void assertOnTheList(ReminderFixture f) {
        ReminderList list = list(f);
        List<Row> rows = rows(list, f);
        assertEquals(List.of(Kind.LATE_NO), rows.stream().map(Row::kind).toList());
        assertEquals(f.clinic.ana, rows.get(0).patientId());
        assertEquals(1, list.toCall(f.clinic.desk));
        list.settle(f.clinic.desk, rows.get(0).id());
        assertEquals(List.of(), rows(list, f));
    }

    /** Ana was told of a session a day before. */
    private static ReminderFixture told(Database database, String start) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana(start);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(1, f.sms.accepted.size());
        return f;
    }

    private static ReminderList list(ReminderFixture f) {
        return new ReminderList(
                f.clinic.em, f.clinic.transactions, new Gate(f.clinic.audit), f.clinic.audit, f.clinic.clock);
    }

    private static List<Row> rows(ReminderList list, ReminderFixture f) {
        return list.list(f.clinic.desk, null, false, 0, 25).items();
    }
}

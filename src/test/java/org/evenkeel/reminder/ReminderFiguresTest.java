package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.evenkeel.audit.Gate;
import org.evenkeel.reminder.ReminderFigures.Counts;
import org.evenkeel.reminder.ReminderFigures.Day;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReminderFiguresTest {
    private static final LocalDate FIRST = LocalDate.of(2027, 3, 2);

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("each day says how many were sent, and of them delivered and confirmed, and how many failed")
    void byDay(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        ReminderFigures figures = new ReminderFigures(f.clinic.em, f.clinic.transactions, new Gate(f.clinic.audit));
        for (int i = 0; i < 5; i++) {
            long patient = f.series.patient("F" + i);
            f.phone(patient, "+1 555 060" + i);
            f.agree(patient, Channel.SMS);
            f.book(f.clinic.lee, "2027-03-03T" + (10 + i) + ":00", patient);
        }
        f.ana("2027-03-04T10:00");
        f.sms.answer = message -> Delivery.of(
                switch (message.to().charAt(message.to().length() - 1)) {
                    case '3' -> Delivery.Outcome.REFUSED;
                    case '4' -> Delivery.Outcome.UNKNOWN;
                    default -> Delivery.Outcome.ACCEPTED;
                });
        f.sweepAt("2027-03-02T14:01");
        List<Outgoing> sent = f.sms.accepted;
        f.clinic.transactions.runInNew(() -> {
            f.outbox.delivered(sent.get(0).reminderId(), "r");
            f.outbox.delivered(sent.get(1).reminderId(), "r");
        });
        f.replies.confirm(ReminderFixture.token(sent.get(0), "answer"), 1);
        f.sweepAt("2027-03-03T10:01");

        assertEquals(
                List.of(
                        new Day(FIRST.plusDays(2), new Counts(0, 0, 0, 0, 0, 0)),
                        new Day(FIRST.plusDays(1), new Counts(1, 0, 0, 0, 0, 0)),
                        new Day(FIRST, new Counts(3, 2, 1, 1, 1, 0))),
                figures.byDay(f.clinic.lead, FIRST, FIRST.plusDays(2)));
        assertEquals(
                Map.of(Channel.SMS, new Counts(4, 2, 1, 1, 1, 0)),
                figures.since(f.clinic.clock.instant().minusSeconds(86_400)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a message that tells of several sessions is confirmed, once, whichever the patient said yes to")
    void sharedMessages(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        ReminderFigures figures = new ReminderFigures(f.clinic.em, f.clinic.transactions, new Gate(f.clinic.audit));
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T15:00", f.clinic.ana);
        f.sweepAt("2027-03-02T10:01");
        String token = ReminderFixture.token(f.sms.accepted.get(0), "answer");
        for (int number : new int[] {2, 1}) {
            f.replies.confirm(token, number);
            assertEquals(
                    List.of(new Day(FIRST, new Counts(1, 0, 1, 0, 0, 0))), figures.byDay(f.clinic.lead, FIRST, FIRST));
            assertEquals(
                    Map.of(Channel.SMS, new Counts(1, 0, 1, 0, 0, 0)),
                    figures.since(f.clinic.clock.instant().minusSeconds(60)));
        }
    }
}

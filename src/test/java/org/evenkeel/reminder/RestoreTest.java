package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.reminder.ReminderList.Kind;
import org.evenkeel.session.Change;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Backup;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Experiment 13. What these tests do up to a moment stands in the backup; what the lost database sent between the backup and the
 * restore is what must not go out again.
 */
@DisplayName("From a database that was restored from a backup")
class RestoreTest {

    @Test
    @DisplayName("that was copied, lived on and was put back, nothing goes out again, and what is new goes out once")
    void yesterdaysBackup(@TempDir Path directory) throws Exception {
        ReminderFixture f = ReminderFixture.aDayBefore(Database.H2);
        f.phone(f.clinic.ben, "+1 555 0222");
        f.agree(f.clinic.ben, Channel.SMS);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.lee, "2027-03-03T12:00", f.clinic.ben);
        f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-02T09:00");
        assertEquals(List.of("PENDING", "PENDING"), f.outcomes());
        Backup yesterday = Backup.to(directory.resolve("yesterday.sql"));

        f.sweepAt("2027-03-02T10:01");
        f.sweepAt("2027-03-02T12:01");
        assertEquals(List.of("SENT", "SENT"), f.outcomes());
        List<String> sent = starts(f);
        assertEquals(List.of("Wed Mar 3, 10:00 AM", "Wed Mar 3, 12:00 PM"), sent);

        Backup lost = Backup.to(directory.resolve("lost.sql"));
        yesterday.restore();
        try {
            assertEquals(List.of("PENDING", "PENDING"), f.outcomes());
            restoredAt(f, "2027-03-02T15:00");
            f.clinic.clock.set(ClinicFixture.local("2027-03-02T15:01").toString());
            for (int hour = 0; hour < 48; hour++) {
                f.sweep();
                f.clinic.clock.advance(Duration.ofHours(1));
            }
            assertEquals(List.of("VOIDED RESTORED", "VOIDED RESTORED", "SENT"), f.outcomes());
            assertEquals(List.of("Wed Mar 3, 10:00 AM", "Wed Mar 3, 12:00 PM", "Thu Mar 4, 10:00 AM"), starts(f));
        } finally {
            lost.restore();
        }
    }

    /** Of the sessions that messages went out for. */
    private static List<String> starts(ReminderFixture f) {
        return f.sms.accepted.stream()
                .map(m -> m.body().replaceAll("(?s).*appointment (.*? [AP]M)\\..*", "$1"))
                .toList();
    }

    private static void restoredAt(ReminderFixture f, String wallTime) {
        f.variables.put("restored.at", ClinicFixture.local(wallTime).toString());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("nothing goes out that was due before, be it in the outbox already or not yet")
    void nothingOld(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 1440);
        f.ana("2027-03-03T10:00");
        f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-01T23:00");
        assertEquals(List.of("PENDING"), f.outcomes());

        restoredAt(f, "2027-03-03T11:00");
        f.clinic.clock.set(ClinicFixture.local("2027-03-03T09:00").toString());
        f.sweepAt("2027-03-03T11:01");
        assertEquals(List.of("VOIDED RESTORED", "VOIDED RESTORED"), f.outcomes());
        assertEquals(List.of(), f.sms.asked);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("what becomes due afterwards goes out, once")
    void whatIsNewGoesOut(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 1440);
        f.ana("2027-03-03T10:00");
        restoredAt(f, "2027-03-02T09:59");
        f.sweepAt("2027-03-02T10:01");
        f.sweepAt("2027-03-02T10:02");
        assertEquals(List.of("SENT"), f.outcomes());
        assertEquals(1, f.sms.asked.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("what the desk sends again afterwards goes out, by the same channel or by another one")
    void whatIsSentAgainGoesOut(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.phone(f.clinic.ben, "+1 555 0222");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T10:00", f.clinic.ben);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(Set.of("FAILED REFUSED", "FAILED NO_CONSENT"), Set.copyOf(f.outcomes()));

        restoredAt(f, "2027-03-02T12:00");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T12:01").toString());
        f.sms.answer = message -> Delivery.accepted(null);
        f.email(f.clinic.ana, "ana@example.org");
        f.agree(f.clinic.ana, Channel.EMAIL);
        f.agree(f.clinic.ben, Channel.SMS);
        sendAgain(f, Kind.FAILED, Channel.EMAIL);
        sendAgain(f, Kind.NO_CONSENT, Channel.SMS);
        f.sweep();
        assertEquals(List.of(1, 1), List.of(f.email.accepted.size(), f.sms.accepted.size()));
    }

    private static void sendAgain(ReminderFixture f, Kind kind, Channel channel) {
        ReminderList list = new ReminderList(
                f.clinic.em, f.clinic.transactions, new Gate(f.clinic.audit), f.clinic.audit, f.clinic.clock);
        long id = list.list(f.clinic.desk, kind, false, 0, 25).items().get(0).id();
        list.sendAgain(f.clinic.desk, id, channel, false);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("no news of what happened before goes out")
    void noOldNews(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        Change moved = f.clinic.booking.book(f.clinic.desk, f.clinic.cbt(f.clinic.lee, "2027-03-05T10:00"));
        f.clinic.clock.set(ClinicFixture.local("2027-03-01T09:00").toString());
        f.clinic.booking.change(
                f.clinic.desk,
                moved.sessionId(),
                moved.version(),
                ChangeSession.move(ClinicFixture.local("2027-03-05T12:00"), null, RuleOverride.NONE));
        restoredAt(f, "2027-03-01T20:00");
        f.sweepAt("2027-03-01T20:01");
        assertEquals(List.of("VOIDED RESTORED"), f.outcomes());
        assertEquals(List.of(), f.sms.asked);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("nothing goes out that the lost one brought forward because of the night")
    void broughtForward(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 180);
        long early = f.ana("2027-03-03T09:00");
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add(
                        "update session set starts_at = ?, ends_at = ? where id = ?",
                        ClinicFixture.local("2027-03-03T07:30"),
                        ClinicFixture.local("2027-03-03T08:20"),
                        early)
                .update());
        restoredAt(f, "2027-03-02T20:30");
        f.sweepAt("2027-03-02T20:31");
        f.sweepAt("2027-03-03T07:10");
        assertEquals(List.of(), f.sms.asked);
        assertEquals(List.of("VOIDED RESTORED"), f.outcomes());
    }
}

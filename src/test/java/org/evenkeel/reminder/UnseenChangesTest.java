package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a patient cannot see in any message that they may get makes no message, and takes nothing back of those that they have. */
class UnseenChangesTest {
    private static final int DAY = 24 * 60;

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void anotherRoomIsNoNews(Database database) {
        ReminderFixture f = told(database, Disclosure.NAMES);
        f.swapRoom(session(f), f.clinic.telehealth);
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(isOpen(f, 0));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void anotherTherapistIsNoNewsToWhoIsNotToldOfAny(Database database) {
        ReminderFixture f = told(database, Disclosure.PLACE);
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(isOpen(f, 0));
        f.replies.confirm(ReminderFixture.token(f.sms.accepted.get(0), "answer"), 1);
        assertEquals(1, f.clinic.count("participant where state = 'CONFIRMED'"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void anotherTherapistIsNewsToWhoIsToldByName(Database database) {
        ReminderFixture f = told(database, Disclosure.NAMES);
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.sms.texts().get(1).contains("it is now Wed Mar 3, 10:00 AM with Dr Ruiz"), () -> f.sms.texts()
                .toString());
        assertTrue(isOpen(f, 1));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void onAnAddressThatOthersShareNobodyIsNamed(Database database) {
        ReminderFixture f = told(database, Disclosure.NAMES);
        f.phone(f.clinic.ben, "+1 555 0111");
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whereMessagesHaveNoPlaceNobodyIsNamed(Database database) {
        ReminderFixture f = told(database, Disclosure.NAMES);
        change(f, "update site set place_in_messages = null");
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(isOpen(f, 0));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void inFewWordsNobodyIsNamed(Database database) {
        ReminderFixture f = told(database, Disclosure.NAMES);
        change(f, "update reminder_rule set template = 'brief'");
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(isOpen(f, 0));
    }

    @ParameterizedTest(name = "by mail: {1}, {0}")
    @CsvSource({"H2, LEAST", "H2, NAMES", "POSTGRES, LEAST", "POSTGRES, NAMES"})
    void whoWantsNoTextsIsToldWhatTheyAreToldByMail(Database database, Disclosure byMail) {
        ReminderFixture f = told(database, byMail == Disclosure.LEAST ? Disclosure.NAMES : Disclosure.LEAST);
        f.email(f.clinic.ana, "ana@example.org");
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.EMAIL, byMail, false);
        f.consents.optOut(f.lookup("+1 555 0111"), Consents.How.STOP);
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertEquals(byMail == Disclosure.NAMES ? 1 : 0, f.email.accepted.size(), () -> f.email
                .texts()
                .toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsReachedByNoChannelOfTheRuleIsNamedByNone(Database database) {
        ReminderFixture f = told(database, Disclosure.NAMES);
        change(f, "update reminder_rule set channels = 'EMAIL'");
        f.handOver(session(f), f.clinic.ruiz);
        settle(f);
        assertEquals(1, f.outcomes().size(), () -> f.outcomes().toString());
    }

    @ParameterizedTest(name = "planned: {1}, {0}")
    @CsvSource({"H2, true", "H2, false", "POSTGRES, true", "POSTGRES, false"})
    void aMoveIsToldThoughTheTherapistChangesRightAfterIt(Database database, boolean planned) {
        ReminderFixture f = told(database, Disclosure.LEAST);
        f.move(session(f), "2027-03-03T14:00");
        if (planned) {
            f.sweep();
        }
        f.clinic.clock.advance(Duration.ofSeconds(3));
        f.handOver(session(f), f.clinic.ruiz);
        f.sweep();
        settle(f);
        settle(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.sms.texts().get(1).startsWith("Your appointment has changed: it is now Wed Mar 3, 2:00 PM."));
        assertTrue(isOpen(f, 1));
    }

    @ParameterizedTest(name = "{1}, {0}")
    @CsvSource({"H2, LEAST", "H2, NAMES", "POSTGRES, LEAST", "POSTGRES, NAMES"})
    void anotherTherapistThatIsUndoneIsNoNewsToAnybody(Database database, Disclosure disclosure) {
        ReminderFixture f = told(database, disclosure);
        Change change = f.handOver(session(f), f.clinic.ruiz);
        f.sweep();
        f.clinic.clock.advance(Duration.ofSeconds(3));
        f.undo(change);
        f.sweep();
        settle(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(isOpen(f, 0));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoWaitsForTheMorningIsRemindedThoughTheTherapistChangesAtNight(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 7 * 60);
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-03T03:01");
        f.handOver(session, f.clinic.ruiz);
        f.sweepAt("2027-03-03T08:00");
        assertEquals(1, f.sms.accepted.size());
    }

    /** Ana was told this morning, by the rule of the day before, of tomorrow at ten with Dr Lee. */
    private static ReminderFixture told(Database database, Disclosure disclosure) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        change(f, "update site set place_in_messages = '12 Pier Street'");
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.SMS, disclosure, false);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        assertEquals(1, f.sms.accepted.size());
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T11:00").toString());
        return f;
    }

    private static void change(ReminderFixture f, String sql) {
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em).add(sql).update());
    }

    private static long session(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select max(id) from session")
                .first(r -> r.id(1))
                .orElseThrow());
    }

    /** Until nothing can be undone any more. */
    private static void settle(ReminderFixture f) {
        f.sweep();
        f.clinic.clock.advance(Duration.ofSeconds(10));
        f.sweep();
        f.clinic.clock.advance(Duration.ofMinutes(5));
        f.sweep();
    }

    private static boolean isOpen(ReminderFixture f, int message) {
        return f.replies
                .look(ReminderFixture.token(f.sms.accepted.get(message), "answer"))
                .orElseThrow()
                .appointments()
                .get(0)
                .open();
    }
}

package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reminders from the rule to the gateway. */
class RemindersTest {

    private static final int DAY = 24 * 60;

    @ParameterizedTest(name = "[A37] {0}")
    @EnumSource(Database.class)
    void oneMessageHoweverOftenAndWhereverTheSweepRuns(Database database) throws Exception {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        List<Long> patients = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long patient = f.series.patient("P" + i);
            f.phone(patient, "+1 555 02" + (10 + i));
            f.agree(patient, Channel.SMS);
            patients.add(patient);
        }
        for (int i = 0; i < 6; i++) {
            f.book(f.clinic.lee, "2027-03-03T" + (10 + i) + ":00", patients.get(2 * i));
            f.book(f.clinic.ruiz, "2027-03-03T" + (10 + i) + ":00", patients.get(2 * i + 1));
        }
        f.clinic.clock.set("2027-03-02T21:30:00Z");
        f.planner.plan(f.clinic.clock.instant());
        ReminderDispatch other = f.anotherNode();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> nodes = new ArrayList<>();
        for (ReminderDispatch node : List.of(f.dispatch, other, f.dispatch, other)) {
            nodes.add(ReminderFixture.THREADS.submit(() -> {
                go.await();
                return node.sendDue();
            }));
        }
        go.countDown();
        for (Future<?> node : nodes) {
            node.get(60, TimeUnit.SECONDS);
        }
        f.sweep();
        assertEquals(12, f.sms.accepted.size());
        assertEquals(
                12, f.sms.accepted.stream().map(Outgoing::reminderId).distinct().count());
    }

    @ParameterizedTest(name = "[A38] {0}")
    @EnumSource(Database.class)
    void aMoveInsideTheWindowVoidsTheOldMessageAndSendsTheRightOne(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T09:00");
        assertEquals(List.of("PENDING"), f.outcomes());
        f.move(session, "2027-03-03T11:00");
        f.sweepAt("2027-03-02T10:30");
        assertEquals(List.of(), f.sms.texts());
        f.sweepAt("2027-03-02T11:01");
        assertEquals(List.of("VOIDED MOVED", "SENT"), f.outcomes());
        assertText(f, 0, "You have an appointment Wed Mar 3, 11:00 AM.");
    }

    @ParameterizedTest(name = "[A38] {0}")
    @EnumSource(Database.class)
    void whoWasToldTheOldTimeIsToldTheNewOneThoughItIsNear(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 2 * DAY);
        long session = f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.advance(Duration.ofHours(24));
        f.move(session, "2027-03-04T15:00");
        f.sweep();
        assertEquals(2, f.sms.accepted.size());
        assertText(f, 1, "You have an appointment Thu Mar 4, 3:00 PM.");
    }

    @ParameterizedTest(name = "[A39] {0}")
    @EnumSource(Database.class)
    void whatIsDueAtNightWaitsForTheMorningOrIsBroughtForward(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 7 * 60);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-03T03:01");
        assertEquals(0, f.sms.accepted.size());
        f.sweepAt("2027-03-03T07:59");
        assertEquals(0, f.sms.accepted.size());
        f.sweepAt("2027-03-03T08:00");
        assertEquals(1, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "[A40] {0}")
    @EnumSource(Database.class)
    void oneWithoutAPhoneAndOneWhoseSendingFailsStopNobodyElse(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        long none = f.series.patient("None");
        long fails = f.series.patient("Fails");
        f.phone(fails, "+1 555 0666");
        f.agree(none, Channel.SMS);
        f.agree(fails, Channel.SMS);
        f.book(f.clinic.lee, "2027-03-03T10:00", none);
        f.book(f.clinic.lee, "2027-03-03T11:00", fails);
        f.ana("2027-03-03T12:00");
        f.sms.answer = message ->
                message.to().endsWith("0666") ? Delivery.of(Delivery.Outcome.REFUSED) : Delivery.accepted(null);
        f.sweepAt("2027-03-02T12:01");
        assertEquals(1, f.sms.accepted.size());
        assertTrue(f.outcomes().containsAll(List.of("FAILED NO_CONTACT", "FAILED REFUSED", "SENT")), () -> f.outcomes()
                .toString());
    }

    @ParameterizedTest(name = "[A41] {0}")
    @EnumSource(Database.class)
    void anOptOutHoldsAtTheMomentOfSendingAndStartEndsIt(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-02T09:50");
        String lookup = f.lookup("+1 (555) 01-11");
        f.consents.optOut(lookup, Consents.How.STOP);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("VOIDED OPTED_OUT"), f.outcomes());
        f.consents.optIn(lookup);
        f.sweepAt("2027-03-03T10:01");
        assertEquals(1, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void twoWhoShareAPhoneGetMessagesApartThatNameNobody(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.phone(f.clinic.ben, "1 555 0111");
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.SMS, Disclosure.NAMES, false);
        f.consents.give(f.clinic.desk, f.clinic.ben, Channel.SMS, Disclosure.NAMES, false);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T10:00", f.clinic.ben);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(2, f.sms.accepted.size());
        f.sms.accepted.forEach(m -> assertTrue(!m.body().matches(".*(Ana|Ben|Lee|Ruiz).*"), m.body()));
    }

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void whatIsBookedTwoHoursAheadIsNotRemindedOfADayBefore(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, DAY, 60);
        f.clinic.clock.set("2027-03-02T15:00:00Z");
        f.ana("2027-03-02T12:00");
        f.sweep();
        assertEquals(0, f.sms.accepted.size());
        f.sweepAt("2027-03-02T11:01");
        assertEquals(1, f.sms.accepted.size());
        assertEquals(List.of("SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void aGatewayThatIsDownIsTriedAgainUntilTheStart(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 120);
        f.ana("2027-03-02T12:00");
        f.sms.reachable = false;
        f.sweepAt("2027-03-02T10:01");
        f.sweepAt("2027-03-02T10:03");
        assertEquals(List.of("PENDING UNREACHABLE"), f.outcomes());
        f.sweepAt("2027-03-02T12:00");
        assertEquals(List.of("EXPIRED UNREACHABLE"), f.outcomes());
        f.sms.reachable = true;
        f.sweepAt("2027-03-02T12:30");
        assertEquals(0, f.sms.asked.size());
    }

    @ParameterizedTest(name = "experiment 5: {0}")
    @EnumSource(Database.class)
    void aLostAnswerIsUnknownAndNeverSentAgain(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        f.sweepAt("2027-03-02T10:01");
        f.sweepAt("2027-03-02T12:01");
        f.sweepAt("2027-03-03T09:00");
        assertEquals(1, f.sms.asked.size());
        assertEquals(List.of("UNKNOWN NO_ANSWER"), f.outcomes());
    }

    @ParameterizedTest(name = "experiment 4: {0}")
    @EnumSource(Database.class)
    void whatANodeWasSendingWhenItDiedIsUnknown(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.clinic.clock.set("2027-03-02T15:01:00Z");
        f.planner.plan(f.clinic.clock.instant());
        f.clinic.transactions.runInNew(() -> f.outbox
                .due(List.of(Channel.SMS), f.clinic.clock.instant())
                .forEach(due -> assertEquals(1, f.outbox.claim(List.of(due)).size())));
        f.sweep();
        assertEquals(List.of("SENDING"), f.outcomes());
        f.clinic.clock.advance(Outbox.LEASE.plusSeconds(1));
        f.sweep();
        assertEquals(List.of("UNKNOWN LEASE_OVER"), f.outcomes());
        assertEquals(0, f.sms.asked.size());
    }

    @ParameterizedTest(name = "experiment 10: {0}")
    @EnumSource(Database.class)
    void afterSixHoursOfSilenceOnlyWhatIsStillOfUseGoesOutAndOnce(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 5 * 60, 4 * 60);
        f.ana("2027-03-02T13:00");
        long late = f.series.patient("Late");
        f.phone(late, "+1 555 0777");
        f.agree(late, Channel.SMS);
        f.book(f.clinic.lee, "2027-03-02T16:00", late);
        f.sweepAt("2027-03-02T14:30");
        f.sweepAt("2027-03-02T14:31");
        assertEquals(1, f.sms.accepted.size());
        assertEquals("+1 555 0777", f.sms.accepted.get(0).to());
    }

    @ParameterizedTest(name = "experiment 8: {0}")
    @EnumSource(Database.class)
    void aClockThatMovesMakesNoSecondMessageAndNoneAtNight(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-03T10:01");
        f.sweepAt("2027-03-03T11:01");
        f.sweepAt("2027-03-03T09:01");
        f.sweepAt("2027-03-04T03:01");
        f.sweepAt("2027-03-03T10:02");
        assertEquals(1, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void nothingLeavesAfterACancellationOrAnOptOutWasAcknowledged(Database database) throws Exception {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.clinic.clock.set("2027-03-02T15:01:00Z");
        f.planner.plan(f.clinic.clock.instant());
        String lookup = f.lookup("+1 555 0111");
        CountDownLatch leaving = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        f.sms.answer = message -> {
            leaving.countDown();
            order.add("left");
            return Delivery.accepted(null);
        };
        Future<?> sweep = ReminderFixture.THREADS.submit(f.dispatch::sendDue);
        leaving.await(30, TimeUnit.SECONDS);
        f.consents.optOut(lookup, Consents.How.STOP);
        order.add("stopped");
        sweep.get(30, TimeUnit.SECONDS);
        assertEquals(List.of("left", "stopped"), order);
        assertEquals(List.of("SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void twoSessionsOfADayShareAMessageAndAThirdMessageOfADayWaits(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T15:00", f.clinic.ana);
        f.sweepAt("2027-03-02T10:01");
        assertText(f, 0, "You have an appointment Wed Mar 3, 10:00 AM and Wed Mar 3, 3:00 PM.");
        assertEquals(List.of("SENT", "SENT"), f.outcomes());
        f.sweepAt("2027-03-02T15:01");
        assertEquals(1, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoeverHasHadOneTodayGetsTheNextTomorrow(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        long next = f.ana("2027-03-09T10:00");
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.move(next, "2027-03-09T14:00");
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        assertEquals(1, f.sms.accepted.size());
        f.sweepAt("2027-03-03T08:00");
        assertEquals(2, f.sms.accepted.size());
        assertText(f, 1, "Your appointment has changed: it is now Tue Mar 9, 2:00 PM.");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aCancellationIsToldWhenItCanNoLongerBeUndone(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.CANCELLED);
        long session = f.ana("2027-03-03T10:00");
        f.clinic.clock.set("2027-03-02T15:00:00Z");
        f.cancel(session);
        f.sweep();
        assertEquals(0, f.sms.accepted.size());
        f.clinic.clock.advance(Duration.ofSeconds(10));
        f.sweep();
        assertText(f, 0, "Your appointment Wed Mar 3, 10:00 AM is cancelled.");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatIsUndoneIsNeverTold(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BOOKED);
        f.rule(Occasion.CANCELLED);
        var booked = f.clinic.booking.book(f.clinic.desk, f.clinic.cbt(f.clinic.lee, "2027-03-03T10:00"));
        f.sweep();
        f.clinic.booking.undo(f.clinic.desk, booked);
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        assertEquals(0, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void anAddressThatIsRefusedForGoodGivesTheNextChannelItsTurn(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.email(f.clinic.ana, "ana@example.org");
        f.agree(f.clinic.ana, Channel.EMAIL);
        f.ana("2027-03-03T10:00");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("FAILED REFUSED", "SENT"), f.outcomes());
        assertEquals("ana@example.org", f.email.accepted.get(0).to());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void theStatementsOfAMessageDoNotGrowWithTheirNumber(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        int two = statements(f, 2, 3);
        int six = statements(f, 6, 4);
        int each = (six - two) / 4;
        assertTrue(each <= 13, () -> two + " statements for two messages, " + six + " for six");
    }

    /** Of so many messages on that day, in all. */
    private static int statements(ReminderFixture f, int messages, int day) {
        for (int i = 0; i < messages; i++) {
            long patient = f.series.patient("S" + day + i);
            f.phone(patient, "+1 555 03" + day + i);
            f.agree(patient, Channel.SMS);
            f.book(f.clinic.lee, "2027-03-0" + day + "T" + (10 + i) + ":00", patient);
        }
        f.clinic.clock.set(
                ClinicFixture.local("2027-03-0" + (day - 1) + "T16:00").toString());
        return f.clinic.database.statements(f::sweep);
    }

    private static void assertText(ReminderFixture f, int index, String start) {
        assertTrue(
                f.sms.texts().get(index).startsWith(start), () -> f.sms.texts().toString());
    }
}

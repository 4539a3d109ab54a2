package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.LeavePlanning;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reminders from the rule to the gateway. */
class RemindersTest {

    private static final int DAY = 24 * 60;

    /** A little longer than what was done can be undone. */
    private static final Duration UNDO = Duration.ofSeconds(10);

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
        assertEquals(1, f.sms.accepted.size(), "it may be undone still");
        f.clinic.clock.advance(UNDO);
        f.sweep();
        assertEquals(2, f.sms.accepted.size());
        assertText(f, 1, "You have an appointment Thu Mar 4, 3:00 PM.");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aMoveThatIsUndoneIsNeverReminded(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 2 * DAY);
        f.rule(Occasion.MOVED);
        long session = f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.advance(Duration.ofHours(24));
        Change moved = f.move(session, "2027-03-04T15:00");
        f.sweep();
        f.clinic.clock.advance(Duration.ofSeconds(5));
        f.undo(moved);
        f.sweep();
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertText(f, 0, "You have an appointment Thu Mar 4, 10:00 AM.");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void byBothRulesAMoveIsToldByOneMessage(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 2 * DAY);
        f.rule(Occasion.MOVED);
        long session = f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.advance(Duration.ofHours(24));
        f.move(session, "2027-03-04T15:00");
        f.sweep();
        f.clinic.clock.advance(UNDO);
        f.sweep();
        assertEquals(2, f.sms.accepted.size());
        assertText(f, 1, "Your appointment has changed: it is now Thu Mar 4, 3:00 PM.");
        assertEquals(List.of("SENT", "SENT", "SENT"), f.outcomes(), "none is left over for the desk");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatIsBroughtForwardDoesNotComeBeforeItCanNoLongerBeUndone(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.in("America/Chicago");
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T21:59:57").toString());
        f.move(session, "2027-03-03T09:05");
        f.sweep();
        f.sweepAt("2027-03-02T21:59:59");
        assertEquals(1, f.sms.accepted.size(), "when their evening ends it can still be undone");
    }

    @ParameterizedTest(name = "{1} minutes: {0}")
    @MethodSource("shortLeads")
    void theShortestLeadsGoOutToo(Database database, int lead) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, lead);
        f.ana("2027-03-02T12:00");
        f.sweepAt("2027-03-02T10:59");
        assertEquals(List.of(), f.sms.texts());
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T12:00")
                .minus(Duration.ofMinutes(lead))
                .plusSeconds(10)
                .toString());
        f.sweep();
        assertEquals(List.of("SENT"), f.outcomes());
    }

    static Stream<Arguments> shortLeads() {
        return Stream.of(Database.values())
                .flatMap(database -> IntStream.of(5, 10, 14, 15, 16, 20, 60).mapToObj(m -> Arguments.of(database, m)));
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
    void whoeverWaitsForOneThatTriesWhetherTheGatewayIsBackGoesInTheSameRound(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 60);
        f.ana("2027-03-02T14:00");
        f.book(f.clinic.ruiz, "2027-03-02T14:00", f.series.patient("None"));
        AtomicReference<Executor> lines = new AtomicReference<>(Runnable::run);
        ReminderDispatch dispatch =
                f.node(line -> Objects.requireNonNull(lines.get()).execute(line));
        f.sms.reachable = false;
        f.sweepAt("2027-03-02T13:01", dispatch);
        f.sweepAt("2027-03-02T13:02", dispatch);
        f.sms.reachable = true;
        // The first line tries, and has not heard by the time that the second has been through all that is due.
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        f.sms.opening = () -> {
            opening.countDown();
            Race.await(others);
        };
        lines.set(line -> {
            if (opening.getCount() > 0) {
                ReminderFixture.THREADS.execute(line);
                Race.await(opening);
            } else {
                line.run();
                others.countDown();
            }
        });
        f.sweepAt("2027-03-02T13:05", dispatch);
        assertEquals(1, f.sms.texts().size());
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

    @ParameterizedTest(name = "[A40] {0}")
    @EnumSource(Database.class)
    void aChannelWithoutAGatewayIsClosedAndTheNextHasItsTurn(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.email(f.clinic.ana, "ana@example.org");
        f.agree(f.clinic.ana, Channel.EMAIL);
        f.ana("2027-03-03T10:00");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.NO_GATEWAY);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of(), f.sms.accepted);
        assertEquals(1, f.email.accepted.size());
        assertEquals(List.of("FAILED NO_GATEWAY", "SENT"), f.outcomes());
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
        f.clinic.transactions.runInNew(() -> f.consents.optIn(lookup));
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

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void aGatewayThatIsBusyIsTriedAgainUntilTheStart(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 60);
        f.ana("2027-03-02T12:00");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.NOT_NOW);
        for (Instant at = ClinicFixture.local("2027-03-02T11:00");
                at.isBefore(ClinicFixture.local("2027-03-02T12:00"));
                at = at.plus(Duration.ofMinutes(5))) {
            f.clinic.clock.set(at.toString());
            f.sweep();
            assertEquals(List.of("PENDING UNREACHABLE"), f.outcomes(), at.toString());
        }
        f.sweepAt("2027-03-02T12:00");
        assertEquals(List.of("EXPIRED UNREACHABLE"), f.outcomes());
    }

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void aGatewayThatIsBusyIsUsedInTheLastMinutesIfItIsBack(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 20);
        f.ana("2027-03-02T12:00");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.NOT_NOW);
        f.sweepAt("2027-03-02T11:41");
        f.sms.answer = message -> Delivery.accepted(null);
        f.sweepAt("2027-03-02T11:50");
        assertEquals(List.of("SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "[A44] experiment 6: {0}")
    @EnumSource(Database.class)
    void aGatewayThatIsBackBeforeTheStartIsUsed(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 120);
        f.ana("2027-03-02T12:00");
        f.sms.reachable = false;
        everyMinute(f, "2027-03-02T10:00", "2027-03-02T11:32");
        f.sms.reachable = true;
        everyMinute(f, "2027-03-02T11:32", "2027-03-02T12:00");
        assertEquals(List.of("SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "[A44] experiment 6: {0}")
    @EnumSource(Database.class)
    void aGatewayThatHasTimeAgainBeforeTheNightIsUsed(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 12 * 60);
        f.in("America/Chicago");
        f.ana("2027-03-03T09:05");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.NOT_NOW);
        everyMinute(f, "2027-03-02T21:05", "2027-03-02T21:40");
        f.sms.answer = message -> Delivery.accepted(null);
        everyMinute(f, "2027-03-02T21:40", "2027-03-02T22:00");
        assertEquals(List.of("SENT"), f.outcomes());
    }

    private static void everyMinute(ReminderFixture f, String from, String until) {
        Instant end = ClinicFixture.local(until);
        for (Instant at = ClinicFixture.local(from); at.isBefore(end); at = at.plus(Duration.ofMinutes(1))) {
            f.clinic.clock.set(at.toString());
            f.sweep();
        }
    }

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void whatTheGatewayWasTooBusyForUntilTheNightWasNotReached(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 12 * 60);
        f.in("America/Chicago");
        f.ana("2027-03-03T09:05");
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.NOT_NOW);
        f.sweepAt("2027-03-02T21:30");
        f.sweepAt("2027-03-02T22:05");
        assertEquals(List.of("EXPIRED UNREACHABLE"), f.outcomes());
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

    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void nothingLeavesAfterAnOptOutWasAcknowledged(Database database) throws Exception {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.clinic.clock.set("2027-03-02T15:01:00Z");
        f.planner.plan(f.clinic.clock.instant());
        String lookup = f.lookup("+1 555 0111");
        Race.run(f, () -> f.consents.optOut(lookup, Consents.How.STOP));
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
    void aMessageOfSeveralSessionsNamesATherapistOnlyIfItIsThatOfAll(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update site set place_in_messages = '12 Pier Street'")
                .update());
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.SMS, Disclosure.NAMES, false);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T15:00", f.clinic.ana);
        f.ana("2027-03-04T10:00");
        f.ana("2027-03-04T15:00");
        f.sweepAt("2027-03-02T10:01");
        f.sweepAt("2027-03-03T10:01");
        assertText(f, 0, "You have an appointment Wed Mar 3, 10:00 AM and Wed Mar 3, 3:00 PM at 12 Pier Street.");
        assertText(
                f, 1, "Hello Ana, you have an appointment Thu Mar 4, 10:00 AM and Thu Mar 4, 3:00 PM with Dr Lee at");
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

    @ParameterizedTest(name = "[A38] {0}")
    @EnumSource(Database.class)
    void whatTheMessageOfTodaySaidIsPutRightToday(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T14:00").toString());
        f.move(session, "2027-03-03T09:00");
        f.sweepAt("2027-03-02T14:01");
        assertEquals(2, f.sms.accepted.size());
        assertText(f, 1, "Your appointment has changed: it is now Wed Mar 3, 9:00 AM.");
        f.cancel(session);
        f.sweepAt("2027-03-02T14:02");
        assertEquals(3, f.sms.accepted.size());
        assertText(f, 2, "Your appointment Wed Mar 3, 9:00 AM is cancelled.");
    }

    @ParameterizedTest(name = "[A38] {0}")
    @EnumSource(Database.class)
    void whatTheMessageOfTodaySaidIsPutRightByTheReminderItselfWhereNoRuleTellsOfMoves(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T14:00").toString());
        f.move(session, "2027-03-03T09:00");
        f.sweepAt("2027-03-02T14:01");
        assertEquals(2, f.sms.accepted.size());
        assertText(f, 1, "You have an appointment Wed Mar 3, 9:00 AM.");
    }

    @ParameterizedTest(name = "[A38] {0}")
    @EnumSource(Database.class)
    void whatIsPutRightDoesNotComeAtNight(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T21:30").toString());
        f.move(session, "2027-03-03T12:00");
        f.sweepAt("2027-03-02T21:31");
        assertEquals(1, f.sms.accepted.size());
        f.sweepAt("2027-03-03T08:00");
        assertEquals(2, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "[A39] {0}")
    @EnumSource(Database.class)
    void theNightIsThatOfThePatientAndTheTimeThatOfTheSite(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 2 * 60);
        f.in("America/Los_Angeles");
        f.ana("2027-03-03T10:30");
        f.sweepAt("2027-03-02T22:59");
        assertEquals(List.of(), f.sms.texts(), "due at 5:30 AM there, it is brought forward to 8:00 PM there");
        f.sweepAt("2027-03-02T23:01");
        assertText(f, 0, "You have an appointment Wed Mar 3, 10:30 AM");
        f.book(f.clinic.ruiz, "2027-03-04T12:30", f.clinic.ana);
        f.sweepAt("2027-03-04T10:31");
        assertEquals(1, f.sms.accepted.size(), "due at 7:30 AM there");
        f.sweepAt("2027-03-04T11:00");
        assertText(f, 1, "You have an appointment Thu Mar 4, 12:30 PM");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void theDayOfTheOneMessageIsThatOfThePatient(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BOOKED);
        f.in("Asia/Tokyo");
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T09:30").toString());
        f.ana("2027-03-09T10:00");
        f.sweepAt("2027-03-02T09:31");
        assertEquals(0, f.sms.accepted.size(), "half past eleven in the evening there");
        f.sweepAt("2027-03-02T18:00");
        assertEquals(1, f.sms.accepted.size(), "eight in the morning of March 3 there");
        f.ana("2027-03-10T10:00");
        f.sweepAt("2027-03-03T06:00");
        assertEquals(1, f.sms.accepted.size(), "still March 3 there");
        f.sweepAt("2027-03-03T18:00");
        assertEquals(2, f.sms.accepted.size());
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

    @ParameterizedTest(name = "[A13] {0}")
    @EnumSource(Database.class)
    void leaveOverThreeOfTwelveIsToldToEachPatientOnce(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        f.phone(f.clinic.ben, "+1 555 0112");
        f.agree(f.clinic.ben, Channel.SMS);
        long group = f.series.create(f.series.mondays(12));
        f.series.enrol(group, f.clinic.ana);
        f.series.enrol(group, f.clinic.ben);
        f.clinic.clock.set(ClinicFixture.local("2027-03-01T10:00").toString());
        LeavePlanning.Absence leave = LeavePlanning.Absence.leave(
                f.clinic.lee,
                new TimeSlot(ClinicFixture.local("2027-03-15T00:00"), ClinicFixture.local("2027-03-30T00:00")),
                "spring");
        List<Long> over = f.clinic.leave.affected(f.clinic.desk, leave).stream()
                .map(LeavePlanning.Affected::sessionId)
                .toList();
        assertEquals(f.series.sessions(group).subList(1, 4), over);
        f.clinic.leave.apply(
                f.clinic.desk,
                leave,
                Map.of(
                        over.get(0), LeavePlanning.Decision.substitute(f.clinic.ruiz),
                        over.get(1), LeavePlanning.Decision.move(ClinicFixture.local("2027-03-31T10:00")),
                        over.get(2), LeavePlanning.Decision.CANCEL));
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        assertEquals(2, f.sms.accepted.size(), "one for each patient");
        for (int patient = 0; patient < 2; patient++) {
            assertText(
                    f,
                    patient,
                    "Your appointment has changed: it is now Wed Mar 31, 10:00 AM."
                            + " Your appointment Mon Mar 29, 10:00 AM is cancelled.");
        }
        f.sweepAt("2027-03-02T12:00");
        assertEquals(2, f.sms.accepted.size(), "and no more the next day");
    }

    @ParameterizedTest(name = "[A13] {0}")
    @EnumSource(Database.class)
    void aMoveAndACancellationShareAMessageOnlyOnceBothAreDue(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        long moved = f.ana("2027-03-09T10:00");
        long cancelled = f.ana("2027-03-10T10:00");
        f.clinic.clock.set(ClinicFixture.local("2027-03-01T10:00").toString());
        f.move(moved, "2027-03-11T14:00");
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.cancel(cancelled);
        f.sweep();
        assertText(f, 0, "Your appointment has changed: it is now Thu Mar 11, 2:00 PM.");
        assertEquals(1, f.sms.accepted.size(), "what can be undone yet is not told");
    }

    @ParameterizedTest(name = "[A29] {0}")
    @EnumSource(Database.class)
    void whoeverGivesASeatBackIsNobodyElsesNews(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        f.phone(f.clinic.ben, "+1 555 0112");
        f.agree(f.clinic.ben, Channel.SMS);
        long group = f.series.create(f.series.mondays(3));
        f.series.enrol(group, f.clinic.ana);
        f.series.enrol(group, f.clinic.ben);
        long first = f.series.sessions(group).get(0);
        f.series.enrolments.cancelSeat(f.clinic.desk, first, f.clinic.ana);
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        assertEquals(0, f.sms.accepted.size(), "the session stands for Ben, and Ana knows");
        assertEquals(List.of(), f.outcomes());

        f.rule(Occasion.BEFORE, 24 * 60);
        f.sweepAt("2027-03-07T10:01");
        assertEquals(1, f.sms.accepted.size(), "Ben alone");
        assertEquals("+15550112", f.sms.accepted.get(0).to().replaceAll("[^+0-9]", ""));
        assertEquals(-1, f.sms.accepted.get(0).body().indexOf("Ana"));
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
    void aGatewayThatWasDownIsUsedAgainWhenItIsBack(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        due(f, 3);
        f.sms.reachable = false;
        f.sweepAt("2027-03-02T16:01");
        assertEquals(Collections.nCopies(3, "PENDING UNREACHABLE"), f.outcomes());
        f.sms.reachable = true;
        f.clinic.clock.advance(Duration.ofMinutes(2));
        f.sweep();
        f.sweep();
        assertEquals(Collections.nCopies(3, "SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsReachedByMailAloneDoesNotWaitForTheGatewayOfTexts(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        due(f, 3);
        byMail(f, "Eve", "2027-03-03T15:00");
        long late = byMail(f, "Elm", "2027-03-03T16:00");
        f.sms.reachable = false;
        f.sweepAt("2027-03-02T15:01");
        assertEquals(1, f.email.accepted.size(), "before anybody knows that it is down");
        f.sweepAt("2027-03-02T16:01");
        assertEquals(2, f.email.accepted.size(), "and when it is left alone");
        assertEquals("Elm@example.org", f.email.accepted.get(1).to());
        assertEquals(0, f.clinic.count("reminder where patient_id = " + late + " and channel = 'SMS'"));
        assertEquals(Collections.nCopies(3, "PENDING UNREACHABLE"), f.outcomes().subList(0, 3));
    }

    private static long byMail(ReminderFixture f, String name, String start) {
        long patient = f.series.patient(name);
        f.email(patient, name + "@example.org");
        f.agree(patient, Channel.EMAIL);
        f.book(f.clinic.lee, start, patient);
        return patient;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whereWhatWasToTryTheGatewayComesToNothingTheNextDoes(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        due(f, 3);
        f.sms.reachable = false;
        f.sweepAt("2027-03-02T16:01");
        f.sms.reachable = true;
        f.consents.optOut(f.lookup("+1 555 0410"), Consents.How.STOP);
        f.clinic.clock.advance(Duration.ofMinutes(2));
        f.sweep();
        f.sweep();
        f.sweep();
        assertEquals(List.of("VOIDED OPTED_OUT", "SENT", "SENT"), f.outcomes());
    }

    @ParameterizedTest(name = "experiment 6: {0}")
    @EnumSource(Database.class)
    void aGatewayThatCannotBeReachedIsTriedAfterEverLongerWaits(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sms.reachable = false;
        f.sweepAt("2027-03-02T10:01");
        assertEquals(ClinicFixture.local("2027-03-02T10:02"), sendAt(f));
        f.sweepAt("2027-03-02T10:02");
        assertEquals(ClinicFixture.local("2027-03-02T10:04"), sendAt(f));
        f.sweepAt("2027-03-02T10:04");
        assertEquals(ClinicFixture.local("2027-03-02T10:08"), sendAt(f));
    }

    private static Instant sendAt(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select send_at from reminder")
                .first(r -> r.instant(1))
                .orElseThrow());
    }

    @ParameterizedTest(name = "experiment 6: {0}")
    @EnumSource(Database.class)
    void aGatewayThatLosesItsAnswersIsLeftAloneBeforeAllAreUnknown(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        due(f, 12);
        f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        f.sweepAt("2027-03-02T16:01");
        f.sweep();
        int lost = f.sms.asked.size();
        assertTrue(lost < 3 + ReminderDispatch.LINES, () -> lost + " of 12 were asked");
        f.sms.answer = message -> Delivery.accepted(null);
        f.clinic.clock.advance(Duration.ofMinutes(2));
        f.sweep();
        f.sweep();
        assertEquals(lost, Collections.frequency(f.outcomes(), "UNKNOWN NO_ANSWER"));
        assertEquals(12 - lost, Collections.frequency(f.outcomes(), "SENT"));
    }

    /** So many patients with a phone each, who come on March 3. */
    private static void due(ReminderFixture f, int patients) {
        for (int i = 0; i < patients; i++) {
            long patient = f.series.patient("D" + i);
            f.phone(patient, "+1 555 04" + (10 + i));
            f.agree(patient, Channel.SMS);
            f.book(i % 2 == 0 ? f.clinic.lee : f.clinic.ruiz, "2027-03-03T" + (10 + i / 2) + ":00", patient);
        }
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

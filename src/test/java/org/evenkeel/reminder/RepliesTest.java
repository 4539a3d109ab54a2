package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.evenkeel.patient.Patient;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What patients answer, and what becomes of it. */
class RepliesTest {
    private static final int DAY = 24 * 60;
    private static final String ANA = "+15550111";
    private static final AtomicInteger RECEIPTS = new AtomicInteger();

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aLookAtALinkShowsTimesAndNobodyAndChangesNothing(Database database) {
        ReminderFixture f = reminded(database);
        Replies.View view = f.replies.look(answer(f)).orElseThrow();
        assertEquals(
                new Replies.View(
                        "en",
                        "555-0100",
                        List.of(new Replies.Appointment(1, "Wed Mar 3, 10:00 AM", "", true, false, false))),
                view);
        assertEquals(List.of("BOOKED"), participants(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoConfirmsIsExpectedAndMayThinkBetterOfIt(Database database) {
        ReminderFixture f = reminded(database);
        f.replies.confirm(answer(f), 1);
        f.replies.confirm(answer(f), 1);
        assertEquals(List.of("CONFIRMED"), participants(f));
        assertEquals(List.of("YES"), answers(f));
        assertEquals(
                1,
                f.clinic.audit.entries().stream()
                        .filter(e -> e.action().equals("CONFIRMED"))
                        .count());
        f.replies.cancel(answer(f), 1);
        assertEquals(List.of("LATE_CANCELLED"), participants(f));
        assertEquals(List.of("NO"), answers(f));
        assertEquals("page.cancelled", says(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void inTimeASessionOfTheirOwnIsCancelledAndItsTimeIsFree(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 3 * DAY);
        f.rule(Occasion.CANCELLED);
        f.ana("2027-03-05T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.replies.cancel(answer(f), 1);
        assertEquals(List.of("CANCELLED"), participants(f));
        f.book(f.clinic.lee, "2027-03-05T10:00", f.clinic.ben);
        f.sweepAt("2027-03-03T10:01");
        assertEquals(1, f.sms.accepted.size(), "whoever cancels knows of it");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aChangeThatIsUndoneIsNotToldAndWhatWasToldCanBeAnswered(Database database) {
        ReminderFixture f = reminded(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        long session = f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select id from session")
                .first(r -> r.id(1))
                .orElseThrow());
        Change moved = f.move(session, "2027-03-03T14:00");
        f.sweep();
        f.undo(moved);
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        f.undo(f.cancel(session));
        f.clinic.clock.advance(Duration.ofMinutes(1));
        f.sweep();
        assertEquals(1, f.sms.accepted.size());
        f.replies.confirm(answer(f), 1);
        assertEquals(List.of("CONFIRMED"), participants(f));
    }

    @ParameterizedTest(name = "[A29] {0}")
    @EnumSource(Database.class)
    void inAGroupTheirSeatIsFreeAndNobodyElseIsTouched(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        long group = f.series.create(f.series.mondays(1));
        f.series.enrol(group, f.clinic.ana);
        f.series.enrol(group, f.clinic.ben);
        f.sweepAt("2027-03-07T10:01");
        f.replies.cancel(answer(f), 1);
        assertEquals(List.of("LATE_CANCELLED", "BOOKED"), participants(f));
        assertEquals(1, f.series.coming(f.series.sessions(group).get(0)));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoWantsAnotherTimeIsCalledAndKeepsTheirs(Database database) {
        ReminderFixture f = reminded(database);
        f.replies.askAnother(answer(f), 1);
        assertEquals(List.of("BOOKED"), participants(f));
        assertEquals(List.of("OTHER"), answers(f));
        assertEquals("page.asked", says(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void afterTheStartNothingChanges(Database database) {
        ReminderFixture f = reminded(database);
        String token = answer(f);
        f.clinic.clock.set(ClinicFixture.local("2027-03-03T10:00").toString());
        assertTrue(f.replies.look(token).isEmpty());
        assertThrows(NotFound.class, () -> f.replies.cancel(token, 1));
        assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, "no"));
        assertEquals(List.of("BOOKED"), participants(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoAgreedToOneTimeHasNotAgreedToAnother(Database database) {
        ReminderFixture f = reminded(database);
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update session set revision = revision + 1")
                .update());
        f.replies.confirm(answer(f), 1);
        assertEquals(List.of("BOOKED"), participants(f));
        assertEquals("page.over", says(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoHasConfirmedIsAskedAgainOnceTheTimeIsAnother(Database database) {
        ReminderFixture f = reminded(database);
        long session = f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select id from session")
                .first(r -> r.id(1))
                .orElseThrow());
        f.replies.confirm(answer(f), 1);
        f.handOver(session, f.clinic.ruiz);
        assertEquals(List.of("CONFIRMED"), participants(f));
        Change moved = f.move(session, "2027-03-03T14:00");
        assertEquals(List.of("BOOKED"), participants(f));
        f.undo(moved);
        assertEquals(List.of("CONFIRMED"), participants(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aTokenIsForOnePurposeAndNoneIsGuessed(Database database) {
        ReminderFixture f = reminded(database);
        assertTrue(f.replies
                .look(ReminderFixture.token(f.sms.accepted.get(0), "stop"))
                .isEmpty());
        assertTrue(f.replies.lookStop(answer(f)).isEmpty());
        assertTrue(f.replies.look("").isEmpty());
        assertTrue(f.replies.look("x".repeat(43)).isEmpty());
        assertThrows(NotFound.class, () -> f.replies.confirm(answer(f), 2));
        assertThrows(NotFound.class, () -> f.replies.stop(answer(f)));
    }

    @ParameterizedTest(name = "[A41] {0}")
    @EnumSource(Database.class)
    void theLinkToOptOutStopsTheAddressThatTheMessageWentTo(Database database) {
        ReminderFixture f = reminded(database);
        String token = ReminderFixture.token(f.sms.accepted.get(0), "stop");
        assertEquals(Optional.of(new Replies.Stop("en", "555-0100", false)), f.replies.lookStop(token));
        f.replies.stop(token);
        assertEquals(Optional.of(new Replies.Stop("en", "555-0100", true)), f.replies.lookStop(token));
        f.ana("2027-03-10T10:00");
        f.sweepAt("2027-03-09T10:01");
        assertEquals(1, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "[A41] {0}")
    @EnumSource(Database.class)
    void stopAndStartByTextMessageHoldHoweverTheNumberIsWritten(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.phone(f.clinic.ben, "(555) 010-0222");
        f.agree(f.clinic.ben, Channel.SMS);
        f.book(f.clinic.lee, "2027-03-04T10:00", f.clinic.ben);
        assertEquals(
                Optional.of("You will get no more messages. Reply START to get them again."),
                sms(f, "+15550100222", "Stop texting me!"));
        f.sweepAt("2027-03-03T10:01");
        assertEquals(List.of("VOIDED OPTED_OUT"), f.outcomes());
        assertEquals(
                Optional.of("You will get messages again. Reply STOP to opt out."), sms(f, "+15550100222", "START"));
        f.book(f.clinic.lee, "2027-03-05T10:00", f.clinic.ben);
        f.sweepAt("2027-03-04T10:01");
        assertEquals(1, f.sms.accepted.size());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void yesConfirmsTheOneSessionThatIsPending(Database database) {
        ReminderFixture f = reminded(database);
        assertEquals(Optional.of("Thank you. See you Wed Mar 3, 10:00 AM."), sms(f, ANA, " Yes. "));
        assertEquals(List.of("CONFIRMED"), participants(f));
        assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, "no problem, see you"));
        assertEquals(List.of("CONFIRMED"), participants(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoSpeaksSpanishIsAnsweredInSpanish(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.clinic.transactions.runInNew(() -> f.clinic
                .em
                .find(Patient.class, f.clinic.ana)
                .describe(LocalDate.of(1990, 5, 17), Patient.Gender.FEMALE, "es", f.clinic.lee));
        f.rule(Occasion.BEFORE, DAY);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        String answer = sms(f, ANA, "¡SÍ!").orElseThrow();
        assertTrue(answer.startsWith("Gracias. Le esperamos "), answer);
        assertEquals(List.of("CONFIRMED"), participants(f));
        assertTrue(sms(f, ANA, "Alto").orElseThrow().startsWith("No recibirá más mensajes."));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aPageThatWasOpenDuringAMoveAnswersForWhatItShowed(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        long first = f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T14:00", f.clinic.ana);
        f.sweepAt("2027-03-02T10:01");
        f.move(first, "2027-03-03T15:00");
        assertEquals(
                List.of("2 Wed Mar 3, 2:00 PM", "1 Wed Mar 3, 3:00 PM"),
                f.replies.look(answer(f)).orElseThrow().appointments().stream()
                        .map(a -> a.number() + " " + a.when())
                        .toList());
        f.replies.cancel(answer(f), 1);
        assertEquals(List.of("BOOKED", "BOOKED"), participants(f), "the first is at another time now");
        f.replies.cancel(answer(f), 2);
        assertEquals(List.of("BOOKED", "CANCELLED"), participants(f));
    }

    @ParameterizedTest(name = "[A42] {0}")
    @EnumSource(Database.class)
    void aYesWithTwoSessionsPendingAsksWhich(Database database) {
        ReminderFixture f = twoPending(database);
        String asked = "Which one? Reply 1 for Wed Mar 3, 10:00 AM or 2 for Wed Mar 3, 3:00 PM.";
        assertEquals(Optional.of(asked), sms(f, ANA, "yes"));
        assertEquals(List.of("BOOKED", "BOOKED"), participants(f));
        assertEquals(Optional.of("Thank you. See you Wed Mar 3, 3:00 PM."), sms(f, ANA, "2"));
        assertEquals(List.of("BOOKED", "CONFIRMED"), participants(f));
        assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, "1"), "nothing is asked any more");
        assertEquals(Optional.of("Thank you. See you Wed Mar 3, 10:00 AM."), sms(f, ANA, "ok"));
        assertEquals(List.of("CONFIRMED", "CONFIRMED"), participants(f));
    }

    @ParameterizedTest(name = "[A42] {0}")
    @EnumSource(Database.class)
    void aNumberMeansWhatWasAskedAndALateNoIsALateCancellation(Database database) {
        ReminderFixture f = twoPending(database);
        sms(f, ANA, "no");
        assertEquals(
                Optional.of("You will not be expected Wed Mar 3, 10:00 AM. Call 555-0100 for another time."),
                sms(f, ANA, "#1"));
        assertEquals(List.of("LATE_CANCELLED", "BOOKED"), participants(f));
        assertTrue(answers(f).contains("NO"));
    }

    @ParameterizedTest(name = "[A42] {0}")
    @EnumSource(Database.class)
    void aNoToAReminderOfWhatIsAnsweredIsNotForAnotherSession(Database database) {
        ReminderFixture f = oneAnsweredAndOneNot(database, 3 * DAY, DAY);
        f.sweepAt("2027-03-03T10:01");
        assertEquals(3, f.sms.accepted.size(), "the first once more");
        assertEquals(
                Optional.of("Which one? Reply 1 for Thu Mar 4, 10:00 AM or 2 for Fri Mar 5, 10:00 AM."),
                sms(f, ANA, "no"));
        assertEquals(List.of("CONFIRMED", "BOOKED"), participants(f));
        sms(f, ANA, "1");
        assertEquals(List.of("LATE_CANCELLED", "BOOKED"), participants(f));
        assertEquals(
                Optional.of("Which one? Reply 1 for Fri Mar 5, 10:00 AM."),
                sms(f, ANA, "yes"),
                "it may be the one that is off");
        sms(f, ANA, "1");
        assertEquals(List.of("LATE_CANCELLED", "CONFIRMED"), participants(f));
    }

    @ParameterizedTest(name = "[A42] {0}")
    @EnumSource(Database.class)
    void whoeverAnswersACancellationHasNotConfirmedAnotherSession(Database database) {
        ReminderFixture f = oneAnsweredAndOneNot(database, 3 * DAY);
        f.rule(Occasion.CANCELLED);
        long third = f.book(f.clinic.ruiz, "2027-03-05T15:00", f.clinic.ana);
        f.sweepAt("2027-03-03T10:01");
        f.cancel(third);
        f.sweepAt("2027-03-03T11:01");
        String last = f.sms.accepted.get(f.sms.accepted.size() - 1).body();
        assertTrue(last.contains("3:00 PM is cancelled"), last);
        for (String word : List.of("ok", "no")) {
            assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, word));
        }
        assertEquals(List.of("CONFIRMED", "BOOKED", "CANCELLED"), participants(f));
    }

    @ParameterizedTest(name = "[A42] {0}")
    @EnumSource(Database.class)
    void whoeverDoesNotWantAPlaceThatIsFreeKeepsTheirSession(Database database) {
        ReminderFixture f = reminded(database);
        f.book(f.clinic.ruiz, "2027-03-04T09:00", f.clinic.ana);
        f.sweepAt("2027-03-03T09:01");
        assertEquals(2, f.sms.accepted.size());
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add(
                        "update reminder set occasion = 'OFFERED' where session_id <> (select min(session_id) from reminder)")
                .update());
        assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, "No"));
        assertEquals(List.of("BOOKED", "BOOKED"), participants(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatTheProviderDeliversTwiceIsAnsweredOnce(Database database) {
        ReminderFixture f = twoPending(database);
        sms(f, ANA, "yes");
        f.smsReplies.receive(ANA, "1", "M-twice");
        assertEquals(Optional.empty(), f.smsReplies.receive(ANA, "1", "M-twice"));
        f.smsReplies.receive(ANA, "no", "M-no");
        f.smsReplies.receive(ANA, "no", "M-no");
        assertEquals(List.of("CONFIRMED", "CANCELLED"), participants(f));
    }

    @ParameterizedTest(name = "[A41] {0}")
    @EnumSource(Database.class)
    void aStartThatIsDeliveredOnceMoreDoesNotUndoALaterStop(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        sms(f, ANA, "STOP");
        assertTrue(f.smsReplies.receive(ANA, "START", "M-start").isPresent());
        sms(f, ANA, "STOP");
        assertEquals(Optional.empty(), f.smsReplies.receive(ANA, "START", "M-start"));
        f.clinic.clock.advance(Duration.ofDays(20));
        sms(f, ANA, "yes");
        assertEquals(Optional.empty(), f.smsReplies.receive(ANA, "START", "M-start"), "however late");
        assertEquals(1, f.clinic.count("opt_out"));
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void ofTwoWhoShareAPhoneTheDeskAsksWhoItIs(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.phone(f.clinic.ben, "1 555 0111");
        f.agree(f.clinic.ben, Channel.SMS);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T10:00", f.clinic.ben);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(2, f.sms.accepted.size());
        assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, "yes"));
        assertEquals(Optional.of("Please call 555-0100."), sms(f, ANA, "no"));
        assertEquals(List.of("BOOKED", "BOOKED"), participants(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void aStrangerLearnsNothing(Database database) {
        ReminderFixture f = reminded(database);
        assertEquals(Optional.empty(), sms(f, "+15559999", "yes"));
        assertEquals(Optional.empty(), sms(f, "+15559999", "who is this?"));
    }

    @ParameterizedTest(name = "experiment 11: {0}")
    @EnumSource(Database.class)
    void nothingLeavesAfterTheDeskOrThePatientHasCancelled(Database database) throws Exception {
        ReminderFixture f = new ReminderFixture(database);
        LastWord lastWord = new LastWord(f.outbox, database.atCommit());
        f.clinic.events.observedBy(lastWord::changed);
        f.rule(Occasion.BEFORE, DAY, 60);
        long session = f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        String token = answer(f);
        race(f, "2027-03-03T09:00", () -> f.replies.cancel(token, 1));
        assertEquals(List.of("LATE_CANCELLED"), participants(f));
        long other = f.ana("2027-03-05T10:00");
        race(f, "2027-03-04T10:00", () -> f.cancel(other));
        assertTrue(other > session);
        f.rule(Occasion.BOOKED);
        f.clinic.clock.set(ClinicFixture.local("2027-03-15T09:00").toString());
        long farOff = f.ana("2027-04-05T10:00");
        race(f, "2027-03-15T10:00", () -> f.cancel(farOff));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoeverChangesManySessionsAtOnceAsksOnceWhatIsLeaving(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        LastWord lastWord = new LastWord(f.outbox, database.atCommit());
        List<SessionChanged> changes = List.of(change(f, 1), change(f, 2), change(f, 3));
        int statements = f.clinic.database.statements(
                () -> f.clinic.transactions.runInNew(() -> changes.forEach(lastWord::changed)));
        assertEquals(1, statements);
    }

    private static SessionChanged change(ReminderFixture f, long session) {
        Instant now = f.clinic.clock.instant();
        return new SessionChanged(
                Change.Kind.CANCELLED,
                session,
                1,
                now,
                List.of(TimeSlot.of(now.plus(Duration.ofDays(session)), 50)),
                Set.of(f.clinic.site));
    }

    /** A message is leaving when somebody cancels what it tells of: it has left when they are told that it is cancelled. */
    private static void race(ReminderFixture f, String wallTime, Runnable cancel) throws Exception {
        f.clinic.clock.set(ClinicFixture.local(wallTime).toString());
        f.planner.plan(f.clinic.clock.instant());
        Race.run(f, cancel);
    }

    /** Ana was told of one session. */
    private static ReminderFixture reminded(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        return f;
    }

    /** Ana was told of two sessions, and is to come to the first. */
    private static ReminderFixture oneAnsweredAndOneNot(Database database, Integer... leads) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, leads);
        f.ana("2027-03-04T10:00");
        f.ana("2027-03-05T10:00");
        f.sweepAt("2027-03-01T10:01");
        assertEquals(Optional.of("Thank you. See you Thu Mar 4, 10:00 AM."), sms(f, ANA, "yes"));
        f.sweepAt("2027-03-02T10:01");
        return f;
    }

    /** Ana was told of two sessions. */
    private static ReminderFixture twoPending(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T15:00", f.clinic.ana);
        f.sweepAt("2027-03-02T10:01");
        return f;
    }

    private static Optional<String> sms(ReminderFixture f, String from, String text) {
        return f.smsReplies.receive(from, text, "M" + RECEIPTS.incrementAndGet());
    }

    private static String answer(ReminderFixture f) {
        return ReminderFixture.token(f.sms.accepted.get(0), "answer");
    }

    private static String says(ReminderFixture f) {
        return f.replies.look(answer(f)).orElseThrow().appointments().get(0).says();
    }

    private static List<String> participants(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select state from participant order by id")
                .list(r -> r.text(1)));
    }

    private static List<String> answers(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select answer from reminder where answer is not null order by id")
                .list(r -> r.text(1)));
    }
}

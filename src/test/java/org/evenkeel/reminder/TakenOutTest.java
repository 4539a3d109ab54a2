package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is taken out of a session that they were told of is told so. */
class TakenOutTest {

    @ParameterizedTest(name = "[A29] {0}")
    @EnumSource(Database.class)
    void whoLosesTheirSeatIsToldAndNobodyElse(Database database) {
        ReminderFixture f = told(database);
        f.phone(f.clinic.ben, "+1 555 0122");
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        f.sweep();
        assertEquals(1, f.sms.accepted.size(), "it may be a slip");
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.sms.texts().get(1).startsWith("Your appointment Mon Mar 8, 10:00 AM is cancelled."));
        assertEquals("+1 555 0111", f.sms.accepted.get(1).to());
        f.move(session(f), "2027-03-08T12:00");
        later(f);
        assertEquals(2, f.sms.accepted.size(), "it is theirs no more");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoGetsTheirSeatBackAtOnceIsToldNothing(Database database) {
        ReminderFixture f = told(database);
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        f.sweep();
        f.series.enrolments.addGuest(f.clinic.desk, session(f), f.clinic.ana, RuleOverride.NONE);
        later(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoSaidSoThemselvesKnows(Database database) {
        ReminderFixture f = told(database);
        f.replies.cancel(ReminderFixture.token(f.sms.accepted.get(0), "answer"), 1);
        later(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoWasNeverToldOfItIsToldNothing(Database database) {
        ReminderFixture f = group(database);
        f.clinic.clock.set(ClinicFixture.local("2027-03-05T10:00").toString());
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        later(f);
        assertEquals(List.of(), f.sms.texts());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsReplacedInASessionIsToldAndWhoComesInsteadIsNot(Database database) {
        ReminderFixture f = toldOfHerOwn(database);
        f.replace(session(f), f.clinic.ben);
        f.sweep();
        assertEquals(1, f.sms.accepted.size(), "it may be a slip");
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.sms.texts().get(1).startsWith("Your appointment Wed Mar 3, 10:00 AM is cancelled."));
        assertEquals("+1 555 0111", f.sms.accepted.get(1).to());
        f.cancel(session(f));
        later(f);
        assertEquals(3, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertEquals("+1 555 0122", f.sms.accepted.get(2).to(), "it was Ben's by then");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsReplacedInASessionThatIsMovedAtOnceIsToldOfTheTimeThatTheyKnew(Database database) {
        ReminderFixture f = toldOfHerOwn(database);
        f.replace(session(f), f.clinic.ben, "2027-03-04T12:00");
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(
                f.sms.texts().get(1).startsWith("Your appointment Wed Mar 3, 10:00 AM is cancelled."),
                () -> f.sms.texts().toString());
        assertEquals("+1 555 0111", f.sms.accepted.get(1).to());
        f.move(session(f), "2027-03-05T12:00");
        later(f);
        assertEquals(
                List.of("+1 555 0122"),
                f.sms.accepted.stream().skip(2).map(Outgoing::to).toList(),
                "it is Ben's that moves");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsReplacedInASessionThatIsMovedAtOnceAndWasNeverToldOfItIsToldNothing(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        f.ana("2027-03-05T10:00");
        f.replace(session(f), f.clinic.ben, "2027-03-08T12:00");
        later(f);
        later(f);
        assertEquals(List.of(), f.sms.texts());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void theTimeThatTheyKnewDecidesUntilWhenTheyAreTold(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.CANCELLED);
        f.in("America/Los_Angeles");
        f.ana("2027-03-03T15:00");
        f.sweepAt("2027-03-02T15:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-03T09:00").toString());
        f.replace(session(f), f.clinic.ben, "2027-03-03T10:00");
        f.sweep();
        f.sweepAt("2027-03-03T10:30");
        assertEquals(1, f.sms.accepted.size(), "it is half past seven in the morning for her");
        f.sweepAt("2027-03-03T11:01");
        assertEquals(2, f.sms.accepted.size(), () -> f.outcomes().toString());
        assertTrue(f.sms.texts().get(1).startsWith("Your appointment Wed Mar 3, 3:00 PM is cancelled."));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsTakenOutOfAGroupThatIsMovedBeforeAnybodyLooksIsToldOfTheTimeThatTheyKnew(Database database) {
        ReminderFixture f = told(database);
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        f.clinic.clock.advance(Duration.ofSeconds(3));
        f.move(session(f), "2027-03-08T12:00");
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(
                f.sms.texts().get(1).startsWith("Your appointment Mon Mar 8, 10:00 AM is cancelled."),
                () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoWasReplacedByASlipStillComesAndTheOtherNeverDid(Database database) {
        ReminderFixture f = toldOfHerOwn(database);
        Change slip = f.replace(session(f), f.clinic.ben);
        f.sweep();
        f.clinic.clock.advance(Duration.ofSeconds(3));
        f.undo(slip);
        later(f);
        later(f);
        assertEquals(1, f.sms.accepted.size(), () -> f.sms.texts().toString());
        f.cancel(session(f));
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertEquals("+1 555 0111", f.sms.accepted.get(1).to(), "it is Ana's that is cancelled");
    }

    @ParameterizedTest(name = "[A38] {0}")
    @EnumSource(Database.class)
    void whoGetsTheirSeatBackAfterTheyWereToldOfIsToldEachTimeWhatHolds(Database database) {
        ReminderFixture f = told(database);
        for (int message = 2; message <= 5; message++) {
            f.clinic.clock.advance(Duration.ofMinutes(20));
            if (message % 2 == 0) {
                f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
            } else {
                f.series.enrolments.addGuest(f.clinic.desk, session(f), f.clinic.ana, RuleOverride.NONE);
            }
            f.sweep();
            assertEquals(message - 1, f.sms.accepted.size(), "it may be a slip");
            later(f);
            later(f);
            assertEquals(message, f.sms.accepted.size(), () -> f.sms.texts().toString());
            assertTrue(
                    f.sms.texts()
                            .get(message - 1)
                            .startsWith(
                                    message % 2 == 0
                                            ? "Your appointment Mon Mar 8, 10:00 AM is cancelled."
                                            : "Your appointment has changed: it is now Mon Mar 8, 10:00 AM."),
                    () -> f.sms.texts().toString());
        }
        f.sweepAt("2027-03-08T09:00");
        assertEquals(5, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoGetsTheirSeatBackAndLosesItAgainAtOnceIsToldNothingMore(Database database) {
        ReminderFixture f = told(database);
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        f.series.enrolments.addGuest(f.clinic.desk, session(f), f.clinic.ana, RuleOverride.NONE);
        f.sweep();
        f.clinic.clock.advance(Duration.ofSeconds(3));
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsTakenOutTwiceBeforeAnybodyLooksIsToldOnce(Database database) {
        ReminderFixture f = told(database);
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        f.clinic.clock.advance(Duration.ofSeconds(1));
        f.series.enrolments.addGuest(f.clinic.desk, session(f), f.clinic.ana, RuleOverride.NONE);
        f.clinic.clock.advance(Duration.ofSeconds(1));
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoIsTakenOutOfASessionThatIsCancelledBeforeAnybodyLooksIsToldOnce(Database database) {
        ReminderFixture f = told(database);
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        f.clinic.clock.advance(Duration.ofSeconds(3));
        f.cancel(session(f));
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.sms.texts().get(1).startsWith("Your appointment Mon Mar 8, 10:00 AM is cancelled."));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoGotTheirSeatBackInASessionThatIsCancelledIsToldOnce(Database database) {
        ReminderFixture f = told(database);
        f.series.enrolments.cancelSeat(f.clinic.desk, session(f), f.clinic.ana);
        f.clinic.clock.advance(Duration.ofSeconds(1));
        f.series.enrolments.addGuest(f.clinic.desk, session(f), f.clinic.ana, RuleOverride.NONE);
        f.clinic.clock.advance(Duration.ofSeconds(1));
        f.cancel(session(f));
        later(f);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whoComesAfterAllThoughTheirReminderWasMissedMeanwhileIsTold(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 3 * 24 * 60, 24 * 60);
        f.rule(Occasion.CANCELLED);
        long session = f.series.sessions(f.series.create(f.series.mondays(1))).get(0);
        f.series.enrolments.addGuest(f.clinic.desk, session, f.clinic.ana, RuleOverride.NONE);
        f.sweepAt("2027-03-05T10:01");
        f.clinic.clock.set(ClinicFixture.local("2027-03-06T12:00").toString());
        f.series.enrolments.cancelSeat(f.clinic.desk, session, f.clinic.ana);
        later(f);
        assertEquals(2, f.sms.accepted.size(), () -> f.sms.texts().toString());
        f.clinic.clock.set(ClinicFixture.local("2027-03-07T15:00").toString());
        RuleOverride late = new RuleOverride(Set.of(Rule.ENROLMENT_CLOSED), "they asked for it");
        f.series.enrolments.addGuest(f.clinic.desk, session, f.clinic.ana, late);
        later(f);
        later(f);
        assertEquals(3, f.sms.accepted.size(), () -> f.sms.texts().toString());
        assertTrue(f.sms.texts().get(2).startsWith("You have an appointment Mon Mar 8, 10:00 AM."));
    }

    /** Ana was told this morning of a session of her own tomorrow at ten. Ben has a phone. */
    private static ReminderFixture toldOfHerOwn(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        f.phone(f.clinic.ben, "+1 555 0122");
        f.agree(f.clinic.ben, Channel.SMS);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        assertEquals(1, f.sms.accepted.size());
        f.clinic.clock.set(ClinicFixture.local("2027-03-02T11:00").toString());
        return f;
    }

    /** Ana and Ben come to a group on Monday, March 8, at ten. */
    private static ReminderFixture group(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.rule(Occasion.CANCELLED);
        long group = f.series.create(f.series.mondays(1));
        f.series.enrol(group, f.clinic.ana);
        f.series.enrol(group, f.clinic.ben);
        return f;
    }

    /** Ana was told of it on Sunday. */
    private static ReminderFixture told(Database database) {
        ReminderFixture f = group(database);
        f.sweepAt("2027-03-07T10:01");
        assertEquals(1, f.sms.accepted.size());
        return f;
    }

    private static long session(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select id from session")
                .first(r -> r.id(1))
                .orElseThrow());
    }

    private static void later(ReminderFixture f) {
        f.clinic.clock.advance(Duration.ofSeconds(10));
        f.sweep();
    }
}

package org.evenkeel.reminder;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the lead sees where nothing is really sent. */
class DevelopmentOutboxTest {
    @ParameterizedTest
    @EnumSource(Database.class)
    void showsWhatGoesNextInTheWordsThatItWillHave(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T15:00", f.clinic.ana);
        f.sweepAt("2027-03-02T09:00");
        NextMessage next = next(f).get(0);
        assertEquals(local("2027-03-02T10:00"), next.at());
        assertNull(next.why(), "it is not due before");
        assertEquals("+1 555 0111", next.to());
        f.sweepAt("2027-03-02T10:01");
        assertEquals(withoutLinks(f.sms.accepted.get(0).body()), withoutLinks(next.body()));
        assertEquals(List.of(), next(f));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tellsWhatWaitsForTheMorningAndWhatWillNotGoOut(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 7 * 60);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T11:00", f.clinic.ben);
        f.sweepAt("2027-03-03T03:30");
        assertEquals(List.of("PENDING", "PENDING"), f.outcomes());
        NextMessage ana = next(f).get(0);
        assertEquals(local("2027-03-03T08:00"), ana.at());
        assertEquals(Reason.QUIET_HOURS, ana.why());
        NextMessage ben = next(f).get(1);
        assertFalse(ben.goesOut());
        assertEquals(Reason.NO_CONSENT, ben.why());
        assertEquals(List.of("PENDING", "PENDING"), f.outcomes(), "to look changes nothing");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tellsWhoHasHadOneToday(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.rule(Occasion.MOVED);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        long later = f.ana("2027-03-09T10:00");
        f.clinic.clock.advance(java.time.Duration.ofMinutes(1));
        f.move(later, "2027-03-09T14:00");
        f.clinic.clock.advance(java.time.Duration.ofMinutes(1));
        f.planner.plan(f.clinic.clock.instant());
        NextMessage next = next(f).get(0);
        assertEquals(local("2027-03-03T08:00"), next.at());
        assertEquals(Reason.CAP, next.why());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void asksAsOftenForManyAsForOne(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T09:00");
        DevelopmentOutbox outbox = outbox(f);
        int one = database.statements(() -> outbox.contents(f.clinic.lead));
        for (int i = 0; i < 5; i++) {
            f.book(f.clinic.ruiz, "2027-03-03T1" + i + ":00", f.series.patient("P" + i));
        }
        f.sweep();
        assertEquals(one, database.statements(() -> outbox.contents(f.clinic.lead)));
        assertThrows(NotAllowed.class, () -> outbox.contents(f.clinic.desk));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void recallsWhatWasSentBeforeAnythingWasKeptWithLinksThatWork(Database database) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T15:00", f.clinic.ana);
        f.sweepAt("2027-03-02T10:01");
        DevelopmentOutbox outbox = outbox(f);
        f.clinic.transactions.runInNew(outbox::recall);
        List<DevelopmentOutbox.Shown> kept = outbox.contents(f.clinic.lead).newest();
        assertEquals(1, kept.size());
        assertEquals(
                withoutLinks(f.sms.accepted.get(0).body()),
                withoutLinks(kept.get(0).body()));
        Outgoing read = new Outgoing(0, Channel.SMS, "", "", kept.get(0).body(), null, List.of());
        assertEquals(
                2,
                f.replies
                        .look(ReminderFixture.token(read, "answer"))
                        .orElseThrow()
                        .appointments()
                        .size());
        f.sweep();
        assertEquals(1, f.sms.accepted.size(), "nothing is sent because of it");
        assertTrue(f.outcomes().stream().allMatch("SENT"::equals));
    }

    private static DevelopmentOutbox outbox(ReminderFixture f) {
        return new DevelopmentOutbox(
                f.clinic.em,
                f.clinic.transactions,
                new ContactVault("a secret for tests"),
                f.outbox,
                f.clinic.audit,
                f.clinic.clock);
    }

    private static List<NextMessage> next(ReminderFixture f) {
        return outbox(f).contents(f.clinic.lead).next();
    }

    private static String withoutLinks(String text) {
        return text.replaceAll("http\\S+", "LINK");
    }
}

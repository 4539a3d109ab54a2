package org.evenkeel.reminder;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.evenkeel.patient.ContactLookups;
import org.evenkeel.patient.ContactLookupsChanged;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.patient.PhoneNumbers;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One phone is one address, whoever has written it down and how. Ana's is "+1 555 0111". */
class SharedPhonesTest {
    private static final String SECRET = "a secret for tests";

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void aPhoneThatIsWrittenWithoutItsCodeIsSharedAllTheSame(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.SMS, Disclosure.NAMES, false);
        f.consents.give(f.clinic.desk, f.clinic.ben, Channel.SMS, Disclosure.NAMES, false);
        assertTrue(f.consents.standing(f.clinic.desk, f.clinic.ben).get(0).shared());
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T10:00", f.clinic.ben);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(2, f.sms.accepted.size());
        f.sms.accepted.forEach(m -> assertFalse(m.body().matches(".*(Ana|Ben|Lee|Ruiz).*"), m.body()));
        assertEquals(
                Optional.of("Please call 555-0100."), f.smsReplies.receive("+15550111", "yes", "M1"), "whose yes?");
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void aNoOfOneWhoHasAnsweredIsNotThatOfTheOther(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        f.replies.confirm(ReminderFixture.token(f.sms.accepted.get(0), "answer"), 1);
        f.book(f.clinic.ruiz, "2027-03-03T11:00", f.clinic.ben);
        f.sweepAt("2027-03-02T11:01");
        assertEquals(Optional.of("Please call 555-0100."), f.smsReplies.receive("+15550111", "no", "M1"));
        assertEquals(List.of("CONFIRMED", "BOOKED"), participants(f));
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void aPhoneThatTheMessageDidNotGoToDoesNotAnswerIt(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.phone(f.clinic.ana, "555-0333");
        f.ana("2027-03-03T10:00");
        f.sweepAt("2027-03-02T10:01");
        assertEquals("555-0333", f.sms.accepted.get(0).to());
        for (String word : List.of("ok", "no")) {
            assertEquals(
                    Optional.of("Please call 555-0100."), f.smsReplies.receive("+15550111", word, "to Ben " + word));
        }
        assertEquals(List.of("BOOKED"), participants(f));
        assertEquals(
                Optional.of("Thank you. See you Wed Mar 3, 10:00 AM."),
                f.smsReplies.receive("+15550333", "ok", "to Ana"));
        assertEquals(List.of("CONFIRMED"), participants(f));
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void anAnswerToWhatTheOtherWasToldLastIsForTheDesk(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.rule(Occasion.BEFORE, 3 * 24 * 60);
        f.ana("2027-03-05T10:00");
        f.book(f.clinic.ruiz, "2027-03-02T12:00", f.clinic.ben);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(2, f.sms.accepted.size());
        f.clinic.clock.set(local("2027-03-02T12:01").toString());
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update reminder set closed_at = ? where patient_id = ?", local("2027-03-02T10:02"), f.clinic.ben)
                .update());
        assertEquals(Optional.of("Please call 555-0100."), f.smsReplies.receive("+15550111", "no", "M1"));
        assertEquals(List.of("BOOKED", "BOOKED"), participants(f));
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void stopHoldsForAllWhoHaveThePhone(Database database) {
        ReminderFixture f = withBen(database, "(0) 555 0111");
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T11:00", f.clinic.ben);
        f.smsReplies.receive("+15550111", "STOP", "M1");
        f.sweepAt("2027-03-02T11:01");
        assertEquals(List.of("VOIDED OPTED_OUT", "VOIDED OPTED_OUT"), f.outcomes());
        f.smsReplies.receive("+15550111", "START", "M2");
        f.ana("2027-03-04T10:00");
        f.sweepAt("2027-03-03T10:01");
        assertEquals(1, f.sms.accepted.size());
    }

    /** The database of a release to which the two writings were two addresses. */
    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void whatWasStoredBeforeIsMadeRightOnceAndWithItOptOutsAndLinks(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.book(f.clinic.ruiz, "2027-03-03T10:00", f.clinic.ben);
        f.sweepAt("2027-03-02T10:01");
        String link = ReminderFixture.token(f.sms.accepted.get(0), "stop");
        store(f, f.clinic.ana, "a".repeat(64));
        store(f, f.clinic.ben, "b".repeat(64));
        f.consents.optOut("a".repeat(64), Consents.How.STOP);
        ContactLookups lookups = lookups(f, new ContactVault(SECRET));

        assertEquals(2, lookups.renew());
        assertEquals(0, lookups.renew());
        assertEquals(List.of(f.lookup("+1 555 0111")), optOuts(f));
        assertTrue(f.replies.lookStop(link).orElseThrow().stopped(), "Ben's link is about the same phone");
        f.clinic.transactions.runInNew(() -> f.consents.optIn(f.lookup("555 0111")));
        f.replies.stop(link);
        assertEquals(List.of(f.lookup("+1 555 0111")), optOuts(f));
    }

    @ParameterizedTest(name = "[A43] {0}")
    @EnumSource(Database.class)
    void anotherCallingCodeIsWorkedInAndTheFormerOneToo(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.consents.optOut(f.lookup("555-0111"), Consents.How.DESK);
        assertEquals(0, lookups(f, new ContactVault(SECRET)).renew());
        ContactVault british = new ContactVault(SECRET, new PhoneNumbers("44"));
        assertEquals(1, lookups(f, british).renew(), "Ana's has its code");
        assertEquals(2, optOuts(f).size(), "whoever it was meant for");
        assertEquals(1, lookups(f, new ContactVault(SECRET)).renew());
        assertEquals(List.of(f.lookup("+1 555 0111")), optOuts(f));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    void whatDoesNotOpenKeepsNobodyFromStarting(Database database) {
        ReminderFixture f = withBen(database, "555-0111");
        f.clinic.transactions.runInNew(() -> {
            Sql.on(f.clinic.em)
                    .add("update contact_point set lookup = ?", "a".repeat(64))
                    .update();
            Sql.on(f.clinic.em)
                    .add("update contact_point set sealed = 'no seal' where patient_id = ?", f.clinic.ana)
                    .update();
        });
        assertEquals(1, lookups(f, new ContactVault(SECRET)).renew());
    }

    private static ReminderFixture withBen(Database database, String phone) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.phone(f.clinic.ben, phone);
        f.agree(f.clinic.ben, Channel.SMS);
        return f;
    }

    private static ContactLookups lookups(ReminderFixture f, ContactVault vault) {
        Recorded<ContactLookupsChanged> changes = new Recorded<>();
        changes.observedBy(f.consents::follow);
        return new ContactLookups(f.clinic.em, f.clinic.transactions, vault, changes);
    }

    private static void store(ReminderFixture f, long patient, String lookup) {
        f.clinic.transactions.runInNew(() -> {
            Sql.on(f.clinic.em)
                    .add("update contact_point set lookup = ? where patient_id = ?", lookup, patient)
                    .update();
            Sql.on(f.clinic.em)
                    .add(
                            "update reply_token set lookup = ? where reminder_id in (select id from reminder where patient_id = ?)",
                            lookup,
                            patient)
                    .update();
        });
    }

    private static List<String> participants(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select state from participant order by id")
                .list(r -> r.text(1)));
    }

    private static List<String> optOuts(ReminderFixture f) {
        return f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select lookup from opt_out order by lookup")
                .list(r -> r.text(1)));
    }
}

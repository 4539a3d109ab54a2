package org.evenkeel.reminder;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.Contact;
import org.evenkeel.reminder.ReminderList.Kind;
import org.evenkeel.reminder.ReminderList.Row;
import org.evenkeel.reminder.ReminderPreview.Message;
import org.evenkeel.reminder.ReminderPreview.Planned;
import org.evenkeel.reminder.ReminderPreview.Why;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Versioned;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What staff see of reminders, and do about them. */
class StaffViewsTest {
    private static final int DAY = 24 * 60;

    /** The facades on the fixture of reminders. */
    private static final class Staff {
        final ReminderFixture f;
        final ReminderRules rules;
        final ReminderPreview preview;
        final ReminderList list;
        final SessionMessages messages;
        final ReminderFigures figures;

        Staff(Database database) {
            f = new ReminderFixture(database);
            Gate gate = new Gate(f.clinic.audit);
            rules = new ReminderRules(f.clinic.em, f.clinic.transactions, gate, f.clinic.audit, f.clinic.clock);
            preview = new ReminderPreview(
                    f.clinic.em,
                    f.clinic.transactions,
                    f.outbox,
                    new Settings(f.clinic.em, f.clinic.transactions, f.clinic.audit, gate, f.clinic.clock),
                    gate,
                    f.clinic.audit,
                    f.clinic.clock);
            list = new ReminderList(f.clinic.em, f.clinic.transactions, gate, f.clinic.audit, f.clinic.clock);
            messages = new SessionMessages(f.clinic.em, f.clinic.transactions, gate, f.clinic.audit);
            figures = new ReminderFigures(f.clinic.em, f.clinic.transactions, gate);
        }

        List<Row> rows() {
            return list.list(f.clinic.desk, null, false, 0, 25).items();
        }

        List<Row> rows(Kind kind) {
            return list.list(f.clinic.desk, kind, false, 0, 25).items();
        }

        List<String> kinds() {
            return rows().stream().map(r -> r.kind().name()).toList();
        }
    }

    private static ReminderRuleDetails before(Integer... leads) {
        return new ReminderRuleDetails(
                "Before",
                Occasion.BEFORE,
                new TreeSet<>(List.of(leads)),
                null,
                null,
                List.of(Channel.SMS, Channel.EMAIL),
                "standard",
                true);
    }

    // --- rules ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Database.class)
    void theLeadKeepsTheRules(Database database) {
        Staff s = new Staff(database);
        long id = s.rules.add(s.f.clinic.lead, before(DAY, 120));
        Versioned<ReminderRuleDetails> found = s.rules.find(s.f.clinic.lead, id);
        assertEquals(before(DAY, 120), found.details());
        s.rules.change(s.f.clinic.lead, id, found.version(), before(DAY, 60));
        assertEquals(
                Set.of(DAY, 60), s.rules.find(s.f.clinic.lead, id).details().leads());
        assertThrows(
                Stale.class, () -> s.rules.change(s.f.clinic.lead, id, found.version(), before(DAY)), "leads alone");
        s.rules.switchTo(s.f.clinic.lead, id, false);
        assertFalse(s.rules.all(s.f.clinic.lead).get(0).details().active());
        assertThrows(NotAllowed.class, () -> s.rules.all(s.f.clinic.desk));
        assertThrows(NotAllowed.class, () -> s.rules.switchTo(s.f.clinic.admin, id, true));
        assertTrue(s.f.clinic.audit.lines().contains("CHANGED reminder/rule rule[" + id + "] OK"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewIsWhatIsSent(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, 7 * 60);
        long session = s.f.ana("2027-03-03T10:00");
        List<Planned> planned = s.preview.of(s.f.clinic.lead, before(7 * 60), s.f.clinic.ana, session);
        assertEquals(0, s.f.clinic.count("reminder"), "nothing is written down");
        Message message = Objects.requireNonNull(planned.get(0).message());
        assertEquals(local("2027-03-03T03:00"), planned.get(0).due());
        assertEquals(local("2027-03-03T08:00"), message.at(), "after quiet hours");
        assertEquals("\u2022\u2022\u202211", message.to());
        s.f.sweepAt("2027-03-03T08:00");
        assertEquals(1, s.f.sms.accepted.size());
        assertEquals(
                withoutLinks(s.f.sms.accepted.get(0).body()),
                withoutLinks(message.wordings().get(0).body()));
        assertEquals(
                List.of("en", "es"),
                message.wordings().stream()
                        .map(ReminderPreview.Wording::language)
                        .toList());
        assertTrue(message.wordings().get(1).body().startsWith("Tiene una cita"));
    }

    private static String withoutLinks(String text) {
        return text.replaceAll("http\\S+", "LINK");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewTellsWhyNothingIsSent(Database database) {
        Staff s = new Staff(database);
        long session = s.f.ana("2027-03-01T12:00");
        assertEquals(Why.BOOKED_LATER, why(s, before(DAY), s.f.clinic.ana, session), "acceptance case A44");
        assertNull(why(s, before(60), s.f.clinic.ana, session));
        assertEquals(Why.OFF, why(s, before(60).switchedTo(false), s.f.clinic.ana, session));
        ReminderRuleDetails groups = new ReminderRuleDetails(
                "Groups",
                Occasion.MOVED,
                new TreeSet<>(),
                null,
                ReminderRuleDetails.Format.GROUP,
                List.of(Channel.SMS),
                "brief",
                true);
        assertEquals(Why.OTHER_FORMAT, why(s, groups, s.f.clinic.ana, session));
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        assertEquals(Why.NO_CONSENT, why(s, before(60), s.f.clinic.ana, session));
        assertThrows(
                NotAllowed.class,
                () -> s.preview.of(s.f.clinic.desk, before(60), s.f.clinic.ana, session),
                "the lead's");
    }

    private static @org.jspecify.annotations.Nullable Why why(
            Staff s, ReminderRuleDetails rule, long patient, long session) {
        return s.preview.of(s.f.clinic.lead, rule, patient, session).get(0).why();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewShowsTheOneMessageOfADay(Database database) {
        Staff s = new Staff(database);
        long first = s.f.ana("2027-03-03T10:00");
        s.f.ana("2027-03-03T14:00");
        Message message = Objects.requireNonNull(s.preview
                .of(s.f.clinic.lead, before(DAY), s.f.clinic.ana, first)
                .get(0)
                .message());
        assertEquals(2, message.sessions());
        assertTrue(message.wordings().get(0).body().contains("10:00 AM and Wed Mar 3, 2:00 PM"));
    }

    // --- consents ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Database.class)
    void theStandingOfAPatientTellsAllAboutEachChannel(Database database) {
        Staff s = new Staff(database);
        var sms = s.f.consents.standing(s.f.clinic.desk, s.f.clinic.ana).get(0);
        assertEquals(Channel.SMS, sms.channel());
        assertEquals("User 1", Objects.requireNonNull(sms.given()).takenBy());
        assertEquals("\u2022\u2022\u202211", sms.address());
        assertNull(sms.optedOutAt());
        s.f.consents.optOut(s.f.contacts.lookup(new Contact(Contact.Kind.PHONE, "+1 555 0111")), Consents.How.STOP);
        assertEquals(
                Consents.How.STOP,
                s.f.consents.standing(s.f.clinic.lead, s.f.clinic.ana).get(0).how());
        s.f.consents.optIn(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS, Consents.Word.BY_PHONE);
        assertNull(s.f.consents.standing(s.f.clinic.desk, s.f.clinic.ana).get(0).optedOutAt());
        assertThrows(NotAllowed.class, () -> s.f.consents.standing(s.f.clinic.drLee, s.f.clinic.ana));
        assertThrows(
                NotAllowed.class,
                () -> s.f.consents.optIn(s.f.clinic.admin, s.f.clinic.ana, Channel.SMS, Consents.Word.BY_PHONE));
    }

    // --- the desk's list --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsRefusedIsListedUntilItIsToldByPhone(Database database) {
        Staff s = new Staff(database);
        refused(s);
        assertEquals(List.of("FAILED"), s.kinds());
        assertEquals(1, s.list.toCall(s.f.clinic.desk));
        s.list.settle(s.f.clinic.desk, s.rows().get(0).id());
        assertEquals(List.of(), s.kinds());
        long session = s.f.clinic.transactions.inNew(() -> Sql.on(s.f.clinic.em)
                .add("select session_id from reminder")
                .first(r -> r.id(1))
                .orElseThrow());
        assertEquals("User 1", s.messages.of(s.f.clinic.lead, session).get(0).settledBy());
        assertThrows(NotAllowed.class, () -> s.messages.of(s.f.clinic.drLee, session));
        assertThrows(NotAllowed.class, () -> s.list.list(s.f.clinic.drLee, null, false, 0, 25));
        assertThrows(NotAllowed.class, () -> s.list.toCall(s.f.clinic.admin));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsRefusedGoesOutByAnotherChannelWhereTheyHaveAgreedToIt(Database database) {
        Staff s = new Staff(database);
        refused(s);
        assertEquals(List.of(), s.rows().get(0).ways());
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        Row row = s.rows().get(0);
        assertEquals(List.of(new ReminderList.Way(Channel.EMAIL, false)), row.ways());
        s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.EMAIL, false);
        assertEquals(List.of(), s.kinds(), "it is on its way");
        assertThrows(
                Invalid.class,
                () -> s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.EMAIL, false),
                "once is enough");
        s.f.sweep();
        assertEquals(1, s.f.email.accepted.size());
        assertEquals(List.of(), s.kinds());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatMayHaveArrivedIsNeverSentAgainUnasked(Database database) {
        Staff s = new Staff(database);
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        Row row = s.rows().get(0);
        assertEquals(Kind.UNKNOWN, row.kind());
        assertThrows(Invalid.class, () -> s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.EMAIL, false));
        assertThrows(
                Invalid.class, () -> s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.SMS, true), "not by the same");
        s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.EMAIL, true);
        s.f.clinic.clock.set("2027-03-03T14:05:00Z");
        s.f.sweep();
        assertEquals(1, s.f.email.accepted.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoAgreesAfterAllIsSentWhatNeverLeft(Database database) {
        Staff s = new Staff(database);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of(), s.kinds(), "it is the patient's wish, and no call is due");
        Row row = s.rows(Kind.NO_CONSENT).get(0);
        assertEquals(List.of(), row.ways());
        s.f.agree(s.f.clinic.ana, Channel.SMS);
        assertEquals(
                List.of(new ReminderList.Way(Channel.SMS, true)),
                s.rows(Kind.NO_CONSENT).get(0).ways());
        s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.SMS, false);
        s.f.sweep();
        assertEquals(List.of("SENT"), s.f.outcomes());
        assertEquals(List.of(), s.rows(Kind.NO_CONSENT));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void oneLineForEachPatientAndSessionInAFixedNumberOfStatements(Database database) {
        Staff s = new Staff(database);
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.rule(Occasion.BEFORE, 2 * 60);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.sweepAt("2027-03-03T08:01");
        assertEquals(List.of("FAILED REFUSED", "FAILED REFUSED"), s.f.outcomes());
        assertEquals(List.of("FAILED"), s.kinds());
        assertEquals(2, database.statements(() -> s.rows()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofAMessageForSeveralSessionsEachIsListedAndOneCallSettlesAll(Database database) {
        Staff s = new Staff(database);
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        twoOfADay(s);
        assertEquals(List.of("UNKNOWN", "UNKNOWN"), s.kinds());
        assertEquals(List.of(1, 1), s.rows().stream().map(Row::others).toList());
        assertEquals(2, s.rows().stream().map(Row::sessionId).distinct().count());
        s.list.settle(s.f.clinic.desk, s.rows().get(1).id());
        assertEquals(List.of(), s.kinds());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofAMessageForSeveralSessionsAllGoOutByAnotherChannel(Database database) {
        Staff s = new Staff(database);
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        twoOfADay(s);
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        assertEquals(List.of("FAILED", "FAILED"), s.kinds());
        for (Row row : s.rows()) {
            assertEquals(List.of(new ReminderList.Way(Channel.EMAIL, false)), row.ways());
        }
        s.list.sendAgain(s.f.clinic.desk, s.rows().get(0).id(), Channel.EMAIL, false);
        s.f.sweep();
        assertEquals(1, s.f.email.accepted.size());
        String body = s.f.email.accepted.get(0).body();
        assertTrue(body.contains("10:00 AM") && body.contains("3:00 PM"), body);
        assertEquals(List.of(), s.kinds());
    }

    /** One message that would have told Ana of two sessions. */
    private static void twoOfADay(Staff s) {
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.book(s.f.clinic.ruiz, "2027-03-03T15:00", s.f.clinic.ana);
        s.f.sweepAt("2027-03-02T10:01");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void answersThatNoMachineCanDealWithAreListed(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of(), s.kinds());
        s.f.clinic.transactions.runInNew(() -> Sql.on(s.f.clinic.em)
                .add("update reminder set answer = 'OTHER', answered_at = ?", s.f.clinic.clock.instant())
                .update());
        assertEquals(List.of("ANOTHER_TIME"), s.kinds());
        s.list.settle(s.f.clinic.desk, s.rows().get(0).id());
        assertEquals(List.of(), s.kinds());
    }

    // --- figures ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Database.class)
    void figuresAreByTheDayOfTheSite(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, 14 * 60);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T20:01");
        assertEquals(List.of("SENT"), s.f.outcomes());
        LocalDate first = LocalDate.of(2027, 3, 1);
        List<ReminderFigures.Day> days = s.figures.byDay(s.f.clinic.lead, first, first.plusDays(2));
        assertEquals(
                List.of(0, 1, 0), days.stream().map(d -> d.counts().sent()).toList(), "20:01 is after midnight in UTC");
        assertEquals(1, ReminderFigures.sum(days).sent());
        assertThrows(NotAllowed.class, () -> s.figures.byDay(s.f.clinic.desk, first, first));
        assertThrows(Invalid.class, () -> s.figures.byDay(s.f.clinic.admin, first, first.plusDays(93)));
    }

    private static void refused(Staff s) {
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
    }
}

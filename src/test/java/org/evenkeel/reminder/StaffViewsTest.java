package org.evenkeel.reminder;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    void aRuleThatIsOffSendsNothingOfWhatWaitsAndTakesItUpWhenItIsOnAgain(Database database) {
        Staff s = new Staff(database);
        long id = s.rules.add(s.f.clinic.lead, before(DAY));
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T09:00");
        assertEquals(List.of("PENDING"), s.f.outcomes());
        s.f.clinic.clock.set(local("2027-03-02T10:01").toString());
        List<Outbox.Due> due =
                s.f.clinic.transactions.inNew(() -> s.f.outbox.due(List.of(Channel.SMS), s.f.clinic.clock.instant()));
        assertEquals(1, due.size());
        s.rules.switchTo(s.f.clinic.lead, id, false);
        assertEquals(
                List.of(), s.f.clinic.transactions.inNew(() -> s.f.outbox.claim(due)), "switched off during a round");
        s.f.sweep();
        assertEquals(List.of("VOIDED RULE_OFF"), s.f.outcomes());
        assertEquals(List.of(), s.kinds(), "nobody is to be called");
        s.rules.switchTo(s.f.clinic.lead, id, true);
        s.f.sweep();
        assertEquals(List.of("SENT"), s.f.outcomes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aLeadTimeThatARuleHasNoLongerSendsNothing(Database database) {
        Staff s = new Staff(database);
        long id = s.rules.add(s.f.clinic.lead, before(DAY));
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T09:00");
        s.rules.change(s.f.clinic.lead, id, s.rules.find(s.f.clinic.lead, id).version(), before(120));
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("VOIDED RULE_OFF"), s.f.outcomes());
        s.f.sweepAt("2027-03-03T08:01");
        assertEquals(List.of("VOIDED RULE_OFF", "SENT"), s.f.outcomes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatWaitsGoesByTheChannelsThatItsRuleHasNow(Database database) {
        Staff s = new Staff(database);
        long id = s.rules.add(s.f.clinic.lead, before(DAY));
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T09:00");
        s.f.sms.reachable = false;
        byEmailAlone(s, id);
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("SENT"), s.f.outcomes());
        assertEquals(List.of(0, 1), List.of(s.f.sms.asked.size(), s.f.email.accepted.size()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoeverIsNotReachedByTheChannelsThatTheRuleHasNowIsToldSo(Database database) {
        Staff s = new Staff(database);
        long id = s.rules.add(s.f.clinic.lead, before(DAY));
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T09:00");
        byEmailAlone(s, id);
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("FAILED NO_CONSENT"), s.f.outcomes());
        assertEquals(0, s.f.sms.asked.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatTheDeskHasSentStaysWithTheChannelThatItChose(Database database) {
        Staff s = new Staff(database);
        s.f.sms.answer = s.f.email.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        long id = s.rules.add(s.f.clinic.lead, before(DAY));
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.list.sendAgain(s.f.clinic.desk, s.rows().get(0).id(), Channel.EMAIL, false);
        s.rules.change(s.f.clinic.lead, id, s.rules.find(s.f.clinic.lead, id).version(), by(before(DAY), Channel.SMS));
        s.f.sweep();
        assertEquals(List.of(1, 1), List.of(s.f.sms.asked.size(), s.f.email.asked.size()));
    }

    private static void byEmailAlone(Staff s, long rule) {
        long version = s.rules.find(s.f.clinic.lead, rule).version();
        s.rules.change(s.f.clinic.lead, rule, version, by(before(DAY), Channel.EMAIL));
    }

    private static ReminderRuleDetails by(ReminderRuleDetails rule, Channel channel) {
        return new ReminderRuleDetails(
                rule.name(),
                rule.occasion(),
                rule.leads(),
                rule.modalityId(),
                rule.format(),
                List.of(channel),
                rule.template(),
                rule.active());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void newsOfARuleThatWasOffIsNotToldWhenItIsOnAgain(Database database) {
        Staff s = new Staff(database);
        long id = s.f.rule(Occasion.CANCELLED);
        long session = s.f.ana("2027-03-03T10:00");
        s.f.clinic.clock.set(local("2027-03-02T06:00").toString());
        s.f.cancel(session);
        s.f.sweepAt("2027-03-02T06:01");
        assertEquals(List.of("PENDING"), s.f.outcomes());
        s.rules.switchTo(s.f.clinic.lead, id, false);
        s.f.sweep();
        s.rules.switchTo(s.f.clinic.lead, id, true);
        s.f.sweepAt("2027-03-02T08:01");
        assertEquals(List.of("VOIDED RULE_OFF"), s.f.outcomes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewIsWhatIsSent(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, 7 * 60);
        long session = s.f.ana("2027-03-03T10:00");
        List<Planned> planned = s.preview.of(s.f.clinic.lead, null, before(7 * 60), s.f.clinic.ana, session);
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
                List.of("en", "es", "nl"),
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
                () -> s.preview.of(s.f.clinic.desk, null, before(60), s.f.clinic.ana, session),
                "the lead's");
    }

    private static @org.jspecify.annotations.Nullable Why why(
            Staff s, ReminderRuleDetails rule, long patient, long session) {
        return s.preview
                .of(s.f.clinic.lead, null, rule, patient, session)
                .get(0)
                .why();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewShowsTheOneMessageOfADay(Database database) {
        Staff s = new Staff(database);
        long first = s.f.ana("2027-03-03T10:00");
        s.f.ana("2027-03-03T14:00");
        Message message = Objects.requireNonNull(s.preview
                .of(s.f.clinic.lead, null, before(DAY), s.f.clinic.ana, first)
                .get(0)
                .message());
        assertEquals(2, message.sessions());
        assertTrue(message.wordings().get(0).body().contains("10:00 AM and Wed Mar 3, 2:00 PM"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewKnowsThatOnlyOneOfTwoTimesOfADayGoesOut(Database database) {
        Staff s = new Staff(database);
        long session = s.f.ana("2027-03-03T14:00");
        ReminderRuleDetails rule = before(DAY, 20 * 60);
        List<Planned> planned = s.preview.of(s.f.clinic.lead, null, rule, s.f.clinic.ana, session);
        assertEquals(List.of(DAY, 20 * 60), planned.stream().map(Planned::lead).toList());
        assertEquals(List.of(local("2027-03-02T14:00"), local("2027-03-03T08:00")), moments(planned));
        s.rules.add(s.f.clinic.lead, rule);
        s.f.sweepAt("2027-03-02T14:00");
        assertEquals(1, s.f.sms.accepted.size());
        s.f.sweepAt("2027-03-02T18:01");
        s.f.sweepAt("2027-03-03T07:59");
        assertEquals(1, s.f.sms.accepted.size());
        s.f.sweepAt("2027-03-03T08:00");
        assertEquals(2, s.f.sms.accepted.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewKnowsWhatWaitsByOtherRules(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, DAY);
        long session = s.f.ana("2027-03-03T10:00");
        s.f.ana("2027-03-04T10:00");
        s.f.sweepAt("2027-03-02T09:00");
        List<Planned> planned = s.preview.of(s.f.clinic.lead, null, before(23 * 60), s.f.clinic.ana, session);
        assertEquals(List.of(local("2027-03-03T08:00")), moments(planned), "that of the other rule is the day's");
        assertEquals(1, s.f.clinic.count("reminder"), "nothing is written down");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thePreviewOfASavedRuleDoesNotCountItTwice(Database database) {
        Staff s = new Staff(database);
        long rule = s.rules.add(s.f.clinic.lead, before(DAY));
        long session = s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T09:00");
        assertEquals(
                List.of(local("2027-03-02T10:00")),
                moments(s.preview.of(s.f.clinic.lead, rule, before(DAY), s.f.clinic.ana, session)));
    }

    private static List<Instant> moments(List<Planned> planned) {
        return planned.stream()
                .map(p -> Objects.requireNonNull(p.message(), () -> "Nothing: " + p.why())
                        .at())
                .toList();
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

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoHasAgreedToEmailAloneAndWantsNoMoreHasOptedOut(Database database) {
        Staff s = new Staff(database);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.f.consents.optOut(s.f.clinic.desk, s.f.clinic.ana, Channel.EMAIL);
        s.f.rule(Occasion.BEFORE, DAY);
        long session = s.f.ana("2027-03-03T10:00");
        assertEquals(
                Why.OPTED_OUT,
                s.preview
                        .of(s.f.clinic.lead, null, before(DAY), s.f.clinic.ana, session)
                        .get(0)
                        .why());
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("VOIDED OPTED_OUT"), s.f.outcomes());
        assertEquals(List.of(), s.kinds(), "nobody needs to call");
        Row row = s.rows(Kind.OPTED_OUT).get(0);
        assertEquals(Channel.EMAIL, row.channel());
        var line = s.messages.of(s.f.clinic.desk, session).get(0);
        assertEquals(Reason.OPTED_OUT, line.reason());
        assertEquals(Channel.EMAIL, line.channel());
        s.f.consents.optIn(s.f.clinic.desk, s.f.clinic.ana, Channel.EMAIL, Consents.Word.BY_PHONE);
        s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.EMAIL, false);
        s.f.sweep();
        assertEquals(1, s.f.email.accepted.size());
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
    void whatOneClerkHasSentByOneChannelAnotherDoesNotSendByTheOther(Database database) {
        Staff s = new Staff(database);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.SMS);
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        Row row = s.rows(Kind.NO_CONSENT).get(0);
        assertEquals(2, row.ways().size());
        s.list.sendAgain(s.f.clinic.desk, row.id(), Channel.EMAIL, false);
        assertThrows(
                Invalid.class,
                () -> s.list.sendAgain(s.f.clinic.lead, row.id(), Channel.SMS, false),
                "it is on its way");
        s.f.sweep();
        assertThrows(
                Invalid.class,
                () -> s.list.sendAgain(s.f.clinic.lead, row.id(), Channel.SMS, false),
                "it has gone out");
        s.f.sweep();
        assertEquals(List.of(0, 1), List.of(s.f.sms.asked.size(), s.f.email.asked.size()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofTwoClerksWhoSendTheSameAtOnceOneDoes(Database database) throws Exception {
        Staff s = new Staff(database);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.agree(s.f.clinic.ana, Channel.SMS);
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        long id = s.rows(Kind.NO_CONSENT).get(0).id();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> clerks = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            clerks.add(ReminderFixture.THREADS.submit(() -> {
                go.await();
                try {
                    s.list.sendAgain(s.f.clinic.desk, id, channel, false);
                    return true;
                } catch (Invalid second) {
                    return false;
                }
            }));
        }
        go.countDown();
        int done = 0;
        for (Future<Boolean> clerk : clerks) {
            done += clerk.get(30, TimeUnit.SECONDS) ? 1 : 0;
        }
        s.f.sweep();
        assertEquals(List.of(1, 1), List.of(done, s.f.sms.asked.size() + s.f.email.asked.size()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatTheDeskSentByTheNextChannelIsNotSentByItOnceMore(Database database) {
        Staff s = new Staff(database);
        s.f.sms.answer = s.f.email.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.list.sendAgain(s.f.clinic.desk, s.rows(Kind.NO_CONSENT).get(0).id(), Channel.EMAIL, false);
        s.f.sweep();
        s.f.agree(s.f.clinic.ana, Channel.SMS);
        s.list.sendAgain(s.f.clinic.desk, s.rows().get(0).id(), Channel.SMS, false);
        s.f.sweep();
        assertEquals(List.of("FAILED REFUSED", "FAILED REFUSED"), s.f.outcomes());
        assertEquals(1, s.f.sms.asked.size());
        assertEquals(1, s.f.email.asked.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatCannotGoByItsChannelAnyMoreDoesNotGoByTheOneThatHadItsTurn(Database database) {
        Staff s = new Staff(database);
        s.f.email.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.list.sendAgain(s.f.clinic.desk, s.rows(Kind.NO_CONSENT).get(0).id(), Channel.EMAIL, false);
        s.f.sweep();
        s.f.agree(s.f.clinic.ana, Channel.SMS);
        s.list.sendAgain(s.f.clinic.desk, s.rows().get(0).id(), Channel.SMS, false);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.sweep();
        assertEquals(List.of("FAILED NO_CONSENT", "FAILED REFUSED"), s.f.outcomes());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aWayIsOfferedWhereTheAddressThatWasAddedLastMayBeWrittenTo(Database database) {
        Staff s = new Staff(database);
        refused(s);
        s.f.email(s.f.clinic.ana, "old@example.org");
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.f.consents.optOut(s.f.contacts.lookup(new Contact(Contact.Kind.EMAIL, "ana@example.org")), Consents.How.LINK);
        assertEquals(List.of(), s.rows().get(0).ways());
        s.f.email(s.f.clinic.ana, "new@example.org");
        assertEquals(
                List.of(new ReminderList.Way(Channel.EMAIL, false)),
                s.rows().get(0).ways());
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
        s.f.sweep();
        assertEquals(1, s.f.email.accepted.size(), "what may not have arrived is not the one message of the day");
        assertEquals(List.of(), s.kinds());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatMayHaveArrivedByAnotherChannelIsNotSentUnaskedEither(Database database) {
        Staff s = new Staff(database);
        s.f.consents.withdraw(s.f.clinic.desk, s.f.clinic.ana, Channel.SMS);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("FAILED NO_CONSENT"), s.f.outcomes());
        Row never = s.rows(Kind.NO_CONSENT).get(0);
        assertFalse(never.maybeTwice());
        s.f.email.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        s.f.email(s.f.clinic.ana, "ana@example.org");
        s.f.agree(s.f.clinic.ana, Channel.EMAIL);
        s.list.sendAgain(s.f.clinic.desk, never.id(), Channel.EMAIL, false);
        s.f.sweep();
        assertEquals(List.of("FAILED NO_CONSENT", "UNKNOWN NO_ANSWER"), s.f.outcomes());
        assertTrue(s.rows().get(0).maybeTwice());
        s.f.agree(s.f.clinic.ana, Channel.SMS);
        assertThrows(Invalid.class, () -> s.list.sendAgain(s.f.clinic.desk, never.id(), Channel.SMS, false));
        s.list.sendAgain(s.f.clinic.desk, never.id(), Channel.SMS, true);
        s.f.sweep();
        assertEquals(1, s.f.sms.accepted.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whoHasAnsweredWhatMayNotHaveArrivedNeedsNoCall(Database database) {
        Staff s = new Staff(database);
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.UNKNOWN);
        s.f.rule(Occasion.BEFORE, DAY);
        s.f.rule(Occasion.BEFORE, 120);
        s.f.ana("2027-03-03T10:00");
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of("UNKNOWN"), s.kinds());
        s.f.smsReplies.receive("+15550111", "YES", "M1");
        assertEquals(List.of(), s.kinds());
        assertEquals(0, s.list.toCall(s.f.clinic.desk));
        s.f.sms.answer = message -> Delivery.of(Delivery.Outcome.REFUSED);
        s.f.sweepAt("2027-03-03T08:01");
        assertEquals(List.of("FAILED"), s.kinds(), "they have not been told once more");
        s.f.smsReplies.receive("+15550111", "YES", "M2");
        assertEquals(List.of(), s.kinds(), "they know");
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
        assertEquals(3, database.statements(() -> s.rows()));
    }

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void whatExpiredAtTheStartIsToCallForTheRestOfTheDay(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, 120);
        s.f.sms.reachable = false;
        long session = s.f.ana("2027-03-02T12:00");
        s.f.sweepAt("2027-03-02T10:01");
        s.f.sweepAt("2027-03-02T12:01");
        assertEquals(List.of("EXPIRED UNREACHABLE"), s.f.outcomes());
        assertEquals(List.of("EXPIRED"), s.kinds());
        assertEquals(1, s.list.toCall(s.f.clinic.desk));
        s.f.clinic.clock.set(local("2027-03-02T23:59").toString());
        assertEquals(List.of("EXPIRED"), s.kinds(), "today is the site's");
        s.f.clinic.transactions.runInNew(() -> Sql.on(s.f.clinic.em)
                .add("update participant set state = 'CHECKED_IN' where session_id = ?", session)
                .update());
        assertEquals(List.of(), s.kinds(), "whoever is there needs no call");
        s.f.clinic.transactions.runInNew(() -> Sql.on(s.f.clinic.em)
                .add("update participant set state = 'NO_SHOW' where session_id = ?", session)
                .update());
        assertEquals(List.of("EXPIRED"), s.kinds());
        s.f.clinic.clock.set(local("2027-03-03T00:01").toString());
        assertEquals(List.of(), s.kinds());
        assertEquals(0, s.list.toCall(s.f.clinic.desk));
        assertEquals(1, s.list.list(s.f.clinic.desk, null, true, 0, 25).items().size());
    }

    @ParameterizedTest(name = "[A44] {0}")
    @EnumSource(Database.class)
    void whatWaitsForAGatewayForLongIsToldByPhoneAndNotSentAfterThat(Database database) {
        Staff s = new Staff(database);
        s.f.rule(Occasion.BEFORE, 4 * 60);
        s.f.rule(Occasion.BEFORE, 60);
        s.f.sms.reachable = false;
        s.f.ana("2027-03-02T14:00");
        long none = s.f.series.patient("None");
        s.f.book(s.f.clinic.ruiz, "2027-03-02T14:00", none);
        s.f.sweepAt("2027-03-02T10:01");
        assertEquals(List.of(), s.kinds(), "it may be back in a minute");
        s.f.sweepAt("2027-03-02T10:16");
        assertEquals(List.of("OVERDUE"), s.kinds(), "whoever has not agreed is not called");
        assertEquals(1, s.list.toCall(s.f.clinic.desk));
        Row row = s.rows().get(0);
        assertEquals(List.of(), row.ways());
        s.list.settle(s.f.clinic.desk, row.id());
        assertEquals(List.of(), s.kinds());
        s.f.sms.reachable = true;
        s.f.sweepAt("2027-03-02T11:30");
        assertEquals(List.of(), s.f.sms.texts(), "they know");
        s.f.sweepAt("2027-03-02T13:01");
        assertEquals(1, s.f.sms.texts().size(), "the next reminder is another matter");
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

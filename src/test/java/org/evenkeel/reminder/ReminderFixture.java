package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.patient.Contacts;
import org.evenkeel.platform.Configuration;
import org.evenkeel.series.SeriesFixture;
import org.evenkeel.session.Change;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.PatientAnswers;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;

/**
 * The small clinic of {@link ClinicFixture} with one rule, a day before by SMS and else by e-mail, and two gateways that write down what
 * they get. Ana has a phone and has agreed to it.
 */
final class ReminderFixture {

    static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    /** What the operator has set; to be changed at will. */
    final Map<String, String> variables =
            new ConcurrentHashMap<>(Map.of("public.address", "https://visits.example.org"));

    /** What is waited by; to be changed at will. */
    volatile LongSupplier nanos = System::nanoTime;

    final Configuration configuration;
    final SeriesFixture series;
    final ClinicFixture clinic;
    final Ledger sms = new Ledger(Channel.SMS);
    final Ledger email = new Ledger(Channel.EMAIL);
    final Contacts contacts;
    final Outbox outbox;
    final Consents consents;
    final ReminderPlanner planner;
    final ReminderDispatch dispatch;
    final Replies replies;
    final SmsReplies smsReplies;

    ReminderFixture(Database database) {
        series = new SeriesFixture(database);
        clinic = series.clinic;
        contacts = new Contacts(clinic.em, new ContactVault("a secret for tests"));
        configuration = new Configuration(name -> Optional.ofNullable(variables.get(name)));
        outbox = new Outbox(clinic.em, contacts, configuration, clinic.clock, () -> nanos.getAsLong());
        consents = new Consents(clinic.em, clinic.transactions, outbox, clinic.audit, clinic.clock);
        planner = new ReminderPlanner(
                clinic.em,
                clinic.transactions,
                new Settings(clinic.em, clinic.transactions, clinic.audit, new Gate(clinic.audit), clinic.clock),
                configuration);
        dispatch = anotherNode();
        PatientAnswers answers =
                new PatientAnswers(clinic.em, clinic.booking, clinic.seats, clinic.audit, clinic.events, clinic.clock);
        replies = new Replies(clinic.em, clinic.transactions, answers, consents, clinic.audit, clinic.clock);
        smsReplies = new SmsReplies(clinic.em, contacts, consents, replies, clinic.clock);
        clinic.transactions.runInNew(() -> {
            Sql.on(clinic.em).add("delete from reminder_lead").update();
            Sql.on(clinic.em).add("delete from reminder_rule").update();
        });
        phone(clinic.ana, "+1 555 0111");
        agree(clinic.ana, Channel.SMS);
    }

    /** With a rule for the day before. */
    static ReminderFixture aDayBefore(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 24 * 60);
        return f;
    }

    /** A dispatcher with circuits of its own over the same outbox and gateways. */
    ReminderDispatch anotherNode() {
        return node(THREADS);
    }

    /** @param lines what its lines run on */
    ReminderDispatch node(Executor lines) {
        return new ReminderDispatch(clinic.transactions, outbox, List.of(sms, email), lines, clinic.clock);
    }

    void phone(long patient, String number) {
        clinic.transactions.runInNew(() -> contacts.add(patient, new Contact(Contact.Kind.PHONE, number)));
    }

    /** Ana is in this time zone. */
    void in(String zone) {
        clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                .add("update patient set zone = ? where id = ?", zone, clinic.ana)
                .update());
    }

    void email(long patient, String address) {
        clinic.transactions.runInNew(() -> contacts.add(patient, new Contact(Contact.Kind.EMAIL, address)));
    }

    void agree(long patient, Channel channel) {
        consents.give(clinic.desk, patient, channel, Disclosure.LEAST, false);
    }

    /** A rule for all sessions by SMS and else by e-mail; with these minutes before the start, for {@link Occasion#BEFORE}. */
    long rule(Occasion occasion, Integer... leads) {
        ReminderRuleDetails details = new ReminderRuleDetails(
                occasion.name(),
                occasion,
                new TreeSet<>(List.of(leads)),
                null,
                null,
                List.of(Channel.SMS, Channel.EMAIL),
                "standard",
                true);
        return clinic.transactions.inNew(() -> clinic.persist(new ReminderRule(details, clinic.clock.instant()))
                .id());
    }

    /** CBT with Dr Lee for Ana, 50 minutes from this wall time of New York. */
    long ana(String start) {
        return clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, start)).sessionId();
    }

    /** CBT for a patient, 50 minutes from this wall time of New York. */
    long book(long therapist, String start, long patient) {
        return clinic.booking
                .book(clinic.desk, clinic.wish("CBT", therapist, start, 50, null, patient))
                .sessionId();
    }

    /** To this wall time. */
    Change move(long session, String start) {
        return clinic.booking.change(
                clinic.desk,
                session,
                version(session),
                ChangeSession.move(ClinicFixture.local(start), null, RuleOverride.NONE));
    }

    Change cancel(long session) {
        return clinic.booking.cancel(clinic.desk, session, version(session), "ill");
    }

    /** To another room. */
    Change swapRoom(long session, long room) {
        return change(session, new ChangeSession(null, null, null, null, room, null, RuleOverride.NONE));
    }

    /** To another therapist. */
    Change handOver(long session, long therapist) {
        return change(session, new ChangeSession(null, null, null, therapist, null, null, RuleOverride.NONE));
    }

    /** This patient comes to it, and whoever was to come does not. */
    Change replace(long session, long patient) {
        return change(session, new ChangeSession(null, null, null, null, null, List.of(patient), RuleOverride.NONE));
    }

    /** The same, at this wall time. */
    Change replace(long session, long patient, String start) {
        return change(
                session,
                new ChangeSession(
                        null, ClinicFixture.local(start), null, null, null, List.of(patient), RuleOverride.NONE));
    }

    private Change change(long session, ChangeSession wish) {
        Change change = clinic.booking.change(clinic.desk, session, version(session), wish);
        observed();
        return change;
    }

    void undo(Change change) {
        clinic.booking.undo(clinic.desk, change);
        observed();
    }

    private void observed() {
        SessionChanged last = clinic.events.fired().get(clinic.events.fired().size() - 1);
        clinic.transactions.runInNew(() -> new StillTold(clinic.em).changed(last));
    }

    private long version(long session) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select version from session where id = ?", session)
                .first(r -> r.id(1))
                .orElseThrow());
    }

    String lookup(String number) {
        return contacts.lookup(new Contact(Contact.Kind.PHONE, number));
    }

    /** It is then, and the sweep goes by. */
    ReminderDispatch.Round sweepAt(String wallTime) {
        return sweepAt(wallTime, dispatch);
    }

    ReminderDispatch.Round sweepAt(String wallTime, ReminderDispatch node) {
        clinic.clock.set(ClinicFixture.local(wallTime).toString());
        planner.plan(clinic.clock.instant());
        return node.sendDue();
    }

    ReminderDispatch.Round sweep() {
        planner.plan(clinic.clock.instant());
        return dispatch.sendDue();
    }

    /** The secret of the link to this page in a message. */
    static String token(Outgoing message, String page) {
        String text = message.body() + " " + message.stopLink();
        Matcher link = Pattern.compile("/" + page + "\\?t=([A-Za-z0-9_-]+)").matcher(text);
        assertTrue(link.find(), text);
        return link.group(1);
    }

    /** State and reason of all reminders, by the order of their making. */
    List<String> outcomes() {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select state, reason from reminder order by id")
                .list(r -> r.textOrNull(2) == null ? r.text(1) : r.text(1) + " " + r.text(2)));
    }
}

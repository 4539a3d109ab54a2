package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.ContactLookupsChanged;
import org.evenkeel.patient.ContactLookupsChanged.Renewed;
import org.evenkeel.patient.Contacts.Address;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * What patients have agreed to, channel by channel, and which addresses want nothing. An opt-out belongs to the address, since
 * whoever answers STOP there speaks for it; it leaves the consents as they are, so that START brings them back (acceptance case A41).
 */
@ApplicationScoped
public class Consents {

    /** How an opt-out came. */
    public enum How {
        STOP,
        LINK,
        DESK
    }

    private EntityManager em;
    private Transactions transactions;
    private Outbox outbox;
    private AuditTrail audit;
    private Gate gate;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Consents() {}

    @Inject
    public Consents(EntityManager em, Transactions transactions, Outbox outbox, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.gate = new Gate(audit);
        this.clock = clock;
    }

    /**
     * What a patient has agreed to for one channel.
     *
     * @param disclosure how much a message may say
     * @param frequent whether they asked for more than three messages a week
     * @param takenBy the name of whoever wrote it down; null: nobody is known
     */
    public record Given(
            Channel channel, Disclosure disclosure, boolean frequent, Instant givenAt, @Nullable String takenBy)
            implements Serializable {}

    /** How a patient said that an address wants messages again. */
    public enum Word {
        IN_PERSON,
        BY_PHONE,
        IN_WRITING
    }

    /**
     * How a patient stands with one channel.
     *
     * @param given what they have agreed to; null: nothing
     * @param address where a message would go, masked; null: nowhere
     * @param shared whether the address is some other patient's too, so that the least is said
     * @param optedOutAt when the address wanted no more messages; null: it takes them
     * @param how that came
     */
    public record Standing(
            Channel channel,
            @Nullable Given given,
            @Nullable String address,
            boolean shared,
            @Nullable Instant optedOutAt,
            @Nullable How how)
            implements Serializable {}

    /** How a patient stands with each channel; one audit line. */
    public List<Standing> standing(Actor actor, long patientId) {
        gate.require(actor, "see consents", Role.DESK, Role.LEAD);
        audit.recordApart(actor, Entry.viewed("patient/consents", "patient", List.of(patientId), List.of(patientId)));
        return transactions.inNew(() -> {
            Map<Channel, Given> given = current(em, patientId);
            Map<String, OptOut> optOuts = optOuts(patientId);
            List<Address> addresses = outbox.addresses(patientId);
            return Arrays.stream(Channel.values())
                    .map(channel -> standing(channel, given.get(channel), Recipient.last(addresses, channel), optOuts))
                    .toList();
        });
    }

    private record OptOut(Instant at, How how) {}

    private static Standing standing(
            Channel channel, @Nullable Given given, Optional<Address> address, Map<String, OptOut> optOuts) {
        OptOut optOut = address.map(a -> optOuts.get(a.lookup())).orElse(null);
        return new Standing(
                channel,
                given,
                address.map(a -> Masked.of(a.contact())).orElse(null),
                address.map(Address::shared).orElse(false),
                optOut == null ? null : optOut.at(),
                optOut == null ? null : optOut.how());
    }

    private Map<String, OptOut> optOuts(long patientId) {
        Map<String, OptOut> found = new HashMap<>();
        Sql.on(em)
                .add(
                        "select o.lookup, o.at, o.how from opt_out o join contact_point c on c.lookup = o.lookup"
                                + " where c.patient_id = ?",
                        patientId)
                .list(r -> found.put(r.text(1), new OptOut(r.instant(2), r.constant(3, How.class))));
        return found;
    }

    /**
     * What a message by this channel says at most, as an example without anybody in it.
     *
     * @param language the tag of the reader's language
     */
    public static String example(String language, Channel channel, Disclosure disclosure) {
        ZoneId utc = ZoneId.of("UTC");
        Pending.About about = new Pending.About(
                0,
                Instant.parse("2030-03-05T15:00:00Z"),
                Instant.parse("2030-03-05T16:00:00Z"),
                1,
                true,
                utc,
                "555-0100",
                "12 Pier Street",
                "Dr Lee");
        return Texts.in(language)
                .words(new Texts.Content(
                        "standard", Occasion.BEFORE, channel, disclosure, "Ana", List.of(about), "\u2026", "\u2026"))
                .body();
    }

    /** The consents that hold, by channel; one audit line. */
    public Map<Channel, Given> of(Actor actor, long patientId) {
        gate.require(actor, "see consents", Role.DESK, Role.LEAD);
        audit.recordApart(actor, Entry.viewed("patient/consents", "patient", List.of(patientId), List.of(patientId)));
        return transactions.inNew(() -> current(em, patientId));
    }

    /** The consents that hold, by channel, in the caller's transaction. */
    static Map<Channel, Given> current(EntityManager em, long patientId) {
        return current(em, List.of(patientId)).getOrDefault(patientId, Map.of());
    }

    /** The same of several patients, for each who has any; one statement. */
    static Map<Long, Map<Channel, Given>> current(EntityManager em, Collection<Long> patientIds) {
        Map<Long, Map<Channel, Given>> given = new HashMap<>();
        Sql.on(em)
                .add(
                        "select c.channel, c.disclosure, c.frequent, c.given_at, a.display_name, c.patient_id from consent c"
                                + " left join account a on a.id = c.taken_by where c.is_current = true and c.patient_id in")
                .in(patientIds)
                .list(r -> given.computeIfAbsent(r.id(6), k -> new EnumMap<>(Channel.class))
                        .put(
                                r.constant(1, Channel.class),
                                new Given(
                                        r.constant(1, Channel.class),
                                        r.constant(2, Disclosure.class),
                                        r.flag(3),
                                        r.instant(4),
                                        r.textOrNull(5))));
        return given;
    }

    /**
     * In SQL, whether a patient is reached by a channel: they have agreed to it, and the address that was added last takes messages.
     *
     * @param patient the column of their id
     * @param channel its name, or what it follows from
     */
    static String reached(String patient, String channel) {
        return "exists (select 1 from consent d join contact_point e on e.patient_id = d.patient_id"
                + " and e.kind = case d.channel when 'SMS' then 'PHONE' else 'EMAIL' end where d.patient_id = "
                + patient
                + " and d.channel = " + channel + " and d.is_current = true"
                + " and e.id = (select max(f.id) from contact_point f where f.patient_id = e.patient_id and f.kind = e.kind)"
                + " and not exists (select 1 from opt_out g where g.lookup = e.lookup))";
    }

    /**
     * In SQL, whether what the rule {@code r} tells a patient of sessions at the site {@code i} says who leads them: its texts do, and say
     * where as well, which the site has words for; and the patient has agreed to it for the first of its channels by which they are reached,
     * at an address that nobody shares.
     *
     * @param patient the column of their id
     */
    static String named(String patient) {
        return "(i.place_in_messages is not null and r.template in ('" + String.join("', '", Texts.naming()) + "')"
                + " and exists (select 1 from consent c join contact_point a on a.patient_id = c.patient_id"
                + " and a.kind = case c.channel when 'SMS' then 'PHONE' else 'EMAIL' end where c.patient_id = "
                + patient
                + " and c.is_current = true and c.disclosure = 'NAMES' and a.id = (select max(b.id) from contact_point b"
                + " where b.patient_id = a.patient_id and b.kind = a.kind) and not exists (select 1 from contact_point o"
                + " where o.lookup = a.lookup and o.patient_id <> a.patient_id)"
                + " and not exists (select 1 from opt_out u where u.lookup = a.lookup)"
                + " and (r.channels like c.channel || '%' or (r.channels like '%,' || c.channel and not "
                + reached(patient, "case c.channel when 'SMS' then 'EMAIL' else 'SMS' end") + "))))";
    }

    /**
     * Writes down what a patient has agreed to, in place of what held before.
     *
     * @throws NotFound if there is no such patient
     */
    public void give(Actor actor, long patientId, Channel channel, Disclosure disclosure, boolean frequent) {
        gate.require(actor, "take a consent", Role.DESK, Role.LEAD);
        transactions.runInNew(() -> {
            lockPatients(List.of(patientId));
            end(patientId, channel);
            Sql.on(em)
                    .add(
                            "insert into consent (patient_id, channel, disclosure, frequent, given_at, taken_by, is_current)"
                                    + " values (?, ?, ?, ?, ?, ?, true)",
                            patientId,
                            channel,
                            disclosure,
                            frequent,
                            clock.instant(),
                            actor.accountId())
                    .update();
            record(actor, "CONSENTED", patientId, channel + " " + disclosure + (frequent ? " frequent" : ""));
        });
    }

    /** The patient wants no more messages by this channel; what is being sent is waited for. */
    public void withdraw(Actor actor, long patientId, Channel channel) {
        gate.require(actor, "end a consent", Role.DESK, Role.LEAD);
        transactions.runInNew(() -> {
            lockPatients(List.of(patientId));
            if (end(patientId, channel) > 0) {
                record(actor, "CONSENT_WITHDRAWN", patientId, channel.name());
            }
            outbox.awaitSending(List.of(patientId));
        });
    }

    private int end(long patientId, Channel channel) {
        return Sql.on(em)
                .add(
                        "update consent set ended_at = ?, is_current = null where patient_id = ? and channel = ? and is_current = true",
                        clock.instant(),
                        patientId,
                        channel)
                .update();
    }

    /**
     * An address wants no more messages, whoever it belongs to. When this returns, nothing more is on its way to it: a message that
     * was being sent has left (experiment 11).
     *
     * @param lookup the keyed hash of the address
     */
    public void optOut(String lookup, How how) {
        optOut(Actor.NOBODY, lookup, how);
    }

    private void optOut(Actor actor, String lookup, How how) {
        transactions.runInNew(() -> {
            List<Long> patients = patientsAt(lookup);
            lockPatients(patients);
            if (!isOptedOut(lookup)) {
                Sql.on(em)
                        .add("insert into opt_out (lookup, at, how) values (?, ?, ?)", lookup, clock.instant(), how)
                        .update();
                patients.forEach(patient -> record(actor, "OPTED_OUT", patient, how.name()));
            }
            outbox.awaitSending(patients);
        });
    }

    /** An address wants messages again; what its patients have agreed to holds as before. In the caller's transaction. */
    void optIn(String lookup) {
        int ended =
                Sql.on(em).add("delete from opt_out where lookup = ?", lookup).update();
        if (ended > 0) {
            patientsAt(lookup).forEach(patient -> record(Actor.NOBODY, "OPTED_IN", patient, "START"));
        }
    }

    /**
     * The address that messages to the patient go to wants them again: the patient has said so, and whoever writes it down says how.
     *
     * @throws NotFound if the patient has no such address
     */
    public void optIn(Actor actor, long patientId, Channel channel, Word word) {
        gate.require(actor, "end an opt-out", Role.DESK, Role.LEAD);
        transactions.runInNew(() -> {
            Address address = Recipient.last(outbox.addresses(patientId), channel)
                    .orElseThrow(() -> new NotFound("contact", patientId));
            int ended = Sql.on(em)
                    .add("delete from opt_out where lookup = ?", address.lookup())
                    .update();
            if (ended > 0) {
                record(actor, "OPTED_IN", patientId, channel + " " + word);
            }
        });
    }

    /**
     * The address that messages to the patient go to wants no more of them, as the patient has told the desk.
     *
     * @throws NotFound if the patient has no such address
     */
    public void optOut(Actor actor, long patientId, Channel channel) {
        gate.require(actor, "take an opt-out", Role.DESK, Role.LEAD);
        Address address = transactions.inNew(() -> Recipient.last(outbox.addresses(patientId), channel)
                .orElseThrow(() -> new NotFound("contact", patientId)));
        optOut(actor, address.lookup(), How.DESK);
    }

    /** Opt-outs, and the links to opt out, follow their addresses. Each statement may be run again. */
    void follow(@Observes ContactLookupsChanged change) {
        List<List<Object>> optOuts = new ArrayList<>();
        List<List<Object>> links = new ArrayList<>();
        List<List<Object>> left = new ArrayList<>();
        for (Renewed one : change.renewed()) {
            optOuts.add(List.of(one.after(), one.before(), one.after()));
            links.add(List.of(one.after(), one.before(), one.patientId()));
            left.add(List.of(one.before(), one.before()));
        }
        Sql.on(em)
                .add(
                        "insert into opt_out (lookup, at, how) select cast(? as char(64)), at, how from opt_out where lookup = ?"
                                + " and not exists (select 1 from opt_out o where o.lookup = ?)")
                .each(optOuts);
        Sql.on(em)
                .add("update reply_token set lookup = ? where lookup = ?"
                        + " and reminder_id in (select id from reminder where patient_id = ?)")
                .each(links);
        Sql.on(em)
                .add(
                        "delete from opt_out where lookup = ? and not exists (select 1 from contact_point where lookup = ?)")
                .each(left);
    }

    private boolean isOptedOut(String lookup) {
        return Sql.on(em).add("select 1 from opt_out where lookup = ?", lookup).exists();
    }

    private List<Long> patientsAt(String lookup) {
        return Sql.on(em)
                .add("select distinct patient_id from contact_point where lookup = ? order by patient_id", lookup)
                .list(r -> r.id(1));
    }

    /** Whoever claims a message for one of them comes before or after. */
    private void lockPatients(Collection<Long> ids) {
        List<Long> locked = Sql.on(em)
                .add("select id from patient where id in")
                .in(ids)
                .add("order by id for update")
                .list(r -> r.id(1));
        Optional<Long> missing = ids.stream().filter(id -> !locked.contains(id)).findFirst();
        if (missing.isPresent()) {
            throw new NotFound("patient", missing.get());
        }
    }

    private void record(Actor actor, String action, long patientId, String detail) {
        audit.record(
                actor,
                new Entry(action, "patient/consents", "consent", List.of(patientId), List.of(patientId), "OK", detail));
    }
}

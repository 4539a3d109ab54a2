package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
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
            Channel channel, Disclosure disclosure, boolean frequent, Instant givenAt, @Nullable String takenBy) {}

    /** The consents that hold, by channel; one audit line. */
    public Map<Channel, Given> of(Actor actor, long patientId) {
        gate.require(actor, "see consents", Role.DESK, Role.LEAD);
        audit.recordApart(actor, Entry.viewed("patient/consents", "patient", List.of(patientId), List.of(patientId)));
        return transactions.inNew(() -> current(em, patientId));
    }

    /** The consents that hold, by channel, in the caller's transaction. */
    static Map<Channel, Given> current(EntityManager em, long patientId) {
        Map<Channel, Given> given = new EnumMap<>(Channel.class);
        Sql.on(em)
                .add(
                        "select c.channel, c.disclosure, c.frequent, c.given_at, a.display_name from consent c"
                                + " left join account a on a.id = c.taken_by where c.patient_id = ? and c.is_current = true",
                        patientId)
                .list(r -> given.put(
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
        transactions.runInNew(() -> {
            List<Long> patients = patientsAt(lookup);
            lockPatients(patients);
            if (!isOptedOut(lookup)) {
                Sql.on(em)
                        .add("insert into opt_out (lookup, at, how) values (?, ?, ?)", lookup, clock.instant(), how)
                        .update();
                patients.forEach(patient -> record(Actor.NOBODY, "OPTED_OUT", patient, how.name()));
            }
            outbox.awaitSending(patients);
        });
    }

    /** An address wants messages again; what its patients have agreed to holds as before. */
    public void optIn(String lookup) {
        transactions.runInNew(() -> {
            int ended = Sql.on(em)
                    .add("delete from opt_out where lookup = ?", lookup)
                    .update();
            if (ended > 0) {
                patientsAt(lookup).forEach(patient -> record(Actor.NOBODY, "OPTED_IN", patient, "START"));
            }
        });
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
        Optional<Long> missing = ids.stream()
                .sorted()
                .filter(id -> !Sql.on(em)
                        .add("select id from patient where id = ? for update", id)
                        .exists())
                .findFirst();
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

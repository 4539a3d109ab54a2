package org.evenkeel.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/** Which therapists want tomorrow by e-mail, each for themselves; nobody does until they say so. */
@ApplicationScoped
public class DigestWishes {
    private EntityManager em;
    private Transactions transactions;
    private ContactVault vault;
    private AuditTrail audit;
    private Gate gate;

    @SuppressWarnings("NullAway.Init")
    protected DigestWishes() {}

    @Inject
    public DigestWishes(EntityManager em, Transactions transactions, ContactVault vault, AuditTrail audit, Gate gate) {
        this.em = em;
        this.transactions = transactions;
        this.vault = vault;
        this.audit = audit;
        this.gate = gate;
    }

    /**
     * What a therapist has asked for.
     *
     * @param at on the wall where they work most
     */
    public record Wish(String address, LocalTime at) {

        /** The time alone: addresses stay out of logs. */
        @Override
        public String toString() {
            return "Digest at " + at;
        }
    }

    /** The digest of a day, and what has become of it. */
    public record Last(LocalDate about, DigestState state) {}

    public Optional<Wish> mine(Actor actor) {
        requireTherapist(actor);
        return transactions.inNew(() -> Sql.on(em)
                .add("select sealed, send_at from digest_wish where account_id = ?", actor.accountId())
                .first(r -> new Wish(vault.open(actor.accountId(), r.text(1)), r.time(2))));
    }

    /** The latest digest of the actor's own. */
    public Optional<Last> last(Actor actor) {
        requireTherapist(actor);
        return transactions.inNew(() -> Sql.on(em)
                .add(
                        "select about, state from digest where account_id = ? order by about desc fetch first 1 rows only",
                        actor.accountId())
                .first(r -> new Last(r.date(1), r.constant(2, DigestState.class))));
    }

    /**
     * From now on the actor gets digests, there and then.
     *
     * @throws Invalid about "address" if that is no e-mail address
     */
    public void want(Actor actor, String address, LocalTime at) {
        requireTherapist(actor);
        String checked = checked(address);
        transactions.runInNew(() -> {
            remove(actor);
            Sql.on(em)
                    .add(
                            "insert into digest_wish (account_id, sealed, send_at) values (?, ?, ?)",
                            actor.accountId(),
                            vault.seal(actor.accountId(), checked),
                            at)
                    .update();
            record(actor, "wanted");
        });
    }

    public void stop(Actor actor) {
        requireTherapist(actor);
        transactions.runInNew(() -> {
            if (remove(actor) > 0) {
                record(actor, "stopped");
            }
        });
    }

    private int remove(Actor actor) {
        return Sql.on(em)
                .add("delete from digest_wish where account_id = ?", actor.accountId())
                .update();
    }

    private static String checked(String address) {
        try {
            return new Contact(Contact.Kind.EMAIL, address).value();
        } catch (Invalid e) {
            throw e.about("address");
        }
    }

    private void requireTherapist(Actor actor) {
        gate.require(actor, "have a digest of one's own", Role.THERAPIST);
        if (actor.therapistId() == null) {
            throw gate.refusal(actor, "have a digest of one's own", "access", List.of());
        }
    }

    private void record(Actor actor, String detail) {
        audit.record(
                actor, new Entry("CHANGED", "digest", "account", List.of(actor.accountId()), List.of(), "OK", detail));
    }
}

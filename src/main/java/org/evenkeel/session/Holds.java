package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Taken;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;

/** Keeps a found time for two minutes while someone fills in the booking. Whoever books it, their own hold makes way. */
@ApplicationScoped
public class Holds {

    public static final Duration LENGTH = Duration.ofMinutes(2);

    private EntityManager em;
    private Transactions transactions;
    private Availability availability;
    private AuditTrail audit;
    private Gate gate;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Holds() {}

    @Inject
    public Holds(
            EntityManager em,
            Transactions transactions,
            Availability availability,
            AuditTrail audit,
            Gate gate,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.availability = availability;
        this.audit = audit;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Holds the therapist and the room of a free time; an earlier hold of the same account is given up.
     *
     * @return until when it is held
     * @throws Refused if somebody was quicker
     */
    public Instant hold(Actor actor, FreeTime time) {
        gate.require(actor, "hold a time", Role.DESK, Role.LEAD, Role.THERAPIST);
        Instant now = clock.instant();
        Instant until = now.plus(LENGTH);
        try {
            return transactions.inNew(() -> {
                releaseAll(em, availability, actor.accountId());
                Hold hold = new Hold(actor.accountId(), time, until);
                availability.clearExpired(hold.claims(), now);
                em.persist(hold);
                availability.reserve(hold.id(), hold.claims(), until);
                em.flush();
                return until;
            });
        } catch (Taken taken) {
            Refused refused = new Refused(Refusal.of(Rule.BEING_BOOKED, ""));
            audit.recordApart(
                    actor,
                    new AuditTrail.Entry(
                            "REFUSED", "hold a time", "session", List.of(), List.of(), "REFUSED", refused.ruleNames()));
            throw refused;
        }
    }

    /** Gives up whatever the account holds. */
    public void release(Actor actor) {
        transactions.runInNew(() -> releaseAll(em, availability, actor.accountId()));
    }

    private static int releaseAll(EntityManager em, Availability availability, long accountId) {
        return release(
                em,
                availability,
                em.createQuery(
                                "select h from Hold h where h.accountId = :account and h.waitlistEntryId is null",
                                Hold.class)
                        .setParameter("account", accountId)
                        .getResultList());
    }

    /** Releases the account's own holds that overlap the slot, and tells how many there were. */
    static int releaseOf(EntityManager em, Availability availability, long accountId, TimeSlot slot) {
        return release(
                em,
                availability,
                em.createQuery(
                                "select h from Hold h where h.accountId = :account and h.waitlistEntryId is null"
                                        + " and h.slot.start < :end and h.slot.end > :start",
                                Hold.class)
                        .setParameter("account", accountId)
                        .setParameter("start", slot.start())
                        .setParameter("end", slot.end())
                        .getResultList());
    }

    /** Releases what is kept for one who waits. */
    static int releaseKept(EntityManager em, Availability availability, long waitlistEntryId) {
        return release(
                em,
                availability,
                em.createQuery("select h from Hold h where h.waitlistEntryId = :entry", Hold.class)
                        .setParameter("entry", waitlistEntryId)
                        .getResultList());
    }

    private static int release(EntityManager em, Availability availability, List<Hold> holds) {
        for (Hold hold : holds) {
            availability.release(hold.id(), hold.claims());
            em.remove(hold);
        }
        em.flush();
        return holds.size();
    }

    /** Removes holds that ran out before the instant; their claims are cleared by whoever books next. */
    static void clearBefore(EntityManager em, Instant instant) {
        em.createQuery("delete from Hold h where h.expiresAt < :instant")
                .setParameter("instant", instant)
                .executeUpdate();
    }
}

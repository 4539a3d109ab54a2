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
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Taken;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.RoomDetails;

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
                take(em, availability, new Hold(actor.accountId(), time, until), now);
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

    /** Takes what is to be held, over what has run out of it. */
    static void take(EntityManager em, Availability availability, Hold hold, Instant now) {
        List<Claim> claims = hold.claims(turnover(em, hold));
        availability.clearExpired(claims, now);
        em.persist(hold);
        em.flush();
        availability.reserve(hold.id(), claims, hold.expiresAt());
    }

    private static int turnover(EntityManager em, Hold hold) {
        return Sql.on(em)
                .add("select turnover_minutes from room where id = ?", hold.roomId())
                .first(r -> r.number(1))
                .orElse(0);
    }

    private static void releaseAll(EntityManager em, Availability availability, long accountId) {
        release(em, availability, of(em, accountId));
    }

    /** Releases the account's own holds that are in the way of these claims. */
    static void releaseOf(EntityManager em, Availability availability, long accountId, List<Claim> wanted) {
        release(em, availability, inTheWay(em, accountId, wanted));
    }

    /** Whether the account itself holds any of this. */
    static boolean isInTheWay(EntityManager em, long accountId, List<Claim> wanted) {
        return !inTheWay(em, accountId, wanted).isEmpty();
    }

    private static List<Hold> inTheWay(EntityManager em, long accountId, List<Claim> wanted) {
        return of(em, accountId).stream()
                .filter(hold -> hold.claims(turnover(em, hold)).stream()
                        .anyMatch(held -> wanted.stream().anyMatch(held::collidesWith)))
                .toList();
    }

    /** What the account holds for itself. */
    private static List<Hold> of(EntityManager em, long accountId) {
        return em.createQuery(
                        "select h from Hold h where h.accountId = :account and h.waitlistEntryId is null", Hold.class)
                .setParameter("account", accountId)
                .getResultList();
    }

    /** Releases what is kept for one who waits. */
    static void releaseKept(EntityManager em, Availability availability, long waitlistEntryId) {
        release(
                em,
                availability,
                em.createQuery("select h from Hold h where h.waitlistEntryId = :entry", Hold.class)
                        .setParameter("entry", waitlistEntryId)
                        .getResultList());
    }

    /** Whatever the turnover of the room has been meanwhile: no room has more than {@link RoomDetails#MOST_TURNOVER}. */
    private static void release(EntityManager em, Availability availability, List<Hold> holds) {
        for (Hold hold : holds) {
            availability.release(hold.id(), hold.claims(RoomDetails.MOST_TURNOVER));
            em.remove(hold);
        }
        em.flush();
    }

    /** Removes holds that ran out before the instant; their claims are cleared by whoever books next. */
    static void clearBefore(EntityManager em, Instant instant) {
        em.createQuery("delete from Hold h where h.expiresAt < :instant")
                .setParameter("instant", instant)
                .executeUpdate();
    }
}

package org.evenkeel.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Secrets;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Transactions;

/** Creates, lists and revokes the addresses of a therapist's own calendar. */
@ApplicationScoped
public class CalendarFeeds {
    private static final int MOST = 10;

    private EntityManager em;
    private Transactions transactions;
    private AuditTrail audit;
    private Gate gate;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected CalendarFeeds() {}

    @Inject
    public CalendarFeeds(EntityManager em, Transactions transactions, AuditTrail audit, Gate gate, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Creates an address and returns the token in it, this once: only its hash is stored.
     *
     * @throws Invalid if there are too many already
     */
    public String create(Actor actor) {
        requireTherapist(actor);
        return transactions.inNew(() -> {
            if (live(actor).size() >= MOST) {
                throw new Invalid("", "invalid.feed.most", MOST);
            }
            String token = Secrets.random();
            CalendarFeed created = new CalendarFeed(actor.accountId(), token, clock.instant());
            em.persist(created);
            record(actor, "CREATED", created.id());
            return token;
        });
    }

    /** Those of the actor's own that have not been revoked, newest first. */
    public List<CalendarFeed> mine(Actor actor) {
        requireTherapist(actor);
        return transactions.inNew(() -> live(actor));
    }

    /**
     * From now on the address leads nowhere, on every node.
     *
     * @throws NotFound if it is not one of the actor's own
     */
    public void revoke(Actor actor, long feedId) {
        requireTherapist(actor);
        Instant now = clock.instant();
        transactions.runInNew(() -> {
            CalendarFeed feed = em.find(CalendarFeed.class, feedId);
            if (feed == null || feed.accountId() != actor.accountId()) {
                throw new NotFound("calendar feed", feedId);
            }
            feed.revoke(now);
            record(actor, "REVOKED", feedId);
        });
    }

    private List<CalendarFeed> live(Actor actor) {
        return em.createQuery(
                        """
                        select f from CalendarFeed f where f.accountId = :account and f.revokedAt is null
                        order by f.createdAt desc, f.id desc""",
                        CalendarFeed.class)
                .setParameter("account", actor.accountId())
                .getResultList();
    }

    private void requireTherapist(Actor actor) {
        gate.require(actor, "have a calendar of one's own", Role.THERAPIST);
        if (actor.therapistId() == null) {
            throw gate.refusal(actor, "have a calendar of one's own", "access", List.of());
        }
    }

    private void record(Actor actor, String action, long feedId) {
        audit.record(actor, new Entry(action, "feed", "feed", List.of(feedId), List.of(), "OK", ""));
    }
}

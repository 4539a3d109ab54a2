package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import org.evenkeel.availability.Availability;
import org.evenkeel.platform.Hourly;
import org.evenkeel.shared.Transactions;

/** Clears away claims that ended 30 days ago, and holds that have lapsed. */
@ApplicationScoped
public class SessionUpkeep {

    /** What is over for so long can no longer be changed, so that it needs no guard. */
    static final Duration GUARDED = Duration.ofDays(30);

    private EntityManager em;
    private Transactions transactions;
    private Availability availability;

    @SuppressWarnings("NullAway.Init")
    protected SessionUpkeep() {}

    @Inject
    public SessionUpkeep(EntityManager em, Transactions transactions, Availability availability) {
        this.em = em;
        this.transactions = transactions;
        this.availability = availability;
    }

    void clean(@Observes Hourly hourly) {
        clean(hourly.at());
    }

    void clean(Instant now) {
        transactions.runInNew(() -> {
            availability.clearBefore(now.minus(GUARDED));
            Holds.clearBefore(em, now);
        });
    }
}

package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import org.evenkeel.platform.DatabaseReady;
import org.evenkeel.platform.Hourly;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/** Looks through the texts at the start; clears away links that have expired, and questions that nobody has answered. What became of messages stays on record. */
@ApplicationScoped
public class ReminderUpkeep {

    /** A question of which session was meant is forgotten then; whoever answers later is asked anew. */
    private static final Duration QUESTIONS = Duration.ofDays(7);

    private EntityManager em;
    private Transactions transactions;

    @SuppressWarnings("NullAway.Init")
    protected ReminderUpkeep() {}

    @Inject
    public ReminderUpkeep(EntityManager em, Transactions transactions) {
        this.em = em;
        this.transactions = transactions;
    }

    /** A file of texts that is not whole keeps the application from starting. */
    void check(@Observes DatabaseReady ready) {
        Texts.checkAll();
    }

    void clean(@Observes Hourly hourly) {
        clean(hourly.at());
    }

    void clean(Instant now) {
        transactions.runInNew(() -> {
            Sql.on(em).add("delete from reply_token where expires_at < ?", now).update();
            Sql.on(em)
                    .add("delete from reply_question where asked_at < ?", now.minus(QUESTIONS))
                    .update();
        });
    }
}

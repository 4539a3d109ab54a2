package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.evenkeel.identity.Actor;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** Appends entries to the database with one statement each, at once: a transaction that is under way can no longer forget them. */
@ApplicationScoped
public class AuditRecorder implements AuditTrail {
    private static final int LONGEST_DETAIL = 2000;

    private final EntityManager entities;
    private final Transactions transactions;
    private final Clock clock;

    @Inject
    public AuditRecorder(EntityManager entities, Transactions transactions, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected AuditRecorder() {
        this(null, null, null);
    }

    @Override
    public void record(Actor actor, Entry entry) {
        @Nullable Long account = actor.accountId() == Actor.NOBODY.accountId() ? null : actor.accountId();
        Sql.on(entities)
                .add(
                        """
                        insert into audit_entry
                            (occurred_at, account_id, action, purpose, subject, subject_ids, patient_ids, result, detail)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        clock.instant(),
                        account,
                        entry.action(),
                        entry.purpose(),
                        entry.subject(),
                        AuditIds.format(entry.subjectIds()),
                        AuditIds.format(entry.patientIds()),
                        entry.result(),
                        limited(entry.detail()))
                .update();
    }

    @Override
    public void recordApart(Actor actor, Entry entry) {
        transactions.runInNew(() -> record(actor, entry));
    }

    private static String limited(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
    }
}

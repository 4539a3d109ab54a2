package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.evenkeel.identity.Actor;
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
        entities.createNativeQuery(
                        """
                        insert into audit_entry (id, occurred_at, account_id, action, purpose, subject, subject_ids,
                            patient_ids, result, detail)
                        values (nextval('audit_entry_seq'), ?1, cast(?2 as bigint), ?3, ?4, ?5, ?6, ?7, ?8, ?9)""")
                .setFlushMode(FlushModeType.COMMIT)
                .setParameter(1, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setParameter(2, account == null ? null : account.toString())
                .setParameter(3, entry.action())
                .setParameter(4, entry.purpose())
                .setParameter(5, entry.subject())
                .setParameter(6, AuditIds.format(entry.subjectIds()))
                .setParameter(7, AuditIds.format(entry.patientIds()))
                .setParameter(8, entry.result())
                .setParameter(9, limited(entry.detail()))
                .executeUpdate();
    }

    @Override
    public void recordApart(Actor actor, Entry entry) {
        transactions.runInNew(() -> record(actor, entry));
    }

    private static String limited(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
    }
}

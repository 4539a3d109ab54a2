package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.shared.Transactions;

/**
 * Chains what was appended, apart from the transactions that append. Whoever holds the lock on the chain's head seals; other nodes wait for
 * their turn and find less to do. Entries are chained in the order in which they are found: a transaction that began earlier may
 * commit later, so the ids in the chain need not ascend.
 */
@ApplicationScoped
public class AuditSealer {
    private static final int BATCH = 500;
    /** Longer than any transaction lasts, so that an entry which was committed late is still seen by the next pass. */
    private static final Duration LATEST = Duration.ofMinutes(5);

    private static final Duration FULL_PASS_EVERY = Duration.ofHours(1);

    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditKey key;
    private final Clock clock;

    private Instant lastPass = Instant.EPOCH;
    private Instant lastFullPass = Instant.EPOCH;

    @Inject
    public AuditSealer(EntityManager entities, Transactions transactions, AuditKey key, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.key = key;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected AuditSealer() {
        this(null, null, null, null);
    }

    /** Seals all that is committed, batch by batch, each in a transaction of its own; returns how many entries that were. */
    public synchronized int seal() {
        Instant now = clock.instant();
        boolean full = !now.isBefore(lastFullPass.plus(FULL_PASS_EVERY));
        Instant since = full ? Instant.EPOCH : lastPass.minus(LATEST);
        int sealed = 0;
        int batch;
        do {
            batch = transactions.inNew(() -> sealBatch(since, now));
            sealed += batch;
        } while (batch == BATCH);
        lastPass = now;
        lastFullPass = full ? now : lastFullPass;
        return sealed;
    }

    private int sealBatch(Instant since, Instant now) {
        AuditHead head = entities.find(AuditHead.class, AuditHead.ID, LockModeType.PESSIMISTIC_WRITE);
        if (head == null) {
            throw new IllegalStateException("The head of the audit chain is gone");
        }
        List<AuditEntry> unsealed = entities.createQuery(
                        """
                        select e from AuditEntry e where e.occurredAt >= :since
                            and not exists (select s.seq from AuditSeal s where s.entryId = e.id)
                        order by e.occurredAt, e.id""",
                        AuditEntry.class)
                .setParameter("since", since)
                .setMaxResults(BATCH)
                .getResultList();
        long seq = head.lastSeq();
        String mac = head.lastMac();
        for (AuditEntry entry : unsealed) {
            seq++;
            mac = key.link(seq, entry, mac);
            entities.persist(new AuditSeal(seq, entry.id(), mac, now));
        }
        if (!unsealed.isEmpty()) {
            head.moveTo(seq, mac, key.head(seq, mac));
        }
        return unsealed.size();
    }

    /** Where the chain ends, for the log: an anchor outside the database. */
    public String head() {
        return transactions.inNew(() -> {
            AuditHead head = entities.find(AuditHead.class, AuditHead.ID);
            return head == null ? "missing" : head.lastSeq() + "-" + head.lastMac();
        });
    }
}

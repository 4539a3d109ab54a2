package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/**
 * Chains what was appended, apart from the transactions that append. Whoever holds the lock on the chain's head seals; other nodes wait for
 * their turn and find less to do. Entries are chained in the order in which they are found: a transaction that began earlier may
 * commit later, so the ids in the chain need not ascend. A pass looks at what is recent, page by page, however long the chain has become.
 */
@ApplicationScoped
public class AuditSealer {
    private static final int PAGE = 500;

    /** Longer than any transaction lasts: so long after an entry got its id, it is committed, or never will be. */
    private static final Duration LATEST = Duration.ofMinutes(5);

    private static final Duration FULL_PASS_EVERY = Duration.ofDays(1);

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

    /** Seals all that is committed, page by page, each in a transaction of its own; returns how many entries that were. */
    public synchronized int seal() {
        Instant now = clock.instant();
        boolean full = !now.isBefore(lastFullPass.plus(FULL_PASS_EVERY));
        int sealed = 0;
        long last = full
                ? 0
                : transactions.inNew(() -> settled(earlier(lastPass, now).minus(LATEST)));
        List<Appended> page;
        do {
            long after = last;
            page = transactions.inNew(() -> pageAfter(after));
            List<Long> unsealed =
                    page.stream().filter(e -> !e.isSealed()).map(Appended::id).toList();
            if (!unsealed.isEmpty()) {
                sealed += transactions.inNew(() -> seal(unsealed, now));
            }
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        lastPass = now;
        lastFullPass = full ? now : lastFullPass;
        return sealed;
    }

    /** Clocks are set back, too. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Up to which id nothing is left to be sealed, if no transaction of that moment is under way any more. */
    private long settled(Instant moment) {
        return Sql.on(entities)
                .add(
                        "select id from audit_entry where occurred_at < ? order by occurred_at desc fetch first 1 rows only",
                        moment)
                .first(r -> r.id(1))
                .orElse(0L);
    }

    private record Appended(long id, boolean isSealed) {}

    /** Asked for each entry: a database that joins them reads the whole chain. */
    private List<Appended> pageAfter(long id) {
        return Sql.on(entities)
                .add(
                        "select e.id, (select s.seq from audit_seal s where s.entry_id = e.id) from audit_entry e where e.id > ?"
                                + " order by e.id fetch first " + PAGE + " rows only",
                        id)
                .list(r -> new Appended(r.id(1), r.idOrNull(2) != null));
    }

    private int seal(List<Long> found, Instant now) {
        AuditHead head = entities.find(AuditHead.class, AuditHead.ID, LockModeType.PESSIMISTIC_WRITE);
        if (head == null) {
            throw new IllegalStateException("The head of the audit chain is gone");
        }
        List<AuditEntry> unsealed = entities.createQuery(
                        """
                        select e from AuditEntry e where e.id in :found
                            and not exists (select s.seq from AuditSeal s where s.entryId = e.id)
                        order by e.id""",
                        AuditEntry.class)
                .setParameter("found", found)
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

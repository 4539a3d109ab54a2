package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chain from its beginning and finds entries that were edited, deleted or put in another order, and a chain that was cut short.
 * What it cannot find is a database that was set back as a whole, head included: for that, compare the head with an older line of the log,
 * by giving it as the anchor.
 */
@ApplicationScoped
public class AuditVerifier {
    private static final int PAGE = 1000;
    private static final int MOST_FINDINGS = 100;
    private static final String BEGINNING = "0".repeat(64);

    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditKey key;
    private final AuditTrail audit;
    private final Gate gate;

    @Inject
    public AuditVerifier(EntityManager entities, Transactions transactions, AuditKey key, AuditTrail audit, Gate gate) {
        this.entities = entities;
        this.transactions = transactions;
        this.key = key;
        this.audit = audit;
        this.gate = gate;
    }

    @SuppressWarnings("NullAway")
    protected AuditVerifier() {
        this(null, null, null, null, null);
    }

    /** What is wrong with the chain at a place. */
    public enum Flaw {
        /** The entry is gone. */
        DELETED,
        /** The entry, its place or the link before it is not what was sealed. */
        ALTERED,
        /** A link is gone. */
        LINK_MISSING,
        /** The chain does not end where its head says. */
        CUT_SHORT,
        /** The head was not written by someone who has the key. */
        HEAD_FORGED,
        /** The place and code that were given as an anchor are not in the chain. */
        ANCHOR_MISSING
    }

    /** @param seq the place in the chain */
    public record Finding(Flaw flaw, long seq) {}

    /**
     * The outcome.
     *
     * @param sealed how many entries the chain has
     * @param unsealed how many were appended and await their seal; more than a few seconds' worth means that nobody seals
     * @param head where the chain ends, as in the log: its length and its last code
     * @param findings the first hundred flaws
     */
    public record Verification(boolean intact, long sealed, long unsealed, String head, List<Finding> findings) {}

    /** Where the chain was at some time, as the log has it. */
    public record Anchor(long seq, String mac) {}

    /** Verifies the chain, for an administrator. @param anchor null for none */
    public Verification verify(Actor actor, @Nullable Anchor anchor) {
        gate.require(actor, "verify the audit chain", Role.ADMIN);
        List<Finding> findings = new ArrayList<>();
        Walk walk = new Walk(0, BEGINNING, anchor == null);
        List<AuditSeal> page;
        do {
            page = verifyPage(walk, anchor, findings);
        } while (page.size() == PAGE);
        Verification verification = transactions.inNew(() -> conclude(walk, anchor, findings));
        String result = verification.intact() ? "OK" : "FAILED";
        audit.recordApart(
                actor,
                new AuditTrail.Entry(
                        "VERIFIED", "audit", "audit", List.of(), List.of(), result, verification.sealed() + " sealed"));
        return verification;
    }

    /** How far the walk has come: the place and code of its last link. */
    private static final class Walk {
        private long seq;
        private String mac;
        private boolean anchored;

        private Walk(long seq, String mac, boolean anchored) {
            this.seq = seq;
            this.mac = mac;
            this.anchored = anchored;
        }
    }

    private List<AuditSeal> verifyPage(Walk walk, @Nullable Anchor anchor, List<Finding> findings) {
        return transactions.inNew(() -> {
            List<AuditSeal> seals = sealsAfter(walk.seq);
            Map<Long, AuditEntry> entries = entriesOf(seals);
            for (AuditSeal seal : seals) {
                if (seal.seq() != walk.seq + 1) {
                    add(findings, Flaw.LINK_MISSING, walk.seq + 1);
                }
                AuditEntry entry = entries.get(seal.entryId());
                if (entry == null) {
                    add(findings, Flaw.DELETED, seal.seq());
                } else if (!key.link(seal.seq(), entry, walk.mac).equals(seal.mac())) {
                    add(findings, Flaw.ALTERED, seal.seq());
                }
                walk.seq = seal.seq();
                walk.mac = seal.mac();
                walk.anchored |= anchor != null
                        && anchor.seq() == walk.seq
                        && anchor.mac().equals(walk.mac);
            }
            return seals;
        });
    }

    /** With the head locked, so that nobody seals meanwhile: walks what was sealed since, and compares the ends. */
    private Verification conclude(Walk walk, @Nullable Anchor anchor, List<Finding> findings) {
        AuditHead head = entities.find(AuditHead.class, AuditHead.ID, LockModeType.PESSIMISTIC_WRITE);
        while (!verifyPage(walk, anchor, findings).isEmpty()) {
            // One page after the other until nothing is left.
        }
        if (head == null || head.lastSeq() != walk.seq || !head.lastMac().equals(walk.mac)) {
            add(findings, Flaw.CUT_SHORT, walk.seq);
        }
        boolean neverSealed =
                head != null && head.lastSeq() == 0 && head.headMac().isEmpty();
        if (head == null
                || !neverSealed && !key.head(head.lastSeq(), head.lastMac()).equals(head.headMac())) {
            add(findings, Flaw.HEAD_FORGED, walk.seq);
        }
        if (!walk.anchored && anchor != null) {
            add(findings, Flaw.ANCHOR_MISSING, anchor.seq());
        }
        long unsealed = count("select count(e) from AuditEntry e") - count("select count(s) from AuditSeal s");
        String end = head == null ? "missing" : head.lastSeq() + "-" + head.lastMac();
        return new Verification(findings.isEmpty(), walk.seq, Math.max(0, unsealed), end, List.copyOf(findings));
    }

    private List<AuditSeal> sealsAfter(long seq) {
        return entities.createQuery("select s from AuditSeal s where s.seq > :seq order by s.seq", AuditSeal.class)
                .setParameter("seq", seq)
                .setMaxResults(PAGE)
                .getResultList();
    }

    private Map<Long, AuditEntry> entriesOf(List<AuditSeal> seals) {
        if (seals.isEmpty()) {
            return Map.of();
        }
        Map<Long, AuditEntry> byId = new HashMap<>();
        entities.createQuery(
                        """
                        select e from AuditEntry e, AuditSeal s where s.entryId = e.id
                            and s.seq between :first and :last""",
                        AuditEntry.class)
                .setParameter("first", seals.get(0).seq())
                .setParameter("last", seals.get(seals.size() - 1).seq())
                .getResultList()
                .forEach(entry -> byId.put(entry.id(), entry));
        return byId;
    }

    private long count(String query) {
        return entities.createQuery(query, Long.class).getSingleResult();
    }

    private static void add(List<Finding> findings, Flaw flaw, long seq) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(flaw, seq));
        }
    }
}

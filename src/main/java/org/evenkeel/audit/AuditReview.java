package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Transactions;

/**
 * The audit trail to be read: by administrators without a hint of which patients, by the clinical lead for one patient at a time, by
 * nobody else. Reading it is on record too.
 */
@ApplicationScoped
public class AuditReview {
    /** What ids may be told of; those of anything else could lead to a patient. */
    private static final Set<String> NOT_ABOUT_PATIENTS = Set.of(
            "access",
            "account",
            "audit",
            "feed",
            "login",
            "modality",
            "room",
            "rule",
            "series",
            "setting",
            "site",
            "therapist");

    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Gate gate;

    @Inject
    public AuditReview(EntityManager entities, Transactions transactions, AuditTrail audit, Gate gate) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.gate = gate;
    }

    @SuppressWarnings("NullAway")
    protected AuditReview() {
        this(null, null, null, null);
    }

    /**
     * An entry as a reviewer sees it.
     *
     * @param who the account's username; empty for the system
     * @param subjectIds empty where they would tell an administrator of a patient
     */
    public record Line(
            Instant occurredAt,
            String who,
            String action,
            String purpose,
            String subject,
            List<Long> subjectIds,
            String result,
            String detail) {}

    /** A page of lines, newest first, and how many there are in all. */
    public record Page(List<Line> lines, long total) {}

    /**
     * What happened in a stretch of time, without patients.
     *
     * @param who a username; "" for everyone
     */
    public Page everything(Actor actor, Instant from, Instant to, String who, int offset, int limit) {
        gate.require(actor, "read the audit trail", Role.ADMIN);
        return transactions.inNew(() -> {
            List<AuditEntry> entries = entities.createQuery(
                            """
                            select e from AuditEntry e where e.occurredAt >= :from and e.occurredAt < :to
                                and (:who = '' or e.accountId in (select a.id from Account a where a.username = :who))
                            order by e.occurredAt desc, e.id desc""",
                            AuditEntry.class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("who", Account.normalised(who))
                    .setFirstResult(offset)
                    .setMaxResults(limit)
                    .getResultList();
            long total = entities.createQuery(
                            """
                            select count(e) from AuditEntry e where e.occurredAt >= :from and e.occurredAt < :to
                                and (:who = '' or e.accountId in (select a.id from Account a where a.username = :who))""",
                            Long.class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("who", Account.normalised(who))
                    .getSingleResult();
            audit.record(actor, AuditTrail.Entry.viewed("admin/audit", "audit", List.of(), List.of()));
            return new Page(lines(entries, AuditReview::withoutPatients), total);
        });
    }

    /** @throws org.evenkeel.shared.NotAllowed unless the actor may read the trail of a patient */
    public void requireLead(Actor actor) {
        gate.require(actor, "read the audit trail of a patient", Role.LEAD);
    }

    /** What happened to one patient, and who looked, in a stretch of time. */
    public Page ofPatient(Actor actor, long patientId, Instant from, Instant to, int offset, int limit) {
        gate.require(actor, "read the audit trail of a patient", Role.LEAD);
        String wanted = "%," + patientId + ",%";
        return transactions.inNew(() -> {
            List<AuditEntry> entries = entities.createQuery(
                            """
                            select e from AuditEntry e where e.occurredAt >= :from and e.occurredAt < :to
                                and e.patientIds like :wanted order by e.occurredAt desc, e.id desc""",
                            AuditEntry.class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("wanted", wanted)
                    .setFirstResult(offset)
                    .setMaxResults(limit)
                    .getResultList();
            long total = entities.createQuery(
                            """
                            select count(e) from AuditEntry e where e.occurredAt >= :from and e.occurredAt < :to
                                and e.patientIds like :wanted""",
                            Long.class)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setParameter("wanted", wanted)
                    .getSingleResult();
            audit.record(actor, AuditTrail.Entry.viewed("admin/audit", "audit", List.of(), List.of(patientId)));
            return new Page(lines(entries, AuditEntry::subjectIds), total);
        });
    }

    /** The patient with that record number, whose trail the lead wants to read. */
    public long patientOf(Actor actor, String recordNumber) {
        gate.require(actor, "read the audit trail of a patient", Role.LEAD);
        List<?> ids =
                transactions.inNew(() -> entities.createNativeQuery("select id from patient where record_number = ?1")
                        .setParameter(1, recordNumber.strip())
                        .getResultList());
        if (ids.isEmpty()) {
            throw new NotFound("patient", "of that record number");
        }
        return ((Number) ids.get(0)).longValue();
    }

    private List<Line> lines(List<AuditEntry> entries, Function<AuditEntry, List<Long>> subjectIds) {
        Set<Long> accounts = entries.stream()
                .map(entry -> entry.accountId().orElse(null))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<Long, String> names = usernames(accounts);
        return entries.stream()
                .map(entry -> line(entry, names, subjectIds.apply(entry)))
                .toList();
    }

    private Map<Long, String> usernames(Set<Long> accounts) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select a from Account a where a.id in :ids", Account.class)
                .setParameter("ids", accounts)
                .getResultStream()
                .collect(Collectors.toMap(Account::id, Account::username));
    }

    private static Line line(AuditEntry entry, Map<Long, String> names, List<Long> subjectIds) {
        Optional<String> who = entry.accountId().map(id -> names.getOrDefault(id, Long.toString(id)));
        return new Line(
                entry.occurredAt(),
                who.orElse(""),
                entry.action(),
                entry.purpose(),
                entry.subject(),
                subjectIds,
                entry.result(),
                entry.detail());
    }

    private static List<Long> withoutPatients(AuditEntry entry) {
        return NOT_ABOUT_PATIENTS.contains(entry.subject()) ? entry.subjectIds() : List.of();
    }
}

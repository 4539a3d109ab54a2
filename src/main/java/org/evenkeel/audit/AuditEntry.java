package org.evenkeel.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry as it stands in the database; only ever read here, since {@link AuditRecorder} appends with one statement. */
@Entity
@Table(name = "audit_entry")
public class AuditEntry {

    @Id
    private long id;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "account_id")
    private @Nullable Long accountId;

    private String action;

    private String purpose;

    private String subject;

    @Column(name = "subject_ids")
    private String subjectIds;

    @Column(name = "patient_ids")
    private String patientIds;

    private String result;

    private String detail;

    @SuppressWarnings("NullAway.Init")
    protected AuditEntry() {}

    public long id() {
        return id;
    }

    public Instant occurredAt() {
        return occurredAt;
    }

    /** Who; empty for the system and for failed logins with an unknown name. */
    public Optional<Long> accountId() {
        return Optional.ofNullable(accountId);
    }

    public String action() {
        return action;
    }

    public String purpose() {
        return purpose;
    }

    public String subject() {
        return subject;
    }

    public List<Long> subjectIds() {
        return AuditIds.parse(subjectIds);
    }

    public List<Long> patientIds() {
        return AuditIds.parse(patientIds);
    }

    public String result() {
        return result;
    }

    public String detail() {
        return detail;
    }

    /** Every column as stored, in a fixed order: what a seal covers. */
    List<String> columns() {
        return Arrays.asList(
                Long.toString(id),
                occurredAt.toString(),
                accountId == null ? "" : accountId.toString(),
                action,
                purpose,
                subject,
                subjectIds,
                patientIds,
                result,
                detail);
    }

    @Override
    public String toString() {
        return "Audit entry " + id;
    }
}

package org.evenkeel.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A link of the chain: the place of an entry in it, and the code over the entry and the link before. */
@Entity
@Table(name = "audit_seal")
class AuditSeal {

    @Id
    private long seq;

    @Column(name = "entry_id")
    private long entryId;

    private String mac;

    @Column(name = "sealed_at")
    private Instant sealedAt;

    @SuppressWarnings("NullAway.Init")
    protected AuditSeal() {}

    AuditSeal(long seq, long entryId, String mac, Instant sealedAt) {
        this.seq = seq;
        this.entryId = entryId;
        this.mac = mac;
        this.sealedAt = sealedAt;
    }

    long seq() {
        return seq;
    }

    long entryId() {
        return entryId;
    }

    String mac() {
        return mac;
    }

    @Override
    public String toString() {
        return "Audit seal " + seq;
    }
}

package org.evenkeel.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Where the chain ends: one row, locked by whoever seals, with a code of its own so that it cannot be set back unnoticed. */
@Entity
@Table(name = "audit_chain")
class AuditHead {
    static final int ID = 1;

    @Id
    private int id;

    @Column(name = "last_seq")
    private long lastSeq;

    @Column(name = "last_mac")
    private String lastMac;

    @Column(name = "head_mac")
    private String headMac;

    @SuppressWarnings("NullAway.Init")
    protected AuditHead() {}

    void moveTo(long seq, String mac, String codeOfHead) {
        lastSeq = seq;
        lastMac = mac;
        headMac = codeOfHead;
    }

    long lastSeq() {
        return lastSeq;
    }

    String lastMac() {
        return lastMac;
    }

    String headMac() {
        return headMac;
    }

    @Override
    public String toString() {
        return "Audit chain up to " + lastSeq;
    }
}

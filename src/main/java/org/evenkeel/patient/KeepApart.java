package org.evenkeel.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/** Patients who must never share a roster. The clinical lead alone may see and change who they are; others only meet the refusal. */
@ApplicationScoped
public class KeepApart {
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;

    @SuppressWarnings("NullAway.Init")
    protected KeepApart() {}

    @Inject
    public KeepApart(EntityManager entities, Transactions transactions, Gate gate, AuditTrail audit) {
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
    }

    /** From whom a patient is kept apart, by name. */
    public List<PatientRow> of(Actor actor, long patientId) {
        gate.require(actor, "see keep-apart relations", Role.LEAD);
        return transactions.inNew(() -> {
            List<PatientRow> others = Patients.rows(Patients.select(entities)
                    .add("where pa.id in (select other_id from keep_apart where patient_id = ?", patientId)
                    .add("union select patient_id from keep_apart where other_id = ?)", patientId)
                    .add(Patients.BY_NAME));
            List<Long> ids = others.stream().map(PatientRow::id).toList();
            audit.record(actor, AuditTrail.Entry.viewed("patient/keep-apart", "patient", List.of(patientId), ids));
            return others;
        });
    }

    /**
     * Keeps two patients apart from now on; nothing happens if they are already.
     *
     * @throws Invalid if they are one
     * @throws NotFound if there is no such patient
     */
    public void add(Actor actor, long patientId, long otherId) {
        gate.require(actor, "change keep-apart relations", Role.LEAD);
        if (patientId == otherId) {
            throw new Invalid("keepApart", "invalid.patient.apartFromSelf");
        }
        transactions.runInNew(() -> {
            lockBoth(patientId, otherId);
            remove(patientId, otherId);
            Sql.on(entities)
                    .add(
                            "insert into keep_apart (patient_id, other_id) values (?, ?)",
                            Math.min(patientId, otherId),
                            Math.max(patientId, otherId))
                    .update();
            record(actor, patientId, otherId, "kept apart");
        });
    }

    /** Lets them share a roster again. */
    public void end(Actor actor, long patientId, long otherId) {
        gate.require(actor, "change keep-apart relations", Role.LEAD);
        transactions.runInNew(() -> {
            remove(patientId, otherId);
            record(actor, patientId, otherId, "no longer kept apart");
        });
    }

    private void lockBoth(long patientId, long otherId) {
        for (long id : new long[] {Math.min(patientId, otherId), Math.max(patientId, otherId)}) {
            if (Sql.on(entities)
                    .add("select id from patient where id = ? for update", id)
                    .list(row -> row.id(1))
                    .isEmpty()) {
                throw new NotFound("patient", id);
            }
        }
    }

    private void remove(long patientId, long otherId) {
        Sql.on(entities)
                .add(
                        "delete from keep_apart where patient_id = ? and other_id = ?",
                        Math.min(patientId, otherId),
                        Math.max(patientId, otherId))
                .update();
    }

    private void record(Actor actor, long patientId, long otherId, String detail) {
        List<Long> both = List.of(patientId, otherId);
        audit.record(actor, new AuditTrail.Entry("CHANGED", "patient/keep-apart", "patient", both, both, "OK", detail));
    }
}

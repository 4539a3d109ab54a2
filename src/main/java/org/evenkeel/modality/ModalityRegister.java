package org.evenkeel.modality;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Saving;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;

/**
 * Modalities, kept by the clinical lead and the administrator, and seen by everybody. None is deleted: an inactive one cannot be
 * booked any more.
 */
@ApplicationScoped
public class ModalityRegister {
    private Modalities modalities;
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Event<CalendarChanged> events;

    @SuppressWarnings("NullAway.Init")
    protected ModalityRegister() {}

    @Inject
    public ModalityRegister(
            Modalities modalities,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Event<CalendarChanged> events) {
        this.modalities = modalities;
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.events = events;
    }

    public Page<ModalityRow> list(Actor actor, int first, int limit) {
        requireAnyone(actor);
        return transactions.inNew(() -> new Page<>(
                modalities.page(first, limit).stream()
                        .map(modality -> new ModalityRow(modality.id(), modality.details()))
                        .toList(),
                modalities.count()));
    }

    /** @throws NotFound if there is none with this id */
    public Versioned<ModalityDetails> find(Actor actor, long id) {
        requireAnyone(actor);
        return transactions.inNew(() -> {
            Modality modality = existing(id);
            return new Versioned<>(id, modality.version(), modality.details());
        });
    }

    /**
     * @return its id
     * @throws Invalid if another modality has the code
     */
    public long add(Actor actor, ModalityDetails details) {
        requireKeeper(actor, "create modalities");
        return transactions.inNew(() -> {
            refuseTakenCode(details.code());
            Modality modality = create(details);
            flush(details.code());
            record(actor, "CREATED", List.of(modality.id()));
            return modality.id();
        });
    }

    /**
     * Adds the {@link StandardModalities}.
     *
     * @throws Invalid if there are modalities already
     */
    public void addUsual(Actor actor) {
        requireKeeper(actor, "create modalities");
        transactions.runInNew(() -> {
            if (modalities.count() > 0) {
                throw new Invalid("", "invalid.modality.some");
            }
            List<Modality> added =
                    StandardModalities.ALL.stream().map(this::create).toList();
            flush("CBT");
            record(actor, "CREATED", added.stream().map(Modality::id).toList());
        });
    }

    /**
     * Changes everything but the code.
     *
     * @param version the one that the user saw
     * @throws org.evenkeel.shared.Stale if somebody else changed the modality meanwhile
     */
    public void change(Actor actor, long id, long version, ModalityDetails details) {
        requireKeeper(actor, "change modalities");
        transactions.runInNew(() -> {
            Modality modality = existing(id);
            Saving.sameVersion("The modality", version, modality.version());
            if (!modality.code().equals(details.code())) {
                throw new Invalid("code", "invalid.modality.codeStays");
            }
            modality.describe(details);
            flush(details.code());
            record(actor, "CHANGED", List.of(id));
            events.fire(CalendarChanged.AT_ANY_TIME);
        });
    }

    private Modality create(ModalityDetails details) {
        Modality modality = new Modality(details.code(), details.name(), details.format(), details.defaultMinutes());
        modality.describe(details);
        modalities.add(modality);
        return modality;
    }

    private void requireAnyone(Actor actor) {
        gate.require(actor, "see modalities", Role.values());
    }

    private void requireKeeper(Actor actor, String action) {
        gate.require(actor, action, Role.LEAD, Role.ADMIN);
    }

    private Modality existing(long id) {
        return modalities.find(id).orElseThrow(() -> new NotFound("modality", id));
    }

    private void refuseTakenCode(String code) {
        if (modalities.byCode(code).isPresent()) {
            throw taken(code);
        }
    }

    private void flush(String code) {
        Saving.flush(entities, "The modality", () -> taken(code));
    }

    private static Invalid taken(String code) {
        return new Invalid("code", "invalid.modality.codeTaken", code);
    }

    private void record(Actor actor, String action, List<Long> ids) {
        audit.record(actor, new AuditTrail.Entry(action, "modality", "modality", ids, List.of(), "OK", ""));
    }
}

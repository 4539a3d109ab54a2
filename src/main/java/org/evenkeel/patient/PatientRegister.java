package org.evenkeel.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Phrases.Phrase;
import org.evenkeel.shared.Saving;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * Patients, as far as each role may see them: the lead everyone, the desk whom it searches for, a therapist their own caseload,
 * an administrator nobody. Every look is on record, and refused if it cannot be recorded. No patient is ever deleted here.
 */
@ApplicationScoped
public class PatientRegister {
    private Patients patients;
    private Contacts contacts;
    private Caseload caseload;
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected PatientRegister() {}

    @Inject
    public PatientRegister(
            Patients patients,
            Contacts contacts,
            Caseload caseload,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Clock clock) {
        this.patients = patients;
        this.contacts = contacts;
        this.caseload = caseload;
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Finds patients by three letters of a name (any case, accents ignored), a whole surname or the record number. The lead and
     * therapists may leave the text empty, or type less, and see everyone they may see.
     *
     * @param purpose the screen or endpoint that it is for, such as "patient/list"
     */
    public Page<PatientRow> search(Actor actor, String text, String purpose, int first, int limit) {
        Reach reach = reach(actor, "search patients");
        SearchWords words = SearchWords.of(text);
        return transactions.inNew(() -> {
            List<PatientRow> found = patients.search(words, reach, first, limit);
            long total = patients.count(words, reach);
            recordSearch(actor, purpose, found, total);
            return new Page<>(found, total);
        });
    }

    /** Whether so little was typed that the desk finds whole surnames and record numbers only. */
    public boolean isTooShort(Actor actor, String text) {
        return reach(actor, "search patients").bySearchOnly()
                && !SearchWords.of(text).meansPartOfName();
    }

    /**
     * Everything that forms and pages show of one patient.
     *
     * @throws NotFound if there is none, or none that the actor may know of
     */
    public Versioned<PatientDetails> view(Actor actor, long id, String purpose) {
        Long therapistId = reach(actor, "see a patient").therapistId();
        return transactions.inNew(() -> {
            if (therapistId != null && !caseload.includesAll(therapistId, List.of(id))) {
                gate.refuse(actor, "see a patient", "patient", List.of(id));
                throw new NotFound("patient", id);
            }
            Patient patient = existing(id);
            audit.record(actor, AuditTrail.Entry.viewed(purpose, "patient", List.of(id), List.of(id)));
            return new Versioned<>(id, patient.version(), patient.details(contacts.of(id)));
        });
    }

    /**
     * Whom the details may describe already: the same birth date and a similar name; or, where no birth date is given, the same
     * name. The desk asks before it creates or renames anyone.
     *
     * @param exceptId the patient who is being edited
     */
    public List<PatientRow> lookAlikes(Actor actor, PatientDetails details, @Nullable Long exceptId) {
        requireKeeper(actor, "check for duplicates");
        return transactions.inNew(() -> {
            List<PatientRow> found = rows(candidates(details).stream()
                    .filter(other -> exceptId == null || other.id() != exceptId)
                    .filter(other -> NameLikeness.alike(
                            details.givenName(), details.familyName(), other.givenName(), other.familyName()))
                    .toList());
            recordSearch(actor, "patient/duplicates", found, found.size());
            return found;
        });
    }

    private List<Patient> candidates(PatientDetails details) {
        LocalDate born = details.birthDate();
        return born == null
                ? patients.named(
                        Patient.searchable(details.givenName() + " " + details.familyName()),
                        Patient.searchable(details.familyName() + " " + details.givenName()))
                : patients.bornOn(List.of(born));
    }

    /**
     * @return the id of the new patient
     * @throws Invalid if the record number is taken, or a day lies in the future
     */
    public long add(Actor actor, PatientDetails details) {
        requireKeeper(actor, "create patients");
        details.checkAgainst(today());
        return transactions.inNew(() -> {
            refuseTakenNumber(details.recordNumber(), 0);
            Patient patient =
                    new Patient(details.recordNumber(), details.givenName(), details.familyName(), details.birthDate());
            patient.describe(details);
            patients.add(patient);
            contacts.replace(patient.id(), details.contacts());
            flush(details);
            record(actor, "CREATED", patient.id());
            return patient.id();
        });
    }

    /**
     * @param version the one that the user saw
     * @return how many sessions are still to come, which matters if the patient cannot be booked any more
     * @throws org.evenkeel.shared.Stale if somebody else changed the patient meanwhile
     * @throws Invalid if the record number is missing or taken, or a day lies in the future
     */
    public long change(Actor actor, long id, long version, PatientDetails details) {
        requireKeeper(actor, "change patients");
        details.checkAgainst(today());
        if (details.recordNumber().isEmpty()) {
            throw new Invalid("recordNumber", "invalid.missing", Phrase.of("invalid.label.recordNumber"));
        }
        return transactions.inNew(() -> {
            Patient patient = existing(id);
            Saving.sameVersion("The patient", version, patient.version());
            // Contacts lie in a table of their own: their change is the patient's.
            entities.lock(patient, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
            refuseTakenNumber(details.recordNumber(), id);
            patient.number(details.recordNumber());
            patient.describe(details);
            contacts.replace(id, details.contacts());
            flush(details);
            record(actor, "CHANGED", id);
            return patients.sessionsAhead(id);
        });
    }

    private Reach reach(Actor actor, String action) {
        Reach reach = Reach.of(actor);
        if (reach == null) {
            throw gate.refusal(actor, action, "patient", List.of());
        }
        return reach;
    }

    private void requireKeeper(Actor actor, String action) {
        gate.require(actor, action, Role.DESK, Role.LEAD);
    }

    private Patient existing(long id) {
        return patients.find(id).orElseThrow(() -> new NotFound("patient", id));
    }

    /** Patients come from anywhere, so that their today is the latest on Earth. */
    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(14));
    }

    private void refuseTakenNumber(String number, long exceptId) {
        patients.byRecordNumber(number).filter(other -> other.id() != exceptId).ifPresent(other -> {
            throw taken(number);
        });
    }

    private static Invalid taken(String number) {
        return new Invalid("recordNumber", "invalid.patient.recordNumberTaken", number);
    }

    private void flush(PatientDetails details) {
        Saving.flush(entities, "The patient", () -> taken(details.recordNumber()));
    }

    private static List<PatientRow> rows(List<Patient> found) {
        return found.stream().map(PatientRow::of).toList();
    }

    private void recordSearch(Actor actor, String purpose, List<PatientRow> found, long total) {
        List<Long> ids = found.stream().map(PatientRow::id).toList();
        audit.record(actor, new AuditTrail.Entry("SEARCHED", purpose, "patient", ids, ids, "OK", "found " + total));
    }

    private void record(Actor actor, String action, long id) {
        audit.record(actor, new AuditTrail.Entry(action, "patient", "patient", List.of(id), List.of(id), "OK", ""));
    }
}

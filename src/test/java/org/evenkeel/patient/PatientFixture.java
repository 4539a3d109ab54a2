package org.evenkeel.patient;

import java.time.LocalDate;
import java.util.List;
import org.evenkeel.audit.Gate;
import org.evenkeel.testing.Actors;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RecordingAudit;
import org.evenkeel.therapist.TherapistFixture;
import org.jspecify.annotations.Nullable;

/** A register of patients, with the sites and therapists of {@link TherapistFixture}. */
final class PatientFixture {
    static final LocalDate BORN = LocalDate.of(1980, 1, 2);

    final TherapistFixture staff;
    final RecordingAudit audit;
    final Database database;
    final ContactVault vault = new ContactVault("a secret for tests");
    final Contacts contacts;
    final Patients patients;
    final PatientRegister register;
    final KeepApart keepApart;
    final PatientImport imports;

    PatientFixture(Database database) {
        this.database = database;
        staff = new TherapistFixture(database);
        audit = staff.audit;
        Gate gate = new Gate(audit);
        Caseload caseload = new Caseload(database.entityManager(), staff.clock);
        contacts = new Contacts(database.entityManager(), vault);
        patients = new Patients(database.entityManager(), caseload, staff.clock);
        register = new PatientRegister(
                patients,
                contacts,
                caseload,
                database.entityManager(),
                database.transactions(),
                gate,
                audit,
                staff.clock);
        keepApart = new KeepApart(database.entityManager(), database.transactions(), gate, audit);
        imports = new PatientImport(
                patients,
                contacts,
                database.entityManager(),
                database.transactions(),
                gate,
                audit,
                staff.clock,
                Runnable::run);
    }

    static PatientDetails named(String given, String family) {
        return new PatientDetails("", given, family, BORN, Patient.Gender.UNKNOWN, "en", null, null, true, List.of());
    }

    static PatientDetails of(PatientDetails base, @Nullable Long primaryTherapist, Contact... contacts) {
        return new PatientDetails(
                base.recordNumber(),
                base.givenName(),
                base.familyName(),
                base.birthDate(),
                base.gender(),
                base.language(),
                primaryTherapist,
                base.diedOn(),
                base.active(),
                List.of(contacts));
    }

    long add(String given, String family) {
        return register.add(Actors.LEAD, named(given, family));
    }
}

package org.evenkeel.patient;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A contact as it lies in the database: sealed under the row's id, and found by a keyed hash. */
@Entity
@Table(name = "contact_point")
class ContactPoint {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "contact_point_seq")
    @SequenceGenerator(name = "contact_point_seq", sequenceName = "contact_point_seq", allocationSize = 50)
    private long id;

    /** A relation, so that a new patient is written before its contacts. */
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "patient_id")
    private Patient patient;

    @Enumerated(EnumType.STRING)
    private Contact.Kind kind;

    private String sealed = "";
    private String lookup = "";

    @SuppressWarnings("NullAway.Init")
    protected ContactPoint() {}

    ContactPoint(Patient patient, Contact.Kind kind) {
        this.patient = patient;
        this.kind = kind;
    }

    /** Once the row has its id, which is part of the seal. */
    void seal(Contact contact, ContactVault vault) {
        sealed = vault.seal(id, contact.value());
        lookup = vault.lookup(contact);
    }

    Contact open(ContactVault vault) {
        return new Contact(kind, vault.open(id, sealed));
    }

    long patientId() {
        return patient.id();
    }

    String lookup() {
        return lookup;
    }

    @Override
    public String toString() {
        return "ContactPoint " + id;
    }
}

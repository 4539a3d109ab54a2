package org.evenkeel.therapist;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A therapist's credential for a modality, valid from one day to another, both included; a session needs it on its own date. */
@Entity
public class Qualification {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "qualification_seq")
    @SequenceGenerator(name = "qualification_seq", sequenceName = "qualification_seq", allocationSize = 50)
    private long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "therapist_id")
    private Therapist therapist;

    @Column(name = "modality_id")
    private long modalityId;

    @Column(name = "valid_from")
    private LocalDate validFrom;

    @Column(name = "valid_to")
    private @Nullable LocalDate validTo;

    @SuppressWarnings("NullAway.Init")
    protected Qualification() {}

    public Qualification(Therapist therapist, long modalityId, LocalDate validFrom, @Nullable LocalDate validTo) {
        this.therapist = therapist;
        this.modalityId = modalityId;
        this.validFrom = validFrom;
        this.validTo = validTo;
    }

    public long id() {
        return id;
    }

    public long modalityId() {
        return modalityId;
    }

    public LocalDate validFrom() {
        return validFrom;
    }

    /** The last valid day; empty: no end. */
    public Optional<LocalDate> validTo() {
        return Optional.ofNullable(validTo);
    }

    public boolean isValidOn(LocalDate day) {
        return !day.isBefore(validFrom) && (validTo == null || !day.isAfter(validTo));
    }

    Qualified inForm() {
        return new Qualified(modalityId, validFrom, validTo);
    }

    @Override
    public String toString() {
        return "Qualification " + id;
    }
}

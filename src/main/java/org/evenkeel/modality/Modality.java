package org.evenkeel.modality;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A therapy that the centre offers. Its code ({@code CBT}, {@code EMDR}) is its name in the API and never changes. */
@Entity
public class Modality {

    /** How it is given. */
    public enum Format {
        INDIVIDUAL,
        GROUP,
        BOTH
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "modality_seq")
    @SequenceGenerator(name = "modality_seq", sequenceName = "modality_seq", allocationSize = 50)
    private long id;

    private String code;
    private String name;

    @Enumerated(EnumType.STRING)
    private Format format;

    @Column(name = "default_minutes")
    private int defaultMinutes;

    @Column(name = "default_capacity")
    private int defaultCapacity;

    @Column(name = "minimum_size")
    private int minimumSize;

    private @Nullable String qualification;
    private int colour;
    private boolean active = true;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Modality() {}

    public Modality(String code, String name, Format format, int defaultMinutes) {
        this.code = code;
        this.name = name;
        this.format = format;
        this.defaultMinutes = defaultMinutes;
        this.defaultCapacity = format == Format.INDIVIDUAL ? 1 : 10;
        this.minimumSize = format == Format.INDIVIDUAL ? 1 : 3;
    }

    public void describe(
            String newName,
            Format newFormat,
            int minutes,
            int capacity,
            int minimum,
            @Nullable String neededQualification,
            int newColour,
            boolean nowActive) {
        name = newName;
        format = newFormat;
        defaultMinutes = minutes;
        defaultCapacity = capacity;
        minimumSize = minimum;
        qualification = neededQualification;
        colour = newColour;
        active = nowActive;
    }

    public long id() {
        return id;
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public Format format() {
        return format;
    }

    public int defaultMinutes() {
        return defaultMinutes;
    }

    public int defaultCapacity() {
        return defaultCapacity;
    }

    public int minimumSize() {
        return minimumSize;
    }

    /** The credential that its lead therapist must hold on the day; empty: any therapist may give it. */
    public Optional<String> qualification() {
        return Optional.ofNullable(qualification);
    }

    /** Index into the palette of colours and patterns, 0 to 11. */
    public int colour() {
        return colour;
    }

    public boolean isActive() {
        return active;
    }

    public long version() {
        return version;
    }

    ModalityDetails details() {
        return new ModalityDetails(
                code,
                name,
                format,
                defaultMinutes,
                defaultCapacity,
                minimumSize,
                qualification().orElse(""),
                colour,
                active);
    }

    /** Takes everything but the code. */
    final void describe(ModalityDetails details) {
        describe(
                details.name(),
                details.format(),
                details.defaultMinutes(),
                details.defaultCapacity(),
                details.minimumSize(),
                details.qualification().isEmpty() ? null : details.qualification(),
                details.colour(),
                details.active());
    }

    @Override
    public String toString() {
        return "Modality " + id;
    }
}

package org.evenkeel.series;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A patient in a series from a day to a day, both included, by the site's calendar. One who comes back has a second one. */
@Entity
public class Enrolment {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "enrolment_seq")
    @SequenceGenerator(name = "enrolment_seq", sequenceName = "enrolment_seq", allocationSize = 50)
    private long id;

    @Column(name = "series_id")
    private long seriesId;

    @Column(name = "patient_id")
    private long patientId;

    @Column(name = "from_date")
    private LocalDate from;

    @Column(name = "to_date")
    private @Nullable LocalDate to;

    @Column(name = "enrolled_at")
    private Instant enrolledAt;

    @Column(name = "enrolled_by")
    private @Nullable Long enrolledBy;

    @Column(name = "end_reason")
    private @Nullable String endReason;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Enrolment() {}

    Enrolment(long seriesId, long patientId, LocalDate from, Instant now, @Nullable Long enrolledBy) {
        this.seriesId = seriesId;
        this.patientId = patientId;
        this.from = from;
        this.enrolledAt = now;
        this.enrolledBy = enrolledBy;
    }

    /** @param lastDay may lie before the first day: then they never came */
    void end(LocalDate lastDay, String reason) {
        to = lastDay;
        endReason = reason;
    }

    void continueIn(long otherSeries) {
        seriesId = otherSeries;
    }

    boolean covers(LocalDate day) {
        return !day.isBefore(from) && (to == null || !day.isAfter(to));
    }

    public long id() {
        return id;
    }

    public long seriesId() {
        return seriesId;
    }

    public long patientId() {
        return patientId;
    }

    /** The first day. */
    public LocalDate from() {
        return from;
    }

    /** The last day; empty: no end. */
    public Optional<LocalDate> to() {
        return Optional.ofNullable(to);
    }

    public Optional<String> endReason() {
        return Optional.ofNullable(endReason);
    }

    @Override
    public String toString() {
        return "Enrolment " + id;
    }
}

package org.evenkeel.site;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Objects;

/** A day on which a site is closed, in the site's zone. A value, but no record, as {@link OpeningHours}. */
@Embeddable
public class ClosureDay implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "closed_on")
    private LocalDate date;

    private String reason;

    @SuppressWarnings("NullAway.Init")
    protected ClosureDay() {}

    public ClosureDay(LocalDate date, String reason) {
        this.date = date;
        this.reason = reason;
    }

    public LocalDate date() {
        return date;
    }

    public String reason() {
        return reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClosureDay that && date.equals(that.date) && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(date, reason);
    }

    @Override
    public String toString() {
        return date.toString();
    }
}

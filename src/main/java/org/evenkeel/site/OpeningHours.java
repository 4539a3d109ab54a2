package org.evenkeel.site;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Objects;
import org.evenkeel.shared.WeekTime;

/**
 * Open on a weekday (1 Monday to 7 Sunday) from a wall time of the site to another, exclusive; 00:00 as end is midnight.
 * A value, but no record: EclipseLink cannot keep records in a collection of elements.
 */
@Embeddable
public class OpeningHours implements WeekTime, Serializable {
    private static final long serialVersionUID = 1L;

    private int weekday;

    @Column(name = "opens_at")
    private LocalTime opensAt;

    @Column(name = "closes_at")
    private LocalTime closesAt;

    @SuppressWarnings("NullAway.Init")
    protected OpeningHours() {}

    public OpeningHours(int weekday, LocalTime opensAt, LocalTime closesAt) {
        this.weekday = weekday;
        this.opensAt = opensAt;
        this.closesAt = closesAt;
    }

    @Override
    public int weekday() {
        return weekday;
    }

    public DayOfWeek dayOfWeek() {
        return DayOfWeek.of(weekday);
    }

    public LocalTime opensAt() {
        return opensAt;
    }

    public LocalTime closesAt() {
        return closesAt;
    }

    @Override
    public LocalTime from() {
        return opensAt;
    }

    @Override
    public LocalTime until() {
        return closesAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpeningHours that
                && weekday == that.weekday
                && opensAt.equals(that.opensAt)
                && closesAt.equals(that.closesAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(weekday, opensAt, closesAt);
    }

    @Override
    public String toString() {
        return weekday + " " + opensAt + "-" + closesAt;
    }
}

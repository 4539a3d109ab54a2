package org.evenkeel.therapist;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.time.LocalTime;
import java.util.Objects;
import org.evenkeel.shared.WeekTime;

/**
 * Works at a site on a weekday (1 Monday to 7 Sunday) from a wall time of that site to another, exclusive; 00:00 as end is
 * midnight. A value, but no record: EclipseLink cannot keep records in a collection of elements.
 */
@Embeddable
public class WorkingHours implements WeekTime, Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "site_id")
    private long siteId;

    private int weekday;

    @Column(name = "starts_at")
    private LocalTime startsAt;

    @Column(name = "ends_at")
    private LocalTime endsAt;

    @SuppressWarnings("NullAway.Init")
    protected WorkingHours() {}

    public WorkingHours(long siteId, int weekday, LocalTime startsAt, LocalTime endsAt) {
        this.siteId = siteId;
        this.weekday = weekday;
        this.startsAt = startsAt;
        this.endsAt = endsAt;
    }

    public long siteId() {
        return siteId;
    }

    @Override
    public int weekday() {
        return weekday;
    }

    public LocalTime startsAt() {
        return startsAt;
    }

    public LocalTime endsAt() {
        return endsAt;
    }

    @Override
    public LocalTime from() {
        return startsAt;
    }

    @Override
    public LocalTime until() {
        return endsAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkingHours that
                && siteId == that.siteId
                && weekday == that.weekday
                && startsAt.equals(that.startsAt)
                && endsAt.equals(that.endsAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(siteId, weekday, startsAt, endsAt);
    }

    @Override
    public String toString() {
        return weekday + " " + startsAt + "-" + endsAt + " at site " + siteId;
    }
}

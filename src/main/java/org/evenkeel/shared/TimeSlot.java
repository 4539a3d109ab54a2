package org.evenkeel.shared;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.time.Instant;

/**
 * A half-open stretch of time {@code [start, end)} between two instants; 10:00-11:00 and 11:00-12:00 abut and do not overlap.
 * Zones belong to sites, not to slots.
 *
 * @throws IllegalArgumentException if it would be empty or end before it starts
 */
@Embeddable
public record TimeSlot(@Column(name = "starts_at") Instant start, @Column(name = "ends_at") Instant end) {

    /** No session is longer: those that touch an instant have started by so long before it, and a query can bound their start. */
    public static final Duration LONGEST_SESSION = Duration.ofHours(8);

    /** Nothing is booked further ahead: whatever there is from an instant on has another end, by which a database knows its bounds. */
    public static final Duration FURTHEST_AHEAD = Duration.ofDays(5 * 366);

    public TimeSlot {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A slot must start before it ends: " + start + " / " + end);
        }
    }

    /** The slot that lasts so many minutes of elapsed time, whatever clocks on the wall do meanwhile. */
    public static TimeSlot of(Instant start, int minutes) {
        return new TimeSlot(start, start.plus(Duration.ofMinutes(minutes)));
    }

    public int minutes() {
        return (int) Duration.between(start, end).toMinutes();
    }

    public boolean overlaps(TimeSlot other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    public boolean abuts(TimeSlot other) {
        return end.equals(other.start) || other.end.equals(start);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    public boolean encloses(TimeSlot other) {
        return !other.start.isBefore(start) && !other.end.isAfter(end);
    }

    /** The same slot with so many minutes added at its end, such as a room's turnover. */
    public TimeSlot extendedBy(int minutes) {
        return new TimeSlot(start, end.plus(Duration.ofMinutes(minutes)));
    }
}

package org.evenkeel.site;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.DayOfWeek;
import java.time.LocalTime;

/** Open on a weekday (1 Monday to 7 Sunday) from a wall time of the site to another, exclusive; 00:00 as end is midnight. */
@Embeddable
public record OpeningHours(
        int weekday, @Column(name = "opens_at") LocalTime opensAt, @Column(name = "closes_at") LocalTime closesAt) {

    public DayOfWeek dayOfWeek() {
        return DayOfWeek.of(weekday);
    }
}

package org.evenkeel.therapist;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.time.LocalTime;
import org.evenkeel.shared.WeekTime;

/** Works at a site on a weekday (1 Monday to 7 Sunday) from a wall time of that site to another, exclusive; 00:00 as end is midnight. */
@Embeddable
public record WorkingHours(
        @Column(name = "site_id") long siteId,
        int weekday,
        @Column(name = "starts_at") LocalTime startsAt,
        @Column(name = "ends_at") LocalTime endsAt)
        implements WeekTime, Serializable {

    @Override
    public LocalTime from() {
        return startsAt;
    }

    @Override
    public LocalTime until() {
        return endsAt;
    }
}

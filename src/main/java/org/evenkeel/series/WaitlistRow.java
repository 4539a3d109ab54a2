package org.evenkeel.series;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * One who waits, in the order of the list.
 *
 * @param series for a seat in it; null: for a time
 * @param zone of the series' site; null: for a time
 * @param modality what it is for, the series' own too
 * @param missed dates of the series that were held since they wait, from their first day on
 * @param heldUntil until when a seat or a time is kept for them; null: none is
 * @param kept the time that is kept for them
 */
public record WaitlistRow(
        long id,
        long patientId,
        String patient,
        String recordNumber,
        @Nullable Named series,
        @Nullable ZoneId zone,
        Therapy modality,
        @Nullable Named therapist,
        @Nullable Named site,
        Set<Integer> weekdays,
        @Nullable LocalTime after,
        @Nullable LocalTime before,
        LocalDate from,
        int priority,
        Instant waitingSince,
        int missed,
        @Nullable Instant heldUntil,
        @Nullable Kept kept)
        implements Serializable {

    /** A time that is kept for one who waits; wall time is the zone's. */
    public record Kept(TimeSlot slot, ZoneId zone, Named therapist, Named room) implements Serializable {}

    /** Since when they go without: since they wait, but not before the day that they wish to begin. */
    public LocalDate without(ZoneId zone) {
        LocalDate since = LocalDate.ofInstant(waitingSince, zone);
        return since.isBefore(from) ? from : since;
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "WaitlistEntry " + id;
    }
}

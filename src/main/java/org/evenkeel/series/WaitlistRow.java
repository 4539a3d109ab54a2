package org.evenkeel.series;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Therapy;
import org.jspecify.annotations.Nullable;

/**
 * One who waits, in the order of the list.
 *
 * @param series for a seat in it; null: for a time
 * @param modality what it is for, the series' own too
 * @param missed dates of the series that were held since they wait
 * @param heldUntil until when a seat is kept for them; null: none is
 */
public record WaitlistRow(
        long id,
        long patientId,
        String patient,
        String recordNumber,
        @Nullable Named series,
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
        @Nullable Instant heldUntil)
        implements Serializable {

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "WaitlistEntry " + id;
    }
}

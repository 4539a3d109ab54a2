package org.evenkeel.series;

import java.io.Serializable;
import org.evenkeel.session.FreeSeats;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A series in a list.
 *
 * @param next its next date; null: none is left
 * @param coming seats taken in the next date
 * @param kept seats of the next date that are kept for someone who waits
 * @param seats of the next date; the capacity if there is none
 * @param left how many dates are still to come
 * @param waiting how many wait for a seat
 */
public record GroupRow(
        long id,
        String name,
        Therapy modality,
        Named therapist,
        Named room,
        Located site,
        String rule,
        boolean open,
        boolean running,
        @Nullable TimeSlot next,
        @Nullable Long nextSessionId,
        int coming,
        int kept,
        int seats,
        int left,
        int waiting)
        implements Serializable {

    public boolean isFull() {
        return free() == 0;
    }

    public int free() {
        return FreeSeats.of(seats, coming, kept);
    }
}

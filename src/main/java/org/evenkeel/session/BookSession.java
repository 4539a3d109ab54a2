package org.evenkeel.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish to book a session.
 *
 * @param modality its code
 * @param start on the five-minute grid, not in the past
 * @param minutes a multiple of five, at most {@link Session#MAX_MINUTES}
 * @param roomId null: a fitting free one is picked
 * @param siteId where, if no room says so; null: where the therapist works at that time, or else on that day, or on most days
 * @param patientIds exactly one for an individual session
 */
public record BookSession(
        String modality,
        Instant start,
        int minutes,
        long therapistId,
        @Nullable Long roomId,
        @Nullable Long siteId,
        List<Long> patientIds,
        RuleOverride override) {

    public BookSession {
        patientIds = List.copyOf(patientIds);
    }

    /** The same wish against these soft rules. */
    public BookSession with(RuleOverride reasons) {
        return new BookSession(modality, start, minutes, therapistId, roomId, siteId, patientIds, reasons);
    }
}

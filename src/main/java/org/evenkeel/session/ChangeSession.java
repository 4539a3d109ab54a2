package org.evenkeel.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wish to move or change a session; null leaves a thing as it is. A move to another site needs a room, or the site. */
public record ChangeSession(
        @Nullable String modality,
        @Nullable Instant start,
        @Nullable Integer minutes,
        @Nullable Long therapistId,
        @Nullable Long roomId,
        @Nullable List<Long> patientIds,
        RuleOverride override) {

    /** A move in time and, perhaps, to another therapist; the room stays if it can. */
    public static ChangeSession move(Instant start, @Nullable Long therapistId, RuleOverride override) {
        return new ChangeSession(null, start, null, therapistId, null, null, override);
    }
}

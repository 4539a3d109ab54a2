package org.evenkeel.session;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * One session of many that are judged, booked or changed together, as a series does.
 *
 * @param sessionId the session that is changed; null for a new one
 * @param wallTime what it stands for by the rule of its series, in the site's zone; null outside a series
 * @param therapistId who leads it
 * @param coFacilitators who facilitates it with them; whoever leads it is not one of them
 */
public record Occurrence(
        @Nullable Long sessionId,
        @Nullable LocalDateTime wallTime,
        TimeSlot slot,
        long therapistId,
        List<Long> coFacilitators,
        long roomId,
        List<Long> patientIds) {

    public Occurrence {
        coFacilitators = coFacilitators.stream().filter(t -> t != therapistId).toList();
        patientIds = List.copyOf(patientIds);
    }

    /** Everyone who must be there. */
    List<Long> therapists() {
        return Stream.concat(Stream.of(therapistId), coFacilitators.stream()).toList();
    }
}

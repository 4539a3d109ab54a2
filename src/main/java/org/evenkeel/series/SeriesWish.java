package org.evenkeel.series;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.evenkeel.session.RuleOverride;
import org.jspecify.annotations.Nullable;

/**
 * The wish to set up a series.
 *
 * @param modality its code
 * @param therapistId who leads it
 * @param roomId where; the room's site gives the zone
 * @param first from when on it repeats, in the site's wall time, on a multiple of five minutes
 * @param capacity 1: the series of one patient
 * @param cutoffHours so long before a date its size counts
 * @param open whether patients may join after the first session
 * @param patientIds who is enrolled from the beginning
 * @param decisions what is to be done with dates, by the wall time of the rule
 */
public record SeriesWish(
        String name,
        String modality,
        long therapistId,
        List<Long> coFacilitators,
        long roomId,
        Recurrence recurrence,
        Series.Counting counts,
        LocalDateTime first,
        int minutes,
        int capacity,
        int minimumSize,
        int cutoffHours,
        boolean open,
        List<Long> patientIds,
        Map<LocalDateTime, Decision> decisions,
        RuleOverride override) {

    public SeriesWish {
        name = name.strip();
        coFacilitators = List.copyOf(coFacilitators);
        patientIds = List.copyOf(patientIds);
        decisions = Map.copyOf(decisions);
    }

    /**
     * What is to be done with one date; null leaves a thing as the series has it.
     *
     * @param skip leave it out
     * @param movedTo another wall time
     * @param coFacilitators who facilitates it, perhaps nobody, besides whoever leads it
     */
    public record Decision(
            boolean skip,
            @Nullable LocalDateTime movedTo,
            @Nullable Long therapistId,
            @Nullable List<Long> coFacilitators,
            @Nullable Long roomId) {

        /** It is held as the series has it. */
        public static final Decision NONE = new Decision(false, null, null, null, null);

        public static final Decision SKIP = new Decision(true, null, null, null, null);

        public Decision {
            coFacilitators = coFacilitators == null
                    ? null
                    : coFacilitators.stream().distinct().toList();
        }

        public static Decision moveTo(LocalDateTime wallTime) {
            return new Decision(false, wallTime, null, null, null);
        }

        public static Decision therapist(long id) {
            return new Decision(false, null, id, null, null);
        }

        public static Decision with(List<Long> coFacilitators) {
            return new Decision(false, null, null, coFacilitators, null);
        }

        public static Decision room(long id) {
            return new Decision(false, null, null, null, id);
        }
    }

    /** The same with these decisions. */
    public SeriesWish with(Map<LocalDateTime, Decision> others) {
        return new SeriesWish(
                name,
                modality,
                therapistId,
                coFacilitators,
                roomId,
                recurrence,
                counts,
                first,
                minutes,
                capacity,
                minimumSize,
                cutoffHours,
                open,
                patientIds,
                others,
                override);
    }

    /** The same against these soft rules. */
    public SeriesWish with(RuleOverride reasons) {
        return new SeriesWish(
                name,
                modality,
                therapistId,
                coFacilitators,
                roomId,
                recurrence,
                counts,
                first,
                minutes,
                capacity,
                minimumSize,
                cutoffHours,
                open,
                patientIds,
                decisions,
                reasons);
    }
}

package org.evenkeel.series;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Rule;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * Every date of a series before it is saved.
 *
 * @param gaps days of the rule that a month does not have (acceptance case A6)
 */
public record SeriesPlan(ZoneId zone, List<PlannedDate> dates, List<Recurrence.Gap> gaps) {

    public SeriesPlan {
        dates = List.copyOf(dates);
        gaps = List.copyOf(gaps);
    }

    /**
     * One date.
     *
     * @param wallTime by the rule
     * @param slot when it takes place; null: it is skipped, or the clocks skip it
     * @param refusals what speaks against it, hard or soft
     * @param clockChange whether its offset from UTC differs from that of the date before
     */
    public record PlannedDate(
            LocalDateTime wallTime,
            boolean skipped,
            @Nullable TimeSlot slot,
            long therapistId,
            long roomId,
            List<Refusal> refusals,
            List<Refusal> told,
            boolean clockChange) {

        public PlannedDate {
            refusals = List.copyOf(refusals);
            told = List.copyOf(told);
        }

        public boolean isClear() {
            return refusals.isEmpty();
        }

        /** Whether a reason would get past all that speaks against it. */
        public boolean isSoft() {
            return refusals.stream().allMatch(r -> r.rule().severity() == Rule.Severity.SOFT);
        }
    }

    /** Dates that speak against saving. */
    public List<PlannedDate> conflicts() {
        return dates.stream().filter(d -> !d.isClear()).toList();
    }

    public boolean isClear() {
        return conflicts().isEmpty();
    }

    /** How many take place. */
    public int held() {
        return (int) dates.stream().filter(d -> !d.skipped()).count();
    }
}

package org.evenkeel.api;

import java.util.List;
import org.evenkeel.api.Problem.RefusalDocument;
import org.evenkeel.series.SeriesPlan;
import org.jspecify.annotations.Nullable;

/**
 * Every date of a series before it is saved.
 *
 * @param held how many take place
 * @param gaps months that do not have a day of the rule, such as {@code 2027-02} for the 31st
 */
public record SeriesPlanDocument(String zone, int held, List<Date> dates, List<String> gaps) {

    /**
     * One date.
     *
     * @param date its wall time by the rule; decisions name it
     * @param start null if it is skipped, or the clocks skip it
     */
    public record Date(
            String date,
            boolean skipped,
            @Nullable String start,
            boolean clockChange,
            List<RefusalDocument> refusals) {}

    static SeriesPlanDocument of(SeriesPlan plan) {
        return new SeriesPlanDocument(
                plan.zone().getId(),
                plan.held(),
                plan.dates().stream()
                        .map(d -> new Date(
                                d.wallTime().toString(),
                                d.skipped(),
                                d.slot() == null
                                        ? null
                                        : SessionDocument.time(d.slot().start(), plan.zone()),
                                d.clockChange(),
                                d.refusals().stream().map(RefusalDocument::of).toList()))
                        .toList(),
                plan.gaps().stream()
                        .map(gap -> gap.month().toString())
                        .distinct()
                        .toList());
    }
}

package org.evenkeel.series.web;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.series.SeriesPlan;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Rule;

/**
 * What stands against every date of a series alike, since it is about whom or what was chosen and not about a time: it is said
 * once, and not date by date.
 */
final class Throughout {

    private static final Set<Rule> ABOUT_THE_CHOICE = EnumSet.of(
            Rule.NOT_QUALIFIED, Rule.ROOM_UNFIT, Rule.THERAPIST_INACTIVE, Rule.PATIENT_NOT_BOOKABLE, Rule.KEPT_APART);

    private final Set<Refusal> refusals;

    private Throughout(Set<Refusal> refusals) {
        this.refusals = refusals;
    }

    static Throughout of(SeriesPlan plan) {
        List<Set<Refusal>> held = plan.dates().stream()
                .filter(date -> !date.skipped())
                .map(Throughout::timeless)
                .toList();
        Set<Refusal> common = new LinkedHashSet<>();
        if (held.size() > 1) {
            common.addAll(held.get(0));
            held.forEach(common::retainAll);
        }
        return new Throughout(common);
    }

    private static Set<Refusal> timeless(PlannedDate date) {
        return date.refusals().stream()
                .filter(refusal -> ABOUT_THE_CHOICE.contains(refusal.rule()))
                .map(Throughout::timeless)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The same without its date. */
    private static Refusal timeless(Refusal refusal) {
        Map<String, Object> facts = new HashMap<>(refusal.facts());
        facts.remove("date");
        return new Refusal(refusal.rule(), refusal.who(), refusal.blockedBy(), facts);
    }

    /** What has to be said of one date beyond it. */
    List<Refusal> beyond(PlannedDate date) {
        return date.refusals().stream()
                .filter(refusal -> !refusals.contains(timeless(refusal)))
                .toList();
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }
}

package org.evenkeel.series;

import java.time.ZoneId;
import java.util.List;
import org.evenkeel.session.Refusal;
import org.evenkeel.shared.TimeSlot;

/**
 * What a change of a series will do, before it is done.
 *
 * @param changed dates that it changes
 * @param kept dates that were changed by hand, or are to be left: they stay as they are (acceptance case A9)
 * @param splits whether the dates become a series of their own
 */
public record SeriesChangePlan(ZoneId zone, List<ChangedDate> changed, List<Long> kept, boolean splits) {

    public SeriesChangePlan {
        changed = List.copyOf(changed);
        kept = List.copyOf(kept);
    }

    /** One date before and after. */
    public record ChangedDate(long sessionId, TimeSlot before, TimeSlot after, List<Refusal> refusals) {

        public boolean isClear() {
            return refusals.isEmpty();
        }
    }

    public List<ChangedDate> conflicts() {
        return changed.stream().filter(c -> !c.isClear()).toList();
    }
}

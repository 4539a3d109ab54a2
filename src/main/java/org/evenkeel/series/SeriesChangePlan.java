package org.evenkeel.series;

import java.time.ZoneId;
import java.util.List;
import org.evenkeel.session.Refusal;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

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

    /**
     * One date before and after.
     *
     * @param after null: the clocks skip that time (acceptance case A2)
     * @param was what else it had
     * @param is what else it will have
     */
    public record ChangedDate(
            long sessionId,
            TimeSlot before,
            @Nullable TimeSlot after,
            Setting was,
            Setting is,
            List<Refusal> refusals) {

        public boolean isClear() {
            return refusals.isEmpty();
        }

        /** Whether anything about it will be other than it was. */
        boolean differs() {
            return !before.equals(after) || !was.equals(is);
        }
    }

    /** With whom, where, and for how many. */
    public record Setting(long therapistId, List<Long> coFacilitators, long roomId, int seats) {

        public Setting {
            coFacilitators = List.copyOf(coFacilitators);
        }
    }

    public List<ChangedDate> conflicts() {
        return changed.stream().filter(c -> !c.isClear()).toList();
    }
}

package org.evenkeel.session;

import java.util.List;
import org.evenkeel.identity.Actor;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.TimeSlot;

/** Adds dates at the end of a series for those that are cancelled, so that as many are held; series know how. */
public interface Extension {

    /**
     * Adds the next dates by its rule that nothing stands against, with who is enrolled by then, in the caller's transaction.
     *
     * @return when they are held, the earliest first
     * @throws Invalid if its rule has no more dates
     * @throws Refused if too few of the next dates are free
     */
    List<TimeSlot> extend(Actor actor, long seriesId, int count);
}

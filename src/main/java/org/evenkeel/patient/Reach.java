package org.evenkeel.patient;

import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody's sight of patients reaches.
 *
 * @param therapistId only this therapist's caseload; null: everyone
 * @param bySearchOnly whether enough must be typed to mean someone
 */
record Reach(@Nullable Long therapistId, boolean bySearchOnly) {

    /** The widest that the actor's roles give; null if they give none, as an administrator's do. */
    static @Nullable Reach of(Actor actor) {
        if (actor.has(Role.LEAD)) {
            return new Reach(null, false);
        }
        if (actor.has(Role.DESK)) {
            return new Reach(null, true);
        }
        return actor.has(Role.THERAPIST) && actor.therapistId() != null ? new Reach(actor.therapistId(), false) : null;
    }
}

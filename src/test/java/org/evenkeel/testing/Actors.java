package org.evenkeel.testing;

import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;

/** Somebody of each role. */
public final class Actors {
    public static final Actor DESK = new Actor(1, "desk", Set.of(Role.DESK), null);
    public static final Actor LEAD = new Actor(2, "lead", Set.of(Role.LEAD), null);
    public static final Actor ADMIN = new Actor(3, "admin", Set.of(Role.ADMIN), null);

    private Actors() {}

    public static Actor therapist(long therapistId) {
        return new Actor(1000 + therapistId, "therapist", Set.of(Role.THERAPIST), therapistId);
    }
}

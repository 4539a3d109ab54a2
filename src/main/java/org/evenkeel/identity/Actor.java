package org.evenkeel.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the account behind a request, with its roles. Facades take it as their first argument and check it themselves.
 *
 * @param therapistId the therapist that this account belongs to, if it is one's
 */
public record Actor(long accountId, String username, Set<Role> roles, @Nullable Long therapistId) {

    /** Who acts when nobody is signed in, such as a failed login or the first start. */
    public static final Actor NOBODY = new Actor(0, "", Set.of(), null);

    public Actor {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    public boolean hasAny(Role... any) {
        for (Role role : any) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is the therapist's own account. */
    public boolean isTherapist(long id) {
        return has(Role.THERAPIST) && therapistId != null && therapistId == id;
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "Actor " + accountId + " " + roles;
    }
}

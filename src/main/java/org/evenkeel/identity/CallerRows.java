package org.evenkeel.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a caller of what one query finds: a row for each role, with an instant that belongs to the credential, the account's id, username,
 * name and therapist, its preferences (language, discreet, single keys), and the role.
 */
final class CallerRows {

    private CallerRows() {}

    static Optional<Caller> caller(List<Object[]> rows, @Nullable String sessionHash) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Object[] row : rows) {
            if (row[8] != null) {
                roles.add((Role) row[8]);
            }
        }
        Object[] first = rows.get(0);
        Actor actor = new Actor((Long) first[1], (String) first[2], roles, (Long) first[4]);
        return Optional.of(new Caller(
                actor, (String) first[3], (String) first[5], (Boolean) first[6], (Boolean) first[7], sessionHash));
    }
}

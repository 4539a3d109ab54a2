package org.evenkeel.identity;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one query finds of an account and one of its roles; an account with several roles is several rows.
 *
 * @param activeAt when the login session was last noted as active; null for an API token
 */
public record CallerRow(
        @Nullable Instant activeAt,
        long accountId,
        String username,
        String displayName,
        @Nullable Long therapistId,
        String language,
        boolean discreet,
        boolean singleKeys,
        @Nullable Role role) {

    public CallerRow(
            long accountId,
            String username,
            String displayName,
            @Nullable Long therapistId,
            String language,
            boolean discreet,
            boolean singleKeys,
            @Nullable Role role) {
        this(null, accountId, username, displayName, therapistId, language, discreet, singleKeys, role);
    }

    boolean wasActiveBefore(Instant limit) {
        return activeAt != null && !activeAt.isAfter(limit);
    }

    static Optional<Caller> caller(List<CallerRow> rows, @Nullable String sessionHash) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (CallerRow row : rows) {
            if (row.role != null) {
                roles.add(row.role);
            }
        }
        CallerRow first = rows.get(0);
        Actor actor = new Actor(first.accountId, first.username, roles, first.therapistId);
        return Optional.of(
                new Caller(actor, first.displayName, first.language, first.discreet, first.singleKeys, sessionHash));
    }
}

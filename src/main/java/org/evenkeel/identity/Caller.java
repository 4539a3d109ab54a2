package org.evenkeel.identity;

import org.jspecify.annotations.Nullable;

/**
 * The account behind a request, as it was a moment ago in the database, with how its user likes the screens.
 *
 * @param language a language tag, such as "en"
 * @param discreet whether screens show initials instead of names
 * @param singleKeys whether single letters are shortcuts
 * @param sessionHash the login session that the request belongs to; null for an API token
 */
public record Caller(
        Actor actor,
        String displayName,
        String language,
        boolean discreet,
        boolean singleKeys,
        @Nullable String sessionHash) {

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return actor.toString();
    }
}

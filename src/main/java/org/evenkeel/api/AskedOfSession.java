package org.evenkeel.api;

import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.evenkeel.identity.Actor;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done to one session.
 *
 * @param version of the session that they have read
 * @param key how they name the request; null: not at all
 * @param json what they sent, not read yet
 */
record AskedOfSession(Actor actor, long session, long version, @Nullable IdempotencyKey key, byte[] json) {

    /**
     * A request as it came.
     *
     * @param id from the path
     * @throws Unreadable 428 without {@code If-Match}, 413 for more than can be meant
     */
    static AskedOfSession of(
            Actor actor, String id, InputStream sent, @Nullable String ifMatch, @Nullable String key, UriInfo uri) {
        long session = Parameters.pathId("session", id);
        long version = EntityTags.expected(ifMatch);
        byte[] json = JsonBody.bytes(sent);
        return new AskedOfSession(actor, session, version, IdempotencyKey.of(actor, key, uri, json), json);
    }
}

package org.evenkeel.api;

import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.evenkeel.identity.Actor;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * What a client names a request by, so that sending it again does nothing again.
 *
 * @param path what was asked to do it
 * @param hash SHA-256, in hex, of what was asked for: method, path and body
 */
record IdempotencyKey(long accountId, String name, String path, String hash) {

    /** What the header is called. */
    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 200;

    /**
     * @param header null: the request has no key, and neither has the answer
     * @throws Invalid unless it is 1 to 200 visible characters of ASCII
     */
    static @Nullable IdempotencyKey of(long accountId, @Nullable String header, String path, byte[] body) {
        if (header == null) {
            return null;
        }
        String name = header.strip();
        if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new Invalid(HEADER, "invalid.api.idempotencyKey", LONGEST);
        }
        return new IdempotencyKey(accountId, name, path, hash(path, body));
    }

    /** Of a request as it came. */
    static @Nullable IdempotencyKey of(Actor actor, @Nullable String header, UriInfo uri, byte[] body) {
        return of(actor.accountId(), header, uri.getRequestUri().getRawPath(), body);
    }

    private static String hash(String path, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("POST " + path + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}

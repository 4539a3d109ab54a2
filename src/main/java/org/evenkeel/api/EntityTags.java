package org.evenkeel.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags: of a session its version, {@code "3"}, which changes are based on; of a series, whose enrolments and dates change apart
 * from it, a digest of all that is told of it.
 */
final class EntityTags {

    private static final Pattern STRONG = Pattern.compile("\\s*\"(\\d{1,18})\"\\s*");

    /** The version of nothing. */
    private static final long NONE = -1;

    /** So many that two documents of one series do not meet by chance. */
    private static final int DIGEST_BYTES = 16;

    private EntityTags() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** @param document all that is told, as it is sent */
    static String of(String document) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * The version that a change is based on. A tag that is weak or none of ours matches no version.
     *
     * @param ifMatch the header
     * @throws Unreadable 428 without one, or with {@code *}, which does not say what was read
     */
    static long expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            throw new Unreadable(
                    Unreadable.PRECONDITION_REQUIRED,
                    "Say which version you have read: If-Match with the ETag of the session.");
        }
        Matcher tag = STRONG.matcher(ifMatch);
        return tag.matches() ? Long.parseLong(tag.group(1)) : NONE;
    }
}

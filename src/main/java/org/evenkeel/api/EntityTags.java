package org.evenkeel.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Versions as entity tags: {@code "3"}. */
final class EntityTags {

    private static final Pattern STRONG = Pattern.compile("\\s*\"(\\d{1,18})\"\\s*");

    /** The version of nothing. */
    private static final long NONE = -1;

    private EntityTags() {}

    static String of(long version) {
        return "\"" + version + "\"";
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

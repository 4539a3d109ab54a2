package org.evenkeel.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.evenkeel.session.SessionPage;
import org.evenkeel.session.SessionPage.Position;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** A page of sessions. */
public record SessionList(List<SessionDocument> items, @Nullable String next) {

    static SessionList of(SessionPage page, Parameters parameters) {
        Position next = page.next();
        return new SessionList(
                page.items().stream().map(SessionDocument::of).toList(),
                next == null ? null : parameters.next(cursor(next)));
    }

    /** Where the page before ended; null: the list is read from its beginning. */
    static @Nullable Position after(Parameters parameters) {
        String cursor = parameters.textOrNull(Parameters.CURSOR);
        return cursor == null ? null : position(cursor);
    }

    private static String cursor(Position position) {
        String text = position.start() + "/" + position.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Position position(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int slash = text.indexOf('/');
            return new Position(
                    Parameters.instant(Parameters.CURSOR, text.substring(0, slash)),
                    Long.parseLong(text.substring(slash + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | Invalid e) {
            throw Parameters.badCursor();
        }
    }
}

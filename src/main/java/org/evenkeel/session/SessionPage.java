package org.evenkeel.session;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some sessions of a longer list, by start.
 *
 * @param next where the list goes on; null: this is the end
 */
public record SessionPage(List<SessionView> items, @Nullable Position next) {

    public SessionPage {
        items = List.copyOf(items);
    }

    /** A place in the list: after the session with this start and id. It stays right while others are booked. */
    public record Position(Instant start, long id) {}
}

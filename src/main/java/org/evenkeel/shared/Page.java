package org.evenkeel.shared;

import java.util.List;

/**
 * One page of a longer list.
 *
 * @param total how many there are in all, on every page together
 */
public record Page<T>(List<T> items, long total) {

    public Page {
        items = List.copyOf(items);
    }

    /** Nothing found. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), 0);
    }
}

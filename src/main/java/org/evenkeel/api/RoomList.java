package org.evenkeel.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of rooms. */
public record RoomList(List<Item> items, @Nullable String next) {

    /** A room. */
    public record Item(
            long id, String name, Ref site, int capacity, int turnoverMinutes, boolean telehealth, boolean active) {}
}

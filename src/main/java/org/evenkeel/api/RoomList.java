package org.evenkeel.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of rooms. */
@Schema(name = "RoomList", description = "A page of rooms")
public record RoomList(
        List<Item> items,
        @Schema(nullable = true, description = "The address of the next page; null: this is the last") @Nullable
                String next) {

    /** A room. */
    @Schema(name = "Room")
    public record Item(
            long id,
            String name,
            Ref site,
            int capacity,
            @Schema(description = "Minutes that it stays free after each session") int turnoverMinutes,
            @Schema(description = "A room without walls, which any number of sessions may share") boolean telehealth,
            boolean active) {}
}

package org.evenkeel.site;

import java.io.Serializable;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Text;

/**
 * What a form says about a room.
 *
 * @param turnoverMinutes kept free after each session, 0 to {@link #MOST_TURNOVER} in steps of five
 * @throws Invalid if something is missing, too long or out of its range
 */
public record RoomDetails(
        long siteId, String name, int capacity, int turnoverMinutes, boolean telehealth, boolean active)
        implements Serializable {

    /** The longest that any room is kept free after a session, in minutes. */
    public static final int MOST_TURNOVER = 120;

    public RoomDetails {
        name = Text.required("name", "room", name, 80);
        if (capacity < 1 || capacity > 500) {
            throw new Invalid("capacity", "invalid.site.roomCapacity");
        }
        if (turnoverMinutes < 0 || turnoverMinutes > MOST_TURNOVER || turnoverMinutes % 5 != 0) {
            throw new Invalid("turnoverMinutes", "invalid.site.turnover");
        }
    }
}

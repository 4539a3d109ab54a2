package org.evenkeel.site;

import java.io.Serializable;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Text;

/**
 * What a form says about a room.
 *
 * @param turnoverMinutes kept free after each session, 0 to 120 in steps of five
 * @throws Invalid if something is missing, too long or out of its range
 */
public record RoomDetails(
        long siteId, String name, int capacity, int turnoverMinutes, boolean telehealth, boolean active)
        implements Serializable {

    public RoomDetails {
        name = Text.required("name", "room", name, 80);
        if (capacity < 1 || capacity > 500) {
            throw new Invalid("capacity", "invalid.site.roomCapacity");
        }
        if (turnoverMinutes < 0 || turnoverMinutes > 120 || turnoverMinutes % 5 != 0) {
            throw new Invalid("turnoverMinutes", "invalid.site.turnover");
        }
    }
}

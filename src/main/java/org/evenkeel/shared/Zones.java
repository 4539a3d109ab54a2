package org.evenkeel.shared;

import java.time.ZoneId;
import java.util.List;

/** The time zones that forms offer. */
public final class Zones {
    private Zones() {}

    /** All with a city or region, as the tz database names them. */
    public static List<String> offered() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.indexOf('/') > 0 && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted()
                .toList();
    }
}

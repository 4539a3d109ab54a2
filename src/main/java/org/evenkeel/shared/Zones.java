package org.evenkeel.shared;

import java.time.ZoneId;
import java.util.List;

/** The time zones that forms offer. */
public final class Zones {
    private Zones() {}

    /** All with a city or region, as the tz database names them. */
    public static List<String> offered() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(Zones::isRegion)
                .sorted()
                .toList();
    }

    /** Whether it is one of them. */
    public static boolean isRegion(ZoneId zone) {
        return isRegion(zone.getId()) && ZoneId.getAvailableZoneIds().contains(zone.getId());
    }

    private static boolean isRegion(String id) {
        return id.indexOf('/') > 0 && !id.startsWith("Etc/") && !id.startsWith("SystemV/");
    }
}

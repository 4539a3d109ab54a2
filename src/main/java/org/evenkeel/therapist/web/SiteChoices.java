package org.evenkeel.therapist.web;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.therapist.WorkingHours;

/** Which site a therapist's times are thought of in. */
final class SiteChoices {
    private SiteChoices() {}

    /** The site of the first working hours, else the first that is in use; 0 if there is none. */
    static long home(List<Versioned<SiteDetails>> sites, List<WorkingHours> hours) {
        return hours.stream().findFirst().map(WorkingHours::siteId).orElseGet(() -> sites.stream()
                .filter(site -> site.details().active())
                .findFirst()
                .map(Versioned::id)
                .orElse(0L));
    }

    /** The zone of {@link #home}. */
    static ZoneId zone(List<Versioned<SiteDetails>> sites, List<WorkingHours> hours) {
        return zone(sites, home(sites, hours));
    }

    static ZoneId zone(List<Versioned<SiteDetails>> sites, long id) {
        return sites.stream()
                .filter(site -> site.id() == id)
                .findFirst()
                .map(site -> site.details().zone())
                .orElse(ZoneOffset.UTC);
    }
}

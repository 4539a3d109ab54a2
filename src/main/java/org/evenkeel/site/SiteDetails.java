package org.evenkeel.site;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NeutralWords;
import org.evenkeel.shared.Text;

/**
 * What a form says about a site.
 *
 * @param placeInMessages what messages to patients call the place, such as "12 Pier Street"; "" if they say nothing of it
 * @param openingHours wall times of the site, sorted
 * @param closureDays sorted, each day once
 * @throws Invalid if something is missing or too long, or if entries overlap; the message names both
 */
public record SiteDetails(
        String name,
        ZoneId zone,
        String phone,
        String placeInMessages,
        boolean active,
        List<OpeningHours> openingHours,
        List<ClosureDay> closureDays)
        implements Serializable {

    public SiteDetails {
        name = Text.required("name", "site", name, 80);
        phone = Text.optional("phone", "phone", phone, 40);
        placeInMessages = Text.optional("placeInMessages", "place", placeInMessages, 80);
        refuseBetrayal(placeInMessages);
        openingHours = openingHours.stream()
                .sorted(Comparator.comparing(OpeningHours::weekday).thenComparing(OpeningHours::opensAt))
                .toList();
        closureDays = closureDays.stream()
                .sorted(Comparator.comparing(ClosureDay::date))
                .toList();
        checkHours(openingHours);
        checkClosures(closureDays);
    }

    /** Messages say no word of why somebody comes, and so must what they call the place. */
    private static void refuseBetrayal(String place) {
        NeutralWords.betrays(place).ifPresent(word -> {
            throw new Invalid("placeInMessages", "invalid.site.betrays", word);
        });
    }

    private static void checkHours(List<OpeningHours> sorted) {
        for (int i = 0; i < sorted.size(); i++) {
            sorted.get(i).check("openingHours");
            if (i > 0 && sorted.get(i).overlaps(sorted.get(i - 1))) {
                throw new Invalid("openingHours", "invalid.hours.overlap", sorted.get(i - 1), sorted.get(i));
            }
        }
    }

    private static void checkClosures(List<ClosureDay> days) {
        Set<LocalDate> seen = new HashSet<>();
        for (ClosureDay day : days) {
            if (!seen.add(day.date())) {
                throw new Invalid("closureDays", "invalid.site.closureTwice", day.date());
            }
            Text.optional("closureDays", "reason", day.reason(), 200);
        }
    }
}

package org.evenkeel.therapist;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * When and where a therapist works, week by week.
 *
 * @param entries sorted by weekday and time
 * @throws org.evenkeel.shared.Invalid if an entry is empty or ends before it starts
 */
public record TherapistHours(String therapistName, List<WorkingHours> entries) implements Serializable {

    public TherapistHours {
        entries = entries.stream()
                .sorted(Comparator.comparing(WorkingHours::weekday)
                        .thenComparing(WorkingHours::startsAt)
                        .thenComparing(WorkingHours::siteId))
                .toList();
        entries.forEach(entry -> entry.check("hours"));
    }
}

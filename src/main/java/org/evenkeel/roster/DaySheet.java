package org.evenkeel.roster;

import java.time.LocalDate;
import java.util.List;
import org.evenkeel.session.SessionView;

/**
 * A day on paper: the sessions that stand, by therapist. A group is in the part of each of its therapists.
 *
 * @param date on the wall of each session's site
 * @param parts by name of the therapist
 */
public record DaySheet(LocalDate date, List<Part> parts) {

    public DaySheet {
        parts = List.copyOf(parts);
    }

    /** What a therapist does that day, by start. */
    public record Part(long therapistId, String therapist, List<SessionView> sessions) {

        public Part {
            sessions = List.copyOf(sessions);
        }

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Day of therapist " + therapistId;
        }
    }

    /** Whether wall times are of different zones, so that each must name its own. */
    public boolean isInSeveralZones() {
        return parts.stream()
                        .flatMap(p -> p.sessions().stream())
                        .map(s -> s.site().zone())
                        .distinct()
                        .count()
                > 1;
    }
}

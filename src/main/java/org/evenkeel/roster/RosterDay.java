package org.evenkeel.roster;

import java.time.LocalDate;
import java.util.List;
import org.evenkeel.session.SessionView;

/**
 * A therapist's sessions that touch a date, by start. The date is one on the wall of each session's site; a session from 23:30 to
 * 00:30 is in both days' rosters.
 *
 * @param sessions those that stand
 * @param cancelled those that were cancelled, without bookings that were undone
 */
public record RosterDay(
        long therapistId, String therapist, LocalDate date, List<SessionView> sessions, List<SessionView> cancelled) {

    public RosterDay {
        sessions = List.copyOf(sessions);
        cancelled = List.copyOf(cancelled);
    }

    /** Whether wall times are of different zones, so that each must name its own. */
    public boolean isInSeveralZones() {
        return sessions.stream().map(s -> s.site().zone()).distinct().count() > 1;
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "Roster of therapist " + therapistId + " on " + date;
    }
}

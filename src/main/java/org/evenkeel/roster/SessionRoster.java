package org.evenkeel.roster;

import java.util.List;
import org.evenkeel.session.SessionView;

/**
 * Who comes to a session.
 *
 * @param waiting how many wait for a seat in its series
 * @param away which of its therapists have time off meanwhile
 */
public record SessionRoster(SessionView session, int waiting, List<SessionView.Named> away) {

    public SessionRoster {
        away = List.copyOf(away);
    }

    /** Whether a therapist of it is away. */
    public boolean isUnderStaffed() {
        return session.isLive() && !away.isEmpty();
    }

    /** Of how many attendance is not marked yet. */
    public long unmarked() {
        return session.participants().stream()
                .filter(p -> !p.state().isMarked())
                .count();
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "Roster of " + session;
    }
}

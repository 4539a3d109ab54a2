package org.evenkeel.therapist;

import java.util.List;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.TimeSlot;

/** Time off would fall on booked sessions: they must be moved or cancelled first. */
public class SessionsInTheWay extends Invalid {
    private static final long serialVersionUID = 1L;

    private final transient List<BookedSession> sessions;

    /**
     * One of them.
     *
     * @param leads whether the therapist leads it; else they facilitate it with another
     */
    public record BookedSession(long id, long siteId, TimeSlot slot, boolean leads) {}

    public SessionsInTheWay(List<BookedSession> sessions) {
        super("timeOff", "invalid.therapist.sessionsInTheWay", sessions.size());
        this.sessions = List.copyOf(sessions);
    }

    /** By start. */
    public List<BookedSession> sessions() {
        return sessions;
    }
}

package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;

/**
 * What patients say themselves of sessions that are still to come: that they will come, or that they will not. Runs in the caller's
 * transaction; that it is the patient who says so is the caller's to know. After the start, or once they are there, nothing changes.
 */
@ApplicationScoped
public class PatientAnswers {

    /** What the desk reads of why a session was cancelled. */
    public static final String REASON = "cancelled by the patient";

    private static final String PURPOSE = "reply";

    /** What has become of an answer. */
    public enum Outcome {
        DONE,
        /** Done, with less notice than the centre's late-cancellation hours. */
        LATE,
        /**
         * The session has started, was moved or cancelled, or the patient does not come to it any more, or is there: nothing has
         * changed.
         */
        TOO_LATE
    }

    private EntityManager em;
    private Booking booking;
    private Seats seats;
    private AuditTrail audit;
    private Event<SessionChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected PatientAnswers() {}

    @Inject
    public PatientAnswers(
            EntityManager em,
            Booking booking,
            Seats seats,
            AuditTrail audit,
            Event<SessionChanged> events,
            Clock clock) {
        this.em = em;
        this.booking = booking;
        this.seats = seats;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The patient will come. Saying so twice changes nothing.
     *
     * @param revision of the session that they speak of: who agrees to one time has not agreed to another
     */
    public Outcome confirm(long patientId, long sessionId, int revision) {
        Instant now = clock.instant();
        Session session = locked(sessionId);
        Optional<Participant> who = expected(session, revision, patientId, now);
        if (who.isEmpty()) {
            return Outcome.TOO_LATE;
        }
        if (who.get().state() != ParticipantState.CONFIRMED) {
            who.get().confirm();
            new Sessions(em).changedParticipants(session);
            record("CONFIRMED", sessionId, patientId);
            events.fire(new SessionChanged(
                    Change.Kind.ATTENDANCE,
                    sessionId,
                    session.revision(),
                    now,
                    List.of(session.slot()),
                    Set.of(session.siteId())));
        }
        return Outcome.DONE;
    }

    /**
     * The patient will not come: a session of their own is cancelled, in a group their seat is free.
     *
     * @param revision of the session that they speak of
     */
    public Outcome cancel(long patientId, long sessionId, int revision) {
        Instant now = clock.instant();
        Session session = locked(sessionId);
        Optional<Participant> who = expected(session, revision, patientId, now);
        if (who.isEmpty()) {
            return Outcome.TOO_LATE;
        }
        if (session.isGroup()) {
            seats.giveBack(patientId, List.of(sessionId), REASON, now);
            record("SEAT_CANCELLED", sessionId, patientId);
        } else {
            booking.cancelled(Actor.NOBODY, PURPOSE, session, REASON, now);
            who.get().leftOfTheirOwn(now);
        }
        return who.get().state() == ParticipantState.LATE_CANCELLED ? Outcome.LATE : Outcome.DONE;
    }

    private Session locked(long sessionId) {
        return new Sessions(em).lockedAll(List.of(sessionId)).get(0);
    }

    private static Optional<Participant> expected(Session session, int revision, long patientId, Instant now) {
        if (!session.isLive()
                || session.revision() != revision
                || !session.slot().start().isAfter(now)) {
            return Optional.empty();
        }
        return session.participants().stream()
                .filter(p -> p.patientId() == patientId)
                .filter(p -> p.state() == ParticipantState.BOOKED || p.state() == ParticipantState.CONFIRMED)
                .findFirst();
    }

    private void record(String action, long sessionId, long patientId) {
        audit.record(
                Actor.NOBODY, new Entry(action, PURPOSE, "session", List.of(sessionId), List.of(patientId), "OK", ""));
    }
}

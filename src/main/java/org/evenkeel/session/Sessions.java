package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.evenkeel.shared.Sql;

/** The sessions on record. Works in the caller's transaction. */
final class Sessions {

    private final EntityManager em;

    Sessions(EntityManager em) {
        this.em = em;
    }

    /** Puts a session on record with its seats, and the patients into them: each needs the one before it in the database. */
    void add(Session session, List<Long> patientIds) {
        em.persist(session);
        em.flush();
        Sql seats = Sql.on(em).add("insert into seat (session_id, number) values (?, ?)", session.id(), 1);
        for (int number = 2; number <= session.capacity(); number++) {
            seats.add(", (?, ?)", session.id(), number);
        }
        seats.update();
        session.seat(patientIds);
        em.flush();
    }

    /** The session, locked until the transaction ends. */
    Optional<Session> locked(long id) {
        return Optional.ofNullable(em.find(Session.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Writes what has changed about its participants, which makes a new version of the session. */
    void changedParticipants(Session session) {
        em.lock(session, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        em.flush();
    }
}

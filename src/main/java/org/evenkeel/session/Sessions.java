package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.shared.Sql;

/** The sessions on record. Works in the caller's transaction. */
final class Sessions {

    private final EntityManager em;

    Sessions(EntityManager em) {
        this.em = em;
    }

    /** Puts a session on record with its seats, and the patients into them. */
    void add(Session session, List<Long> patientIds) {
        addAll(List.of(session), List.of(patientIds), Map.of());
    }

    /**
     * Puts sessions on record with their seats, and patients into these: each needs the one before it in the database. Where more
     * come than the capacity, there are as many seats (acceptance cases A21, A23).
     *
     * @param patientIds of each session
     * @param enrolments what brings them, by patient
     */
    void addAll(List<Session> sessions, List<List<Long>> patientIds, Map<Long, Long> enrolments) {
        sessions.forEach(em::persist);
        em.flush();
        List<SeatRows.Row> seats = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            int needed = Math.max(session.capacity(), patientIds.get(i).size());
            for (int number = 1; number <= needed; number++) {
                seats.add(new SeatRows.Row(session.id(), number));
            }
        }
        SeatRows.insert(em, seats);
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).seat(patientIds.get(i), enrolments);
        }
        em.flush();
    }

    /** The session, locked until the transaction ends. */
    Optional<Session> locked(long id) {
        return Optional.ofNullable(em.find(Session.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Sessions with their participants and facilitators, locked in the order of their ids until the transaction ends. */
    List<Session> lockedAll(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Sql.on(em)
                .add("select id from session where id in")
                .in(ids)
                .add("order by id for update")
                .list(r -> r.id(1));
        return em.createQuery("select s from Session s where s.id in :ids order by s.id", Session.class)
                .setParameter("ids", ids)
                .setHint("eclipselink.batch.type", "IN")
                .setHint("eclipselink.batch", "s.participants")
                .setHint("eclipselink.batch", "s.coFacilitators")
                .getResultList();
    }

    /** Writes what has changed about its participants, which makes a new version of the session. */
    void changedParticipants(Session session) {
        em.lock(session, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        em.flush();
    }
}

package org.evenkeel.series;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.shared.Sql;

/** The entries of those who still wait for a seat, and the seats that are kept for them; in the caller's transaction. */
final class WaitlistEntries {

    private static final String WAITING =
            "select w from WaitlistEntry w where w.seriesId = :series and w.state = :waiting";

    private final EntityManager em;

    WaitlistEntries(EntityManager em) {
        this.em = em;
    }

    /** All who wait for a seat in a series, locked. */
    List<WaitlistEntry> waiting(long seriesId) {
        return locked(WAITING + " order by w.id", seriesId).getResultList();
    }

    /** The one by which a patient waits for a seat in a series, locked. */
    Optional<WaitlistEntry> waiting(long seriesId, long patientId) {
        return locked(WAITING + " and w.patientId = :patient", seriesId)
                .setParameter("patient", patientId)
                .getResultStream()
                .findFirst();
    }

    private TypedQuery<WaitlistEntry> locked(String query, long seriesId) {
        return em.createQuery(query, WaitlistEntry.class)
                .setParameter("series", seriesId)
                .setParameter("waiting", WaitlistEntry.State.WAITING)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * Who waits for a seat in a series waits for the part that it continues in, where the seats of the dates that it took along stay
     * kept; those of the dates before are free.
     */
    void continueIn(long series, long part, Instant now) {
        Sql.on(em)
                .add(
                        "update seat set held_for = null, held_until = null where held_for is not null and session_id in"
                                + " (select id from session where series_id = ? and starts_at > ?)",
                        series,
                        now)
                .update();
        waiting(series).forEach(entry -> entry.waitFor(part));
    }

    /** No seat is kept for them any more. By way of the series, whose dates have an index. */
    void releaseSeats(WaitlistEntry entry, Instant now) {
        entry.seriesId().ifPresent(series -> Sql.on(em)
                .add(
                        "update seat set held_for = null, held_until = null where session_id in"
                                + " (select id from session where series_id = ? and starts_at > ?) and held_for = ?",
                        series,
                        now,
                        entry.id())
                .update());
    }
}

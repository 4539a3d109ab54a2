package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.evenkeel.shared.Sql;

/**
 * What a free seat is, for everyone who counts them: one that nobody has and that is not kept for someone who waits. A seat that is
 * kept is free again once its time has run out.
 */
public final class FreeSeats {

    private FreeSeats() {}

    /**
     * A column: how many seats of a session are kept for someone; one parameter, the instant.
     *
     * @param session the name of its table in the statement
     */
    public static String kept(String session) {
        return "(select count(*) from seat k where k.session_id = " + session + ".id and k.held_until > ?"
                + " and not exists (select 1 from participant o where o.session_id = k.session_id"
                + " and o.seat_number = k.number))";
    }

    /**
     * @param seats how many there are
     * @param taken how many have someone
     * @param kept how many are kept for someone
     */
    public static int of(int seats, int taken, int kept) {
        return Math.max(0, seats - taken - kept);
    }

    /** The seats of a session, by numbers. */
    record Count(int seats, int taken, int kept) {
        int free() {
            return of(seats, taken, kept);
        }
    }

    /** Of each session. Works in the caller's transaction. */
    static Map<Long, Count> count(EntityManager em, Collection<Long> sessionIds, Instant now) {
        Map<Long, Count> counts = new HashMap<>();
        Sql.on(em)
                .add(
                        "select s.id, (select count(*) from seat x where x.session_id = s.id), (select count(*) from participant p"
                                + " where p.session_id = s.id and p.seat_number is not null), "
                                + kept("s")
                                + " from session s where s.id in",
                        now)
                .in(sessionIds)
                .list(r -> counts.put(r.id(1), new Count(r.number(2), r.number(3), r.number(4))));
        return counts;
    }
}

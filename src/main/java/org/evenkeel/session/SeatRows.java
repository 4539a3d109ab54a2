package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.evenkeel.shared.Sql;

/** Seats as rows, written and deleted a thousand at a time. Works in the caller's transaction. */
final class SeatRows {
    private static final int AT_ONCE = 1_000;

    /** A seat of a session; they are numbered from 1. */
    record Row(long sessionId, int number) {}

    private SeatRows() {}

    static void insert(EntityManager em, List<Row> rows) {
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            Sql insert = Sql.on(em).add("insert into seat (session_id, number) values");
            pairs(insert, rows.subList(from, Math.min(from + AT_ONCE, rows.size())));
            insert.update();
        }
    }

    static void delete(EntityManager em, List<Row> rows) {
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            Sql delete = Sql.on(em).add("delete from seat where (session_id, number) in (");
            pairs(delete, rows.subList(from, Math.min(from + AT_ONCE, rows.size())));
            delete.add(")").update();
        }
    }

    private static void pairs(Sql sql, List<Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
            sql.add(
                    i == 0 ? "(?, ?)" : ", (?, ?)",
                    rows.get(i).sessionId(),
                    rows.get(i).number());
        }
    }
}

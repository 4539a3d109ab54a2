package org.evenkeel.therapist;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.evenkeel.shared.Sql;

/**
 * Whether the qualification for a session that was booked while it held has lapsed by then (acceptance case A20). The last day is
 * one by the calendar of the site, which SQL cannot tell on both databases: so a statement reads that day, and Java compares.
 */
public final class Lapse {

    /**
     * A column of a statement over {@code session s} and its {@code modality m}: the last day of the qualification that the lead
     * has by then; null if the modality needs none.
     */
    public static final String LAST_DAY = "case when m.qualification is null then null else coalesce("
            + "(select max(coalesce(q.valid_to, date '9999-12-31')) from qualification q where q.therapist_id = s.therapist_id"
            + " and q.modality_id = s.modality_id and q.valid_from <= cast(s.starts_at as date)), date '0001-01-01') end";

    private Lapse() {}

    /**
     * Whether a session that starts then and there comes after that day.
     *
     * @param column where the row has {@link #LAST_DAY}
     */
    public static boolean isBefore(Instant start, ZoneId zone, Sql.Row row, int column) throws SQLException {
        LocalDate last = row.dateOrNull(column);
        return last != null && LocalDate.ofInstant(start, zone).isAfter(last);
    }
}

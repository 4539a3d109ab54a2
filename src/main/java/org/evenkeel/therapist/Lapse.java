package org.evenkeel.therapist;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.evenkeel.shared.Sql;

/**
 * Whether the qualification for a session that was booked while it held has lapsed by then (acceptance case A20). Its days are those
 * of the site's calendar. By way of text both databases tell such a day alike: of a time in a zone H2 takes the date in its own.
 */
public final class Lapse {

    /**
     * A column of a statement over {@code session s} and its {@code modality m}: the last day of the qualification that the lead
     * has by then; null if the modality needs none.
     */
    public static final String LAST_DAY = "case when m.qualification is null then null else coalesce("
            + "(select max(coalesce(q.valid_to, date '9999-12-31')) from qualification q where q.therapist_id = s.therapist_id"
            + " and q.modality_id = s.modality_id and q.valid_from <= cast(to_char(s.starts_at at time zone"
            + " (select z.zone from site z where z.id = s.site_id), 'YYYY-MM-DD') as date)), date '0001-01-01') end";

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

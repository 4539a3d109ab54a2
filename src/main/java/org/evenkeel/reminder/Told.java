package org.evenkeel.reminder;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/**
 * A session that a patient was told of by a message, as both stand now.
 *
 * @param reminderId the reminder that an answer is written to
 * @param revision of the session that the message spoke of
 * @param phone of the site
 * @param language the tag of the language that the patient prefers
 * @param expected whether that revision stands, and the patient comes to it and is not there yet
 * @param confirmed whether they have said that they will come
 * @param answer the last one to any message about that revision; null: none
 */
record Told(
        long reminderId,
        long sessionId,
        long patientId,
        int revision,
        Instant start,
        ZoneId zone,
        String phone,
        String language,
        boolean expected,
        boolean confirmed,
        @Nullable Reply answer) {

    private static final String COLUMNS =
            "select m.id, m.session_id, m.patient_id, m.revision, s.starts_at, i.zone, i.phone, x.language,"
                    + " (s.state = 'BOOKED' and s.revision = m.revision and exists (select 1 from participant p where p.session_id = s.id"
                    + " and p.patient_id = m.patient_id and p.state in ('BOOKED', 'CONFIRMED'))),"
                    + " exists (select 1 from participant c where c.session_id = s.id and c.patient_id = m.patient_id"
                    + " and c.state = 'CONFIRMED'),"
                    + " (select max(a.answer) from reminder a where a.session_id = m.session_id and a.patient_id = m.patient_id"
                    + " and a.revision = m.revision)"
                    + " from reminder m join session s on s.id = m.session_id join site i on i.id = s.site_id"
                    + " join patient x on x.id = m.patient_id";

    /** What one message told of, in an order that no move changes. */
    static List<Told> by(EntityManager em, long reminderId) {
        return bySession(Sql.on(em)
                .add(COLUMNS)
                .add("where m.id = ? or m.carried_by = ? order by m.id", reminderId, reminderId));
    }

    /** What those who have this phone were told of by text messages, and may still answer, earliest first. */
    static List<Told> open(EntityManager em, String lookup, Instant now) {
        return bySession(Sql.on(em)
                        .add(COLUMNS)
                        .add("where m.channel = 'SMS' and m.state in ('SENDING', 'SENT', 'UNKNOWN')"
                                + " and m.occasion in ('BEFORE', 'BOOKED', 'MOVED')")
                        .add(
                                "and s.starts_at > ? and m.patient_id in (select k.patient_id from contact_point k where k.lookup = ?)"
                                        + " order by s.starts_at, m.id",
                                now,
                                lookup))
                .stream()
                .filter(Told::expected)
                .toList();
    }

    /** Of several messages about a session, the last. */
    private static List<Told> bySession(Sql query) {
        record Key(long session, long patient) {}
        Map<Key, Told> told = new LinkedHashMap<>();
        query.list(r -> new Told(
                        r.id(1),
                        r.id(2),
                        r.id(3),
                        r.number(4),
                        r.instant(5),
                        ZoneId.of(r.text(6)),
                        r.text(7),
                        r.text(8),
                        r.flag(9),
                        r.flag(10),
                        r.textOrNull(11) == null ? null : r.constant(11, Reply.class)))
                .forEach(t -> told.merge(new Key(t.sessionId(), t.patientId()), t, Told::orNewer));
        return List.copyOf(told.values());
    }

    private Told orNewer(Told later) {
        return later.revision >= revision ? later : this;
    }

    boolean isOpen(Instant now) {
        return expected && start.isAfter(now);
    }

    /** Ids only: contacts stay out of logs. */
    @Override
    public String toString() {
        return "Told " + reminderId;
    }
}

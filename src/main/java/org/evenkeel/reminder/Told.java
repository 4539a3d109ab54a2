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

    /** Whether the reminder {@code m} asks for an answer. */
    private static final String ASKS = "m.occasion in ('BEFORE', 'BOOKED', 'MOVED')";

    /** What has gone to a phone by text message, as far as anybody knows: the reminder {@code n} that carries it. */
    private static final String TEXTED = "n.channel = 'SMS' and n.state in ('SENDING', 'SENT', 'UNKNOWN')"
            + " and n.id in (select k.reminder_id from reply_token k where k.lookup = ?)";

    /** What one message told of, in an order that no move changes. */
    static List<Told> by(EntityManager em, long reminderId) {
        return bySession(Sql.on(em)
                .add(COLUMNS)
                .add("where m.id = ? or m.carried_by = ? order by m.id", reminderId, reminderId));
    }

    /**
     * What those who have this phone were told of by text messages to it, and may still answer, earliest first. What went to another phone
     * of theirs is nobody's business here (acceptance case A43).
     */
    static List<Told> open(EntityManager em, String lookup, Instant now) {
        return bySession(Sql.on(em)
                        .add(COLUMNS)
                        .add(
                                "where " + ASKS
                                        + " and coalesce(m.carried_by, m.id) in (select n.id from reminder n where "
                                        + TEXTED + ")",
                                lookup)
                        .add(
                                "and s.starts_at > ? and m.patient_id in (select k.patient_id from contact_point k where k.lookup = ?)"
                                        + " order by s.starts_at, m.id",
                                now,
                                lookup))
                .stream()
                .filter(Told::expected)
                .toList();
    }

    /** What the last text message to this phone asks about, whoever it was for; nothing if it asks for no answer. */
    static List<Told> last(EntityManager em, String lookup) {
        return bySession(Sql.on(em)
                .add(COLUMNS)
                .add(
                        "join (select n.id from reminder n where " + TEXTED
                                + " order by coalesce(n.closed_at, n.lease_until) desc, n.id desc fetch first 1 rows only) l"
                                + " on m.id = l.id or m.carried_by = l.id where " + ASKS + " order by m.id",
                        lookup));
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

    /** Whether any of these is about the same session and patient. */
    boolean isAmong(List<Told> others) {
        return others.stream().anyMatch(t -> t.sessionId == sessionId && t.patientId == patientId);
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

package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * What needs somebody: patients who were not told of a session by any message since, and answers that no machine can deal with. One
 * line for each patient and session, until somebody has settled it, or a message has gone out after all. What one message would have told
 * of is settled, and sent again, together.
 */
@ApplicationScoped
public class ReminderList {

    /** Why a line is on the list. Its text is the message {@code reminder.kind.<name>}. */
    public enum Kind {
        /** It could not be sent, or was refused. */
        FAILED,
        /** Nobody knows whether it arrived. */
        UNKNOWN,
        /** There was no moment to send it. */
        EXPIRED,
        /** It should have gone out, and waits for a gateway that cannot be reached. */
        OVERDUE,
        NO_CONTACT,
        /** The patient said no when it was late. */
        LATE_NO,
        /** The patient asks for another time. */
        ANOTHER_TIME,
        NO_CONSENT,
        OPTED_OUT;

        /** Those that call for a telephone; the others are the patient's own wish. */
        public static final Set<Kind> TO_CALL =
                Set.of(FAILED, UNKNOWN, EXPIRED, OVERDUE, NO_CONTACT, LATE_NO, ANOTHER_TIME);
    }

    /** What to do once more, by which channel. */
    public record Way(Channel channel, boolean again) implements Serializable {}

    /**
     * A patient who was not told of a session, or has answered.
     *
     * @param id of the reminder that it is about
     * @param start of the session
     * @param at when it came to this
     * @param reason null: none is known
     * @param others how many more sessions the same message would have told of
     * @param ways by which channels it can be sent now, if any
     * @param maybeTwice whether the same may have reached the patient already
     */
    public record Row(
            long id,
            Kind kind,
            Occasion occasion,
            Channel channel,
            @Nullable Reason reason,
            Instant at,
            long sessionId,
            long siteId,
            Instant start,
            ZoneId zone,
            boolean group,
            long patientId,
            String patient,
            String recordNumber,
            int others,
            List<Way> ways,
            boolean maybeTwice)
            implements Serializable {

        /** Whether the patient has answered, and waits for a call; else they were not told. */
        public boolean answered() {
            return kind == Kind.LATE_NO || kind == Kind.ANOTHER_TIME;
        }

        /** Whether it is the patient's page where something can be done about it. */
        public boolean upToPatient() {
            return isUntried(kind);
        }

        /** Whether the reason says more than the kind. */
        public boolean explained() {
            return reason != null && !reason.name().equals(kind.name());
        }

        /** The id alone: names stay out of logs. */
        @Override
        public String toString() {
            return "Reminder " + id;
        }
    }

    /**
     * A page of the list.
     *
     * @param counts how many there are of each kind, on all pages
     */
    public record Page(List<Row> items, long total, Map<Kind, Integer> counts) implements Serializable {}

    private static final Duration KEPT = Duration.ofDays(30);

    /** So long a gateway may be away before anybody is told to call instead. */
    static final Duration OVERDUE = Duration.ofMinutes(15);

    /** The reminders {@code x} that differ from {@code q} in their channel alone. */
    static final String SAME = same("q");

    /** Whether the reminder {@code x} tells the same as another one, whatever their channels. */
    static String same(String other) {
        return same("x", other);
    }

    private static String same(String one, String other) {
        return Stream.of("session_id", "patient_id", "revision", "rule_id", "lead_minutes")
                .map(column -> one + "." + column + " = " + other + "." + column)
                .collect(Collectors.joining(" and "));
    }

    /** No other channel has the same as this reminder on its way, or has delivered it. */
    private static String byNoOther(String reminder) {
        return " and not exists (select 1 from reminder y where " + same("y", reminder) + " and y.channel <> ?"
                + " and y.state in ('PENDING', 'SENDING', 'SENT'))";
    }

    /** Nothing has ever left for the reminder {@code x}. */
    private static final String UNTRIED = "((x.state = 'FAILED' and x.reason in ('NO_CONSENT', 'NO_CONTACT'))"
            + " or (x.state = 'VOIDED' and x.reason = 'OPTED_OUT'))";

    private static String mayHaveArrived(String told) {
        return "exists (select 1 from reminder z join reminder x on " + same("x", "z")
                + " where x.state = 'UNKNOWN' and " + told + ")";
    }

    /** Whether any of what the message of the reminder {@code q} tells of may have reached the patient, by whatever channel. */
    private static final String MAYBE_TWICE = "(" + mayHaveArrived("z.id = coalesce(q.carried_by, q.id)") + " or "
            + mayHaveArrived("z.carried_by = coalesce(q.carried_by, q.id)") + ")";

    private static final String KIND =
            "case when m.answer = 'OTHER' then 'ANOTHER_TIME' when m.answer = 'NO' then 'LATE_NO'"
                    + " when m.state = 'UNKNOWN' then 'UNKNOWN' when m.state = 'EXPIRED' then 'EXPIRED'"
                    + " when m.state = 'PENDING' then 'OVERDUE'"
                    + " when m.reason in ('NO_CONSENT', 'NO_CONTACT', 'OPTED_OUT') then m.reason else 'FAILED' end";

    private static final String NEED =
            "(select k.*, row_number() over (partition by k.session_id, k.patient_id order by case when k.kind in ('NO_CONSENT', 'OPTED_OUT') then 1 else 0 end, k.since desc,"
                    + " k.id desc) as nth from (select m.id, m.session_id, m.patient_id, m.rule_id, m.lead_minutes, m.revision, m.occasion,"
                    + " m.channel, m.state, m.reason, m.carried_by, coalesce(m.answered_at, m.closed_at, m.due_at) as since, "
                    + KIND
                    + " as kind, " + Outbox.START
                    + " as starts_at, s.site_id, s.capacity from reminder m join session s on s.id = m.session_id";

    /** Who was told, or has answered, since then is no longer on the list. */
    private static final String NOT_TOLD = " and (m.answer is not null or not exists (select 1 from reminder n"
            + " where n.session_id = m.session_id and n.patient_id = m.patient_id and n.id <> m.id"
            + " and (n.state = 'SENDING' or (n.state = 'PENDING' and m.state <> 'PENDING')"
            + " or (n.answer is not null and n.answered_at >= coalesce(m.closed_at, m.due_at))"
            + " or (n.state = 'SENT' and n.closed_at >= coalesce(m.closed_at, m.due_at)))))";

    /**
     * What waits since then though it should have gone out, to somebody who comes and wants to be told: tried in vain, or left lying while
     * the gateway is left alone.
     */
    private static final String LATE =
            "m.state = 'PENDING' and ((m.reason = 'UNREACHABLE' and m.due_at <= ?) or m.send_at <= ?)"
                    + " and exists (select 1 from consent c where c.patient_id = m.patient_id and c.is_current = true)"
                    + " and (m.occasion in ('CANCELLED', 'OFFERED') or exists (select 1 from participant e"
                    + " where e.session_id = m.session_id and e.patient_id = m.patient_id and e.state in ('BOOKED', 'CONFIRMED')))";

    /** Of sessions that have begun: whoever is not there was not told either. */
    private static final String MISSED = "m.state = 'EXPIRED' and not exists (select 1 from participant h"
            + " where h.session_id = m.session_id and h.patient_id = m.patient_id and h.state in ('CHECKED_IN', 'ATTENDED'))";

    private EntityManager em;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected ReminderList() {}

    @Inject
    public ReminderList(EntityManager em, Transactions transactions, Gate gate, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What needs somebody, the newest first; three statements and one audit line, however many there are.
     *
     * @param kind null: all that call for a telephone
     * @param over whether sessions that have begun are meant, of the last 30 days, and not those ahead with what expired at a start today
     */
    public Page list(Actor actor, @Nullable Kind kind, boolean over, int first, int limit) {
        require(actor, "see messages that failed");
        return transactions.inNew(() -> {
            Span span = span(over);
            Map<Kind, Integer> counts = counts(span);
            Set<Kind> kinds = kind == null ? Kind.TO_CALL : Set.of(kind);
            List<Row> rows = need(Sql.on(em).add(COLUMNS), span)
                    .add(JOINS)
                    .in(kinds.stream().map(Kind::name).toList())
                    .add("order by q.since desc, q.id desc offset ? rows fetch next ? rows only", first, limit)
                    .list(ReminderList::row);
            audit.record(
                    actor,
                    Entry.viewed(
                            "reminder/list",
                            "reminder",
                            rows.stream().map(Row::id).toList(),
                            rows.stream().map(Row::patientId).distinct().toList()));
            long total = kinds.stream().mapToInt(k -> counts.getOrDefault(k, 0)).sum();
            return new Page(rows, total, counts);
        });
    }

    /** How many lines call for a telephone, as the list has them; two statements, and nothing of any patient. */
    public int toCall(Actor actor) {
        require(actor, "see messages that failed");
        return transactions.inNew(() -> counts(span(false))).entrySet().stream()
                .filter(e -> Kind.TO_CALL.contains(e.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static final String COLUMNS =
            "select q.id, q.kind, q.occasion, q.channel, q.reason, q.since, q.session_id, q.site_id,"
                    + " q.starts_at, i.zone, q.capacity, q.patient_id, p.given_name, p.family_name, p.record_number, q.state,"
                    + " " + Consents.reached("q.patient_id", "'SMS'") + ", "
                    + Consents.reached("q.patient_id", "'EMAIL'")
                    + ","
                    + " exists (select 1 from reminder x where " + SAME + " and x.channel = 'SMS' and not " + UNTRIED
                    + "),"
                    + " exists (select 1 from reminder x where " + SAME + " and x.channel = 'EMAIL' and not " + UNTRIED
                    + "), case when q.kind in ('FAILED', 'UNKNOWN') then"
                    + " (select count(*) from reminder y where y.carried_by = coalesce(q.carried_by, q.id)) else 0 end, "
                    + MAYBE_TWICE + " from";

    private static final String JOINS =
            "join site i on i.id = q.site_id join patient p on p.id = q.patient_id where q.nth = 1 and q.kind in";

    /**
     * Whose sessions are meant.
     *
     * @param midnights when today began, by the zones of sites; of sessions that have begun: none
     */
    private record Span(boolean over, Instant now, Map<String, Instant> midnights) {}

    private Span span(boolean over) {
        Instant now = clock.instant();
        Map<String, Instant> midnights = new TreeMap<>();
        if (!over) {
            Sql.on(em).add("select distinct zone from site").list(r -> {
                ZoneId zone = ZoneId.of(r.text(1));
                return midnights.put(
                        r.text(1),
                        now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant());
            });
        }
        return new Span(over, now, midnights);
    }

    private Map<Kind, Integer> counts(Span span) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        need(Sql.on(em).add("select q.kind, count(*) from"), span)
                .add("where q.nth = 1 group by q.kind")
                .list(r -> counts.put(r.constant(1, Kind.class), r.number(2)));
        return counts;
    }

    /** The table {@code q} of all that is open, the newest of a patient and session with {@code nth} 1. */
    private static Sql need(Sql sql, Span span) {
        Instant now = span.now();
        Instant since = now.minus(KEPT);
        Instant late = now.minus(OVERDUE);
        sql.add(NEED)
                .add("where m.settled_at is null and " + (span.over() ? "(s.starts_at <= ?" : "(s.starts_at > ?"), now);
        span.midnights()
                .forEach((zone, midnight) -> sql.add(
                        "or (" + MISSED
                                + " and s.starts_at >= ? and s.site_id in (select z.id from site z where z.zone = ?))",
                        midnight,
                        zone));
        return sql.add(
                        ") and ((m.answer is null and m.state in ('FAILED', 'UNKNOWN', 'EXPIRED') and m.closed_at > ?)"
                                + " or (m.answer is null and m.state = 'VOIDED' and m.closed_at > ? and m.reason = 'OPTED_OUT')"
                                + " or (m.answer = 'OTHER' and m.answered_at > ?)"
                                + " or (m.answer = 'NO' and m.answered_at > ? and exists (select 1 from participant t"
                                + " where t.session_id = m.session_id and t.patient_id = m.patient_id and t.state = 'LATE_CANCELLED'))",
                        since,
                        since,
                        since,
                        since)
                .add("or (" + LATE + "))" + NOT_TOLD + ") k) q", late, late);
    }

    private static Row row(Sql.Row r) throws java.sql.SQLException {
        Kind kind = r.constant(2, Kind.class);
        Channel channel = r.constant(4, Channel.class);
        return new Row(
                r.id(1),
                kind,
                r.constant(3, Occasion.class),
                channel,
                r.textOrNull(5) == null ? null : r.constant(5, Reason.class),
                r.instant(6),
                r.id(7),
                r.id(8),
                r.instant(9),
                ZoneId.of(r.text(10)),
                r.number(11) > 1,
                r.id(12),
                r.text(13) + " " + r.text(14),
                r.text(15),
                r.number(21),
                ways(kind, channel, r),
                r.flag(22));
    }

    private static List<Way> ways(Kind kind, Channel channel, Sql.Row r) throws java.sql.SQLException {
        Map<Channel, Boolean> reached = new EnumMap<>(Map.of(Channel.SMS, r.flag(17), Channel.EMAIL, r.flag(18)));
        Map<Channel, Boolean> tried = new EnumMap<>(Map.of(Channel.SMS, r.flag(19), Channel.EMAIL, r.flag(20)));
        return reached.keySet().stream()
                .filter(c -> Boolean.TRUE.equals(reached.get(c)))
                .filter(c -> c == channel ? isUntried(kind) : !Boolean.TRUE.equals(tried.get(c)) && isResent(kind))
                .map(c -> new Way(c, c == channel))
                .toList();
    }

    /** Nothing ever left: it can be sent by the same channel, now that there is something to send it to. */
    private static boolean isUntried(Kind kind) {
        return kind == Kind.NO_CONSENT || kind == Kind.NO_CONTACT || kind == Kind.OPTED_OUT;
    }

    private static boolean isResent(Kind kind) {
        return isUntried(kind) || kind == Kind.FAILED || kind == Kind.UNKNOWN;
    }

    /**
     * Somebody has told the patient, or has called them: everything that is open about what the message would have told of is settled, and
     * what was still to go out of it does not.
     */
    public void settle(Actor actor, long reminderId) {
        require(actor, "settle messages");
        Instant now = clock.instant();
        Instant late = now.minus(OVERDUE);
        transactions.runInNew(() -> {
            About about = about(reminderId);
            List<Long> together = together(reminderId, about);
            Sql.on(em)
                    .add(
                            "update reminder m set state = 'VOIDED', reason = ?, closed_at = ? where m.patient_id = ? and "
                                    + LATE,
                            Reason.TOLD,
                            now,
                            about.patientId(),
                            late,
                            late)
                    .add("and m.session_id in (select t.session_id from reminder t where t.id in")
                    .in(together)
                    .add(")")
                    .update();
            Sql.on(em)
                    .add(
                            "update reminder set settled_at = ?, settled_by = ? where patient_id = ? and settled_at is null"
                                    + " and (state in ('FAILED', 'UNKNOWN', 'EXPIRED', 'VOIDED') or answer is not null)",
                            now,
                            actor.accountId(),
                            about.patientId())
                    .add("and session_id in (select t.session_id from reminder t where t.id in")
                    .in(together)
                    .add(")")
                    .update();
            record(actor, "SETTLED", reminderId, about, "TOLD");
        });
    }

    private record About(long patientId, ReminderState state, long lead) {}

    private About about(long reminderId) {
        return Sql.on(em)
                .add("select patient_id, state, coalesce(carried_by, id) from reminder where id = ?", reminderId)
                .first(r -> new About(r.id(1), r.constant(2, ReminderState.class), r.id(3)))
                .orElseThrow(() -> new NotFound("reminder", reminderId));
    }

    /** All reminders of a message that did not arrive; of one that did, the one, since each session has an answer of its own. */
    private List<Long> together(long reminderId, About about) {
        return about.state() == ReminderState.SENT
                ? List.of(reminderId)
                : Sql.on(em)
                        .add(
                                "select id from reminder where id = ? or carried_by = ? order by id",
                                about.lead(),
                                about.lead())
                        .list(r -> r.id(1));
    }

    /**
     * Puts a message into the outbox once more: by the channel that nothing has left by yet, or by another one. It is due now, as far as
     * a restored database goes too. All that is looked at before a message leaves is looked at again.
     *
     * @param maybeTwice that the patient may have had it already, where nobody knows
     * @throws Invalid if it has been sent by this channel, or has gone out meanwhile, or the session has begun
     */
    public void sendAgain(Actor actor, long reminderId, Channel channel, boolean maybeTwice) {
        require(actor, "send messages again");
        Instant now = clock.instant();
        transactions.runInNew(() -> {
            lockPatient(reminderId);
            About about = about(reminderId);
            if (!maybeTwice && mayHaveArrived(reminderId)) {
                throw new Invalid("", "invalid.reminder.maybeTwice");
            }
            int sent = together(reminderId, about).stream()
                    .mapToInt(id -> revived(id, channel, now) + copied(id, channel, now))
                    .sum();
            if (sent == 0) {
                throw new Invalid("", "invalid.reminder.goneOut");
            }
            record(actor, "SENT_AGAIN", reminderId, about, channel.name());
        });
    }

    /** Of two clerks who send the same again the second finds what the first has done. */
    private void lockPatient(long reminderId) {
        if (!Sql.on(em)
                .add(
                        "select id from patient where id = (select m.patient_id from reminder m where m.id = ?) for update",
                        reminderId)
                .exists()) {
            throw new NotFound("reminder", reminderId);
        }
    }

    private boolean mayHaveArrived(long reminderId) {
        return Sql.on(em)
                .add("select 1 from reminder q where q.id = ? and " + MAYBE_TWICE, reminderId)
                .exists();
    }

    /** The reminder of this channel, where there is one and nothing has ever left by it. */
    private int revived(long reminderId, Channel channel, Instant now) {
        return Sql.on(em)
                .add(
                        "update reminder x set state = 'PENDING', reason = null, closed_at = null, carried_by = null, due_at = ?, send_at = ?"
                                + " where x.channel = ? and x.settled_at is null and " + UNTRIED
                                + " and exists (select 1 from reminder q"
                                + " join session s on s.id = q.session_id where q.id = ? and s.starts_at > ? and "
                                + SAME + ")" + byNoOther("x"),
                        now,
                        now,
                        channel,
                        reminderId,
                        now,
                        channel)
                .update();
    }

    /** By another channel, as a reminder of its own. */
    private int copied(long reminderId, Channel channel, Instant now) {
        Optional<Reminder> copy = Sql.on(em)
                .add(
                        "select q.session_id, q.revision, q.rule_id, q.lead_minutes, q.patient_id, q.occasion from reminder q"
                                + " join session s on s.id = q.session_id where q.id = ? and q.channel <> ? and q.settled_at is null"
                                + " and q.answer is null and s.starts_at > ? and q.state in ('FAILED', 'UNKNOWN', 'VOIDED') and not exists"
                                + " (select 1 from reminder x where " + SAME + " and x.channel = ?)" + byNoOther("q"),
                        reminderId,
                        channel,
                        now,
                        channel,
                        channel)
                .first(r -> new Reminder(
                        r.id(1),
                        r.number(2),
                        r.id(3),
                        r.number(4),
                        channel,
                        r.id(5),
                        r.constant(6, Occasion.class),
                        now,
                        now));
        copy.ifPresent(em::persist);
        em.flush();
        return copy.isPresent() ? 1 : 0;
    }

    private void require(Actor actor, String action) {
        gate.require(actor, action, Role.DESK, Role.LEAD);
    }

    private void record(Actor actor, String action, long reminderId, About about, String detail) {
        audit.record(
                actor,
                new Entry(
                        action,
                        "reminder/list",
                        "reminder",
                        List.of(reminderId),
                        List.of(about.patientId()),
                        "OK",
                        detail));
    }
}

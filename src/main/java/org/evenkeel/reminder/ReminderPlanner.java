package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.evenkeel.identity.Settings;
import org.evenkeel.platform.Configuration;
import org.evenkeel.session.Session;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;

/**
 * Puts what is due, or soon will be, into the outbox. It follows from the sessions as they stand, so that booking a year of a group
 * writes no reminder, a change of a rule holds at once, and nothing is lost with a node: whatever has no row yet gets one, and the
 * unique key sees to it that it gets no second (acceptance case A37).
 */
@ApplicationScoped
public class ReminderPlanner {

    /** So long before it is due a reminder is put into the outbox: longer than a night, so that it can be brought forward. */
    static final Duration AHEAD = Duration.ofHours(12);

    /** What happened longer ago is no news; a centre that was down for less still tells of it. */
    static final Duration NEWS = Duration.ofDays(1);

    private static final Duration LONGEST_LEAD = Duration.ofMinutes(ReminderRuleDetails.MOST_LEAD);
    private static final int AT_ONCE = 500;

    private static final String WHOM = "join reminder_rule r on r.active = true and r.occasion = ?"
            + " and (r.modality_id is null or r.modality_id = s.modality_id)"
            + " and (r.format is null or (r.format = 'GROUP' and s.capacity > 1) or (r.format = 'INDIVIDUAL' and s.capacity = 1))";
    private static final String SITE = " join site i on i.id = s.site_id ";

    /** The same, and an outer join, although no site is missing: H2 must not begin with a site, and read all that was ever held there. */
    private static final String SITE_LAST = " left" + SITE;

    private static final String NOT_YET = " and not exists (select 1 from reminder m where m.session_id = s.id"
            + " and m.revision = s.revision and m.rule_id = r.id and m.patient_id = p.patient_id";

    /** Since when the session {@code s} stands as {@code p} is told of it by the rule {@code r}; null: as it was booked. */
    static final String REVISED = "(case when s.led_at is not null and " + Consents.named("p.patient_id")
            + " then s.led_at else s.revised_at end)";

    /** Since when the patient comes to it as it stands. */
    private static final String ARRANGED =
            "greatest(coalesce(p.booked_at, s.booked_at), coalesce(" + REVISED + ", s.booked_at))";

    /** Whether anything has happened to the session {@code s} since it was booked: to most nothing has, and none of their participants is read. */
    private static final String CHANGED = "s.version > 1";

    /**
     * Sessions that something has happened to of late, and that end between two moments. That nothing has happened later than tomorrow says
     * nothing new, and neither does the furthest end that there can be: but PostgreSQL, which plans without the moments, takes a range with
     * two ends for a short one, and begins with these sessions instead of all participants there ever were. Ends have no index, which H2
     * might begin with.
     */
    private static final String TOUCHED = "s.touched_at > ? and s.touched_at < ? and s.ends_at > ? and s.ends_at < ?";

    /** When the session {@code s} begins for {@code p}: as it stood when they left it, if they have. */
    private static final String START = "coalesce(p.left_start, s.starts_at)";

    /** Whether a message has told of it, as far as anybody knows. */
    private static final String TOLD = "state in ('SENT', 'SENDING', 'UNKNOWN')";

    /** Whether the patient was told that it is off for them, and has a seat after all. */
    private static final String SEATED_AGAIN =
            "exists (select 1 from reminder c where c.session_id = s.id and c.patient_id = p.patient_id"
                    + " and c.occasion = 'CANCELLED' and c." + TOLD
                    + " and coalesce(c.closed_at, c.due_at) <= p.booked_at)";

    /** Which telling it is of those by one rule of a session as it stands: 0 for the first, since no lead time sets them apart. */
    private static final String NTH = "(select count(distinct n.lead_minutes) from reminder n where n.session_id = s.id"
            + " and n.revision = s.revision and n.rule_id = r.id and n.patient_id = p.patient_id)";

    /** Whether {@code p} is the last of what the patient has been to the session {@code s}, and has no seat. */
    private static final String LAST = "not exists (select 1 from participant q where q.session_id = s.id"
            + " and q.patient_id = p.patient_id and (q.seat_number is not null"
            + " or coalesce(q.left_at, s.cancelled_at) > coalesce(p.left_at, s.cancelled_at)"
            + " or (coalesce(q.left_at, s.cancelled_at) = coalesce(p.left_at, s.cancelled_at) and q.id > p.id)))";

    private EntityManager em;
    private Transactions transactions;
    private Settings settings;
    private Configuration configuration;

    @SuppressWarnings("NullAway.Init")
    protected ReminderPlanner() {}

    @Inject
    public ReminderPlanner(
            EntityManager em, Transactions transactions, Settings settings, Configuration configuration) {
        this.em = em;
        this.configuration = configuration;
        this.transactions = transactions;
        this.settings = settings;
    }

    /**
     * A reminder that there is to be.
     *
     * @param due by the rule
     * @param earliest when what it tells of can no longer be undone: not even a reminder that is brought forward goes out before
     */
    private record Due(
            long sessionId,
            int revision,
            Instant start,
            ZoneId zone,
            long ruleId,
            int lead,
            Channel channel,
            long patientId,
            Instant due,
            Instant earliest) {

        Optional<Instant> moment(Instant now) {
            return QuietHours.USUAL.moment(due, start, now.isBefore(earliest) ? earliest : now, zone);
        }

        Reason expiry() {
            return earliest.isBefore(start) ? Reason.QUIET_HOURS : Reason.STARTED;
        }

        /** Whether a database that is lost may have sent it until then, be it early because of the quiet hours. */
        boolean mayHaveGoneOutBy(Instant restored) {
            return !due.isAfter(restored)
                    || moment(due.minus(AHEAD))
                            .filter(m -> !m.isAfter(restored))
                            .isPresent();
        }
    }

    /**
     * Writes what is missing.
     *
     * @return how many reminders are new
     */
    public int plan(Instant now) {
        Duration undo = Duration.ofSeconds(settings.undoSeconds() + 1L);
        int planned = plan(Occasion.MOVED, () -> instead(now, undo), now);
        for (Occasion occasion : Occasion.values()) {
            planned += plan(occasion, () -> due(occasion, now, undo), now);
        }
        return planned;
    }

    private int plan(Occasion occasion, Supplier<List<Due>> due, Instant now) {
        int planned = 0;
        int written;
        do {
            written = transactions.inNew(() -> write(occasion, due.get(), now));
            planned += written;
        } while (written == AT_ONCE);
        return planned;
    }

    private int write(Occasion occasion, List<Due> all, Instant now) {
        Optional<Instant> restored = configuration.restoredAt();
        for (Due due : all) {
            Optional<Instant> moment = due.moment(now);
            Reminder reminder = new Reminder(
                    due.sessionId(),
                    due.revision(),
                    due.ruleId(),
                    due.lead(),
                    due.channel(),
                    due.patientId(),
                    occasion,
                    due.due(),
                    moment.orElse(now));
            if (restored.filter(due::mayHaveGoneOutBy).isPresent()) {
                reminder.close(ReminderState.VOIDED, Reason.RESTORED, now);
            } else if (moment.isEmpty()) {
                reminder.expire(due.expiry(), now);
            }
            em.persist(reminder);
        }
        em.flush();
        return all.size();
    }

    private List<Due> due(Occasion occasion, Instant now, Duration undo) {
        return switch (occasion) {
            case BEFORE -> before(now, undo);
            case BOOKED -> booked(now, undo);
            case MOVED -> moved(now, undo);
            case CANCELLED -> cancelled(now, undo);
            case OFFERED -> offered(now, undo);
        };
    }

    /**
     * A session that was arranged after a reminder would have gone out has none (acceptance case A44), unless the patient was told of it as
     * it stood before (A38), or that it is off. What was just arranged may be undone, and is not told of before it can no longer be.
     */
    private List<Due> before(Instant now, Duration undo) {
        Sql sql = Sql.on(em)
                .add(
                        "select s.id, s.revision, s.starts_at, coalesce(x.zone, i.zone), r.id, l.minutes, r.channels, p.patient_id,"
                                + " s.starts_at - l.minutes * interval '1' minute, " + ARRANGED + " from session s")
                .add(WHOM + SITE, Occasion.BEFORE)
                .add("join reminder_lead l on l.rule_id = r.id"
                        + " join participant p on p.session_id = s.id and p.state in ('BOOKED', 'CONFIRMED')"
                        + " join patient x on x.id = p.patient_id")
                .add(
                        "where s.state = 'BOOKED' and s.starts_at > ? and s.starts_at <= ?"
                                + " and s.starts_at - l.minutes * interval '1' minute <= ?",
                        now,
                        now.plus(LONGEST_LEAD).plus(AHEAD),
                        now.plus(AHEAD))
                .add("and (s.starts_at - l.minutes * interval '1' minute >= " + ARRANGED
                        + " or exists (select 1 from reminder o where o.session_id = s.id and o.patient_id = p.patient_id"
                        + " and o.revision < s.revision and o." + TOLD + ") or " + SEATED_AGAIN + ")")
                .add(NOT_YET + " and m.lead_minutes = l.minutes)");
        return nearestFirst(sql).list(r -> due(r, r.instant(9), r.instant(10).plus(undo)));
    }

    private static Sql nearestFirst(Sql sql) {
        return sql.add("order by s.starts_at, s.id fetch first " + AT_ONCE + " rows only");
    }

    /** @param otherwise when it happened, where the row does not say */
    private static Due news(Sql.Row r, Duration undo, Instant otherwise) throws SQLException {
        Instant told = Objects.requireNonNullElse(r.instantOrNull(9), otherwise).plus(undo);
        return due(r, told, told);
    }

    private static Due due(Sql.Row r, Instant due, Instant earliest) throws SQLException {
        return new Due(
                r.id(1),
                r.number(2),
                r.instant(3),
                ZoneId.of(r.text(4)),
                r.id(5),
                r.number(6),
                ReminderRule.channelsOf(r.text(7)).get(0),
                r.id(8),
                due.isBefore(earliest) ? earliest : due,
                earliest);
    }

    /**
     * Who gets a seat at the very moment at which they give back one that they had been told of, because they go to another group: for them the
     * appointment has moved. The next of the dates that they come to now stands for all that they had been told of.
     */
    private List<Due> instead(Instant now, Duration undo) {
        record Taken(long patientId, Instant at) {}
        Instant since = now.minus(NEWS);
        Map<Taken, Long> next = new HashMap<>();
        Sql.on(em)
                .add(
                        "select p.patient_id, p.booked_at, t.id from session s join participant g on g.session_id = s.id"
                                + " join participant p on p.patient_id = g.patient_id and p.booked_at = g.left_at"
                                + " and p.session_id <> g.session_id and p.state in ('BOOKED', 'CONFIRMED')"
                                + " join session t on t.id = p.session_id and t.state = 'BOOKED' where "
                                + TOUCHED + " and " + CHANGED
                                + " and g.left_at > ? and exists (select 1 from reminder o where o.session_id = s.id"
                                + " and o.patient_id = g.patient_id and o.occasion in ('BEFORE', 'BOOKED', 'MOVED') and o."
                                + TOLD + ") order by t.starts_at",
                        since,
                        now.plus(NEWS),
                        Instant.EPOCH,
                        furthest(now),
                        since)
                .list(r -> next.putIfAbsent(new Taken(r.id(1), r.instant(2)), r.id(3)));
        if (next.isEmpty()) {
            return List.of();
        }
        List<Due> due = new ArrayList<>();
        Sql.on(em)
                .add("select s.id, s.revision, s.starts_at, coalesce(x.zone, i.zone), r.id, " + NTH
                        + ", r.channels, p.patient_id, p.booked_at from session s")
                .add(WHOM + SITE_LAST, Occasion.MOVED)
                .add(
                        "join participant p on p.session_id = s.id and p.state in ('BOOKED', 'CONFIRMED')"
                                + " join patient x on x.id = p.patient_id where p.booked_at > r.since and s.starts_at > ? and s.id in",
                        now)
                .in(Set.copyOf(next.values()))
                .add(NOT_YET + " and m.due_at >= p.booked_at)")
                .list(r -> Objects.equals(next.get(new Taken(r.id(8), r.instant(9))), r.id(1))
                        && due.add(news(r, undo, now)));
        return due.stream().limit(AT_ONCE).toList();
    }

    private static Instant furthest(Instant now) {
        return now.plus(TimeSlot.FURTHEST_AHEAD).plus(TimeSlot.LONGEST_SESSION);
    }

    /** Of an enrolment, its first date; not where a message has told already that it has come in place of another. */
    private List<Due> booked(Instant now, Duration undo) {
        return news(
                Occasion.BOOKED,
                "coalesce(p.booked_at, s.booked_at)",
                "p.state in ('BOOKED', 'CONFIRMED')",
                "s.state = 'BOOKED' and (p.enrolment_id is null or not exists (select 1 from participant q join session t on t.id = q.session_id"
                        + " where q.enrolment_id = p.enrolment_id and t.starts_at < s.starts_at"
                        + " and t.starts_at > coalesce(p.booked_at, s.booked_at)))",
                " and not exists (select 1 from reminder m where m.session_id = s.id and m.patient_id = p.patient_id"
                        + " and (m.rule_id = r.id or (m.occasion = 'MOVED' and m.revision = s.revision and m.due_at >= p.booked_at)))",
                now,
                undo);
    }

    /** It is news too that they are to come after all. */
    private List<Due> moved(Instant now, Duration undo) {
        return news(
                Occasion.MOVED,
                "(case when " + SEATED_AGAIN + " then " + ARRANGED + " else " + REVISED + " end)",
                "p.state in ('BOOKED', 'CONFIRMED')",
                CHANGED + " and s.state = 'BOOKED' and (coalesce(p.booked_at, s.booked_at) < " + REVISED + " or "
                        + SEATED_AGAIN + ")",
                NOT_YET + " and m.due_at >= coalesce(p.booked_at, s.booked_at))",
                now,
                undo);
    }

    /**
     * To whoever would have come; not to who had left before, and not about what was never meant. To who was taken out of a session that
     * goes on, if they had been told of it and not that it is off; not to who said themselves that they cannot come.
     */
    private List<Due> cancelled(Instant now, Duration undo) {
        return news(
                Occasion.CANCELLED,
                "coalesce(p.left_at, s.cancelled_at)",
                "p.state in ('CANCELLED', 'LATE_CANCELLED')",
                CHANGED
                        + " and (p.left_at is null or (not exists (select 1 from reminder a where a.session_id = s.id and a.patient_id = p.patient_id"
                        + " and a.answer = 'NO' and a.answered_at >= p.left_at) and exists (select 1 from reminder o"
                        + " where o.session_id = s.id and o.patient_id = p.patient_id and o.occasion in ('BEFORE', 'BOOKED', 'MOVED')"
                        + " and o." + TOLD + " and not exists (select 1 from reminder c where c.session_id = s.id"
                        + " and c.patient_id = p.patient_id and c.occasion = 'CANCELLED' and c." + TOLD
                        + " and coalesce(c.closed_at, c.due_at) >= coalesce(o.closed_at, o.due_at)))))"
                        + " and ((s.state = 'CANCELLED' and s.cancel_reason <> '" + Session.UNDONE
                        + "') or (s.state = 'BOOKED' and p.left_at is not null)) and " + LAST,
                " and not exists (select 1 from reminder m where m.session_id = s.id and m.rule_id = r.id"
                        + " and m.patient_id = p.patient_id and (m.revision = s.revision or m.state <> 'VOIDED')"
                        + " and ((p.left_at is null and m.revision = s.revision) or m.due_at >= p.left_at))",
                now,
                undo);
    }

    private List<Due> news(
            Occasion occasion, String happened, String who, String which, String notYet, Instant now, Duration undo) {
        Instant since = now.minus(NEWS);
        Sql sql = Sql.on(em)
                .add("select s.id, s.revision, " + START + ", coalesce(x.zone, i.zone), r.id, " + NTH
                        + ", r.channels, p.patient_id, "
                        + happened
                        + " from session s")
                .add(WHOM + SITE_LAST, occasion)
                .add("join participant p on p.session_id = s.id and " + who + " join patient x on x.id = p.patient_id")
                .add(
                        "where " + TOUCHED + " and " + START + " > ? and " + happened + " > r.since and " + happened
                                + " > ? and " + which,
                        since,
                        now.plus(NEWS),
                        since,
                        furthest(now),
                        now,
                        since)
                .add(notYet);
        return nearestFirst(sql).list(r -> news(r, undo, now));
    }

    /**
     * Of the seats that are held for one who waits, the first: once, and once more if it is held anew. Which that is, is found out here: H2 looks a null up in an index like any
     * value, so that asking it for earlier dates would read all sessions without a series.
     */
    private List<Due> offered(Instant now, Duration undo) {
        Map<Long, Optional<Due>> first = new LinkedHashMap<>();
        Sql.on(em)
                .add(
                        "select s.id, s.revision, s.starts_at, coalesce(x.zone, i.zone), r.id, " + NTH
                                + ", r.channels, p.patient_id,"
                                + " greatest(h.held_since, coalesce(s.revised_at, h.held_since)), p.id,"
                                + " exists (select 1 from reminder m where m.session_id = s.id and m.revision = s.revision"
                                + " and m.rule_id = r.id and m.patient_id = p.patient_id and (h.held_since is null"
                                + " or m.due_at >= h.held_since or m.state in ('PENDING', 'SENDING')))"
                                + " from waitlist_entry p"
                                + " join session s on s.series_id = p.series_id and s.state = 'BOOKED'"
                                + " join seat h on h.session_id = s.id and h.held_for = p.id join patient x on x.id = p.patient_id")
                .add(WHOM + SITE_LAST, Occasion.OFFERED)
                .add(
                        "where p.state = 'WAITING' and p.series_id is not null and s.starts_at > ? and h.held_until > ?"
                                + " order by s.starts_at, s.id",
                        now,
                        now)
                .list(r ->
                        first.putIfAbsent(r.id(10), r.flag(11) ? Optional.empty() : Optional.of(news(r, undo, now))));
        return first.values().stream().flatMap(Optional::stream).limit(AT_ONCE).toList();
    }
}

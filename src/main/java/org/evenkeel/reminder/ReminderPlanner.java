package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.evenkeel.identity.Settings;
import org.evenkeel.platform.Configuration;
import org.evenkeel.session.Session;
import org.evenkeel.shared.Sql;
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
            + " and (r.format is null or (r.format = 'GROUP' and s.capacity > 1) or (r.format = 'INDIVIDUAL' and s.capacity = 1))"
            + " join site i on i.id = s.site_id";
    private static final String NOT_YET = " and not exists (select 1 from reminder m where m.session_id = s.id"
            + " and m.revision = s.revision and m.rule_id = r.id and m.patient_id = p.patient_id";

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

    private record Due(
            long sessionId,
            int revision,
            Instant start,
            ZoneId zone,
            long ruleId,
            int lead,
            Channel channel,
            long patientId,
            Instant due) {

        Optional<Instant> moment(Instant now) {
            return QuietHours.USUAL.moment(due, start, now, zone);
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
        int planned = 0;
        for (Occasion occasion : Occasion.values()) {
            int written;
            do {
                written = transactions.inNew(() -> write(occasion, due(occasion, now, undo), now));
                planned += written;
            } while (written == AT_ONCE);
        }
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
                reminder.expire(Reason.QUIET_HOURS, now);
            }
            em.persist(reminder);
        }
        em.flush();
        return all.size();
    }

    private List<Due> due(Occasion occasion, Instant now, Duration undo) {
        return switch (occasion) {
            case BEFORE -> before(now);
            case BOOKED -> booked(now, undo);
            case MOVED -> moved(now, undo);
            case CANCELLED -> cancelled(now, undo);
            case OFFERED -> offered(now, undo);
        };
    }

    /**
     * A session that was arranged after a reminder would have gone out has none (acceptance case A44), unless the patient was told of it as
     * it stood before (A38).
     */
    private List<Due> before(Instant now) {
        Sql sql = Sql.on(em)
                .add("select s.id, s.revision, s.starts_at, i.zone, r.id, l.minutes, r.channels, p.patient_id,"
                        + " s.starts_at - l.minutes * interval '1' minute from session s")
                .add(WHOM, Occasion.BEFORE)
                .add("join reminder_lead l on l.rule_id = r.id"
                        + " join participant p on p.session_id = s.id and p.state in ('BOOKED', 'CONFIRMED')")
                .add(
                        "where s.state = 'BOOKED' and s.starts_at > ? and s.starts_at <= ?"
                                + " and s.starts_at - l.minutes * interval '1' minute <= ?",
                        now,
                        now.plus(LONGEST_LEAD).plus(AHEAD),
                        now.plus(AHEAD))
                .add("and (s.starts_at - l.minutes * interval '1' minute >="
                        + " greatest(coalesce(p.booked_at, s.booked_at), coalesce(s.revised_at, s.booked_at))"
                        + " or exists (select 1 from reminder o where o.session_id = s.id and o.patient_id = p.patient_id"
                        + " and o.revision < s.revision and o.state in ('SENT', 'SENDING', 'UNKNOWN')))")
                .add(NOT_YET + " and m.lead_minutes = l.minutes)");
        return nearestFirst(sql, Duration.ZERO, now);
    }

    /** @param otherwise when it was due, where the row does not say */
    private static List<Due> nearestFirst(Sql sql, Duration wait, Instant otherwise) {
        return sql.add("order by s.starts_at, s.id fetch first " + AT_ONCE + " rows only")
                .list(r -> due(r, wait, otherwise));
    }

    private static Due due(Sql.Row r, Duration wait, Instant otherwise) throws SQLException {
        return new Due(
                r.id(1),
                r.number(2),
                r.instant(3),
                ZoneId.of(r.text(4)),
                r.id(5),
                r.number(6),
                ReminderRule.channelsOf(r.text(7)).get(0),
                r.id(8),
                Objects.requireNonNullElse(r.instantOrNull(9), otherwise).plus(wait));
    }

    /** Of an enrolment, its first date. */
    private List<Due> booked(Instant now, Duration undo) {
        return news(
                Occasion.BOOKED,
                "coalesce(p.booked_at, s.booked_at)",
                "p.state in ('BOOKED', 'CONFIRMED')",
                "s.state = 'BOOKED' and (p.enrolment_id is null or not exists (select 1 from participant q join session t on t.id = q.session_id"
                        + " where q.enrolment_id = p.enrolment_id and t.starts_at < s.starts_at"
                        + " and t.starts_at > coalesce(p.booked_at, s.booked_at)))",
                " and not exists (select 1 from reminder m where m.session_id = s.id and m.rule_id = r.id"
                        + " and m.patient_id = p.patient_id)",
                now,
                undo);
    }

    private List<Due> moved(Instant now, Duration undo) {
        return news(
                Occasion.MOVED,
                "s.revised_at",
                "p.state in ('BOOKED', 'CONFIRMED')",
                "s.state = 'BOOKED' and coalesce(p.booked_at, s.booked_at) < s.revised_at",
                NOT_YET + ")",
                now,
                undo);
    }

    /** To whoever would have come; not to who had left before, and not about what was never meant. */
    private List<Due> cancelled(Instant now, Duration undo) {
        return news(
                Occasion.CANCELLED,
                "s.cancelled_at",
                "p.state in ('CANCELLED', 'LATE_CANCELLED') and p.left_at is null",
                "s.state = 'CANCELLED' and s.cancel_reason <> '" + Session.UNDONE + "'",
                NOT_YET + ")",
                now,
                undo);
    }

    private List<Due> news(
            Occasion occasion, String happened, String who, String which, String notYet, Instant now, Duration undo) {
        Instant since = now.minus(NEWS);
        Sql sql = Sql.on(em)
                .add("select s.id, s.revision, s.starts_at, i.zone, r.id, 0, r.channels, p.patient_id, " + happened
                        + " from session s")
                .add(WHOM, occasion)
                .add("join participant p on p.session_id = s.id and " + who)
                .add(
                        "where s.touched_at > ? and s.starts_at > ? and " + happened + " > r.since and " + happened
                                + " > ? and " + which,
                        since,
                        now,
                        since)
                .add(notYet);
        return nearestFirst(sql, undo, now);
    }

    /**
     * Of the seats that are held for one who waits, the first. Which that is, is found out here: H2 looks a null up in an index like any
     * value, so that asking it for earlier dates would read all sessions without a series.
     */
    private List<Due> offered(Instant now, Duration undo) {
        Map<Long, Optional<Due>> first = new LinkedHashMap<>();
        Sql.on(em)
                .add(
                        "select s.id, s.revision, s.starts_at, i.zone, r.id, 0, r.channels, p.patient_id, h.held_since, p.id,"
                                + " exists (select 1 from reminder m where m.session_id = s.id and m.revision = s.revision"
                                + " and m.rule_id = r.id and m.patient_id = p.patient_id) from waitlist_entry p"
                                + " join session s on s.series_id = p.series_id and s.state = 'BOOKED'"
                                + " join seat h on h.session_id = s.id and h.held_for = p.id")
                .add(WHOM, Occasion.OFFERED)
                .add(
                        "where p.state = 'WAITING' and p.series_id is not null and s.starts_at > ? and h.held_until > ?"
                                + " order by s.starts_at, s.id",
                        now,
                        now)
                .list(r -> first.putIfAbsent(r.id(10), r.flag(11) ? Optional.empty() : Optional.of(due(r, undo, now))));
        return first.values().stream().flatMap(Optional::stream).limit(AT_ONCE).toList();
    }
}

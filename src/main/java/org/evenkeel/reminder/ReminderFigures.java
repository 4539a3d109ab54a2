package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/** How messages went, in numbers alone: messages that tell of several sessions count once. */
@ApplicationScoped
public class ReminderFigures {
    private static final int MOST_DAYS = 92;

    /** Seconds that every zone's days are a whole number of. */
    private static final long QUARTER = 900;

    private EntityManager em;
    private Transactions transactions;
    private Gate gate;

    @SuppressWarnings("NullAway.Init")
    protected ReminderFigures() {}

    @Inject
    public ReminderFigures(EntityManager em, Transactions transactions, Gate gate) {
        this.em = em;
        this.transactions = transactions;
        this.gate = gate;
    }

    /**
     * What became of messages.
     *
     * @param sent accepted by a gateway
     * @param delivered of them, those that their arrival is known of
     * @param confirmed of them, those that the patient said yes to, or to any session that they tell of
     */
    public record Counts(int sent, int delivered, int confirmed, int failed, int unknown, int expired)
            implements Serializable {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    sent + other.sent,
                    delivered + other.delivered,
                    confirmed + other.confirmed,
                    failed + other.failed,
                    unknown + other.unknown,
                    expired + other.expired);
        }
    }

    /** A day on the calendars of the sites. */
    public record Day(LocalDate date, Counts counts) implements Serializable {}

    /**
     * What became of messages on each day, every day of the stretch, the latest first. A day is that of the session's site. One
     * statement, however many there are.
     *
     * @throws Invalid if the stretch is empty or longer than three months
     */
    public List<Day> byDay(Actor actor, LocalDate from, LocalDate to) {
        gate.require(actor, "see figures of messages", Role.LEAD, Role.ADMIN);
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw new Invalid("to", "invalid.reminder.stretch", MOST_DAYS);
        }
        Instant begin = from.atStartOfDay(ZoneId.of("UTC")).toInstant().minus(Duration.ofDays(1));
        Instant end = to.plusDays(2).atStartOfDay(ZoneId.of("UTC")).toInstant();
        Map<LocalDate, Counts> days = new TreeMap<>();
        transactions.inNew(() -> Sql.on(em)
                .add("select i.zone, cast(floor(extract(epoch from m.closed_at) / " + QUARTER
                        + ") as bigint) as quarter, " + COUNTS)
                .add(
                        "from reminder m join session s on s.id = m.session_id join site i on i.id = s.site_id"
                                + " where m.closed_at >= ? and m.closed_at < ? and m.carried_by is null"
                                + " group by i.zone, cast(floor(extract(epoch from m.closed_at) / " + QUARTER
                                + ") as bigint)",
                        begin,
                        end)
                .list(r -> days.merge(
                        LocalDate.ofInstant(Instant.ofEpochSecond(r.id(2) * QUARTER), ZoneId.of(r.text(1))),
                        counts(r, 3),
                        Counts::plus)));
        List<Day> found = new ArrayList<>();
        for (LocalDate date = to; !date.isBefore(from); date = date.minusDays(1)) {
            found.add(new Day(date, days.getOrDefault(date, Counts.NONE)));
        }
        return found;
    }

    /** All days together. */
    public static Counts sum(List<Day> days) {
        return days.stream().map(Day::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** What became of messages since then, by channel; for the server's own metrics. */
    Map<Channel, Counts> since(Instant since) {
        Map<Channel, Counts> found = new TreeMap<>();
        transactions.inNew(() -> Sql.on(em)
                .add("select m.channel, " + COUNTS)
                .add("from reminder m where m.closed_at >= ? and m.carried_by is null group by m.channel", since)
                .list(r -> found.put(r.constant(1, Channel.class), counts(r, 2))));
        return found;
    }

    private static final String COUNTS = "count(case when m.state = 'SENT' then 1 end), count(m.delivered_at),"
            + " count(case when m.answer = 'YES' or exists (select 1 from reminder c where c.carried_by = m.id and c.answer = 'YES')"
            + " then 1 end), count(case when m.state = 'FAILED' then 1 end),"
            + " count(case when m.state = 'UNKNOWN' then 1 end), count(case when m.state = 'EXPIRED' then 1 end)";

    private static Counts counts(Sql.Row r, int first) throws java.sql.SQLException {
        return new Counts(
                r.number(first),
                r.number(first + 1),
                r.number(first + 2),
                r.number(first + 3),
                r.number(first + 4),
                r.number(first + 5));
    }
}

package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.evenkeel.demo.DemoPatients.Client;
import org.evenkeel.reminder.Channel;
import org.evenkeel.reminder.Consents;
import org.evenkeel.reminder.Disclosure;
import org.evenkeel.reminder.QuietHours;
import org.evenkeel.reminder.Reason;
import org.evenkeel.reminder.ReminderState;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/**
 * What patients of the demo clinic have agreed to, and what became of the reminders of the last weeks: most were sent, some were not,
 * and a few wait for somebody. What is due from now on is left to the sweep, so that a newcomer sees it at work.
 */
final class DemoReminders {
    private static final long SEED = 20_270_305L;

    /** The first rule that every centre has. */
    private static final long DAY_BEFORE = 1;

    private static final int LEAD = 24 * 60;
    private static final int OPTED_OUT_AT = 23;
    private static final Duration SINCE_OPT_OUT = Duration.ofDays(11);

    private static final Duration ANSWERED = Duration.ofMinutes(17);
    private static final Duration SETTLED = Duration.ofDays(3);

    private static final Set<ReminderState> TO_CALL =
            Set.of(ReminderState.FAILED, ReminderState.UNKNOWN, ReminderState.EXPIRED);

    private static final Outcome SENT = new Outcome(ReminderState.SENT, null, null);
    private static final Outcome YES = new Outcome(ReminderState.SENT, null, "YES");
    private static final Outcome LATE_NO = new Outcome(ReminderState.SENT, null, "NO");
    private static final List<Outcome> SPECIAL = List.of(
            new Outcome(ReminderState.FAILED, Reason.REFUSED, null),
            new Outcome(ReminderState.SENT, null, "OTHER"),
            new Outcome(ReminderState.UNKNOWN, Reason.NO_ANSWER, null),
            new Outcome(ReminderState.FAILED, Reason.REFUSED, null));

    private static final String INSERT =
            """
            insert into reminder (id, session_id, revision, rule_id, lead_minutes, channel, patient_id, occasion, due_at, send_at,
                state, reason, attempts, closed_at, delivered_at, answer, answered_at, settled_at, settled_by)
            values (?, ?, ?, ?, ?, ?, ?, 'BEFORE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final EntityManager entities;
    private final Instant now;
    private final Random random = new Random(SEED);
    private final Map<Long, Channel> reached = new HashMap<>();
    private final Set<Long> often = new HashSet<>();
    private final Map<Long, List<Instant>> sent = new HashMap<>();
    private final Set<String> days = new HashSet<>();
    private final Set<Long> mailed = new HashSet<>();
    private long stopped;

    DemoReminders(EntityManager entities, Instant now) {
        this.entities = entities;
        this.now = now;
    }

    /** A seat in a session, with what a reminder of it hangs on. */
    private record Seat(
            long sessionId,
            int revision,
            long patientId,
            Instant start,
            ZoneId zone,
            String state,
            @Nullable Instant cancelledAt) {

        Instant due() {
            return start.minus(Duration.ofMinutes(LEAD));
        }
    }

    private record Outcome(ReminderState state, @Nullable Reason reason, @Nullable String answer) {}

    private record Kept(Seat seat, Channel channel, Outcome outcome, Instant at) {}

    /** @param desk the account that has taken the consents */
    void insert(List<Client> clients, long desk) {
        Sql.on(entities)
                .add("select distinct patient_id from contact_point where kind = 'EMAIL'")
                .list(r -> mailed.add(r.id(1)));
        for (int i = 0; i < clients.size(); i++) {
            agree(i, clients.get(i).patient().id(), desk);
        }
        stopped = clients.get(OPTED_OUT_AT).patient().id();
        optOut(stopped);
        try {
            remember(desk);
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    /** One in ten wants no messages, one in ten e-mail alone, one in ten both. */
    private void agree(int index, long patientId, long desk) {
        int choice = index == OPTED_OUT_AT ? 5 : index % 10;
        if (choice == 9) {
            return;
        }
        Disclosure disclosure =
                index % 7 == 0 ? Disclosure.NAMES : index % 3 == 0 ? Disclosure.PLACE : Disclosure.LEAST;
        boolean frequent = index % 4 == 1;
        Instant given = now.minus(Duration.ofDays(29 + index % 60)).minus(Duration.ofMinutes(index * 7L % 300));
        if (choice != 8) {
            consent(patientId, Channel.SMS, disclosure, frequent, given, desk);
        }
        if (choice == 8 || (choice == 7 && mailed.contains(patientId))) {
            consent(patientId, Channel.EMAIL, disclosure, frequent, given, desk);
        }
        if (frequent) {
            often.add(patientId);
        }
        reached.put(patientId, choice == 8 ? Channel.EMAIL : Channel.SMS);
    }

    private void consent(
            long patientId, Channel channel, Disclosure disclosure, boolean frequent, Instant given, long desk) {
        Sql.on(entities)
                .add(
                        "insert into consent (patient_id, channel, disclosure, frequent, given_at, taken_by, is_current)"
                                + " values (?, ?, ?, ?, ?, ?, true)",
                        patientId,
                        channel,
                        disclosure,
                        frequent,
                        given,
                        desk)
                .update();
    }

    private void optOut(long patientId) {
        Sql.on(entities)
                .add(
                        "insert into opt_out (lookup, at, how) select distinct lookup, cast(? as timestamp with time zone), ?"
                                + " from contact_point where patient_id = ? and kind = 'PHONE'",
                        now.minus(SINCE_OPT_OUT),
                        Consents.How.STOP,
                        patientId)
                .update();
    }

    private void remember(long desk) throws SQLException {
        List<Kept> kept = new ArrayList<>();
        for (Seat seat : seats("s.state = 'BOOKED' and s.starts_at <= ?", now)) {
            moment(seat).filter(at -> !isSecondOfDay(seat, at)).ifPresent(at -> {
                Channel channel = reached.getOrDefault(seat.patientId(), Channel.SMS);
                kept.add(new Kept(seat, channel, outcome(seat, channel, at), at));
            });
        }
        kept.addAll(today());
        write(kept, desk);
    }

    /** Of sessions within a day: who has confirmed, who has said no when it was late, and some that somebody has to look after. */
    private List<Kept> today() {
        List<Kept> kept = new ArrayList<>();
        Iterator<Outcome> special = SPECIAL.iterator();
        for (Seat seat : seats("s.state = 'BOOKED' and s.starts_at > ?", now)) {
            Optional<Instant> at = moment(seat).filter(then -> isSent(seat, then));
            if (at.isPresent() && seat.state().equals("CONFIRMED")) {
                kept.add(new Kept(seat, Channel.SMS, YES, at.get()));
            } else if (at.isPresent() && seat.state().equals("BOOKED") && special.hasNext()) {
                kept.add(new Kept(seat, Channel.SMS, special.next(), at.get()));
            }
        }
        for (Seat seat : seats("s.late_cancelled = true and s.starts_at > ?", now)) {
            moment(seat)
                    .filter(then -> isSent(seat, then))
                    .ifPresent(then -> kept.add(new Kept(seat, Channel.SMS, LATE_NO, then)));
        }
        return kept;
    }

    /** Whether a reminder by SMS has gone out of it by now; at night it waits for the morning, before the eyes of whoever starts the demo. */
    private boolean isSent(Seat seat, Instant at) {
        return at.isBefore(now)
                && reached.get(seat.patientId()) == Channel.SMS
                && seat.patientId() != stopped
                && !isSecondOfDay(seat, at);
    }

    private Optional<Instant> moment(Seat seat) {
        return QuietHours.USUAL.moment(seat.due(), seat.start(), seat.due(), seat.zone());
    }

    /** One message a day tells of all sessions. */
    private boolean isSecondOfDay(Seat seat, Instant at) {
        return !days.add(seat.patientId() + " " + LocalDate.ofInstant(at, seat.zone()));
    }

    private Outcome outcome(Seat seat, Channel channel, Instant at) {
        int chance = random.nextInt(1000);
        if (!reached.containsKey(seat.patientId())) {
            return new Outcome(ReminderState.FAILED, Reason.NO_CONSENT, null);
        }
        if (seat.patientId() == stopped && at.isAfter(now.minus(SINCE_OPT_OUT))) {
            return new Outcome(ReminderState.VOIDED, Reason.OPTED_OUT, null);
        }
        if (channel == Channel.EMAIL && !mailed.contains(seat.patientId())) {
            return new Outcome(ReminderState.FAILED, Reason.NO_CONTACT, null);
        }
        if (hasHadEnough(seat.patientId(), at)) {
            return new Outcome(ReminderState.EXPIRED, Reason.CAP, null);
        }
        if (chance < 12) {
            return new Outcome(ReminderState.FAILED, Reason.REFUSED, null);
        }
        if (chance < 20) {
            return new Outcome(ReminderState.UNKNOWN, Reason.NO_ANSWER, null);
        }
        if (chance < 27) {
            return new Outcome(ReminderState.EXPIRED, Reason.UNREACHABLE, null);
        }
        sent.computeIfAbsent(seat.patientId(), k -> new ArrayList<>()).add(at);
        return seat.state().equals("ATTENDED") && chance < 620 ? YES : SENT;
    }

    private boolean hasHadEnough(long patientId, Instant at) {
        List<Instant> had = sent.getOrDefault(patientId, List.of());
        return !often.contains(patientId)
                && had.stream()
                                .filter(h -> h.isAfter(at.minus(Duration.ofDays(7))))
                                .count()
                        >= 3;
    }

    private List<Seat> seats(String condition, Instant than) {
        return Sql.on(entities)
                .add(
                        "select s.id, s.revision, p.patient_id, s.starts_at, i.zone, p.state, s.cancelled_at from session s"
                                + " join participant p on p.session_id = s.id join site i on i.id = s.site_id where")
                .add(condition, than)
                .add("order by s.starts_at, s.therapist_id, p.patient_id")
                .list(r -> new Seat(
                        r.id(1),
                        r.number(2),
                        r.id(3),
                        r.instant(4),
                        ZoneId.of(r.text(5)),
                        r.text(6),
                        r.instantOrNull(7)));
    }

    private void write(List<Kept> all, long desk) throws SQLException {
        Connection connection = entities.unwrap(Connection.class);
        List<Long> ids = DemoSessions.ids(connection, "select nextval('reminder_seq')", all.size());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < all.size(); i++) {
                bind(insert, ids.get(i), all.get(i), desk);
            }
            insert.executeBatch();
        }
    }

    private void bind(PreparedStatement insert, long id, Kept kept, long desk) throws SQLException {
        Seat seat = kept.seat();
        Outcome outcome = kept.outcome();
        Instant cancelled = seat.cancelledAt();
        Instant at = cancelled == null || kept.at().isBefore(cancelled) ? kept.at() : cancelled.minus(ANSWERED);
        boolean delivered = outcome.state() == ReminderState.SENT && kept.channel() == Channel.SMS;
        boolean settled = TO_CALL.contains(outcome.state())
                && outcome.reason() != Reason.NO_CONSENT
                && at.isBefore(now.minus(SETTLED));
        Instant answered = cancelled == null ? at.plus(ANSWERED) : cancelled;
        insert.setLong(1, id);
        insert.setLong(2, seat.sessionId());
        insert.setInt(3, seat.revision());
        insert.setLong(4, DAY_BEFORE);
        insert.setInt(5, LEAD);
        insert.setString(6, kept.channel().name());
        insert.setLong(7, seat.patientId());
        insert.setObject(8, seat.due().atOffset(ZoneOffset.UTC));
        insert.setObject(9, at.atOffset(ZoneOffset.UTC));
        insert.setString(10, outcome.state().name());
        insert.setString(11, outcome.reason() == null ? null : outcome.reason().name());
        insert.setInt(12, outcome.state() == ReminderState.SENT ? 1 : 0);
        DemoSessions.setInstant(insert, 13, at);
        DemoSessions.setInstant(insert, 14, delivered ? at.plusSeconds(4) : null);
        insert.setString(15, outcome.answer());
        DemoSessions.setInstant(insert, 16, outcome.answer() == null ? null : answered);
        DemoSessions.setInstant(insert, 17, settled ? at.plus(Duration.ofHours(20)) : null);
        insert.setObject(18, settled ? desk : null, Types.BIGINT);
        insert.addBatch();
    }
}

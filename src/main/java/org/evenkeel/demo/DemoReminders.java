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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
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
 * and a few wait for somebody. What has just come due is left to the first round, so that a newcomer sees it at work.
 */
final class DemoReminders {
    private static final long SEED = 20_270_305L;

    /** The first rule that every centre has. */
    private static final long DAY_BEFORE = 1;

    private static final int LEAD = 24 * 60;
    private static final int OPTED_OUT_AT = 23;
    private static final Duration SINCE_OPT_OUT = Duration.ofDays(11);

    /** So many of the last messages in each zone are left to the first round, before the eyes of whoever starts the demo; at night they wait. */
    private static final int LEFT = 4;

    /** Of every so many patients one has a provider that tells of no arrivals. */
    private static final int LOST_TRACK_OF = 23;

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

    private static final String EXPECTED = "s.state = 'BOOKED' and p.state not in ('CANCELLED', 'LATE_CANCELLED')";

    private static final String INSERT =
            """
            insert into reminder (id, session_id, revision, rule_id, lead_minutes, channel, patient_id, occasion, due_at, send_at,
                state, reason, attempts, closed_at, delivered_at, answer, answered_at, settled_at, settled_by, carried_by)
            values (?, ?, ?, ?, ?, ?, ?, 'BEFORE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final EntityManager entities;
    private final Instant now;
    private final Random random = new Random(SEED);
    private final Map<Long, Channel> reached = new HashMap<>();
    private final Set<Long> often = new HashSet<>();
    private final Map<Long, List<Instant>> sent = new HashMap<>();
    private final Map<String, Integer> messages = new HashMap<>();
    private final Set<String> days = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private final List<Kept> kept = new ArrayList<>();
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
            Instant bookedAt,
            @Nullable Instant cancelledAt) {

        Instant due() {
            return start.minus(Duration.ofMinutes(LEAD));
        }
    }

    private record Outcome(ReminderState state, @Nullable Reason reason, @Nullable String answer) {

        /** Whether a gateway was given it. */
        boolean hasLeft() {
            return state == ReminderState.SENT || state == ReminderState.UNKNOWN || reason == Reason.REFUSED;
        }
    }

    /** @param lead the place in the list of the one whose message told of this session too; null: it had a message of its own */
    private record Kept(Seat seat, Channel channel, Outcome outcome, Instant at, @Nullable Integer lead) {}

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
        for (Seat seat : seats(EXPECTED + " and s.starts_at <= ?", now)) {
            moment(seat).ifPresent(at -> keep(seat, at, () -> outcome(seat, at)));
        }
        ahead();
        write(kept, desk);
    }

    /** Of sessions within a day: who has confirmed, who has said no when it was late, and some that somebody has to look after. */
    private void ahead() {
        Iterator<Outcome> special = SPECIAL.iterator();
        List<Seat> ahead = seats(EXPECTED + " and s.starts_at > ?", now);
        leave(ahead);
        for (Seat seat : ahead) {
            boolean needsSomebody = isReadyToBeTold(seat);
            moment(seat)
                    .filter(at -> isOver(seat, at))
                    .ifPresent(at -> keep(
                            seat, at, () -> needsSomebody && special.hasNext() ? special.next() : outcome(seat, at)));
        }
        for (Seat seat : seats("s.late_cancelled = true and s.starts_at > ?", now)) {
            moment(seat)
                    .filter(at -> isOver(seat, at) && isReachedBySms(seat) && !messages.containsKey(day(seat)))
                    .ifPresent(at -> keep(seat, at, () -> LATE_NO));
        }
    }

    /** The last ones that are due are left; the first ones are those that somebody has to look after. */
    private void leave(List<Seat> ahead) {
        List<Seat> due = ahead.stream()
                .filter(seat -> isReadyToBeTold(seat)
                        && !hasHadEnough(seat.patientId(), now)
                        && moment(seat).filter(at -> isOver(seat, at)).isPresent())
                .toList();
        Map<ZoneId, Integer> counts = new HashMap<>();
        due.stream()
                .skip(Math.min(SPECIAL.size(), due.size() / 2))
                .sorted(Comparator.comparing(Seat::start).reversed())
                .filter(seat -> counts.merge(seat.zone(), 1, Integer::sum) <= LEFT)
                .forEach(seat -> left.add(day(seat)));
    }

    private boolean isReadyToBeTold(Seat seat) {
        return seat.state().equals("BOOKED") && isReachedBySms(seat);
    }

    /** A patient's sessions of a day share a message, and there is one message a day: what would be a second one is left out. */
    private void keep(Seat seat, Instant at, Supplier<Outcome> outcome) {
        Integer lead = messages.get(day(seat));
        if (lead != null) {
            Kept first = kept.get(lead);
            boolean agreed = Set.of("CONFIRMED", "ATTENDED").contains(seat.state());
            Outcome shared = new Outcome(
                    first.outcome().state(),
                    first.outcome().reason(),
                    agreed ? first.outcome().answer() : null);
            kept.add(new Kept(seat, first.channel(), shared, first.at(), shared.hasLeft() ? lead : null));
        } else if (days.add(seat.patientId() + " " + LocalDate.ofInstant(at, seat.zone()))) {
            messages.put(day(seat), kept.size());
            kept.add(new Kept(seat, channel(seat), outcome.get(), at, null));
        }
    }

    private static String day(Seat seat) {
        return seat.patientId() + " " + LocalDate.ofInstant(seat.start(), seat.zone());
    }

    private boolean isReachedBySms(Seat seat) {
        return reached.get(seat.patientId()) == Channel.SMS && seat.patientId() != stopped;
    }

    private Channel channel(Seat seat) {
        return reached.getOrDefault(seat.patientId(), Channel.SMS);
    }

    /** Whether it has gone out by now. */
    private boolean isOver(Seat seat, Instant at) {
        return at.isBefore(now) && !left.contains(day(seat));
    }

    /** When it went out, if the session was booked by then. */
    private Optional<Instant> moment(Seat seat) {
        return QuietHours.USUAL
                .moment(seat.due(), seat.start(), seat.due(), seat.zone())
                .filter(at -> !seat.bookedAt().isAfter(seat.due()));
    }

    private Outcome outcome(Seat seat, Instant at) {
        Channel channel = channel(seat);
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
        if (chance < 27 && !seat.start().isAfter(now)) {
            return new Outcome(ReminderState.EXPIRED, Reason.UNREACHABLE, null);
        }
        sent.computeIfAbsent(seat.patientId(), k -> new ArrayList<>()).add(at);
        boolean confirmed = seat.state().equals("CONFIRMED") || (seat.state().equals("ATTENDED") && chance < 620);
        return confirmed ? YES : SENT;
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
                        "select s.id, s.revision, p.patient_id, s.starts_at, i.zone, p.state, coalesce(p.booked_at, s.booked_at),"
                                + " s.cancelled_at from session s"
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
                        r.instant(7),
                        r.instantOrNull(8)));
    }

    private void write(List<Kept> all, long desk) throws SQLException {
        Connection connection = entities.unwrap(Connection.class);
        List<Long> ids = DemoSessions.ids(connection, "select nextval('reminder_seq')", all.size());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < all.size(); i++) {
                Integer lead = all.get(i).lead();
                bind(insert, ids.get(i), all.get(i), desk, lead == null ? null : ids.get(lead));
            }
            insert.executeBatch();
        }
    }

    private void bind(PreparedStatement insert, long id, Kept kept, long desk, @Nullable Long lead)
            throws SQLException {
        Seat seat = kept.seat();
        Outcome outcome = kept.outcome();
        Instant cancelled = seat.cancelledAt();
        Instant at = cancelled == null || kept.at().isBefore(cancelled) ? kept.at() : cancelled.minus(ANSWERED);
        boolean delivered = outcome.state() == ReminderState.SENT
                && kept.channel() == Channel.SMS
                && (outcome.answer() != null || seat.patientId() % LOST_TRACK_OF != 0);
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
        insert.setObject(19, lead, Types.BIGINT);
        insert.addBatch();
    }
}

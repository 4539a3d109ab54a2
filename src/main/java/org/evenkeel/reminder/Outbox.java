package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.patient.Contacts;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Verdict.Ready;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/**
 * What has become of reminders, by statements that compare and swap: {@code PENDING} becomes {@code SENDING} in a transaction that is committed
 * before the first byte leaves, and {@code SENDING} becomes {@code SENT}, {@code FAILED}, {@code UNKNOWN}, or {@code PENDING} again where it is sure
 * that nothing left. So there is at most one accepted message for each, over restarts and nodes. All run in the caller's transaction.
 */
@ApplicationScoped
public class Outbox {

    /** Longer than the slowest gateway may take to answer. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** How long whoever takes something back waits for a message that is just leaving: longer than it may take to begin. */
    private static final Duration PATIENCE = Departure.LATEST.plusMillis(500);

    private static final Duration STOP_LINK = Duration.ofDays(60);
    private static final int AT_ONCE = 1_000;

    /** Whether the rule of the reminder {@code m} still asks for it. */
    static final String ASKED_FOR = "exists (select 1 from reminder_rule u where u.id = m.rule_id and u.active = true"
            + " and (m.occasion <> 'BEFORE' or exists (select 1 from reminder_lead l where l.rule_id = u.id"
            + " and l.minutes = m.lead_minutes)))";

    /**
     * When what the reminder {@code m} tells of the session {@code s} begins: for who has left it as it stood then, since it may be at another
     * time for others by now.
     */
    static final String START =
            "(case when m.occasion = 'CANCELLED' then coalesce((select l.left_start from participant l"
                    + " where l.session_id = m.session_id and l.patient_id = m.patient_id and l.left_at is not null and not exists"
                    + " (select 1 from participant k where k.session_id = l.session_id and k.patient_id = l.patient_id and k.left_at is null)"
                    + " order by l.left_at desc fetch first 1 rows only), s.starts_at) else s.starts_at end)";

    private EntityManager em;
    private Contacts contacts;
    private Configuration configuration;
    private Clock clock;
    private LongSupplier nanos;

    @SuppressWarnings("NullAway.Init")
    protected Outbox() {}

    @Inject
    public Outbox(EntityManager em, Contacts contacts, Configuration configuration, Clock clock) {
        this(em, contacts, configuration, clock, System::nanoTime);
    }

    /** @param nanos what is waited by; nobody sets it */
    Outbox(EntityManager em, Contacts contacts, Configuration configuration, Clock clock, LongSupplier nanos) {
        this.em = em;
        this.contacts = contacts;
        this.configuration = configuration;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * A reminder whose moment has come.
     *
     * @param attempts how often it has been tried
     */
    record Due(long id, long patientId, Channel channel, int attempts) {}

    /**
     * What a claim is sent for, and what it will take to say how it ended.
     *
     * @param told the ids of all reminders that it tells of, its own among them
     * @param said how much its text says at most
     * @param attempts how often it has been tried, this time included
     */
    record Claimed(Outgoing message, List<Long> told, Disclosure said, int attempts, Departure departure) {}

    /** How a claim ended. */
    record Ended(Claimed claimed, Delivery delivery) {

        boolean isAccepted() {
            return delivery.outcome() == Delivery.Outcome.ACCEPTED;
        }

        long reminderId() {
            return claimed.message().reminderId();
        }

        /** Of each reminder that the message told of: what the gateway calls it, when that was, which it is. */
        private Stream<List<@Nullable Object>> rows(Instant now) {
            return claimed.told().stream().map(told -> Arrays.<@Nullable Object>asList(delivery.receipt(), now, told));
        }
    }

    /**
     * Puts what is over away: a {@code SENDING} whose lease has run out is {@code UNKNOWN} and is never sent again; what starts, was moved
     * or cancelled has nothing to tell; what no rule asks for any more is not told; what is older than a restored database went out from the lost
     * one; what is due to somebody who is reached by the rule's other channel alone goes by that. Few statements, however many there are.
     *
     * @param down channels whose gateway is left alone now
     * @return how many have become unknown
     */
    int sweepAway(Set<Channel> down, Instant now) {
        configuration.restoredAt().ifPresent(restored -> voidOlder(restored, now));
        int unknown = Sql.on(em)
                .add(
                        "update reminder set state = 'UNKNOWN', reason = ?, closed_at = ?, lease_until = null"
                                + " where state = 'SENDING' and lease_until < ?",
                        Reason.LEASE_OVER,
                        now,
                        now)
                .update();
        Sql.on(em)
                .add(
                        "update reminder m set state = 'EXPIRED', closed_at = ?, reason = case when m.attempts > 0 or m.channel in",
                        now)
                .in(down)
                .add(
                        "then ? else coalesce(m.reason, ?) end where m.state = 'PENDING' and exists"
                                + " (select 1 from session s where s.id = m.session_id and " + START + " <= ?)",
                        Reason.UNREACHABLE,
                        Reason.STARTED,
                        now)
                .update();
        Sql.on(em)
                .add(
                        "update reminder set state = 'VOIDED', closed_at = ?, reason = case when exists (select 1 from session c"
                                + " where c.id = reminder.session_id and c.state = 'CANCELLED') then ? else ? end"
                                + " where state = 'PENDING' and occasion <> 'OFFERED' and exists (select 1 from session s"
                                + " where s.id = reminder.session_id and (s.revision <> reminder.revision"
                                + " or (s.state = 'CANCELLED' and reminder.occasion <> 'CANCELLED')))",
                        now,
                        Reason.SESSION_CANCELLED,
                        Reason.MOVED)
                .update();
        Sql.on(em)
                .add(
                        "update reminder m set state = 'VOIDED', closed_at = ?, reason = ? where m.state = 'PENDING' and not "
                                + ASKED_FOR,
                        now,
                        Reason.RULE_OFF)
                .update();
        redirect(now);
        return unknown;
    }

    /** Whoever is reached by the rule's second channel alone need not wait for the gateway of the first. */
    private void redirect(Instant now) {
        String other = "case m.channel when 'SMS' then 'EMAIL' else 'SMS' end";
        Sql.on(em)
                .add(
                        "update reminder m set channel = " + other + " where m.state = 'PENDING' and m.send_at <= ?"
                                + " and exists (select 1 from reminder_rule r where r.id = m.rule_id and r.channels like m.channel || ',%')"
                                + " and not " + Consents.reached("m.patient_id", "m.channel") + " and "
                                + Consents.reached("m.patient_id", other)
                                + " and not exists (select 1 from reminder x where " + ReminderList.same("m")
                                + " and x.channel <> m.channel)",
                        now)
                .update();
    }

    private void voidOlder(Instant restored, Instant now) {
        Sql.on(em)
                .add(
                        "update reminder set state = 'VOIDED', reason = ?, closed_at = ?"
                                + " where state = 'PENDING' and (due_at <= ? or send_at <= ?)",
                        Reason.RESTORED,
                        now,
                        restored,
                        restored)
                .update();
    }

    /** What may go out now by these channels, the longest due first; at most a thousand, one for each patient. */
    List<Due> due(Collection<Channel> channels, Instant now) {
        Set<Long> patients = new HashSet<>();
        return Sql.on(em)
                .add(
                        "select id, patient_id, channel, attempts from reminder where state = 'PENDING' and send_at <= ? and channel in",
                        now)
                .in(channels)
                .add("order by send_at, id fetch first " + AT_ONCE + " rows only")
                .list(r -> new Due(r.id(1), r.id(2), r.constant(3, Channel.class), r.number(4)))
                .stream()
                .filter(due -> patients.add(due.patientId()))
                .toList();
    }

    /**
     * Claims reminders, and with each whatever else its message can tell of, after looking again at everything: that the session stands,
     * the patient comes to it and wants to be told, the hour, and how many messages they have had. The sessions and the patients are
     * locked meanwhile, so that whoever cancels or opts out comes before the claim, or after it and waits. What is read takes as many
     * statements for several as for one.
     *
     * @param dues of one patient each
     * @return those that are the caller's to send, in the same order; where another node has one, or nothing is to go out now, it is
     *     written down why
     */
    List<Claimed> claim(Collection<Due> dues) {
        if (dues.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Set<Long> patients = dues.stream().map(Due::patientId).collect(Collectors.toCollection(TreeSet::new));
        lock(patients);
        Map<Long, List<Pending>> pending = pending(patients, now);
        Map<Long, Recipient> recipients = recipients(pending.keySet(), now);
        List<Taken> taken = new ArrayList<>();
        for (Due due : dues) {
            List<Pending> all = pending.getOrDefault(due.patientId(), List.of());
            Recipient to = recipients.get(due.patientId());
            if (to != null && all.stream().anyMatch(p -> p.id() == due.id())) {
                judge(due, all, to, now).ifPresent(taken::add);
            }
        }
        Sql.on(em)
                .add(
                        "update reminder set state = 'SENDING', reason = null, attempts = attempts + 1, channel = ?, lease_until = ?,"
                                + " carried_by = ? where id = ? and state = 'PENDING'")
                .each(taken.stream().flatMap(t -> t.rows(now)).toList());
        ReplyTokens.keep(em, taken.stream().map(Taken::tokens).toList());
        Departure departure = Departure.after(nanos);
        return taken.stream()
                .map(t -> new Claimed(
                        outgoing(t),
                        t.ready().told().stream().map(Pending::id).toList(),
                        t.to().disclosure(t.ready().channel()),
                        t.ready().lead().attempts() + 1,
                        departure))
                .toList();
    }

    /**
     * Of a message whose text has not begun to leave in time: looks again at all that it tells of, under the locks of its claim. Whoever
     * has taken that back had one of them, and is through; whoever takes it back from now on waits for the message once more.
     *
     * @return open for as long as after a claim, or never
     */
    Departure renewed(Claimed claimed) {
        Outgoing message = claimed.message();
        long id = message.reminderId();
        Sql.on(em)
                .add(
                        "select id from session where id in (select session_id from reminder where id = ? or carried_by = ?)"
                                + " order by id for update",
                        id,
                        id)
                .list(r -> r.id(1));
        List<Long> patient = Sql.on(em)
                .add(
                        "select id from patient where id = (select m.patient_id from reminder m where m.id = ?) for update",
                        id)
                .list(r -> r.id(1));
        Departure departure = Departure.after(nanos);
        Instant now = clock.instant();
        int sending = Sql.on(em)
                .add(
                        "update reminder set lease_until = ? where (id = ? or carried_by = ?) and state = 'SENDING'",
                        now.plus(LEASE),
                        id,
                        id)
                .update();
        List<Pending> told = read(
                        now,
                        which -> which.add(
                                "(m.id = ? or m.carried_by = ?) and m.state = 'SENDING' and " + ASKED_FOR, id, id))
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
        boolean stands = !told.isEmpty()
                && told.size() == sending
                && told.stream().allMatch(p -> p.over(now) == null)
                && patient.stream().allMatch(p -> recipient(p, now).takes(message, claimed.said()));
        return stands ? departure : Departure.NEVER;
    }

    /** What is to go out, with the tokens of its links. */
    private record Taken(Ready ready, Recipient to, Contacts.Address address, ReplyTokens.Issued tokens) {

        static Taken of(Ready ready, Recipient to, Instant now) {
            Contacts.Address address = to.address(ready.channel()).orElseThrow();
            Instant lastStart =
                    ready.told().get(ready.told().size() - 1).session().start();
            return new Taken(
                    ready,
                    to,
                    address,
                    new ReplyTokens.Issued(ready.lead().id(), address.lookup(), lastStart, now.plus(STOP_LINK)));
        }

        /** Of each reminder that the message tells of: how it goes, until when, what carries it, which it is. */
        private Stream<List<@Nullable Object>> rows(Instant now) {
            long lead = ready.lead().id();
            return ready.told().stream()
                    .map(told -> Arrays.<@Nullable Object>asList(
                            ready.channel(), now.plus(LEASE), told.id() == lead ? null : (Long) lead, told.id()));
        }

        /** The id alone. */
        @Override
        public String toString() {
            return "Taken " + ready.lead().id();
        }
    }

    private Optional<Taken> judge(Due due, List<Pending> all, Recipient to, Instant now) {
        Verdict verdict = Verdict.of(due.id(), all, to, now);
        verdict.closed().forEach(c -> close(c, now));
        verdict.deferred().forEach(d -> Sql.on(em)
                .add(
                        "update reminder set send_at = ?, reason = ? where id = ? and state = 'PENDING'",
                        d.until(),
                        d.reason(),
                        d.id())
                .update());
        Ready ready = verdict.message();
        return ready == null ? Optional.empty() : Optional.of(Taken.of(ready, to, now));
    }

    /** A message that went out. */
    record Past(Outgoing message, Instant at) {}

    /** What was accepted since then, each as it would read today, with links of its own; the oldest first. In the caller's transaction. */
    List<Past> past(Instant since, Instant now) {
        Map<Long, Long> leads = new HashMap<>();
        Sql.on(em)
                .add("select id, carried_by from reminder where state = 'SENT' and closed_at > ?", since)
                .add("and carried_by is not null")
                .list(r -> leads.put(r.id(1), r.id(2)));
        Map<Long, List<Pending>> sent = read(now, which -> which.add("m.state = 'SENT' and m.closed_at > ?", since));
        Map<Long, Recipient> recipients = recipients(sent.keySet(), now);
        List<Taken> taken = new ArrayList<>();
        recipients.forEach((patient, to) -> sent.getOrDefault(patient, List.of()).stream()
                .filter(p -> to.address(p.channel()).isPresent())
                .sorted(Comparator.comparing(p -> p.session().start()))
                .collect(Collectors.groupingBy(p -> leads.getOrDefault(p.id(), p.id())))
                .forEach((lead, told) -> told.stream()
                        .filter(p -> p.id() == lead)
                        .findFirst()
                        .map(p -> Taken.of(new Ready(p, told, p.channel()), to, now))
                        .ifPresent(taken::add)));
        ReplyTokens.keep(em, taken.stream().map(Taken::tokens).toList());
        return taken.stream()
                .map(t -> new Past(outgoing(t), t.ready().lead().sendAt()))
                .sorted(Comparator.comparing(Past::at))
                .toList();
    }

    /** Sessions, then patients, each by their ids, so that lines never wait for each other in a circle. */
    private void lock(Collection<Long> patients) {
        Sql.on(em)
                .add(
                        "select id from session where id in (select session_id from reminder where state = 'PENDING' and patient_id in")
                .in(patients)
                .add(") order by id for update")
                .list(r -> r.id(1));
        Sql.on(em)
                .add("select id from patient where id in")
                .in(patients)
                .add("order by id for update")
                .list(r -> r.id(1));
    }

    /** What waits for these patients and is still asked for, by patient, and of each in the order in which it goes out; in the caller's transaction. */
    Map<Long, List<Pending>> pending(Collection<Long> patients, Instant now) {
        return read(now, which -> which.add("m.state = 'PENDING' and " + ASKED_FOR + " and m.patient_id in")
                .in(patients));
    }

    private Map<Long, List<Pending>> read(Instant now, UnaryOperator<Sql> which) {
        Map<Long, List<Pending>> read = new HashMap<>();
        Sql all = Sql.on(em)
                .add(
                        "select m.id, m.occasion, m.revision, m.lead_minutes, m.channel, m.send_at, m.attempts, r.channels, r.template,"
                                + " s.id, s.starts_at, s.ends_at, s.revision, s.state, i.zone, i.phone, i.place_in_messages, t.title, t.family_name,"
                                + " exists (select 1 from participant p where p.session_id = m.session_id and p.patient_id = m.patient_id"
                                + " and p.state in ('BOOKED', 'CONFIRMED')),"
                                + " exists (select 1 from seat h join waitlist_entry w on w.id = h.held_for where h.session_id = m.session_id"
                                + " and w.patient_id = m.patient_id and w.state = 'WAITING' and h.held_until > ?), m.patient_id,"
                                + " exists (select 1 from reminder x where " + ReminderList.same("m")
                                + " and x.channel <> m.channel), m.rule_id, " + START,
                        now)
                .add("from reminder m join reminder_rule r on r.id = m.rule_id join session s on s.id = m.session_id"
                        + " join site i on i.id = s.site_id join therapist t on t.id = s.therapist_id where");
        which.apply(all).add("order by m.send_at, m.id").list(r -> {
            Occasion occasion = r.constant(2, Occasion.class);
            Channel own = r.constant(5, Channel.class);
            Instant start = r.instant(25);
            Pending one = new Pending(
                    r.id(1),
                    occasion,
                    r.number(3),
                    r.id(24),
                    r.number(4),
                    own,
                    r.instant(6),
                    r.number(7),
                    r.flag(23) ? List.of(own) : ReminderRule.channelsOf(r.text(8)),
                    r.text(9),
                    new Pending.About(
                            r.id(10),
                            start,
                            start.plus(Duration.between(r.instant(11), r.instant(12))),
                            r.number(13),
                            r.text(14).equals("BOOKED"),
                            ZoneId.of(r.text(15)),
                            r.text(16),
                            r.textOrNull(17),
                            (r.text(18) + " " + r.text(19)).strip()),
                    r.flag(occasion == Occasion.OFFERED ? 21 : 20));
            return read.computeIfAbsent(r.id(22), k -> new ArrayList<>()).add(one);
        });
        return read;
    }

    /** The patient as they stand, with the messages that they have had; in the caller's transaction. */
    Recipient recipient(long patientId, Instant now) {
        return Objects.requireNonNull(recipients(Set.of(patientId), now).get(patientId));
    }

    /** The same of several; as many statements for several as for one. */
    Map<Long, Recipient> recipients(Set<Long> patients, Instant now) {
        Map<Long, Map<Long, Recipient.Had>> had = new HashMap<>();
        Sql.on(em)
                .add(
                        "select patient_id, closed_at, coalesce(carried_by, id), session_id, revision, rule_id, lead_minutes, occasion"
                                + " from reminder where patient_id in")
                .in(patients)
                .add(
                        "and (state = 'SENDING' or (state in ('SENT', 'UNKNOWN') and closed_at > ?))",
                        now.minus(Recipient.WEEK))
                .list(r -> {
                    Instant at = Objects.requireNonNullElse(r.instantOrNull(2), now);
                    return had.computeIfAbsent(r.id(1), k -> new HashMap<>())
                            .computeIfAbsent(r.id(3), k -> new Recipient.Had(at, new ArrayList<>()))
                            .told()
                            .add(new Recipient.Subject(
                                    r.id(4), r.number(5), r.id(6), r.number(7), r.constant(8, Occasion.class)));
                });
        Map<Long, Set<String>> optedOut = new HashMap<>();
        Sql.on(em)
                .add(
                        "select c.patient_id, o.lookup from opt_out o join contact_point c on c.lookup = o.lookup where c.patient_id in")
                .in(patients)
                .list(r ->
                        optedOut.computeIfAbsent(r.id(1), k -> new HashSet<>()).add(r.text(2)));
        Map<Long, Map<Channel, Consents.Given>> consents = Consents.current(em, patients);
        Map<Long, List<Contacts.Address>> addresses = contacts.addresses(patients);
        return Sql.on(em)
                .add("select given_name, language, active, died_on, id, zone from patient where id in")
                .in(patients)
                .list(r -> new Recipient(
                        r.id(5),
                        r.text(1),
                        r.text(2),
                        r.textOrNull(6) == null ? null : ZoneId.of(r.text(6)),
                        r.flag(3) && r.dateOrNull(4) == null,
                        consents.getOrDefault(r.id(5), Map.of()),
                        addresses.getOrDefault(r.id(5), List.of()),
                        optedOut.getOrDefault(r.id(5), Set.of()),
                        List.copyOf(had.getOrDefault(r.id(5), Map.of()).values())))
                .stream()
                .collect(Collectors.toMap(Recipient::patientId, to -> to));
    }

    List<Contacts.Address> addresses(long patientId) {
        return contacts.addresses(patientId);
    }

    private void close(Verdict.Closed closed, Instant now) {
        Sql.on(em)
                .add(
                        "update reminder set state = ?, reason = ?, channel = ?, closed_at = ? where id = ? and state = 'PENDING'",
                        closed.state(),
                        closed.reason(),
                        closed.channel(),
                        now,
                        closed.id())
                .update();
    }

    private Outgoing outgoing(Taken taken) {
        Ready ready = taken.ready();
        Recipient to = taken.to();
        Pending lead = ready.lead();
        ReplyTokens.Pair tokens = taken.tokens().tokens();
        String stopLink = link("stop", tokens.stop());
        Disclosure allowed = to.disclosure(ready.channel());
        Texts.Words words = ready.words(to, to.language(), link("answer", tokens.answer()), stopLink);
        List<Outgoing.Invitation> invitations = ready.invites(allowed)
                ? ready.standing().stream()
                        .map(a -> a.invitation(to.patientId(), allowed))
                        .toList()
                : List.of();
        return new Outgoing(
                lead.id(),
                ready.channel(),
                taken.address().contact().value(),
                words.subject(),
                words.body(),
                stopLink,
                invitations);
    }

    String link(String page, String token) {
        return configuration.publicAddress() + "/" + page + "?t=" + token;
    }

    /** Writes down how claims ended; what was accepted by one exchange with the database, however many there are. */
    void end(Collection<Ended> all) {
        Instant now = clock.instant();
        Sql.on(em)
                .add("update reminder set state = 'SENT', reason = null, receipt = ?, closed_at = ?, lease_until = null"
                        + " where id = ? and state = 'SENDING'")
                .each(all.stream()
                        .filter(Ended::isAccepted)
                        .flatMap(e -> e.rows(now))
                        .toList());
        all.stream().filter(e -> !e.isAccepted()).forEach(e -> end(e, now));
    }

    /** For all that its message told of. Where it was refused for good, the rule's next channel has its turn. */
    private void end(Ended ended, Instant now) {
        long id = ended.reminderId();
        switch (ended.delivery().outcome()) {
            case ACCEPTED -> throw new IllegalArgumentException("Accepted: " + id);
            case UNKNOWN -> finish(id, ReminderState.UNKNOWN, Reason.NO_ANSWER, now);
            case REFUSED -> refuse(id, Reason.REFUSED, now);
            case NO_GATEWAY -> refuse(id, Reason.NO_GATEWAY, now);
            case NOT_NOW ->
                Sql.on(em)
                        .add(
                                "update reminder set state = 'PENDING', reason = ?, send_at = ?, lease_until = null, carried_by = null"
                                        + " where (id = ? or carried_by = ?) and state = 'SENDING'",
                                Reason.UNREACHABLE,
                                again(id, ended.claimed().attempts(), now),
                                id,
                                id)
                        .update();
        }
    }

    private void refuse(long id, Reason why, Instant now) {
        if (finish(id, ReminderState.FAILED, why, now) > 0) {
            tryNextChannel(id, now);
        }
    }

    /** When a message that a gateway could not take is tried again: while it can still go out, today and before the first of its sessions. */
    private Instant again(long id, int attempts, Instant now) {
        return Sql.on(em)
                .add("select " + START
                        + ", coalesce(x.zone, i.zone) from reminder m join session s on s.id = m.session_id"
                        + " join site i on i.id = s.site_id join patient x on x.id = m.patient_id")
                .add("where m.id = ? or m.carried_by = ? order by 1", id, id)
                .first(r -> {
                    Instant start = r.instant(1);
                    Instant night = QuietHours.USUAL.end(now, ZoneId.of(r.text(2)));
                    return Backoff.next(attempts, now, start.isBefore(night) ? start : night);
                })
                .orElseThrow();
    }

    private int finish(long id, ReminderState state, Reason reason, Instant now) {
        return Sql.on(em)
                .add(
                        "update reminder set state = ?, reason = ?, receipt = null, closed_at = ?, lease_until = null"
                                + " where (id = ? or carried_by = ?) and state = 'SENDING'",
                        state,
                        reason,
                        now,
                        id,
                        id)
                .update();
    }

    /** Of the rule's channels the next by which the patient is reached, unless the desk has told them; none: it stays refused, and the desk is told. */
    private void tryNextChannel(long id, Instant now) {
        record Failed(
                long sessionId,
                int revision,
                long ruleId,
                int lead,
                long patientId,
                Occasion occasion,
                Instant due,
                Channel channel,
                List<Channel> channels,
                boolean bySms,
                boolean byEmail) {

            /** Those after its own by which there is none yet: the desk may have sent one. */
            Stream<Channel> next() {
                return channels.stream()
                        .skip(channels.indexOf(channel) + 1L)
                        .filter(c -> c == Channel.SMS ? !bySms : !byEmail);
            }
        }
        String same = " exists (select 1 from reminder x where " + ReminderList.SAME + " and x.channel = ";
        List<Failed> failed = Sql.on(em)
                .add(
                        "select q.session_id, q.revision, q.rule_id, q.lead_minutes, q.patient_id, q.occasion, q.due_at, q.channel,"
                                + " r.channels," + same + "'SMS')," + same + "'EMAIL')"
                                + " from reminder q join reminder_rule r on r.id = q.rule_id"
                                + " where (q.id = ? or q.carried_by = ?) and q.settled_at is null",
                        id,
                        id)
                .list(r -> new Failed(
                        r.id(1),
                        r.number(2),
                        r.id(3),
                        r.number(4),
                        r.id(5),
                        r.constant(6, Occasion.class),
                        r.instant(7),
                        r.constant(8, Channel.class),
                        ReminderRule.channelsOf(r.text(9)),
                        r.flag(10),
                        r.flag(11)));
        if (failed.isEmpty()) {
            return;
        }
        Recipient to = recipient(failed.get(0).patientId(), now);
        for (Failed one : failed) {
            one.next()
                    .filter(to::isReachedBy)
                    .findFirst()
                    .ifPresent(next -> em.persist(new Reminder(
                            one.sessionId(),
                            one.revision(),
                            one.ruleId(),
                            one.lead(),
                            next,
                            one.patientId(),
                            one.occasion(),
                            one.due(),
                            now)));
        }
    }

    /**
     * The gateway has the message, it says by itself: before we have written down its answer, or when that was lost on its way.
     *
     * @param receipt what the gateway calls it
     */
    void accepted(long id, String receipt) {
        Sql.on(em)
                .add(
                        "update reminder set state = 'SENT', reason = null, receipt = ?, closed_at = coalesce(closed_at, ?), lease_until = null"
                                + " where (id = ? or carried_by = ?) and state in ('SENDING', 'UNKNOWN')",
                        receipt,
                        clock.instant(),
                        id,
                        id)
                .update();
    }

    /** The message has reached whom it was for, the gateway says. */
    void delivered(long id, String receipt) {
        accepted(id, receipt);
        Sql.on(em)
                .add(
                        "update reminder set delivered_at = ? where (id = ? or carried_by = ?) and state = 'SENT' and delivered_at is null",
                        clock.instant(),
                        id,
                        id)
                .update();
    }

    /** It has not, and will not: the rule's next channel has its turn. */
    void undelivered(long id) {
        Instant now = clock.instant();
        int failed = Sql.on(em)
                .add(
                        "update reminder set state = 'FAILED', reason = ?, closed_at = ?, delivered_at = null, lease_until = null"
                                + " where (id = ? or carried_by = ?) and state in ('SENDING', 'SENT', 'UNKNOWN')",
                        Reason.REFUSED,
                        now,
                        id,
                        id)
                .update();
        if (failed > 0) {
            tryNextChannel(id, now);
        }
    }

    /** It was claimed and not handed over: another round has it. */
    void putBack(Claimed claimed) {
        long id = claimed.message().reminderId();
        Sql.on(em)
                .add(
                        "update reminder set state = 'PENDING', attempts = attempts - 1, lease_until = null, carried_by = null"
                                + " where (id = ? or carried_by = ?) and state = 'SENDING'",
                        id,
                        id)
                .update();
    }

    /** The gateway cannot be reached: nothing has left, and it is tried again later. */
    void postpone(Due due) {
        Instant now = clock.instant();
        Sql.on(em)
                .add(
                        "update reminder set attempts = attempts + 1, reason = ?, send_at = ? where id = ? and state = 'PENDING'",
                        Reason.UNREACHABLE,
                        again(due.id(), due.attempts() + 1, now),
                        due.id())
                .update();
    }

    /**
     * Waits for messages to these patients that are just leaving, so that nothing leaves after what the caller's transaction tells its user.
     * Bounded: a gateway that takes minutes to answer has the text already, or does not get it any more ({@link Departure}).
     */
    public void awaitSending(Collection<Long> patientIds) {
        await("patient_id", patientIds);
    }

    /** The same for messages about these sessions, whose rows the caller has locked. */
    public void awaitSendingOf(Collection<Long> sessionIds) {
        await("session_id", sessionIds);
    }

    private void await(String column, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        long began = nanos.getAsLong();
        while (Sql.on(em)
                        .add("select 1 from reminder where state = 'SENDING' and " + column + " in")
                        .in(ids)
                        .exists()
                && nanos.getAsLong() - began < PATIENCE.toNanos()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    static Set<Channel> allBut(Collection<Channel> down) {
        Set<Channel> up = EnumSet.allOf(Channel.class);
        up.removeAll(down);
        return up;
    }
}

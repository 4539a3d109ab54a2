package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a rule, saved or not, would send to a real patient about a real session: through the same recipients, verdicts and texts
 * as sending does, one message after the other with whatever else waits for the patient, and nothing written down but that somebody looked.
 */
@ApplicationScoped
public class ReminderPreview {
    private static final int MOST_SESSIONS = 30;

    private EntityManager em;
    private Transactions transactions;
    private Outbox outbox;
    private Settings settings;
    private Gate gate;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected ReminderPreview() {}

    @Inject
    public ReminderPreview(
            EntityManager em,
            Transactions transactions,
            Outbox outbox,
            Settings settings,
            Gate gate,
            AuditTrail audit,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.outbox = outbox;
        this.settings = settings;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /** A session that lies ahead of a patient. */
    public record Coming(long id, Instant start, ZoneId zone, String modality) implements Serializable {}

    /**
     * What becomes of one lead time of a rule.
     *
     * @param lead minutes before the start; 0: the rule is about news
     * @param due when the rule wants it to go out
     * @param message what goes out; null: nothing
     * @param why nothing goes out; null: something does
     */
    public record Planned(int lead, Instant due, @Nullable Message message, @Nullable Why why)
            implements Serializable {}

    /** Why a rule sends nothing, in addition to the reasons of reminders. Its text is the message {@code reminder.why.<name>}. */
    public enum Why {
        OFF,
        OTHER_MODALITY,
        OTHER_FORMAT,
        BOOKED_LATER,
        MOVED,
        SESSION_CANCELLED,
        NOT_EXPECTED,
        OFFER_OVER,
        STARTED,
        QUIET_HOURS,
        CAP,
        NO_CONSENT,
        NO_CONTACT,
        OPTED_OUT,
        PATIENT_INACTIVE;

        static Why of(Reason reason) {
            return valueOf(reason.name());
        }
    }

    /**
     * A message as it would go out.
     *
     * @param to the address, masked
     * @param sessions how many sessions it tells of
     */
    public record Message(
            Instant at,
            ZoneId zone,
            Channel channel,
            String to,
            Disclosure disclosure,
            int sessions,
            List<Wording> wordings)
            implements Serializable {

        /** The channel alone: texts stay out of logs. */
        @Override
        public String toString() {
            return "Message " + channel;
        }
    }

    /** A message in a language; {@code own}: it is the one that the patient would get. */
    public record Wording(String language, boolean own, String subject, String body) implements Serializable {}

    private record Candidate(
            Pending.About about, long modalityId, boolean group, Instant arrangedAt, boolean toldBefore) {

        Instant due(int lead) {
            return about.start().minus(Duration.ofMinutes(lead));
        }
    }

    /** One reminder of a session. */
    private record Slot(long sessionId, int lead) {}

    /** The sessions that lie ahead of a patient, soonest first. */
    public List<Coming> coming(Actor actor, long patientId) {
        gate.require(actor, "preview reminders", Role.LEAD);
        audit.recordApart(actor, Entry.viewed("reminder/preview", "patient", List.of(patientId), List.of(patientId)));
        return transactions.inNew(() -> Sql.on(em)
                .add(
                        "select s.id, s.starts_at, i.zone, m.name from participant p join session s on s.id = p.session_id"
                                + " join site i on i.id = s.site_id join modality m on m.id = s.modality_id where p.patient_id = ?"
                                + " and p.state in ('BOOKED', 'CONFIRMED') and s.state = 'BOOKED' and s.starts_at > ?"
                                + " order by s.starts_at, s.id fetch first " + MOST_SESSIONS + " rows only",
                        patientId,
                        clock.instant())
                .list(r -> new Coming(r.id(1), r.instant(2), ZoneId.of(r.text(3)), r.text(4))));
    }

    /**
     * What the rule would send to the patient about the session, for each of its lead times, the longest first.
     *
     * @param ruleId the rule, if it is saved; null: a new one
     * @throws NotFound if the patient does not come to it
     */
    public List<Planned> of(
            Actor actor, @Nullable Long ruleId, ReminderRuleDetails rule, long patientId, long sessionId) {
        gate.require(actor, "preview reminders", Role.LEAD);
        audit.recordApart(actor, Entry.viewed("reminder/preview", "session", List.of(sessionId), List.of(patientId)));
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            List<Candidate> all = candidates(rule, patientId, now);
            Candidate wanted = all.stream()
                    .filter(c -> c.about().id() == sessionId)
                    .findFirst()
                    .orElseThrow(() -> new NotFound("session", sessionId));
            Recipient to = outbox.recipient(patientId, now);
            Map<Slot, Pending> own = own(ruleId, rule, wanted, all, to, now);
            List<Pending> waiting = new ArrayList<>(others(ruleId, rule, patientId, sessionId, now));
            waiting.addAll(own.values());
            Map<Long, Verdict.Foreseen> foreseen = Verdict.foresee(waiting, to, now);
            List<Planned> planned = new ArrayList<>();
            for (int lead : leads(rule)) {
                Instant due = due(rule, lead, wanted, now);
                Pending pending = own.get(new Slot(sessionId, lead));
                Why not = outOfScope(rule, lead, wanted);
                if (pending == null) {
                    planned.add(new Planned(lead, due, null, not == null ? Why.QUIET_HOURS : not));
                } else {
                    planned.add(planned(lead, due, foreseen.get(pending.id()), to, wanted));
                }
            }
            planned.sort(Comparator.comparing(Planned::lead).reversed());
            return planned;
        });
    }

    private Planned planned(
            int lead, Instant due, Verdict.@Nullable Foreseen foreseen, Recipient to, Candidate session) {
        if (foreseen == null) {
            return new Planned(lead, due, null, Why.CAP);
        }
        Verdict.Ready ready = foreseen.message();
        return ready == null
                ? new Planned(lead, due, null, Why.of(Objects.requireNonNull(foreseen.why())))
                : new Planned(
                        lead,
                        due,
                        message(ready, to, foreseen.at(), session.about().zone()),
                        null);
    }

    private static SortedSet<Integer> leads(ReminderRuleDetails rule) {
        return rule.occasion() == Occasion.BEFORE ? rule.leads() : new TreeSet<>(List.of(0));
    }

    private static @Nullable Why outOfScope(ReminderRuleDetails rule, int lead, Candidate session) {
        if (!rule.active()) {
            return Why.OFF;
        }
        if (rule.modalityId() != null && rule.modalityId() != session.modalityId()) {
            return Why.OTHER_MODALITY;
        }
        if (rule.format() != null && session.group() != (rule.format() == ReminderRuleDetails.Format.GROUP)) {
            return Why.OTHER_FORMAT;
        }
        boolean tooLate =
                rule.occasion() == Occasion.BEFORE && session.due(lead).isBefore(session.arrangedAt());
        return tooLate && !session.toldBefore() ? Why.BOOKED_LATER : null;
    }

    private Instant due(ReminderRuleDetails rule, int lead, Candidate session, Instant now) {
        Duration undo = Duration.ofSeconds(settings.undoSeconds() + 1L);
        if (rule.occasion() != Occasion.BEFORE) {
            return now.plus(undo);
        }
        Instant due = session.due(lead);
        Instant earliest = session.arrangedAt().plus(undo);
        return due.isBefore(earliest) ? earliest : due;
    }

    /** When it is first looked at, by the same hours as the planner has. */
    private Optional<Instant> moment(ReminderRuleDetails rule, int lead, Candidate session, Recipient to, Instant now) {
        return QuietHours.USUAL.moment(
                due(rule, lead, session, now), session.about().start(), now, to.zoneFor(session.about()));
    }

    /**
     * What the rule will put into the outbox, or has put there already, of the session and, before sessions, of all others of the patient.
     * Ids are below zero: none of them is there.
     */
    private Map<Slot, Pending> own(
            @Nullable Long ruleId,
            ReminderRuleDetails rule,
            Candidate wanted,
            List<Candidate> all,
            Recipient to,
            Instant now) {
        Set<Slot> there = ruleId == null ? Set.of() : there(ruleId, to.patientId());
        Map<Slot, Pending> own = new HashMap<>();
        for (Candidate one : rule.occasion() == Occasion.BEFORE ? all : List.of(wanted)) {
            for (int lead : leads(rule)) {
                Slot slot = new Slot(one.about().id(), lead);
                if (outOfScope(rule, lead, one) == null && (one == wanted || !there.contains(slot))) {
                    long id = -1L - own.size();
                    moment(rule, lead, one, to, now)
                            .ifPresent(at -> own.put(slot, pending(id, ruleId, rule, lead, one, at)));
                }
            }
        }
        return own;
    }

    private static Pending pending(
            long id, @Nullable Long ruleId, ReminderRuleDetails rule, int lead, Candidate session, Instant at) {
        return new Pending(
                id,
                rule.occasion(),
                session.about().revision(),
                ruleId == null ? 0 : ruleId,
                lead,
                rule.channels().get(0),
                at,
                0,
                rule.channels(),
                rule.template(),
                session.about(),
                true);
    }

    /** What the rule has told the patient of, or is about to. */
    private Set<Slot> there(long ruleId, long patientId) {
        return Set.copyOf(Sql.on(em)
                .add(
                        "select m.session_id, m.lead_minutes from reminder m join session s on s.id = m.session_id"
                                + " and s.revision = m.revision where m.rule_id = ? and m.patient_id = ?",
                        ruleId,
                        patientId)
                .list(r -> new Slot(r.id(1), r.number(2))));
    }

    /** What waits for the patient, but for what the preview is about: its own, and what a change of the session would void. */
    private List<Pending> others(
            @Nullable Long ruleId, ReminderRuleDetails rule, long patientId, long sessionId, Instant now) {
        boolean changes = rule.occasion() == Occasion.MOVED || rule.occasion() == Occasion.CANCELLED;
        return outbox.pending(Set.of(patientId), now).getOrDefault(patientId, List.of()).stream()
                .filter(p -> p.session().id() != sessionId || !changes)
                .filter(p -> ruleId == null
                        || p.ruleId() != ruleId
                        || (p.session().id() != sessionId && leads(rule).contains(p.lead())))
                .toList();
    }

    private Message message(Verdict.Ready ready, Recipient to, Instant at, ZoneId zone) {
        String own = Texts.speaks(to.language()) ? to.language() : Texts.FALLBACK;
        List<Wording> wordings = Texts.offered().stream()
                .filter(Texts::speaks)
                .map(language -> {
                    Texts.Words words =
                            ready.words(to, language, outbox.link("answer", "\u2026"), outbox.link("stop", "\u2026"));
                    return new Wording(language, language.equals(own), words.subject(), words.body());
                })
                .sorted((one, other) -> Boolean.compare(other.own(), one.own()))
                .toList();
        return new Message(
                at,
                zone,
                ready.channel(),
                Masked.of(to.address(ready.channel()).orElseThrow().contact()),
                to.disclosure(ready.channel()),
                ready.told().size(),
                wordings);
    }

    /** The sessions that lie ahead, as they would be if what the rule tells of had happened. */
    private List<Candidate> candidates(ReminderRuleDetails rule, long patientId, Instant now) {
        boolean live = rule.occasion() != Occasion.CANCELLED;
        int changes = rule.occasion() == Occasion.MOVED || rule.occasion() == Occasion.CANCELLED ? 1 : 0;
        String channels = rule.channels().stream().map(Channel::name).collect(Collectors.joining(","));
        return Sql.on(em)
                .add(
                        "select s.id, s.starts_at, s.revision, i.zone, i.phone, i.place_in_messages, t.title, t.family_name, s.modality_id,"
                                + " s.capacity, greatest(coalesce(p.booked_at, s.booked_at), coalesce("
                                + ReminderPlanner.REVISED + ", s.booked_at)),"
                                + " exists (select 1 from reminder o where o.session_id = s.id and o.patient_id = p.patient_id"
                                + " and o.revision < s.revision and o.state in ('SENT', 'SENDING', 'UNKNOWN')), s.ends_at"
                                + " from participant p join session s on s.id = p.session_id join site i on i.id = s.site_id"
                                + " join therapist t on t.id = s.therapist_id cross join"
                                + " (select cast(? as varchar(20)) as channels, cast(? as varchar(20)) as template) r",
                        channels,
                        rule.template())
                .add(
                        "where p.patient_id = ? and p.state in ('BOOKED', 'CONFIRMED') and s.state = 'BOOKED' and s.starts_at > ?"
                                + " order by s.starts_at, s.id fetch first " + MOST_SESSIONS + " rows only",
                        patientId,
                        now)
                .list(r -> new Candidate(
                        new Pending.About(
                                r.id(1),
                                r.instant(2),
                                r.instant(13),
                                r.number(3) + changes,
                                live,
                                ZoneId.of(r.text(4)),
                                r.text(5),
                                r.textOrNull(6),
                                (r.text(7) + " " + r.text(8)).strip()),
                        r.id(9),
                        r.number(10) > 1,
                        r.instant(11),
                        r.flag(12)));
    }
}

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
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.shared.Languages;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a rule, saved or not, would send to a real patient about a real session: through the same recipients, verdicts and texts
 * as sending does, with nothing written down but that somebody looked. What other rules have to say to the patient is left out of it.
 */
@ApplicationScoped
public class ReminderPreview {
    private static final int MOST_SESSIONS = 30;

    /** Quiet hours, caps and quiet hours once more: a message settles within these. */
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
            Pending.About about, long modalityId, boolean group, Instant arrangedAt, boolean toldBefore) {}

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
     * @throws NotFound if the patient does not come to it
     */
    public List<Planned> of(Actor actor, ReminderRuleDetails rule, long patientId, long sessionId) {
        gate.require(actor, "preview reminders", Role.LEAD);
        audit.recordApart(actor, Entry.viewed("reminder/preview", "session", List.of(sessionId), List.of(patientId)));
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            List<Candidate> all = candidates(patientId, now, rule.occasion() != Occasion.CANCELLED);
            Candidate wanted = all.stream()
                    .filter(c -> c.about().id() == sessionId)
                    .findFirst()
                    .orElseThrow(() -> new NotFound("session", sessionId));
            SortedSet<Integer> leads = rule.occasion() == Occasion.BEFORE ? rule.leads() : new TreeSet<>(List.of(0));
            return leads.stream()
                    .sorted(Comparator.reverseOrder())
                    .map(lead -> planned(rule, lead, patientId, wanted, all, now))
                    .toList();
        });
    }

    private Planned planned(
            ReminderRuleDetails rule, int lead, long patientId, Candidate wanted, List<Candidate> all, Instant now) {
        Instant due = rule.occasion() == Occasion.BEFORE
                ? wanted.about().start().minus(Duration.ofMinutes(lead))
                : now.plusSeconds(settings.undoSeconds() + 1L);
        Why not = outOfScope(rule, lead, wanted);
        return not != null ? new Planned(lead, due, null, not) : decide(rule, lead, patientId, wanted, all, due, now);
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
        boolean tooLate = rule.occasion() == Occasion.BEFORE
                && session.about().start().minus(Duration.ofMinutes(lead)).isBefore(session.arrangedAt());
        return tooLate && !session.toldBefore() ? Why.BOOKED_LATER : null;
    }

    /** As the sweep would, at the moment that it would. */
    private Planned decide(
            ReminderRuleDetails rule,
            int lead,
            long patientId,
            Candidate wanted,
            List<Candidate> all,
            Instant due,
            Instant now) {
        Pending.About about = wanted.about();
        Instant at =
                QuietHours.USUAL.moment(due, about.start(), now, about.zone()).orElse(null);
        if (at == null) {
            return new Planned(lead, due, null, Why.QUIET_HOURS);
        }
        List<Pending> pending = pending(rule, lead, wanted, all, at);
        Recipient to = outbox.recipient(patientId, now);
        Verdict.Foreseen foreseen = Verdict.foresee(about.id(), pending, to, at);
        Verdict.Ready ready = foreseen.message();
        if (ready != null) {
            return new Planned(lead, due, message(ready, to, foreseen.at(), about.zone()), null);
        }
        return new Planned(lead, due, null, Why.of(Objects.requireNonNull(foreseen.why())));
    }

    /** The session's own, and those of the patient's other sessions that one message would tell of; by session id. */
    private static List<Pending> pending(
            ReminderRuleDetails rule, int lead, Candidate wanted, List<Candidate> all, Instant at) {
        List<Pending> pending = new ArrayList<>();
        for (Candidate one : all) {
            boolean together = one == wanted
                    || (rule.occasion() == Occasion.BEFORE
                            && one.about().day().equals(wanted.about().day())
                            && outOfScope(rule, lead, one) == null);
            if (together) {
                pending.add(new Pending(
                        one.about().id(),
                        rule.occasion(),
                        one.about().revision(),
                        lead,
                        rule.channels().get(0),
                        at,
                        0,
                        rule.channels(),
                        rule.template(),
                        one.about(),
                        true));
            }
        }
        return pending;
    }

    private Message message(Verdict.Ready ready, Recipient to, Instant at, ZoneId zone) {
        String own = Texts.speaks(to.language()) ? to.language() : Texts.FALLBACK;
        List<Wording> wordings = Languages.OFFERED.stream()
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

    private List<Candidate> candidates(long patientId, Instant now, boolean live) {
        return Sql.on(em)
                .add(
                        "select s.id, s.starts_at, s.revision, i.zone, i.phone, i.place_in_messages, t.title, t.family_name, s.modality_id,"
                                + " s.capacity, greatest(coalesce(p.booked_at, s.booked_at), coalesce(s.revised_at, s.booked_at)),"
                                + " exists (select 1 from reminder o where o.session_id = s.id and o.patient_id = p.patient_id"
                                + " and o.revision < s.revision and o.state in ('SENT', 'SENDING', 'UNKNOWN')), s.ends_at"
                                + " from participant p join session s on s.id = p.session_id join site i on i.id = s.site_id"
                                + " join therapist t on t.id = s.therapist_id")
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
                                r.number(3),
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

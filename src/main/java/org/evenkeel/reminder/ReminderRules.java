package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Saving;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;

/**
 * The rules by which patients are told of their sessions, kept by the clinical lead. None is deleted, since reminders came of it: it is
 * switched off. A change holds from the next sweep on, for what waits too: what a rule asks for no more is voided, reminders of sessions
 * ahead that were voided so wait again when it asks for them again, and none goes by a channel that is the rule's no more, but for what
 * the desk has sent by it, or what the channel before could not deliver.
 */
@ApplicationScoped
public class ReminderRules {
    private static final int MOST = 200;

    private EntityManager em;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected ReminderRules() {}

    @Inject
    public ReminderRules(EntityManager em, Transactions transactions, Gate gate, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /** Every rule, the oldest first. */
    public List<Versioned<ReminderRuleDetails>> all(Actor actor) {
        requireLead(actor, "see rules of reminders");
        return transactions.inNew(() -> em.createQuery(
                        "select distinct r from ReminderRule r left join fetch r.leads order by r.id",
                        ReminderRule.class)
                .getResultStream()
                .map(ReminderRules::versioned)
                .toList());
    }

    /** @throws NotFound if there is none with this id */
    public Versioned<ReminderRuleDetails> find(Actor actor, long id) {
        requireLead(actor, "see rules of reminders");
        return transactions.inNew(() -> versioned(existing(id)));
    }

    /**
     * @return its id
     * @throws Invalid if there are too many already
     */
    public long add(Actor actor, ReminderRuleDetails details) {
        requireLead(actor, "create rules of reminders");
        return transactions.inNew(() -> {
            long count = em.createQuery("select count(r) from ReminderRule r", Long.class)
                    .getSingleResult();
            if (count >= MOST) {
                throw new Invalid("", "invalid.reminder.mostRules", MOST);
            }
            ReminderRule rule = new ReminderRule(details, clock.instant());
            em.persist(rule);
            em.flush();
            record(actor, "CREATED", rule.id(), details);
            return rule.id();
        });
    }

    /**
     * @param version the one that the user saw
     * @throws org.evenkeel.shared.Stale if somebody else changed the rule meanwhile
     */
    public void change(Actor actor, long id, long version, ReminderRuleDetails details) {
        requireLead(actor, "change rules of reminders");
        transactions.runInNew(() -> {
            ReminderRule rule = existing(id);
            Saving.sameVersion("The rule", version, rule.version());
            rule.describe(details, clock.instant());
            Saving.flush(em, "The rule", () -> new IllegalStateException("Rules have no unique values"));
            takeUp(id);
            redirect(id, details.channels());
            record(actor, "CHANGED", id, details);
        });
    }

    /**
     * Switches a rule on or off, whatever else somebody is changing of it.
     *
     * @throws NotFound if there is none with this id
     */
    public void switchTo(Actor actor, long id, boolean active) {
        requireLead(actor, "change rules of reminders");
        transactions.runInNew(() -> {
            ReminderRule rule = existing(id);
            ReminderRuleDetails details = rule.details().switchedTo(active);
            rule.describe(details, clock.instant());
            Saving.flush(em, "The rule", () -> new IllegalStateException("Rules have no unique values"));
            takeUp(id);
            record(actor, "CHANGED", id, details);
        });
    }

    /** News that was voided is none any more. */
    private void takeUp(long id) {
        Sql.on(em)
                .add(
                        "update reminder m set state = 'PENDING', reason = null, closed_at = null where m.rule_id = ? and m.state = 'VOIDED'"
                                + " and m.reason = ? and m.occasion = 'BEFORE' and " + Outbox.ASKED_FOR
                                + " and exists (select 1 from session s where s.id = m.session_id and s.starts_at > ?)",
                        id,
                        Reason.RULE_OFF,
                        clock.instant())
                .update();
    }

    /** What waits is not left to a gateway that the rule has no use for. */
    private void redirect(long id, List<Channel> channels) {
        Sql.on(em)
                .add(
                        "update reminder m set channel = ? where m.rule_id = ? and m.state = 'PENDING' and not exists"
                                + " (select 1 from reminder x where " + ReminderList.same("m")
                                + " and x.channel <> m.channel)"
                                + " and m.channel not in",
                        channels.get(0),
                        id)
                .in(channels.stream().map(Channel::name).toList())
                .update();
    }

    private static Versioned<ReminderRuleDetails> versioned(ReminderRule rule) {
        return new Versioned<>(rule.id(), rule.version(), rule.details());
    }

    private ReminderRule existing(long id) {
        ReminderRule found = em.find(ReminderRule.class, id);
        if (found == null) {
            throw new NotFound("rule", id);
        }
        return found;
    }

    private void requireLead(Actor actor, String action) {
        gate.require(actor, action, Role.LEAD);
    }

    private void record(Actor actor, String action, long id, ReminderRuleDetails details) {
        audit.record(
                actor,
                new AuditTrail.Entry(
                        action,
                        "reminder/rule",
                        "rule",
                        List.of(id),
                        List.of(),
                        "OK",
                        details.occasion() + " " + details.leads() + " " + details.channels()
                                + (details.active() ? " ON" : " OFF")));
    }
}

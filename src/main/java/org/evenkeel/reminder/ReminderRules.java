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
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;

/**
 * The rules by which patients are told of their sessions, kept by the clinical lead. None is deleted, since reminders came of it: it is
 * switched off. A change holds from the next sweep on.
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
                throw new Invalid("", "There are " + MOST + " rules already: change one of them.");
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
            record(actor, "CHANGED", id, details);
        });
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

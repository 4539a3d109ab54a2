package org.evenkeel.reminder.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.ReminderRuleDetails;
import org.evenkeel.reminder.ReminderRules;
import org.evenkeel.shared.Versioned;
import org.jspecify.annotations.Nullable;

/** The rules of reminders, with a switch for each. */
@Named("ruleList")
@ViewScoped
public class RuleListBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int ALL = 1000;

    private transient ReminderRules rules;
    private transient ModalityRegister modalities;
    private transient SignedIn signedIn;

    private List<Versioned<ReminderRuleDetails>> rows = List.of();
    private Map<Long, String> names = Map.of();

    @SuppressWarnings("NullAway.Init")
    protected RuleListBean() {}

    @Inject
    public RuleListBean(ReminderRules rules, ModalityRegister modalities, SignedIn signedIn) {
        this.rules = rules;
        this.modalities = modalities;
        this.signedIn = signedIn;
    }

    public void open() {
        rows = rules.all(signedIn.actor());
        names = modalities.list(signedIn.actor(), 0, ALL).items().stream()
                .collect(Collectors.toMap(ModalityRow::id, row -> row.details().name()));
    }

    /** Switches a rule on or off. */
    public String switchTo(Versioned<ReminderRuleDetails> rule, boolean active) {
        rules.switchTo(signedIn.actor(), rule.id(), active);
        Notices.done(
                active ? "reminder.rules.switchedOn" : "reminder.rules.switchedOff",
                rule.details().name());
        return "/reminder/rules?faces-redirect=true";
    }

    public List<Versioned<ReminderRuleDetails>> getRows() {
        return rows;
    }

    /** The name of a modality; "" of none. */
    public String modality(@Nullable Long id) {
        return id == null ? "" : names.getOrDefault(id, "");
    }
}

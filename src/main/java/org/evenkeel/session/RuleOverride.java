package org.evenkeel.session;

import java.io.Serializable;
import java.util.Set;

/**
 * Soft rules that the user goes against, with the reason, which is audited.
 *
 * @param reason not blank where a rule is named
 */
public record RuleOverride(Set<Rule> rules, String reason) implements Serializable {

    public static final RuleOverride NONE = new RuleOverride(Set.of(), "");

    public RuleOverride {
        rules = Set.copyOf(rules);
        reason = reason.strip();
    }

    /** Whether it goes against this rule, with a reason. */
    public boolean covers(Rule rule) {
        return rules.contains(rule) && !reason.isEmpty();
    }
}

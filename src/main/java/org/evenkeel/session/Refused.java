package org.evenkeel.session;

import java.util.List;
import java.util.stream.Collectors;

/** A booking, change or undo that the rules refuse (409), with the way out. Nothing was saved. */
public class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;
    private final transient Alternatives alternatives;

    public Refused(List<Refusal> refusals, Alternatives alternatives) {
        super("Refused: " + refusals, null, false, false);
        this.refusals = List.copyOf(refusals);
        this.alternatives = alternatives;
    }

    public Refused(Refusal refusal) {
        this(List.of(refusal), Alternatives.NONE);
    }

    /** At least one; the first is the one to tell first. */
    public List<Refusal> refusals() {
        return refusals;
    }

    public Alternatives alternatives() {
        return alternatives;
    }

    /** The names of the rules, separated by spaces, for the audit. */
    public String ruleNames() {
        return refusals.stream().map(r -> r.rule().name()).distinct().collect(Collectors.joining(" "));
    }

    /** Whether a reason would get past all of them. */
    public boolean isSoft() {
        return refusals.stream().allMatch(r -> r.rule().severity() == Rule.Severity.SOFT);
    }
}

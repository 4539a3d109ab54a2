package org.evenkeel.session;

import java.util.List;
import java.util.stream.Collectors;

/** A booking, change or undo that the rules refuse (409), with the way out. Nothing was saved. */
public class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;
    private final transient Alternatives alternatives;
    private final boolean lost;

    public Refused(List<Refusal> refusals, Alternatives alternatives) {
        this(refusals, alternatives, false);
    }

    private Refused(List<Refusal> refusals, Alternatives alternatives, boolean lost) {
        super("Refused: " + refusals, null, false, false);
        this.refusals = List.copyOf(refusals);
        this.alternatives = alternatives;
        this.lost = lost;
    }

    public Refused(Refusal refusal) {
        this(List.of(refusal), Alternatives.NONE);
    }

    /** What was tried lost one race after the other, and nobody knows what speaks against it. */
    static Refused lost(Rule rule) {
        return new Refused(List.of(Refusal.of(rule, "")), Alternatives.NONE, true);
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

    /** Whether the same may go well in a moment: a race was lost, or somebody is booking just this. */
    public boolean isPassing() {
        return lost || refusals.stream().anyMatch(Refusal::isPassing);
    }

    /** Whether a reason would get past all of them. */
    public boolean isSoft() {
        return refusals.stream().allMatch(r -> r.rule().severity() == Rule.Severity.SOFT);
    }
}

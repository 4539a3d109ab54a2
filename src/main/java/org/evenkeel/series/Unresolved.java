package org.evenkeel.series;

import org.evenkeel.session.Refusal;

/** A series has dates that something speaks against (409); nothing was saved. The plan says what, date by date. */
public class Unresolved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SeriesPlan plan;

    public Unresolved(SeriesPlan plan) {
        super("Unresolved dates: " + plan.conflicts().size(), null, false, false);
        this.plan = plan;
    }

    /** Whether the same may go well in a moment: somebody is booking one of these times just now. */
    public boolean isPassing() {
        return plan.conflicts().stream()
                .flatMap(date -> date.refusals().stream())
                .anyMatch(Refusal::isPassing);
    }

    public SeriesPlan plan() {
        return plan;
    }
}

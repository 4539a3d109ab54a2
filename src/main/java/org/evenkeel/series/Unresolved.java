package org.evenkeel.series;

/** A series has dates that something speaks against (409); nothing was saved. The plan says what, date by date. */
public class Unresolved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SeriesPlan plan;

    public Unresolved(SeriesPlan plan) {
        super("Unresolved dates: " + plan.conflicts().size(), null, false, false);
        this.plan = plan;
    }

    public SeriesPlan plan() {
        return plan;
    }
}

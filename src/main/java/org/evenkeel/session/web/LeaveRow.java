package org.evenkeel.session.web;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.LeavePlanning.Affected;
import org.evenkeel.session.LeavePlanning.Decision;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.WallTime;
import org.jspecify.annotations.Nullable;

/** A session that leave falls on, and what was chosen for it: {@code sub:<therapist>}, {@code move}, {@code cancel}, {@code extend} or {@code keep}. */
public class LeaveRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SUBSTITUTE = "sub:";

    private static final String KEEP = "keep";

    private static final String EXTEND = "extend";

    private final Affected affected;
    private String choice = "";
    private @Nullable LocalDateTime moveTo;
    private String problem = "";

    LeaveRow(Affected affected) {
        this.affected = affected;
        if (!affected.substitutes().isEmpty()) {
            choice = SUBSTITUTE + affected.substitutes().get(0).id();
        } else if (!affected.leads()) {
            choice = KEEP;
        }
    }

    /** The same choice for what is known of it now. */
    LeaveRow with(Affected now) {
        LeaveRow row = new LeaveRow(now);
        row.choice = choice;
        row.moveTo = moveTo;
        row.problem = problem;
        return row;
    }

    Decision decision() {
        if (choice.startsWith(SUBSTITUTE)) {
            return Decision.substitute(Long.parseLong(choice.substring(SUBSTITUTE.length())));
        }
        return switch (choice) {
            case "cancel" -> Decision.CANCEL;
            case EXTEND -> Decision.CANCEL_AND_EXTEND;
            case "move" -> {
                if (moveTo == null) {
                    throw new Invalid("rows", "availability.leave.moveMissing");
                }
                yield Decision.move(WallTime.at("rows", moveTo, affected.zone()));
            }
            default -> Decision.KEEP;
        };
    }

    /** Whether something was chosen that can be done as it stands; else the row says what is missing. */
    boolean check() {
        problem = "";
        if (choice.isEmpty()) {
            problem = Notices.text("availability.leave.undecidedRow");
        } else if (choice.equals("move") && moveTo == null) {
            problem = Notices.text("availability.leave.moveMissing");
        }
        return problem.isEmpty();
    }

    /** When it is to start, as it was decided. */
    Instant wantedStart() {
        Instant start = decision().start();
        return start == null ? affected.slot().start() : start;
    }

    void refused(String why) {
        problem = why;
    }

    void cancelIfUndecided() {
        choice = choice.isEmpty() ? "cancel" : choice;
        problem = "";
    }

    /** What is wrong with what was chosen; empty: nothing so far. */
    public String getProblem() {
        return problem;
    }

    public boolean isUndecided() {
        return choice.isEmpty();
    }

    public long getId() {
        return affected.sessionId();
    }

    public Affected getAffected() {
        return affected;
    }

    /** The names of who comes, or how many. */
    public String getWho() {
        return affected.title() == null
                ? String.join(", ", affected.patients())
                : affected.title() + " (" + affected.patients().size() + ")";
    }

    /** What it comes to if somebody takes over: who facilitates it already leads it then, alone if there is nobody else. */
    public String inWords(Named substitute) {
        String key = "availability.leave.substitute";
        if (affected.leads() && affected.others().contains(substitute)) {
            key += affected.others().size() == 1 ? "Alone" : "Leads";
        }
        return Notices.text(key, substitute.name());
    }

    /** Who is there without the absent one, if that is not enough: their group is under-staffed. */
    public String getWithoutThem() {
        return affected.others().stream().map(Named::name).collect(Collectors.joining(", "));
    }

    /** Whether the absent one facilitates a group that another leads. */
    public boolean isFacilitated() {
        return !affected.leads();
    }

    /** Ways out besides those for every session. */
    public List<String> getMore() {
        return affected.leads() ? List.of() : List.of(KEEP);
    }

    /** The way out for a date of a series, which can have another one at its end. */
    public List<String> getExtending() {
        return affected.seriesId() == null ? List.of() : List.of(EXTEND);
    }

    public String getChoice() {
        return choice;
    }

    public void setChoice(String choice) {
        this.choice = choice;
    }

    public @Nullable LocalDateTime getMoveTo() {
        return moveTo;
    }

    public void setMoveTo(@Nullable LocalDateTime moveTo) {
        this.moveTo = moveTo;
    }
}

package org.evenkeel.session.web;

import java.io.Serializable;
import java.time.LocalDateTime;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.LeavePlanning.Affected;
import org.evenkeel.session.LeavePlanning.Decision;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.WallTime;
import org.jspecify.annotations.Nullable;

/** A session that leave falls on, and what was chosen for it: {@code sub:<therapist>}, {@code move}, {@code cancel} or {@code keep}. */
public class LeaveRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SUBSTITUTE = "sub:";

    private final Affected affected;
    private String choice = "";
    private @Nullable LocalDateTime moveTo;

    LeaveRow(Affected affected) {
        this.affected = affected;
        if (!affected.substitutes().isEmpty()) {
            choice = SUBSTITUTE + affected.substitutes().get(0).id();
        }
    }

    /** The same choice for what is known of it now. */
    LeaveRow with(Affected now) {
        LeaveRow row = new LeaveRow(now);
        row.choice = choice;
        row.moveTo = moveTo;
        return row;
    }

    Decision decision() {
        if (choice.startsWith(SUBSTITUTE)) {
            return Decision.substitute(Long.parseLong(choice.substring(SUBSTITUTE.length())));
        }
        return switch (choice) {
            case "cancel" -> Decision.CANCEL;
            case "move" -> {
                if (moveTo == null) {
                    throw new Invalid("rows", Notices.text("availability.leave.moveMissing"));
                }
                yield Decision.move(WallTime.at("rows", moveTo, affected.zone()));
            }
            default -> Decision.KEEP;
        };
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

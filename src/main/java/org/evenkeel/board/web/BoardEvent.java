package org.evenkeel.board.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** What the script of the board told about the event of this request. */
@Named
@RequestScoped
public class BoardEvent {

    /** The therapist of the cell, or whom a session is moved to. */
    public long getTherapistId() {
        return number("board.therapist");
    }

    /** The start of the cell, or when a session is moved to. */
    public Instant getStart() {
        return Instant.ofEpochSecond(Math.multiplyExact(number("board.start"), 60L));
    }

    public long getSessionId() {
        return number("board.session");
    }

    /** The session's version as it was shown. */
    public long getVersion() {
        return number("board.version");
    }

    /** Soft rules that the user goes against, with the reason; none if there is no reason. */
    public RuleOverride getOverride() {
        String reason = text("board.reason");
        String rules = text("board.rules");
        if (reason == null || reason.isBlank() || rules == null) {
            return RuleOverride.NONE;
        }
        Set<Rule> against = EnumSet.noneOf(Rule.class);
        Arrays.stream(Rule.values())
                .filter(rule -> Arrays.asList(rules.split(" ")).contains(rule.name()))
                .forEach(against::add);
        return new RuleOverride(against, reason);
    }

    private static long number(String name) {
        String value = text(name);
        try {
            return Long.parseLong(value == null ? "" : value);
        } catch (NumberFormatException e) {
            throw new Invalid(name, "invalid.board.notNumber");
        }
    }

    private static @Nullable String text(String name) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get(name);
    }
}

package org.evenkeel.api;

import java.util.LinkedHashSet;
import java.util.Set;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;

/** What clients send about sessions, read strictly. */
final class Wishes {

    private static final Set<String> SESSION =
            Set.of("modality", "start", "minutes", "therapist", "room", "patients", "override");
    private static final Set<String> CANCELLATION = Set.of("reason");
    private static final Set<String> OVERRIDE = Set.of("rules", "reason");
    private static final int LONGEST_REASON = 500;

    private Wishes() {}

    static BookSession booking(byte[] json) {
        JsonBody body = JsonBody.of(json, SESSION);
        return new BookSession(
                body.text("modality"),
                body.instant("start"),
                body.number("minutes"),
                body.id("therapist"),
                body.idOrNull("room"),
                null,
                body.ids("patients"),
                override(body, Set.of()));
    }

    /** A merge patch (RFC 7396): what is left out stays as it is. Nothing of a session can be taken away. */
    static ChangeSession change(byte[] json) {
        JsonBody body = JsonBody.of(json, SESSION).withoutNulls();
        return new ChangeSession(
                body.textOrNull("modality"),
                body.instantOrNull("start"),
                body.numberOrNull("minutes"),
                body.idOrNull("therapist"),
                body.idOrNull("room"),
                body.idsOrNull("patients"),
                override(body, Set.of()));
    }

    /** Why a session is cancelled. */
    static String cancellation(byte[] json) {
        return JsonBody.of(json, CANCELLATION).text("reason");
    }

    /**
     * @param also rules that may be gone against beside the soft ones
     * @throws Invalid if a rule is unknown or cannot be gone against, or there is no reason
     */
    static RuleOverride override(JsonBody session, Set<Rule> also) {
        JsonBody body = session.objectOrNull("override", OVERRIDE);
        if (body == null) {
            return RuleOverride.NONE;
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (String name : body.texts("rules")) {
            Rule rule = Parameters.constant("override.rules", Rule.class, name);
            if (rule.severity() != Rule.Severity.SOFT && !also.contains(rule)) {
                throw body.invalid("rules", "invalid.api.hardRule", rule);
            }
            rules.add(rule);
        }
        String reason = body.text("reason").strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw body.invalid("reason", "invalid.api.reason", LONGEST_REASON);
        }
        return new RuleOverride(rules, reason);
    }
}

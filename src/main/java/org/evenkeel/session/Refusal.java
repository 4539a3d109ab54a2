package org.evenkeel.session;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Why a booking is refused, as data: {@link RefusalTexts} turns it into words.
 *
 * @param who the therapist, room, patient or site that it is about
 * @param blockedBy the session in the way, as far as the reader may see it
 * @param facts what the sentence needs beyond that, by name; instants are told in the site's zone
 */
public record Refusal(Rule rule, String who, @Nullable BlockedBy blockedBy, Map<String, Object> facts) {

    public Refusal {
        facts = Map.copyOf(facts);
    }

    public static Refusal of(Rule rule, String who) {
        return new Refusal(rule, who, null, Map.of());
    }

    public static Refusal of(Rule rule, String who, Map<String, Object> facts) {
        return new Refusal(rule, who, null, facts);
    }

    /** Whether it ends by itself, such as a time that somebody is booking just now. */
    public boolean isPassing() {
        return rule == Rule.BEING_BOOKED;
    }

    /** The same for a reader who is shown patients otherwise than by their names. */
    public Refusal naming(UnaryOperator<String> patient) {
        return switch (rule) {
            case PATIENT_TAKEN, PATIENT_NOT_BOOKABLE, ALREADY_ENROLLED, ALREADY_WAITING ->
                new Refusal(rule, patient.apply(who), blockedBy, facts);
            default -> this;
        };
    }

    /** Rules and ids only: names stay out of logs. */
    @Override
    public String toString() {
        return rule + (blockedBy == null ? "" : " by session " + blockedBy.sessionId());
    }
}

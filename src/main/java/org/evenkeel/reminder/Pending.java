package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reminder that waits, and what it would tell of, as that stands now.
 *
 * @param ruleId of the rule that asks for it
 * @param channels by which it may go, the preferred one first: the rule's, but for one that has a reminder of the same already
 * @param session its session
 * @param expected whether the patient still comes to it (for {@link Occasion#OFFERED}: whether the seat is still held for them)
 */
record Pending(
        long id,
        Occasion occasion,
        int revision,
        long ruleId,
        int lead,
        Channel channel,
        Instant sendAt,
        int attempts,
        List<Channel> channels,
        String template,
        About session,
        boolean expected) {

    /**
     * What a message says of a session.
     *
     * @param place how the site is called in messages; null where nobody has said
     * @param therapist title and family name
     */
    record About(
            long id,
            Instant start,
            Instant end,
            int revision,
            boolean live,
            ZoneId zone,
            String phone,
            @Nullable String place,
            String therapist) {

        LocalDate day() {
            return start.atZone(zone).toLocalDate();
        }

        /** As the calendar of this patient would have it; what two patients have of one session has nothing in common. */
        Outgoing.Invitation invitation(long patientId, Disclosure allowed) {
            String uid = UUID.nameUUIDFromBytes(("appointment " + id + " " + patientId).getBytes(UTF_8))
                    .toString();
            return new Outgoing.Invitation(uid, revision, start, end, allowed.allows(Disclosure.PLACE) ? place : null);
        }
    }

    /** Why it has nothing to tell any more; null if it has. */
    @Nullable
    Reason over(Instant now) {
        if (!session.start().isAfter(now)) {
            return Reason.STARTED;
        }
        if (occasion == Occasion.CANCELLED) {
            return session.live() && expected ? Reason.MOVED : null;
        }
        if (!session.live()) {
            return Reason.SESSION_CANCELLED;
        }
        if (revision != session.revision()) {
            return Reason.MOVED;
        }
        Reason gone = occasion == Occasion.OFFERED ? Reason.OFFER_OVER : Reason.NOT_EXPECTED;
        return expected ? null : gone;
    }

    /** Its own channel, and those after it; all by which it may go, where its own is none of them any more. At least one. */
    List<Channel> order() {
        return channels.subList(Math.max(0, channels.indexOf(channel)), channels.size());
    }

    /** The same at another moment. */
    Pending sentAt(Instant moment) {
        return new Pending(
                id, occasion, revision, ruleId, lead, channel, moment, attempts, channels, template, session, expected);
    }

    /** Which message it is, whatever its channel. */
    Recipient.Subject subject() {
        return new Recipient.Subject(session.id(), revision, ruleId, lead, occasion);
    }

    /**
     * Whether it takes an earlier message's place: it says the same once more, or is the first to say that the session is no longer as
     * that said.
     *
     * @param told all that they have been told of
     */
    boolean replaces(Recipient.Subject earlier, List<Recipient.Subject> told) {
        boolean otherwise = occasion == Occasion.CANCELLED || (earlier.revision() < revision && !isKnown(told));
        return earlier.equals(subject()) || (earlier.sessionId() == session.id() && otherwise);
    }

    /** Whether another message has told of the session as it stands. */
    private boolean isKnown(List<Recipient.Subject> told) {
        return told.stream()
                .anyMatch(t -> t.sessionId() == session.id() && t.revision() == revision && !t.equals(subject()));
    }

    /** Why it comes to nothing, if there is no moment left for it: where the gateway was tried, that could not be reached. */
    Reason expiry(Reason noMoment) {
        return attempts > 0 && noMoment == Reason.QUIET_HOURS ? Reason.UNREACHABLE : noMoment;
    }

    /** Whether one message can tell of both: the same news, changes of several sessions, or news of the same session that stands. */
    boolean speaksFor(Pending other, Instant now) {
        if (occasion == other.occasion) {
            return occasion != Occasion.BEFORE
                    ? !other.sendAt.isAfter(now)
                    : session.day().equals(other.session.day()) && (lead == other.lead || !other.sendAt.isAfter(now));
        }
        if (isChange() && other.isChange()) {
            return !other.sendAt.isAfter(now);
        }
        return session.id() == other.session.id()
                && !other.sendAt.isAfter(now)
                && occasion != Occasion.CANCELLED
                && occasion != Occasion.OFFERED
                && other.occasion != Occasion.CANCELLED
                && other.occasion != Occasion.OFFERED;
    }

    /** Leave over a series moves some sessions and cancels others: whoever comes to them is told once. */
    private boolean isChange() {
        return occasion == Occasion.MOVED || occasion == Occasion.CANCELLED;
    }
}

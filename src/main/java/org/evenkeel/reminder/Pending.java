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
 * @param channels the rule's, the preferred one first
 * @param session its session
 * @param expected whether the patient still comes to it (for {@link Occasion#OFFERED}: whether the seat is still held for them)
 */
record Pending(
        long id,
        Occasion occasion,
        int revision,
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
            return session.live() ? Reason.MOVED : null;
        }
        if (!session.live()) {
            return Reason.SESSION_CANCELLED;
        }
        if (occasion == Occasion.OFFERED) {
            return expected ? null : Reason.OFFER_OVER;
        }
        if (revision != session.revision()) {
            return Reason.MOVED;
        }
        return expected ? null : Reason.NOT_EXPECTED;
    }

    /** Whether one message can tell of both: the same news, or news of the same session that stands. */
    boolean speaksFor(Pending other, Instant now) {
        if (occasion == other.occasion) {
            return occasion != Occasion.BEFORE
                    ? !other.sendAt.isAfter(now)
                    : session.day().equals(other.session.day()) && (lead == other.lead || !other.sendAt.isAfter(now));
        }
        return session.id() == other.session.id()
                && !other.sendAt.isAfter(now)
                && occasion != Occasion.CANCELLED
                && occasion != Occasion.OFFERED
                && other.occasion != Occasion.CANCELLED
                && other.occasion != Occasion.OFFERED;
    }
}

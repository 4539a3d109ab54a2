package org.evenkeel.reminder;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a gateway.
 *
 * @param reminderId the reminder that it is sent for; by it an answer, or the news of its delivery, finds back
 * @param channel how it goes
 * @param to the address: an e-mail address, or a phone number as somebody typed it
 * @param subject of an e-mail
 * @param stopLink where a mail program's "unsubscribe" goes (RFC 8058); null: nowhere
 * @param invitations the appointments as a calendar would have them; empty where the patient's consent does not go so far
 */
public record Outgoing(
        long reminderId,
        Channel channel,
        String to,
        String subject,
        String body,
        @Nullable String stopLink,
        List<Invitation> invitations) {

    /**
     * An appointment for the patient's own calendar.
     *
     * @param uid the same for each revision of the session
     */
    public record Invitation(String uid, int sequence, Instant start, Instant end, @Nullable String place) {}

    /** Ids only: contacts and texts stay out of logs. */
    @Override
    public String toString() {
        return "Outgoing " + reminderId + " " + channel;
    }
}

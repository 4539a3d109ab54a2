package org.evenkeel.reminder;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits, as it will be if nothing changes.
 *
 * @param due when its rule wants it to go out
 * @param at when it will, or when it will be over
 * @param zone of its session
 * @param to where it will go; null: nowhere, since nothing will go out
 * @param subject of an e-mail
 * @param body what it will say, with links to nothing
 * @param why it has to wait until then, or will not go out; null: it is not due before
 */
public record NextMessage(
        long patientId,
        Channel channel,
        Instant due,
        Instant at,
        ZoneId zone,
        @Nullable String to,
        String subject,
        String body,
        @Nullable Reason why) {

    /** Whether it goes out at all. */
    public boolean goesOut() {
        return to != null;
    }

    /** The patient's id alone: contacts and texts stay out of logs. */
    @Override
    public String toString() {
        return "Next message of patient " + patientId;
    }
}

package org.evenkeel.reminder;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import org.evenkeel.identity.Secrets;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/** The tokens of links in messages: 256 random bits, one purpose, stored hashed, and of no use once the session has begun. */
final class ReplyTokens {

    /** What a link is for. */
    enum Purpose {
        /** To confirm, to cancel, or to ask for another time. */
        ANSWER,
        /** To get no more messages. */
        STOP
    }

    private ReplyTokens() {}

    /**
     * New tokens for one message, in one statement of the caller's transaction: for an answer, and to opt out.
     *
     * @param lookup the keyed hash of the address that the message goes to
     */
    static Pair issue(EntityManager em, long reminderId, String lookup, Instant answerUntil, Instant stopUntil) {
        Pair pair = new Pair(Secrets.random(), Secrets.random());
        Sql.on(em)
                .add(
                        "insert into reply_token (token_hash, reminder_id, purpose, expires_at, lookup)"
                                + " values (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)",
                        Secrets.hash(pair.answer()),
                        reminderId,
                        Purpose.ANSWER,
                        answerUntil,
                        lookup,
                        Secrets.hash(pair.stop()),
                        reminderId,
                        Purpose.STOP,
                        stopUntil,
                        lookup)
                .update();
        return pair;
    }

    /** What a token stands for: a message, and where it went. */
    record Known(long reminderId, @Nullable String lookup) {}

    /** Empty for a token that is unknown, was made for something else, or has expired. */
    static Optional<Known> find(EntityManager em, String token, Purpose purpose, Instant now) {
        return Sql.on(em)
                .add(
                        "select reminder_id, lookup from reply_token where token_hash = ? and purpose = ? and expires_at > ?",
                        Secrets.hash(token),
                        purpose,
                        now)
                .first(r -> new Known(r.id(1), r.textOrNull(2)));
    }

    record Pair(String answer, String stop) {

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Pair";
        }
    }
}

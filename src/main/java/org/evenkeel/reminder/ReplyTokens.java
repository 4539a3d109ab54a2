package org.evenkeel.reminder;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.evenkeel.identity.Secrets;
import org.evenkeel.shared.Sql;

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

    /** New tokens for one message, in one statement of the caller's transaction: for an answer, and to opt out. */
    static Pair issue(EntityManager em, long reminderId, Instant answerUntil, Instant stopUntil) {
        Pair pair = new Pair(Secrets.random(), Secrets.random());
        Sql.on(em)
                .add(
                        "insert into reply_token (token_hash, reminder_id, purpose, expires_at) values (?, ?, ?, ?), (?, ?, ?, ?)",
                        Secrets.hash(pair.answer()),
                        reminderId,
                        Purpose.ANSWER,
                        answerUntil,
                        Secrets.hash(pair.stop()),
                        reminderId,
                        Purpose.STOP,
                        stopUntil)
                .update();
        return pair;
    }

    record Pair(String answer, String stop) {

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Pair";
        }
    }
}

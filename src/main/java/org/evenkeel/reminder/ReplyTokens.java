package org.evenkeel.reminder;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
     * New tokens for a message: for an answer, and to opt out.
     *
     * @param lookup the keyed hash of the address that the message goes to
     */
    record Issued(Pair tokens, long reminderId, String lookup, Instant answerUntil, Instant stopUntil) {

        Issued(long reminderId, String lookup, Instant answerUntil, Instant stopUntil) {
            this(new Pair(Secrets.random(), Secrets.random()), reminderId, lookup, answerUntil, stopUntil);
        }

        private Stream<List<Object>> rows() {
            return Stream.of(
                    List.of(Secrets.hash(tokens.answer()), reminderId, Purpose.ANSWER, answerUntil, lookup),
                    List.of(Secrets.hash(tokens.stop()), reminderId, Purpose.STOP, stopUntil, lookup));
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "Tokens of reminder " + reminderId;
        }
    }

    /** Makes them known to the database, in the caller's transaction. */
    static void keep(EntityManager em, Collection<Issued> issued) {
        Sql.on(em)
                .add(
                        "insert into reply_token (token_hash, reminder_id, purpose, expires_at, lookup) values (?, ?, ?, ?, ?)")
                .each(issued.stream().flatMap(Issued::rows).toList());
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

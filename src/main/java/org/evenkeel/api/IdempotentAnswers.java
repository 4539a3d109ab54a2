package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.evenkeel.platform.Hourly;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/**
 * The first answers to requests with an idempotency key, for 24 hours. One is kept in the transaction of the change that it tells
 * of: either both are there or neither, whenever the server dies. A refusal changes nothing and is kept in a transaction of its own.
 */
@ApplicationScoped
public class IdempotentAnswers {

    /** How long a repeat is told the first answer. */
    public static final Duration KEPT = Duration.ofHours(24);

    private EntityManager em;
    private Transactions transactions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected IdempotentAnswers() {}

    @Inject
    public IdempotentAnswers(EntityManager em, Transactions transactions, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Kept(String hash, Answer answer) {}

    /**
     * The first answer under this key.
     *
     * @throws Invalid if something else was asked for under it
     */
    Optional<Answer> find(IdempotencyKey key) {
        Instant since = clock.instant().minus(KEPT);
        Optional<Kept> kept = transactions.inNew(() -> Sql.on(em)
                .add(
                        "select request_hash, status, about, session_id, session_version, body from idempotent_answer"
                                + " where account_id = ? and idempotency_key = ? and created_at > ?",
                        key.accountId(),
                        key.name(),
                        since)
                .first(r -> new Kept(r.text(1), new Answer(r.number(2), r.text(3), r.id(4), r.id(5), r.text(6)))));
        if (kept.isPresent() && !kept.get().hash().equals(key.hash())) {
            throw new Invalid(IdempotencyKey.HEADER, "invalid.api.idempotencyKeyUsed");
        }
        return kept.map(Kept::answer);
    }

    /** Keeps the answer in the current transaction; another one under the same key is a duplicate key of the database. */
    void keep(IdempotencyKey key, Answer answer, Instant now) {
        Sql.on(em)
                .add(
                        "delete from idempotent_answer where account_id = ? and idempotency_key = ? and created_at <= ?",
                        key.accountId(),
                        key.name(),
                        now.minus(KEPT))
                .update();
        Sql.on(em)
                .add(
                        "insert into idempotent_answer (account_id, idempotency_key, request_hash, status, about, session_id,"
                                + " session_version, body, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        key.accountId(),
                        key.name(),
                        key.hash(),
                        answer.status(),
                        answer.about(),
                        answer.id(),
                        answer.version(),
                        answer.body(),
                        now)
                .update();
    }

    /**
     * Keeps a refusal, after the transaction that it ended.
     *
     * @return what a repeat will be told: the same, unless another request under this key was faster
     * @throws Invalid if that asked for something else
     */
    Answer keepRefusal(IdempotencyKey key, Answer refusal) {
        try {
            transactions.runInNew(() -> keep(key, refusal, clock.instant()));
            return refusal;
        } catch (RuntimeException e) {
            return find(key).orElseThrow(() -> e);
        }
    }

    /** Clears away what is older than 24 hours. */
    void clean(@Observes Hourly hourly) {
        Instant since = hourly.at().minus(KEPT);
        transactions.runInNew(() -> Sql.on(em)
                .add("delete from idempotent_answer where created_at <= ?", since)
                .update());
    }
}

package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/** Where nothing sends for real: keeps for a week what would have gone out, so that somebody can look at it. */
@ApplicationScoped
public class DevelopmentOutbox {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int SHOWN = 100;
    private static final int NEXT_SHOWN = 25;

    private EntityManager em;
    private Transactions transactions;
    private ContactVault vault;
    private Outbox outbox;
    private Foresight foresight;
    private Gate gate;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected DevelopmentOutbox() {}

    @Inject
    public DevelopmentOutbox(
            EntityManager em,
            Transactions transactions,
            ContactVault vault,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.vault = vault;
        this.outbox = outbox;
        this.foresight = new Foresight(em, outbox);
        this.gate = new Gate(audit);
        this.audit = audit;
        this.clock = clock;
    }

    /** A message that would have gone out. */
    public record Shown(Channel channel, String to, String subject, String body, Instant at) {

        /** The channel alone: contacts and texts stay out of logs. */
        @Override
        public String toString() {
            return "Shown " + channel;
        }
    }

    /**
     * What the outbox holds.
     *
     * @param newest the newest hundred that went out
     * @param waiting how many more wait for their moment
     * @param next the first of them, one for each patient
     */
    public record Contents(List<Shown> newest, int waiting, List<NextMessage> next) {
        public static final Contents NOTHING = new Contents(List.of(), 0, List.of());
    }

    /** What it holds; one line in the audit trail. */
    public Contents contents(Actor actor) {
        gate.require(actor, "see the outbox", Role.LEAD);
        return transactions.inNew(() -> {
            List<NextMessage> next = foresight.next(NEXT_SHOWN, clock.instant());
            Stream<Long> patients = Sql.on(em)
                    .add("select m.patient_id from outbox_message o join reminder m on m.id = o.reminder_id"
                            + " order by o.made_at desc, o.id desc fetch first " + SHOWN + " rows only")
                    .list(r -> r.id(1))
                    .stream();
            audit.record(
                    actor,
                    Entry.viewed(
                            "reminder/outbox",
                            "message",
                            List.of(),
                            Stream.concat(patients, next.stream().map(NextMessage::patientId))
                                    .distinct()
                                    .toList()));
            int waiting = Sql.on(em)
                    .add("select count(*) from reminder where state = 'PENDING'")
                    .first(r -> r.number(1))
                    .orElse(0);
            return new Contents(newest(), waiting, next);
        });
    }

    /**
     * Keeps what was accepted in the last days as if it had gone out by this, in the caller's transaction: for a history that nobody
     * has lived through.
     */
    public void recall() {
        Instant now = clock.instant();
        List<List<Object>> rows = outbox.past(now.minus(KEPT), now).stream()
                .map(past -> row(past.message(), past.at()))
                .toList();
        insert().each(rows);
    }

    private List<Shown> newest() {
        return Sql.on(em)
                .add("select reminder_id, channel, sealed, made_at from outbox_message order by made_at desc, id desc"
                        + " fetch first " + SHOWN + " rows only")
                .list(r -> {
                    String[] parts = vault.open(r.id(1), r.text(3)).split("\n", 3);
                    return new Shown(r.constant(2, Channel.class), parts[0], parts[1], parts[2], r.instant(4));
                });
    }

    Gateway by(Channel channel) {
        return new Gateway() {
            @Override
            public Channel channel() {
                return channel;
            }

            @Override
            public Line open() {
                return new Keeping();
            }
        };
    }

    private void keep(Outgoing message) {
        transactions.runInNew(() -> {
            Sql.on(em)
                    .add(
                            "delete from outbox_message where made_at < ?",
                            clock.instant().minus(KEPT))
                    .update();
            insert().each(List.of(row(message, clock.instant())));
        });
    }

    private Sql insert() {
        return Sql.on(em).add("insert into outbox_message (reminder_id, channel, sealed, made_at) values (?, ?, ?, ?)");
    }

    private List<Object> row(Outgoing message, Instant at) {
        return List.of(
                message.reminderId(),
                message.channel(),
                vault.seal(message.reminderId(), message.to() + "\n" + message.subject() + "\n" + message.body()),
                at);
    }

    private final class Keeping implements Gateway.Line {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Delivery send(Outgoing message, Departure departure) {
            keep(message);
            return Delivery.accepted(null);
        }

        @Override
        public void close() {}
    }
}

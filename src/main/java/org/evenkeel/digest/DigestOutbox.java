package org.evenkeel.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Delivery;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/**
 * What has become of digests: one row for an account and the day that it tells of, whose key is what stops a second one, over
 * restarts and nodes.
 */
@ApplicationScoped
class DigestOutbox {

    /** Longer than the slowest mail server may take to answer. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);
    private static final Duration KEPT = Duration.ofDays(60);

    private EntityManager em;
    private Transactions transactions;
    private ContactVault vault;
    private Configuration configuration;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected DigestOutbox() {}

    @Inject
    DigestOutbox(
            EntityManager em, Transactions transactions, ContactVault vault, Configuration configuration, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.vault = vault;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * A digest whose time has come.
     *
     * @param about tomorrow, where the therapist works most
     */
    record Due(Actor actor, long therapistId, String language, String address, LocalDate about) {

        /** Ids only: addresses stay out of logs. */
        @Override
        public String toString() {
            return "Digest of " + actor + " for " + about;
        }
    }

    private record Key(long accountId, LocalDate about) {}

    /** What may go out now. Puts away what was lost on its way, and what is old; four statements, however many want one. */
    List<Due> due() {
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            Sql.on(em)
                    .add(
                            "update digest set state = ?, closed_at = ? where state = ? and lease_until < ?",
                            DigestState.UNKNOWN,
                            now,
                            DigestState.SENDING,
                            now)
                    .update();
            LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
            Sql.on(em)
                    .add("delete from digest where about < ?", today.minusDays(KEPT.toDays()))
                    .update();
            Set<Key> over = new HashSet<>(Sql.on(em)
                    .add(
                            "select account_id, about from digest where about >= ? and (state <> ? or next_at > ?)",
                            today.minusDays(1),
                            DigestState.WAITING,
                            now)
                    .list(r -> new Key(r.id(1), r.date(2))));
            return wanted(now).stream()
                    .filter(due -> !over.contains(new Key(due.actor().accountId(), due.about())))
                    .toList();
        });
    }

    private record Wanted(Due due, LocalTime at, ZoneId zone) {

        /** Between its time and midnight; what was due before the database was restored has gone out already. */
        boolean isDue(Instant now) {
            return !now.atZone(zone).toLocalTime().isBefore(at);
        }

        Instant moment() {
            return due.about().minusDays(1).atTime(at).atZone(zone).toInstant();
        }
    }

    private List<Due> wanted(Instant now) {
        Instant restored = configuration.restoredAt().orElse(Instant.MIN);
        return Sql.on(em)
                .add(
                        "select a.id, a.username, a.therapist_id, a.language, w.sealed, w.send_at, coalesce((select i.zone"
                                + " from working_hours h join site i on i.id = h.site_id where h.therapist_id = a.therapist_id"
                                + " group by i.zone order by count(*) desc, i.zone fetch first 1 rows only), 'UTC')"
                                + " from digest_wish w join account a on a.id = w.account_id where a.active = true"
                                + " and a.therapist_id is not null and exists (select 1 from account_role r"
                                + " where r.account_id = a.id and r.role = ?) order by a.id",
                        Role.THERAPIST)
                .list(r -> {
                    ZoneId zone = ZoneId.of(r.text(7));
                    Actor actor = new Actor(r.id(1), r.text(2), Set.of(Role.THERAPIST), r.id(3));
                    LocalDate tomorrow = now.atZone(zone).toLocalDate().plusDays(1);
                    return new Wanted(
                            new Due(actor, r.id(3), r.text(4), vault.open(r.id(1), r.text(5)), tomorrow),
                            r.time(6),
                            zone);
                })
                .stream()
                .filter(w -> w.isDue(now) && w.moment().isAfter(restored))
                .map(Wanted::due)
                .toList();
    }

    /** Whether it is this caller's to send; committed when it returns. */
    boolean claim(Due due) {
        Instant now = clock.instant();
        try {
            return transactions.inNew(() -> Sql.on(em)
                                    .add(
                                            "update digest set state = ?, lease_until = ?, attempts = attempts + 1 where account_id = ?"
                                                    + " and about = ? and state = ? and next_at <= ?",
                                            DigestState.SENDING,
                                            now.plus(LEASE),
                                            due.actor().accountId(),
                                            due.about(),
                                            DigestState.WAITING,
                                            now)
                                    .update()
                            == 1
                    || insert(due, DigestState.SENDING, now));
        } catch (RuntimeException e) {
            if (DatabaseErrors.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean insert(Due due, DigestState state, Instant now) {
        return Sql.on(em)
                        .add(
                                "insert into digest (account_id, about, state, attempts, lease_until) values (?, ?, ?, 1, ?)",
                                due.actor().accountId(),
                                due.about(),
                                state,
                                now.plus(LEASE))
                        .update()
                == 1;
    }

    /** Writes down how it ended; where nothing left, it is tried again until the day is there. */
    void end(Due due, Delivery.Outcome outcome) {
        end(
                due,
                switch (outcome) {
                    case ACCEPTED -> DigestState.SENT;
                    case REFUSED, NO_GATEWAY -> DigestState.FAILED;
                    case UNKNOWN -> DigestState.UNKNOWN;
                    case NOT_NOW -> DigestState.WAITING;
                });
    }

    void end(Due due, DigestState state) {
        Instant now = clock.instant();
        transactions.runInNew(() -> Sql.on(em)
                .add(
                        "update digest set state = ?, closed_at = ?, next_at = ?, lease_until = null"
                                + " where account_id = ? and about = ? and state = ?",
                        state,
                        now,
                        now.plus(LONGEST_WAIT.dividedBy(6)),
                        due.actor().accountId(),
                        due.about(),
                        DigestState.SENDING)
                .update());
    }
}

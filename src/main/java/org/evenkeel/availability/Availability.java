package org.evenkeel.availability;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.evenkeel.shared.DatabaseErrors;
import org.jspecify.annotations.Nullable;

/**
 * Promise 1 of the design: who or what is taken when. A claim is one row for each five minutes, keyed by resource and segment,
 * so that the primary key refuses whatever would overlap, over threads, nodes and bugs above. Runs in the caller's transaction.
 */
@ApplicationScoped
public class Availability {

    private EntityManager em;

    @SuppressWarnings("NullAway.Init")
    protected Availability() {}

    @Inject
    public Availability(EntityManager em) {
        this.em = em;
    }

    /**
     * Takes all the slots for one claim, or none.
     *
     * @param claim id of the session or hold that takes them
     * @param expiresAt when a hold ends by itself; null: never
     * @throws Taken if any part of them is taken; the transaction must then be rolled back
     */
    public void reserve(long claim, Collection<Claim> wanted, @Nullable Instant expiresAt) {
        // Sorted, so that two bookings which want the same rows wait for each other instead of dead-locking.
        List<Claim> sorted = wanted.stream()
                .sorted(Comparator.comparingLong((Claim c) -> c.resource().key())
                        .thenComparing(c -> c.slot().start()))
                .toList();
        int rows =
                sorted.stream().mapToInt(c -> c.endSegment() - c.firstSegment()).sum();
        String sql = "insert into occupied (resource, segment, claim, expires_at) values (?, ?, ?, ?)"
                + ", (?, ?, ?, ?)".repeat(rows - 1);
        @Nullable OffsetDateTime expiry = expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC);
        try (PreparedStatement insert = connection().prepareStatement(sql)) {
            int i = 1;
            for (Claim c : sorted) {
                for (int segment = c.firstSegment(); segment < c.endSegment(); segment++) {
                    insert.setLong(i++, c.resource().key());
                    insert.setInt(i++, segment);
                    insert.setLong(i++, claim);
                    insert.setObject(i++, expiry, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
                }
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            if (DatabaseErrors.isDuplicateKey(e)) {
                throw new Taken(e);
            }
            throw DatabaseErrors.translate(e);
        }
    }

    /** Gives back what the claim held of these slots; by statement, before anything is taken anew in the same transaction. */
    public void release(long claim, Collection<Claim> held) {
        update(
                "delete from occupied where resource = ? and segment >= ? and segment < ? and claim = ?",
                held,
                (s, c) -> {
                    s.setLong(4, claim);
                });
    }

    /** Clears holds that have run out from these slots, and tells how many segments that freed. */
    public int clearExpired(Collection<Claim> wanted, Instant now) {
        return update(
                "delete from occupied where resource = ? and segment >= ? and segment < ? and expires_at <= ?",
                wanted,
                (s, c) -> s.setObject(4, now.atOffset(ZoneOffset.UTC)));
    }

    /** Clears away everything that ended before the instant; what is long over needs no guard. Returns the rows removed. */
    public int clearBefore(Instant instant) {
        try (PreparedStatement delete = connection().prepareStatement("delete from occupied where segment < ?")) {
            delete.setInt(1, Claim.segment(instant));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    private int update(String sql, Collection<Claim> claims, Binder rest) {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            int rows = 0;
            for (Claim c : claims) {
                statement.setLong(1, c.resource().key());
                statement.setInt(2, c.firstSegment());
                statement.setInt(3, c.endSegment());
                rest.bind(statement, c);
                rows += statement.executeUpdate();
            }
            return rows;
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }

    @FunctionalInterface
    private interface Binder {
        void bind(PreparedStatement statement, Claim claim) throws SQLException;
    }
}

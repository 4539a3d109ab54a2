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
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        insert(segments(claim, wanted).sorted(IN_ORDER).toList(), expiresAt);
    }

    /**
     * Takes all the slots for many claims, or none.
     *
     * @param wanted by id of the session that takes them
     * @throws Taken if any part of them is taken; the transaction must then be rolled back
     */
    public void reserveAll(Map<Long, ? extends Collection<Claim>> wanted) {
        List<Segment> all = wanted.entrySet().stream()
                .flatMap(e -> segments(e.getKey(), e.getValue()))
                .sorted(IN_ORDER)
                .toList();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            insert(all.subList(from, Math.min(from + AT_ONCE, all.size())), null);
        }
    }

    /** Rows of one statement: enough to make the trip worth while, few enough for the parameters that PostgreSQL takes. */
    private static final int AT_ONCE = 1_000;

    /** Sorted, so that two bookings which want the same rows wait for each other instead of dead-locking. */
    private static final Comparator<Segment> IN_ORDER =
            Comparator.comparingLong(Segment::resource).thenComparingInt(Segment::number);

    private record Segment(long resource, int number, long claim) {}

    private static Stream<Segment> segments(long claim, Collection<Claim> wanted) {
        return wanted.stream().flatMap(c -> IntStream.range(c.firstSegment(), c.endSegment())
                .mapToObj(number -> new Segment(c.resource().key(), number, claim)));
    }

    private void insert(List<Segment> segments, @Nullable Instant expiresAt) {
        if (segments.isEmpty()) {
            return;
        }
        String sql = "insert into occupied (resource, segment, claim, expires_at) values (?, ?, ?, ?)"
                + ", (?, ?, ?, ?)".repeat(segments.size() - 1);
        @Nullable OffsetDateTime expiry = expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC);
        try (PreparedStatement insert = connection().prepareStatement(sql)) {
            int i = 1;
            for (Segment segment : segments) {
                insert.setLong(i++, segment.resource());
                insert.setInt(i++, segment.number());
                insert.setLong(i++, segment.claim());
                insert.setObject(i++, expiry, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
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
        releaseAll(Map.of(claim, held));
    }

    /** Gives back what many claims held. */
    public void releaseAll(Map<Long, ? extends Collection<Claim>> held) {
        String sql = "delete from occupied where resource = ? and segment >= ? and segment < ? and claim = ?";
        try (PreparedStatement delete = connection().prepareStatement(sql)) {
            for (Map.Entry<Long, ? extends Collection<Claim>> claim : held.entrySet()) {
                for (Claim c : claim.getValue()) {
                    delete.setLong(1, c.resource().key());
                    delete.setInt(2, c.firstSegment());
                    delete.setInt(3, c.endSegment());
                    delete.setLong(4, claim.getKey());
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    /** Clears holds that have run out from these slots, and tells how many segments that freed. */
    public int clearExpired(Collection<Claim> wanted, Instant now) {
        String sql = "delete from occupied where resource = ? and segment >= ? and segment < ? and expires_at <= ?";
        try (PreparedStatement delete = connection().prepareStatement(sql)) {
            for (Claim c : wanted) {
                delete.setLong(1, c.resource().key());
                delete.setInt(2, c.firstSegment());
                delete.setInt(3, c.endSegment());
                delete.setObject(4, now.atOffset(ZoneOffset.UTC));
                delete.addBatch();
            }
            return IntStream.of(delete.executeBatch()).sum();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
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

    private Connection connection() {
        return em.unwrap(Connection.class);
    }
}

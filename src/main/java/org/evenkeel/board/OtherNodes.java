package org.evenkeel.board;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.platform.Configuration;
import org.evenkeel.platform.Hourly;
import org.evenkeel.platform.Push;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/**
 * Keeps the boards of several nodes in step. Each node writes the dates that it changes into the database, one row for a transaction
 * and in it; each looks every second for what the others wrote, by one statement and only while it has open boards. The embedded
 * database has one node alone: there nothing is written.
 */
@ApplicationScoped
public class OtherNodes {
    private static final Duration KEPT = Duration.ofHours(1);

    /** A number may come before a larger one and be committed after it, but not by so many. */
    private static final int LATECOMERS = 200;

    /** What fits into a row: 4000 characters. */
    private static final int DATES_IN_A_ROW = 300;

    private final EntityManager em;
    private final Transactions transactions;
    private final AtCommit atCommit;
    private final Push push;
    private final Clock clock;
    private final boolean several;
    private final String node = UUID.randomUUID().toString();

    private long latest;
    private Set<Long> seen = Set.of();

    @Inject
    public OtherNodes(
            EntityManager em,
            Transactions transactions,
            AtCommit atCommit,
            Push push,
            Clock clock,
            Configuration configuration) {
        this(em, transactions, atCommit, push, clock, !configuration.isEmbedded());
    }

    OtherNodes(
            EntityManager em, Transactions transactions, AtCommit atCommit, Push push, Clock clock, boolean several) {
        this.em = em;
        this.transactions = transactions;
        this.atCommit = atCommit;
        this.push = push;
        this.clock = clock;
        this.several = several;
    }

    @SuppressWarnings("NullAway")
    protected OtherNodes() {
        this(null, null, null, null, null, false);
    }

    /** The dates that one transaction changes. */
    private static final class Dates {
        private final Set<String> all = new TreeSet<>();
    }

    /** Whether there can be others. */
    boolean areThere() {
        return several;
    }

    /** In the transaction that changes them. */
    void tell(Collection<String> dates) {
        if (several) {
            atCommit.gathered(Dates.class, Dates::new, this::write).all.addAll(dates);
        }
    }

    private void write(Dates changed) {
        List<String> dates = List.copyOf(changed.all);
        List<List<Object>> rows = new ArrayList<>();
        for (int from = 0; from < dates.size(); from += DATES_IN_A_ROW) {
            String some = String.join(" ", dates.subList(from, Math.min(dates.size(), from + DATES_IN_A_ROW)));
            rows.add(List.of(node, some, clock.instant()));
        }
        Sql.on(em)
                .add("insert into board_change (node, dates, told_at) values (?, ?, ?)")
                .each(rows);
    }

    /** Has the boards of this node show what others have changed since the last look; not by two threads at once. */
    void look() {
        if (!push.isHeard(BoardChanges.CHANNEL)) {
            latest = 0;
            return;
        }
        List<Told> told = transactions.inNew(() -> latest == 0 ? readFirst() : read(latest));
        Set<String> dates = told.stream()
                .filter(one -> !seen.contains(one.id))
                .flatMap(one -> one.dates.stream())
                .collect(Collectors.toCollection(TreeSet::new));
        latest = told.stream().mapToLong(Told::id).reduce(latest, Math::max);
        seen = told.stream().map(Told::id).collect(Collectors.toCollection(HashSet::new));
        if (!dates.isEmpty()) {
            BoardChanges.send(push, dates);
        }
    }

    private record Told(long id, List<String> dates) {}

    /** From a little before now on: a board may have been read before the first look. */
    private List<Told> readFirst() {
        latest = Sql.on(em)
                .add("select coalesce(max(id), 0) + 1 from board_change")
                .first(row -> row.id(1))
                .orElse(1L);
        return read(latest);
    }

    private List<Told> read(long from) {
        return Sql.on(em)
                .add("select id, dates from board_change where id > ? and node <> ?", from - LATECOMERS, node)
                .list(row -> new Told(row.id(1), List.of(row.text(2).split(" "))));
    }

    /** Clears away what every node has long read. */
    void clear(@Observes Hourly hour) {
        transactions.runInNew(() -> Sql.on(em)
                .add("delete from board_change where told_at < ?", hour.at().minus(KEPT))
                .update());
    }
}

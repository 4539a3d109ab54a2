package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.session.Change;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.shared.Sql;

/**
 * A series whose last date is cancelled has ended: nobody waits for it any more, and who is enrolled has left with the last date that
 * was held. If that cancellation is undone, all of it comes back (acceptance case A10).
 */
@ApplicationScoped
public class SeriesEnd {

    private static final String ENDED = "The series has ended";

    private EntityManager em;
    private AuditTrail audit;
    private AtCommit atCommit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SeriesEnd() {}

    @Inject
    public SeriesEnd(EntityManager em, AuditTrail audit, AtCommit atCommit, Clock clock) {
        this.em = em;
        this.audit = audit;
        this.atCommit = atCommit;
        this.clock = clock;
    }

    void changed(@Observes SessionChanged change) {
        if (change.kind() == Change.Kind.CANCELLED) {
            changes().cancelled.add(change.sessionId());
        } else if (change.kind() == Change.Kind.UNDONE) {
            changes().restored.add(change.sessionId());
        }
    }

    private Changes changes() {
        return atCommit.gathered(Changes.class, Changes::new, this::look);
    }

    /** What a transaction has done to sessions, of a series or not. */
    private static final class Changes {
        final TreeSet<Long> cancelled = new TreeSet<>();
        final TreeSet<Long> restored = new TreeSet<>();
    }

    /** Once, when all else is done: a series that was extended in the same transaction goes on. */
    private void look(Changes changes) {
        if (!changes.cancelled.isEmpty()) {
            Instant now = clock.instant();
            over(changes.cancelled, now).forEach(over -> end(over, now));
        }
        if (!changes.restored.isEmpty()) {
            reopen(changes.restored);
        }
    }

    private record Over(long seriesId, ZoneId zone) {}

    /** Of the series of those sessions, the ones without a date to come. */
    private List<Over> over(Collection<Long> cancelled, Instant now) {
        return Sql.on(em)
                .add("select distinct g.id, si.zone from session s join series g on g.id = s.series_id"
                        + " join site si on si.id = g.site_id where s.id in")
                .in(cancelled)
                .add(
                        "and not exists (select 1 from session d where d.series_id = g.id and d.state = 'BOOKED' and d.starts_at > ?)",
                        now)
                .list(r -> new Over(r.id(1), ZoneId.of(r.text(2))));
    }

    private void end(Over over, Instant now) {
        List<Long> waiting = Sql.on(em)
                .add("select patient_id from waitlist_entry where series_id = ? and state = 'WAITING'", over.seriesId())
                .list(r -> r.id(1));
        List<Long> enrolled = Sql.on(em)
                .add("select patient_id from enrolment where series_id = ? and to_date is null", over.seriesId())
                .list(r -> r.id(1));
        if (waiting.isEmpty() && enrolled.isEmpty()) {
            return;
        }
        Sql.on(em)
                .add(
                        "update waitlist_entry set state = 'WITHDRAWN', closed_at = ?, series_ended = true, version = version + 1"
                                + " where series_id = ? and state = 'WAITING'",
                        now,
                        over.seriesId())
                .update();
        Sql.on(em)
                .add(
                        "update enrolment set to_date = ?, end_reason = ?, version = version + 1 where series_id = ?"
                                + " and to_date is null",
                        lastDay(over, now),
                        ENDED,
                        over.seriesId())
                .update();
        record("ENDED", over.seriesId(), waiting, enrolled);
    }

    /** Of the last date that was held; today, if none was. */
    private LocalDate lastDay(Over over, Instant now) {
        return LocalDate.ofInstant(
                Sql.on(em)
                        .add(
                                "select starts_at from session where series_id = ? and state = 'BOOKED'"
                                        + " order by starts_at desc fetch first 1 rows only",
                                over.seriesId())
                        .first(r -> r.instant(1))
                        .orElse(now),
                over.zone());
    }

    private void reopen(Collection<Long> restored) {
        Sql.on(em)
                .add("select distinct series_id from session where id in")
                .in(restored)
                .add("and state = 'BOOKED' and series_id is not null")
                .list(r -> r.id(1))
                .forEach(this::reopenSeries);
    }

    private void reopenSeries(long seriesId) {
        List<Long> waiting = Sql.on(em)
                .add("select patient_id from waitlist_entry where series_id = ? and series_ended", seriesId)
                .list(r -> r.id(1));
        List<Long> enrolled = Sql.on(em)
                .add("select patient_id from enrolment where series_id = ? and end_reason = ?", seriesId, ENDED)
                .list(r -> r.id(1));
        if (waiting.isEmpty() && enrolled.isEmpty()) {
            return;
        }
        reopen(em, seriesId);
        record("REOPENED", seriesId, waiting, enrolled);
    }

    /** Whoever came or waited when a series ended does so again: it has dates once more. */
    static void reopen(EntityManager em, long seriesId) {
        Sql.on(em)
                .add(
                        "update waitlist_entry set state = 'WAITING', closed_at = null, series_ended = false,"
                                + " version = version + 1 where series_id = ? and series_ended",
                        seriesId)
                .update();
        Sql.on(em)
                .add(
                        "update enrolment set to_date = null, end_reason = null, version = version + 1 where series_id = ?"
                                + " and end_reason = ?",
                        seriesId,
                        ENDED)
                .update();
    }

    private void record(String what, long seriesId, List<Long> waiting, List<Long> enrolled) {
        audit.record(
                Actor.NOBODY,
                new Entry(
                        what,
                        "series",
                        "series",
                        List.of(seriesId),
                        Stream.concat(waiting.stream(), enrolled.stream())
                                .distinct()
                                .toList(),
                        "OK",
                        enrolled.size() + " enrolled, " + waiting.size() + " waiting"));
    }
}

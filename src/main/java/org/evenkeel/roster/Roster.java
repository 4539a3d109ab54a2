package org.evenkeel.roster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionPage;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/** Reads rosters: a therapist's own, or anyone's for the desk and the lead. */
@ApplicationScoped
public class Roster {

    /** Sessions of a therapist never overlap and take five minutes at least: no day has more, even one with 25 hours. */
    private static final int MOST = 1000;

    private static final String PURPOSE = "roster";

    private EntityManager em;
    private Transactions transactions;
    private SessionViews sessions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Roster() {}

    @Inject
    public Roster(EntityManager em, Transactions transactions, SessionViews sessions, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * A therapist's day.
     *
     * @param date on the wall of each session's site
     * @throws org.evenkeel.shared.NotAllowed if the reader may not see this therapist's sessions
     * @throws NotFound if there is no such therapist
     */
    public RosterDay day(Actor actor, long therapistId, LocalDate date) {
        List<SessionView> found = sessions.list(
                        actor, PURPOSE, SessionFilter.onDates(date, date).withTherapist(therapistId), null, MOST)
                .items();
        String name = found.stream()
                .flatMap(s -> s.therapists().stream())
                .filter(t -> t.id() == therapistId)
                .map(SessionView.Named::name)
                .findFirst()
                .orElseGet(() -> name(therapistId));
        Map<Boolean, List<SessionView>> byLife =
                found.stream().filter(s -> !s.isUndone()).collect(Collectors.partitioningBy(SessionView::isLive));
        return new RosterDay(
                therapistId, name, date, byLife.getOrDefault(true, List.of()), byLife.getOrDefault(false, List.of()));
    }

    /** A day, with its {@link #stamp} from before it was read: whatever has changed meanwhile has another one. */
    public record Stamped(RosterDay day, String stamp) {}

    /** The same as {@link #day}, for a page that asks later whether it has changed. */
    public Stamped stamped(Actor actor, long therapistId, LocalDate date) {
        String before = stamp(therapistId, date);
        return new Stamped(day(actor, therapistId, date), before);
    }

    /**
     * What stands of a therapist's day, by start, for readers who take it in pages.
     *
     * @param date on the wall of each session's site
     * @param after where the last page ended; null: from the beginning
     * @throws NotAllowed if the reader may not see this therapist's sessions
     * @throws NotFound if there is no such therapist
     */
    public SessionPage page(
            Actor actor, long therapistId, LocalDate date, SessionPage.@Nullable Position after, int limit) {
        SessionFilter day =
                SessionFilter.onDates(date, date).withTherapist(therapistId).withState(SessionState.BOOKED);
        SessionPage page = sessions.list(actor, PURPOSE, day, after, limit);
        if (page.items().isEmpty() && !isKnown(therapistId)) {
            throw new NotFound("therapist", therapistId);
        }
        return page;
    }

    /**
     * Who comes to a session, cancelled ones too.
     *
     * @throws NotFound if there is none
     * @throws NotAllowed if it is not the reader's
     */
    public SessionRoster session(Actor actor, long sessionId) {
        SessionView session = sessions.find(actor, "session/roster", sessionId);
        SessionView.Named series = session.series();
        return transactions.inNew(
                () -> new SessionRoster(session, series == null ? 0 : waiting(series.id()), away(session)));
    }

    private int waiting(long seriesId) {
        return Sql.on(em)
                .add("select count(*) from waitlist_entry where series_id = ? and state = 'WAITING'", seriesId)
                .first(r -> r.number(1))
                .orElse(0);
    }

    private List<SessionView.Named> away(SessionView session) {
        Set<Long> ids = new HashSet<>(Sql.on(em)
                .add("select therapist_id from time_off where therapist_id in")
                .in(session.therapists().stream().map(SessionView.Named::id).toList())
                .add(
                        "and starts_at < ? and ends_at > ?",
                        session.slot().end(),
                        session.slot().start())
                .list(r -> r.id(1)));
        return session.therapists().stream().filter(t -> ids.contains(t.id())).toList();
    }

    /**
     * Something that is different once anything about a session has changed, or it has begun or ended; it says nothing of whom or what.
     *
     * @throws NotFound if there is no such session among the reader's
     */
    public String stampOf(Actor actor, long sessionId) {
        sessions.requireReader(actor, PURPOSE, null);
        Long own = actor.hasAny(Role.DESK, Role.LEAD) ? null : actor.therapistId();
        return transactions.inNew(() -> {
            Sql sql =
                    Sql.on(em).add("select s.version, s.starts_at, s.ends_at from session s where s.id = ?", sessionId);
            if (!actor.hasAny(Role.DESK, Role.LEAD)) {
                sql.add(
                        "and (s.therapist_id = ? or exists (select 1 from session_facilitator f"
                                + " where f.session_id = s.id and f.therapist_id = ?))",
                        own == null ? -1L : own,
                        own == null ? -1L : own);
            }
            Instant now = clock.instant();
            return sql.first(r -> stampOf(sessionId, r.id(1), r.slot(2, 3), now))
                    .orElseThrow(() -> new NotFound("session", sessionId));
        });
    }

    /** The same of a session that has been read, as it was then. */
    public static String stampOf(long sessionId, long version, TimeSlot slot, Instant then) {
        int phase = (then.isBefore(slot.start()) ? 0 : 1) + (then.isBefore(slot.end()) ? 0 : 1);
        return sessionId + "-" + version + "-" + phase;
    }

    /** The therapist's first session that stands after a date; the wall of each session's site tells dates. */
    public Optional<SessionView> nextAfter(Actor actor, long therapistId, LocalDate date) {
        SessionFilter later =
                new SessionFilter(date.plusDays(1), null, therapistId, null, null, null, SessionState.BOOKED);
        return sessions.list(actor, PURPOSE, later, null, 1).items().stream().findFirst();
    }

    /** Today where a therapist works most; for who is none, where most therapists work. */
    public LocalDate today(@Nullable Long therapistId) {
        return clock.instant()
                .atZone(therapistId == null ? commonZone() : zone(therapistId))
                .toLocalDate();
    }

    private ZoneId commonZone() {
        return transactions.inNew(() -> ZoneId.of(Sql.on(em)
                .add("select s.zone from site s left join working_hours w on w.site_id = s.id where s.active"
                        + " group by s.zone order by count(w.weekday) desc, s.zone fetch first 1 rows only")
                .first(r -> r.text(1))
                .orElse("UTC")));
    }

    /** The zone that a therapist's today is told in: where they work most. */
    public ZoneId zone(long therapistId) {
        return transactions.inNew(() -> ZoneId.of(Sql.on(em)
                .add(
                        "select s.zone from site s left join working_hours w on w.site_id = s.id and w.therapist_id = ?"
                                + " group by s.zone order by count(w.weekday) desc, s.zone fetch first 1 rows only",
                        therapistId)
                .first(r -> r.text(1))
                .orElse("UTC")));
    }

    /**
     * Something that is different once anything about a therapist's day has changed, or a session of it has begun or ended; it says
     * nothing of whom or what, so that asking for it is no view of anybody.
     *
     * @throws NotAllowed if the reader may not see this therapist's sessions
     */
    public String stamp(Actor actor, long therapistId, LocalDate date) {
        sessions.requireReader(actor, PURPOSE, therapistId);
        return stamp(therapistId, date);
    }

    private String stamp(long therapistId, LocalDate date) {
        Instant now = clock.instant();
        Instant start = date.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return transactions.inNew(() -> Sql.on(em)
                .add(
                        "select count(*), coalesce(sum(s.version), 0), coalesce(sum(s.id), 0),"
                                + " count(case when s.starts_at <= ? then 1 end), count(case when s.ends_at <= ? then 1 end)"
                                + " from session s"
                                + " where (s.therapist_id = ? or exists (select 1 from session_facilitator f"
                                + " where f.session_id = s.id and f.therapist_id = ?))"
                                + " and s.starts_at > ? and s.starts_at < ?",
                        now,
                        now,
                        therapistId,
                        therapistId,
                        start,
                        start.plus(Duration.ofDays(3)))
                .first(r -> r.id(1) + "-" + r.id(2) + "-" + r.id(3) + "-" + r.id(4) + "-" + r.id(5))
                .orElse(""));
    }

    private boolean isKnown(long therapistId) {
        return transactions.inNew(() -> Sql.on(em)
                .add("select 1 from therapist where id = ?", therapistId)
                .exists());
    }

    private String name(long therapistId) {
        return transactions.inNew(() -> Sql.on(em)
                .add("select title, given_name, family_name from therapist where id = ?", therapistId)
                .first(r -> Therapist.displayName(r.text(1), r.text(2), r.text(3)))
                .orElseThrow(() -> new NotFound("therapist", therapistId)));
    }
}

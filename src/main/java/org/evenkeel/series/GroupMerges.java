package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.series.Enrolments.Subject;
import org.evenkeel.series.MergePlan.Barrier;
import org.evenkeel.series.MergePlan.Person;
import org.evenkeel.series.MergePlan.Way;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Seats;
import org.evenkeel.session.Seats.Newcomer;
import org.evenkeel.session.Seats.Obstacle;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Merges what too few come to into another group of the same therapy: they get seats there, and the dates that are given up are
 * cancelled. One date: they are guests of the other group that once. It and the following: they are enrolled there from that day
 * on, and who waits for the group that ends waits for the other one. It can be looked at before, and is one transaction (acceptance case A25).
 */
@ApplicationScoped
public class GroupMerges {

    /** So many ways are told. */
    static final int WAYS = 8;

    /** Another date is no stand-in for one that lies further away. */
    private static final Duration NEAR = Duration.ofDays(7);

    private EntityManager em;
    private Transactions transactions;
    private Enrolments enrolments;
    private SeriesChanges changes;
    private Waitlist waitlist;
    private Seats seats;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected GroupMerges() {}

    @Inject
    public GroupMerges(
            EntityManager em,
            Transactions transactions,
            Enrolments enrolments,
            SeriesChanges changes,
            Waitlist waitlist,
            Seats seats,
            AuditTrail audit,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.enrolments = enrolments;
        this.changes = changes;
        this.waitlist = waitlist;
        this.seats = seats;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The wish to merge.
     *
     * @param sessionId the date that is given up
     * @param scope that one, or it and the following
     * @param without patients who do not go along: their dates are cancelled, and nothing takes their place
     */
    public record Wish(long sessionId, Scope scope, Set<Long> without) {

        public Wish {
            without = Set.copyOf(without);
            if (scope == Scope.ALL_FUTURE) {
                throw new Invalid("scope", "invalid.series.mergeScope");
            }
        }
    }

    /** What was done. */
    public record Merged(int people, int dates) {}

    /**
     * Where they could go, and what keeps whom from it; nothing is saved.
     *
     * @throws NotFound if the date is not one of a group's that are still to come
     */
    public MergePlan plan(Actor actor, Wish wish) {
        requireDesk(actor);
        return transactions.inNew(() -> {
            Known known = known(wish);
            List<Way> ways = ways(actor, known, wish, null);
            audit.record(
                    actor, Entry.viewed("group/merge", "series", List.of(known.seriesId()), patients(known.movers())));
            return new MergePlan(
                    known.seriesId(),
                    known.name(),
                    known.site(),
                    wish.sessionId(),
                    wish.scope(),
                    people(known),
                    known.dates().stream().map(Date::slot).toList(),
                    known.guests(),
                    wish.scope() == Scope.THIS ? 0 : waiting(known.seriesId()),
                    ways);
        });
    }

    /**
     * Gives up the dates and seats who came to them in the other group.
     *
     * @param into a date of the other group, as the plan tells them
     * @throws Refused if something keeps one of them from it; nothing was saved
     * @throws NotFound if either date is no longer there
     */
    public Merged merge(Actor actor, Wish wish, long into, String reason) {
        requireDesk(actor);
        if (reason.isBlank() || reason.length() > 200) {
            throw new Invalid("reason", "invalid.session.reason");
        }
        return enrolments.retrying(actor, Subject.session(wish.sessionId(), List.of()), () -> {
            lockSeries(wish.sessionId(), into);
            Known known = known(wish);
            Way way = ways(actor, known, wish, into).stream()
                    .filter(w -> w.sessionId() == into)
                    .findFirst()
                    .orElseThrow(() -> new NotFound("session", into));
            List<Mover> movers = going(known, wish);
            if (movers.isEmpty()) {
                throw new Invalid("people", "invalid.series.mergeNobody");
            }
            List<Refusal> against =
                    way.barriers().stream().map(Barrier::refusal).distinct().toList();
            if (!against.isEmpty()) {
                throw new Refused(against, Alternatives.NONE);
            }
            Instant now = clock.instant();
            movers.forEach(mover -> move(actor, known, wish, mover, way, reason, now));
            if (wish.scope() == Scope.FOLLOWING) {
                waitlist.redirectOnce(actor, known.seriesId(), way.seriesId());
            }
            List<Long> gone = changes.cancelOnce(actor, wish.sessionId(), cancellation(known, wish, reason));
            Set<Long> patients = patients(movers);
            audit.record(
                    actor,
                    new Entry(
                            "MERGED",
                            "group",
                            "series",
                            List.of(known.seriesId(), way.seriesId()),
                            patients,
                            "OK",
                            wish.scope() + ", " + gone.size() + " sessions into session " + into));
            return new Merged(patients.size(), gone.size());
        });
    }

    /** All that the plan has told, also what was changed by hand. */
    private static Cancellation cancellation(Known known, Wish wish, String reason) {
        return new Cancellation(
                wish.scope(),
                reason,
                false,
                known.dates().stream().map(Date::sessionId).collect(Collectors.toSet()),
                Map.of());
    }

    /** A group is found too small at its cut-off, and the other one may be past its own: merging goes past that, with its reason. */
    private void move(Actor actor, Known known, Wish wish, Mover mover, Way way, String reason, Instant now) {
        RuleOverride late = new RuleOverride(Set.of(Rule.ENROLMENT_CLOSED), reason);
        Long enrolmentId = mover.enrolmentId();
        if (wish.scope() == Scope.THIS || enrolmentId == null) {
            enrolments.cancelSeatOnce(actor, wish.sessionId(), mover.patientId(), now);
            enrolments.addGuestOnce(actor, way.sessionId(), mover.patientId(), late, now);
            return;
        }
        LocalDate from = mover.from().isAfter(known.day()) ? mover.from() : known.day();
        enrolments.endOnce(actor, enrolmentId, from.minusDays(1), reason, now);
        long there = enrolments.enrolOnce(
                actor, way.seriesId(), new Enrolments.Wish(mover.patientId(), from, Set.of(), late), now);
        if (mover.to() != null) {
            enrolments.endOnce(actor, there, mover.to(), reason, now);
        }
    }

    /** In the order of their ids, so that two who merge crosswise never wait for each other. */
    private void lockSeries(long sessionId, long into) {
        Sql.on(em)
                .add(
                        "select distinct series_id from session where series_id is not null and id in (?, ?) order by 1",
                        sessionId,
                        into)
                .list(r -> r.id(1))
                .forEach(id -> em.find(Series.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    // --- what is given up -------------------------------------------------------------------------------------------

    private record Date(long sessionId, TimeSlot slot) {}

    /** @param from the first day of their enrolment, {@code to} its last; a guest has none */
    private record Mover(
            long patientId, String name, @Nullable Long enrolmentId, LocalDate from, @Nullable LocalDate to) {}

    /** @param day of the date that is given up, by its site's calendar */
    private record Known(
            long seriesId,
            String name,
            long modalityId,
            Located site,
            TimeSlot slot,
            LocalDate day,
            List<Date> dates,
            List<Mover> movers,
            int guests) {}

    private Known known(Wish wish) {
        Known bare = Sql.on(em)
                .add(
                        "select g.id, g.name, g.modality_id, si.id, si.name, si.zone, s.starts_at, s.ends_at from session s"
                                + " join series g on g.id = s.series_id join site si on si.id = s.site_id"
                                + " where s.id = ? and g.capacity > 1 and s.state = 'BOOKED' and s.starts_at > ?",
                        wish.sessionId(),
                        clock.instant())
                .first(r -> new Known(
                        r.id(1),
                        r.text(2),
                        r.id(3),
                        new Located(r.id(4), r.text(5), ZoneId.of(r.text(6))),
                        r.slot(7, 8),
                        LocalDate.ofInstant(r.instant(7), ZoneId.of(r.text(6))),
                        List.of(),
                        List.of(),
                        0))
                .orElseThrow(() -> new NotFound("session", wish.sessionId()));
        List<Date> dates = wish.scope() == Scope.THIS
                ? List.of(new Date(wish.sessionId(), bare.slot()))
                : following(bare.seriesId(), wish.sessionId());
        List<Mover> movers = movers(wish, bare);
        return new Known(
                bare.seriesId(),
                bare.name(),
                bare.modalityId(),
                bare.site(),
                bare.slot(),
                bare.day(),
                dates,
                movers,
                guests(wish.sessionId(), dates));
    }

    private List<Date> following(long seriesId, long sessionId) {
        return Sql.on(em)
                .add(
                        "select id, starts_at, ends_at from session where series_id = ? and state = 'BOOKED' and starts_at > ?"
                                + " and occurrence >= (select occurrence from session where id = ?) order by starts_at, id",
                        seriesId,
                        clock.instant(),
                        sessionId)
                .list(r -> new Date(r.id(1), r.slot(2, 3)));
    }

    /** Who comes to the date; with the following, also who is enrolled and does not come to this one. */
    private List<Mover> movers(Wish wish, Known known) {
        Sql sql = Sql.on(em)
                .add(
                        "select p.patient_id, pa.given_name, pa.family_name, p.enrolment_id, e.from_date, e.to_date,"
                                + " pa.family_search_name f, pa.search_name g from participant p"
                                + " join patient pa on pa.id = p.patient_id left join enrolment e on e.id = p.enrolment_id"
                                + " where p.session_id = ? and p.seat_number is not null",
                        wish.sessionId());
        if (wish.scope() == Scope.FOLLOWING) {
            sql.add(
                    "union select e.patient_id, pa.given_name, pa.family_name, e.id, e.from_date, e.to_date,"
                            + " pa.family_search_name, pa.search_name from enrolment e join patient pa on pa.id = e.patient_id"
                            + " where e.series_id = ? and (e.to_date is null or e.to_date >= ?)",
                    known.seriesId(),
                    known.day());
        }
        return sql.add("order by 7, 8, 1, 5")
                .list(r -> new Mover(
                        r.id(1),
                        r.text(2) + " " + r.text(3),
                        r.idOrNull(4),
                        Objects.requireNonNullElse(r.dateOrNull(5), known.day()),
                        r.dateOrNull(6)));
    }

    private int guests(long sessionId, List<Date> dates) {
        return Sql.on(em)
                .add(
                        "select count(*) from participant where seat_number is not null and enrolment_id is null"
                                + " and session_id <> ? and session_id in",
                        sessionId)
                .in(dates.stream().map(Date::sessionId).toList())
                .first(r -> r.number(1))
                .orElse(0);
    }

    private int waiting(long seriesId) {
        return Sql.on(em)
                .add("select count(*) from waitlist_entry where series_id = ? and state = 'WAITING'", seriesId)
                .first(r -> r.number(1))
                .orElse(0);
    }

    private static List<Person> people(Known known) {
        Map<Long, Person> people = new LinkedHashMap<>();
        known.movers()
                .forEach(m -> people.putIfAbsent(
                        m.patientId(), new Person(m.patientId(), m.name(), m.enrolmentId() == null)));
        return List.copyOf(people.values());
    }

    private static List<Mover> going(Known known, Wish wish) {
        return known.movers().stream()
                .filter(m -> !wish.without().contains(m.patientId()))
                .toList();
    }

    private static Set<Long> patients(List<Mover> movers) {
        return movers.stream().map(Mover::patientId).collect(Collectors.toSet());
    }

    // --- where they could go ----------------------------------------------------------------------------------------

    /** A date of another group. */
    private record Other(
            Date date, long seriesId, String name, Named therapist, Named room, Located site, boolean closed) {

        LocalDate day() {
            return LocalDate.ofInstant(date.slot().start(), site.zone());
        }
    }

    /** @param into only the way by that date; null: the first few */
    private List<Way> ways(Actor actor, Known known, Wish wish, @Nullable Long into) {
        List<List<Other>> groups = others(known, wish).stream()
                .filter(dates -> into == null || dates.get(0).date().sessionId() == into)
                .limit(WAYS)
                .toList();
        Set<Long> ids = new LinkedHashSet<>();
        groups.forEach(dates -> dates.forEach(d -> ids.add(d.date().sessionId())));
        List<Newcomer> newcomers = people(known).stream()
                .filter(p -> !wish.without().contains(p.patientId()))
                .map(p -> new Newcomer(p.patientId(), null, null, false))
                .toList();
        Set<Long> leaving = known.dates().stream().map(Date::sessionId).collect(Collectors.toSet());
        Map<Long, List<Obstacle>> obstacles = seats.obstacles(actor, newcomers, ids, leaving).stream()
                .collect(Collectors.groupingBy(Obstacle::sessionId));
        Map<Long, Integer> free = seats.free(ids);
        List<Enrolled> enrolled = wish.scope() == Scope.THIS ? List.of() : enrolled(known, groups, newcomers);
        List<Way> ways = new ArrayList<>();
        for (List<Other> dates : groups) {
            List<Barrier> barriers = new ArrayList<>();
            for (Newcomer newcomer : newcomers) {
                barriers.addAll(barriers(newcomer.patientId(), dates, obstacles, enrolled));
            }
            ways.add(way(dates, free, barriers));
        }
        return ways;
    }

    private static Way way(List<Other> dates, Map<Long, Integer> free, List<Barrier> barriers) {
        Other first = dates.get(0);
        int least = dates.stream()
                .mapToInt(d -> free.getOrDefault(d.date().sessionId(), 0))
                .min()
                .orElse(0);
        return new Way(
                first.date().sessionId(),
                first.seriesId(),
                first.name(),
                first.therapist(),
                first.room(),
                first.site(),
                first.date().slot(),
                dates.size(),
                least,
                barriers);
    }

    private static List<Barrier> barriers(
            long patient, List<Other> dates, Map<Long, List<Obstacle>> obstacles, List<Enrolled> enrolled) {
        Other first = dates.get(0);
        if (first.closed()) {
            return List.of(new Barrier(patient, first.date().slot(), Refusal.of(Rule.GROUP_CLOSED, first.name())));
        }
        List<Barrier> already = enrolled.stream()
                .filter(e -> e.seriesId() == first.seriesId() && e.patientId() == patient)
                .map(e -> new Barrier(
                        patient,
                        first.date().slot(),
                        Refusal.of(Rule.ALREADY_ENROLLED, e.name(), Map.of("date", e.since()))))
                .toList();
        return already.isEmpty()
                ? dates.stream()
                        .flatMap(d -> obstacles.getOrDefault(d.date().sessionId(), List.of()).stream()
                                .filter(o -> o.patientId() == patient)
                                .map(o -> new Barrier(patient, d.date().slot(), o.refusal())))
                        .toList()
                : already;
    }

    /** Dates of other groups of the therapy: each by itself, or by group those from the day on. */
    private List<List<Other>> others(Known known, Wish wish) {
        Instant now = clock.instant();
        boolean one = wish.scope() == Scope.THIS;
        Instant start = known.slot().start();
        Instant from = start.minus(one ? NEAR : Duration.ofDays(2));
        Sql sql = Sql.on(em)
                .add(
                        "select d.id, d.starts_at, d.ends_at, g.id, g.name, t.id, t.title, t.given_name, t.family_name,"
                                + " r.id, r.name, si.id, si.name, si.zone, not g.open_to_new and "
                                + Admission.BEGUN
                                + " from session d"
                                + " join series g on g.id = d.series_id join therapist t on t.id = d.therapist_id"
                                + " join room r on r.id = d.room_id join site si on si.id = d.site_id"
                                + " where g.modality_id = ? and g.capacity > 1 and g.id <> ? and d.state = 'BOOKED'"
                                + " and d.starts_at > ?",
                        now,
                        known.modalityId(),
                        known.seriesId(),
                        from.isAfter(now) ? from : now);
        if (one) {
            sql.add("and d.starts_at <= ?", start.plus(NEAR));
        }
        List<Other> all = sql.add("order by d.starts_at, d.id").list(GroupMerges::other);
        if (one) {
            return all.stream()
                    .sorted(Comparator.comparing(o ->
                            Duration.between(start, o.date().slot().start()).abs()))
                    .map(List::of)
                    .toList();
        }
        Map<Long, List<Other>> groups = new LinkedHashMap<>();
        all.stream().filter(o -> !o.day().isBefore(known.day())).forEach(o -> groups.computeIfAbsent(
                        o.seriesId(), k -> new ArrayList<>())
                .add(o));
        return List.copyOf(groups.values());
    }

    private static Other other(Sql.Row r) throws SQLException {
        return new Other(
                new Date(r.id(1), r.slot(2, 3)),
                r.id(4),
                r.text(5),
                new Named(r.id(6), Therapist.displayName(r.text(7), r.text(8), r.text(9))),
                new Named(r.id(10), r.text(11)),
                new Located(r.id(12), r.text(13), ZoneId.of(r.text(14))),
                r.flag(15));
    }

    private record Enrolled(long seriesId, long patientId, String name, LocalDate since) {}

    private List<Enrolled> enrolled(Known known, List<List<Other>> groups, List<Newcomer> newcomers) {
        return Sql.on(em)
                .add("select e.series_id, e.patient_id, p.given_name, p.family_name, e.from_date from enrolment e"
                        + " join patient p on p.id = e.patient_id where e.series_id in")
                .in(groups.stream().map(dates -> dates.get(0).seriesId()).toList())
                .add("and e.patient_id in")
                .in(newcomers.stream().map(Newcomer::patientId).toList())
                .add("and (e.to_date is null or e.to_date >= ?) order by e.from_date", known.day())
                .list(r -> new Enrolled(r.id(1), r.id(2), r.text(3) + " " + r.text(4), r.date(5)));
    }

    private void requireDesk(Actor actor) {
        new Gate(audit).require(actor, "decide on small groups", Role.DESK, Role.LEAD);
    }
}

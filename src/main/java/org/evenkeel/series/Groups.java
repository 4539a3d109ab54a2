package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.patient.Caseload;
import org.evenkeel.series.GroupView.Date;
import org.evenkeel.series.GroupView.Mark;
import org.evenkeel.series.GroupView.Member;
import org.evenkeel.series.GroupView.Part;
import org.evenkeel.session.FreeSeats;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Place;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.Lapse;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Series as they are told to readers: the desk and the lead see all, a therapist those that they lead or co-facilitate. A reading
 * takes a fixed number of statements, however many dates and members there are.
 */
@ApplicationScoped
public class Groups {

    private EntityManager em;
    private Transactions transactions;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Groups() {}

    @Inject
    public Groups(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Which series a list shows; null: any.
     *
     * @param groups true: those for more than one patient, false: those of one
     * @param running false: those that have ended
     * @param name part of the name, any case
     */
    public record Filter(
            @Nullable Long therapistId,
            @Nullable Long siteId,
            @Nullable String modality,
            @Nullable Boolean groups,
            @Nullable Boolean running,
            @Nullable String name) {

        public static final Filter RUNNING_GROUPS = new Filter(null, null, null, true, true, null);
    }

    /** A page of a list. */
    public record Page(List<GroupRow> items, boolean more) {}

    /** Series by name; names of patients are not in it. */
    public Page list(Actor actor, Filter filter, int offset, int limit) {
        requireReader(actor);
        return transactions.inNew(() -> {
            List<GroupRow> rows = rows(actor, filter, offset, limit + 1);
            boolean more = rows.size() > limit;
            return new Page(more ? List.copyOf(rows.subList(0, limit)) : rows, more);
        });
    }

    private List<GroupRow> rows(Actor actor, Filter filter, int offset, int limit) {
        Instant now = clock.instant();
        Sql sql = Sql.on(em).add(COLUMNS + "?" + MORE_COLUMNS + " from (select * from series s where 1 = 1", now, now);
        if (!SeriesRights.isDeskOrLead(actor)) {
            addTherapist(sql, actor.therapistId());
        }
        if (filter.therapistId() != null) {
            addTherapist(sql, filter.therapistId());
        }
        addIf(sql, "and s.site_id = ?", filter.siteId());
        addIf(sql, "and s.modality_id in (select id from modality where code = ?)", filter.modality());
        if (filter.groups() != null) {
            sql.add(filter.groups() ? "and s.capacity > 1" : "and s.capacity = 1");
        }
        if (filter.running() != null) {
            sql.add(filter.running() ? "and exists" : "and not exists")
                    .add(
                            "(select 1 from session d where d.series_id = s.id and d.state = 'BOOKED' and d.ends_at > ?)",
                            now);
        }
        if (filter.name() != null && !filter.name().isBlank()) {
            sql.add("and lower(s.name) like ?", "%" + filter.name().strip().toLowerCase(Locale.ROOT) + "%");
        }
        return sql.add(
                        "order by s.name, s.id offset ? rows fetch first ? rows only) g"
                                + " join modality m on m.id = g.modality_id join therapist t on t.id = g.therapist_id"
                                + " join room r on r.id = g.room_id join site si on si.id = g.site_id"
                                + " left join session n on n.id = (select min(e.id) from session e where e.series_id = g.id"
                                + " and e.starts_at = (select min(f.starts_at) from session f where f.series_id = g.id"
                                + " and f.state = 'BOOKED' and f.ends_at > ?)) order by g.name, g.id",
                        offset,
                        limit,
                        now)
                .list(Groups::row);
    }

    /**
     * What a {@link GroupRow} is made of, for a series g with its date n; one parameter, the instant. Between the two halves stands
     * after when dates count.
     */
    private static final String COLUMNS =
            "select g.id, g.name, m.id, m.code, m.name, m.colour, t.id, t.title, t.given_name, t.family_name,"
                    + " r.id, r.name, si.id, si.name, si.zone, g.rule, g.open_to_new, n.id, n.starts_at,"
                    + " n.ends_at, (select count(*) from participant p where p.session_id = n.id"
                    + " and p.seat_number is not null), n.capacity, "
                    + FreeSeats.kept("n")
                    + ", (select count(*) from session d where d.series_id = g.id and d.state = 'BOOKED'"
                    + " and d.starts_at > ";

    private static final String MORE_COLUMNS = "), (select count(*) from waitlist_entry w where w.series_id = g.id"
            + " and w.state = 'WAITING'), g.capacity";

    private static GroupRow row(Sql.Row r) throws SQLException {
        Long next = r.idOrNull(18);
        return new GroupRow(
                r.id(1),
                r.text(2),
                new Therapy(r.id(3), r.text(4), r.text(5), r.number(6)),
                new Named(r.id(7), Therapist.displayName(r.text(8), r.text(9), r.text(10))),
                new Named(r.id(11), r.text(12)),
                new Located(r.id(13), r.text(14), ZoneId.of(r.text(15))),
                r.text(16),
                r.flag(17),
                next != null,
                next == null ? null : r.slot(19, 20),
                next,
                r.number(21),
                r.number(23),
                next == null ? r.number(26) : r.number(22),
                r.number(24),
                r.number(25));
    }

    /**
     * The wish for a seat in a group.
     *
     * @param modality its code
     * @param siteId where; null: anywhere
     * @param therapistId who leads it; null: anyone
     * @param patientId who is to come; null: anyone
     * @param from the first day, by each site's calendar; null: today
     */
    public record SeatWish(
            String modality,
            @Nullable Long siteId,
            @Nullable Long therapistId,
            @Nullable Long patientId,
            @Nullable LocalDate from) {}

    /**
     * Groups that a patient can join from that day on, soonest date first: in every date from then on whose cut-off is still to come
     * there is a free seat, and the
     * patient has no session of their own, nobody whom to keep apart from, and no enrolment already. Their next date is the first
     * from that day on, and only dates from it count. A therapist finds those that they lead. The number of statements is fixed.
     *
     * @throws Invalid if there is no such modality or patient
     * @throws NotAllowed if a therapist asks for a patient of others, whose groups would tell of their sessions
     */
    public Page withFreeSeat(Actor actor, SeatWish wish, int offset, int limit) {
        requireReader(actor);
        Long patient = wish.patientId();
        Long own = actor.therapistId();
        if (patient != null && !SeriesRights.isDeskOrLead(actor)) {
            Caseload caseload = new Caseload(em, clock);
            if (own == null || !transactions.inNew(() -> caseload.includesAll(own, List.of(patient)))) {
                throw new Gate(audit)
                        .refusal(actor, "find a group outside the own caseload", "patient", List.of(patient));
            }
        }
        return transactions.inNew(() -> {
            requireModality(wish.modality());
            if (patient != null && !isBookable(patient)) {
                return new Page(List.of(), false);
            }
            List<GroupRow> rows = joinable(actor, wish, offset, limit + 1);
            boolean more = rows.size() > limit;
            return new Page(more ? List.copyOf(rows.subList(0, limit)) : rows, more);
        });
    }

    private void requireModality(String code) {
        if (!Sql.on(em).add("select 1 from modality where code = ?", code).exists()) {
            throw new Invalid("modality", "invalid.session.noModality", code);
        }
    }

    private boolean isBookable(long patient) {
        return Sql.on(em)
                .add("select active and died_on is null from patient where id = ?", patient)
                .first(r -> r.flag(1))
                .orElseThrow(() -> new Invalid("patient", "invalid.session.noPatient", patient));
    }

    private static final String JOINABLE =
            " from session d where d.series_id = g.id and d.state = 'BOOKED' and d.starts_at > g.since";

    private List<GroupRow> joinable(Actor actor, SeatWish wish, int offset, int limit) {
        Instant now = clock.instant();
        Map<Long, ZoneId> sites = sites();
        Sql sql =
                Sql.on(em).add(COLUMNS + "g.since" + MORE_COLUMNS + " from (select s.*, greatest(case s.site_id", now);
        sites.forEach((site, zone) ->
                sql.add("when ? then cast(? as timestamp with time zone)", site, since(wish.from(), zone, now)));
        // Dates whose cut-off has passed take nobody new (acceptance case A25).
        sql.add(
                "end, cast(? as timestamp with time zone) + interval '1' hour * s.cutoff_hours) as since, case s.site_id",
                now);
        sites.forEach((site, zone) -> sql.add("when ? then cast(? as date)", site, day(wish.from(), zone, now)));
        sql.add(
                "end as since_day from series s where s.capacity > 1"
                        + " and s.modality_id in (select id from modality where code = ?)",
                wish.modality());
        addIf(sql, "and s.site_id = ?", wish.siteId());
        addIf(sql, "and s.therapist_id = ?", wish.therapistId());
        if (!SeriesRights.isDeskOrLead(actor)) {
            sql.add("and s.therapist_id = ?", actor.therapistId());
        }
        // A closed group takes patients until its first session (acceptance case A26).
        sql.add(
                ") g join modality m on m.id = g.modality_id"
                        + " join therapist t on t.id = g.therapist_id join room r on r.id = g.room_id"
                        + " join site si on si.id = g.site_id join session n on n.id = (select min(e.id) from session e"
                        + " where e.series_id = g.id and e.state = 'BOOKED' and e.starts_at = (select min(d.starts_at)"
                        + JOINABLE
                        + ")) where (g.open_to_new or not "
                        + Admission.BEGUN
                        + ") and not exists (select 1"
                        + JOINABLE
                        + " and not exists (select 1 from seat x where x.session_id = d.id"
                        + " and (x.held_until is null or x.held_until <= ?) and not exists (select 1 from participant p"
                        + " where p.session_id = x.session_id and p.seat_number = x.number)))",
                now,
                now);
        Long patient = wish.patientId();
        if (patient != null) {
            sql.add(
                    "and not exists (select 1 from enrolment e where e.series_id = g.id and e.patient_id = ?"
                            + " and (e.to_date is null or e.to_date >= g.since_day)) and not exists (select 1 from session d"
                            + " join session o on o.starts_at < d.ends_at and o.ends_at > d.starts_at and o.state = 'BOOKED'"
                            + " join participant p on p.session_id = o.id and p.patient_id = ? and p.seat_number is not null"
                            + " where d.series_id = g.id and d.state = 'BOOKED' and d.starts_at > g.since)"
                            + " and not exists (select 1 from session d join participant p on p.session_id = d.id"
                            + " and p.seat_number is not null join keep_apart k on (k.patient_id = ? and k.other_id = p.patient_id)"
                            + " or (k.other_id = ? and k.patient_id = p.patient_id)"
                            + " where d.series_id = g.id and d.state = 'BOOKED' and d.starts_at > g.since)",
                    patient,
                    patient,
                    patient,
                    patient);
        }
        return sql.add("order by n.starts_at, g.id offset ? rows fetch first ? rows only", offset, limit)
                .list(Groups::row);
    }

    /** As enrolling has it: a date on that day counts, one that has begun never does. */
    private static Instant since(@Nullable LocalDate from, ZoneId zone, Instant now) {
        if (from == null) {
            return now;
        }
        Instant start = from.atStartOfDay(zone).toInstant().minusNanos(1_000);
        return start.isAfter(now) ? start : now;
    }

    private static LocalDate day(@Nullable LocalDate from, ZoneId zone, Instant now) {
        return from == null ? LocalDate.ofInstant(now, zone) : from;
    }

    private Map<Long, ZoneId> sites() {
        Map<Long, ZoneId> zones = new LinkedHashMap<>();
        Sql.on(em).add("select id, zone from site order by id").list(r -> zones.put(r.id(1), ZoneId.of(r.text(2))));
        return zones;
    }

    private static void addTherapist(Sql sql, @Nullable Long id) {
        long therapist = id == null ? -1L : id;
        sql.add(
                "and (s.therapist_id = ? or s.id in (select series_id from series_facilitator where therapist_id = ?))",
                therapist,
                therapist);
    }

    private static void addIf(Sql sql, String condition, @Nullable Object wanted) {
        if (wanted != null) {
            sql.add(condition, wanted);
        }
    }

    /**
     * One series with its dates and members. A therapist who leads or facilitates but some of its dates sees those, from 90 days back,
     * and who has to do with them.
     *
     * @throws NotFound if there is none
     * @throws NotAllowed if it is not the reader's
     */
    public GroupView find(Actor actor, String purpose, long id) {
        requireReader(actor);
        Optional<GroupView> found = transactions.inNew(() -> {
            Optional<GroupView> seen = seenBy(actor, read(id));
            seen.ifPresent(group -> viewed(actor, purpose, group));
            return seen;
        });
        return found.orElseThrow(() -> new Gate(audit).refusal(actor, "see a series of others", "series", List.of(id)));
    }

    private void viewed(Actor actor, String purpose, GroupView group) {
        Set<Long> patients = new LinkedHashSet<>(group.marks().keySet());
        group.members().forEach(m -> patients.add(m.patientId()));
        audit.record(actor, Entry.viewed(purpose, "series", List.of(group.id()), patients));
    }

    /** A series with the other parts of what it was before it was split, itself first; those alone that the reader may see. */
    public List<GroupView> whole(Actor actor, String purpose, GroupView group) {
        requireReader(actor);
        if (group.parts().isEmpty()) {
            return List.of(group);
        }
        return transactions.inNew(() -> {
            List<GroupView> all = new ArrayList<>(List.of(group));
            for (Part part : group.parts()) {
                if (part.id() != group.id()) {
                    seenBy(actor, read(part.id())).ifPresent(other -> {
                        viewed(actor, purpose, other);
                        all.add(other);
                    });
                }
            }
            return all;
        });
    }

    /** A series as it stands after a change of the reader's own, which is on record already; within the transaction of the change. */
    public GroupView changed(long id) {
        return read(id);
    }

    /**
     * The series of a session.
     *
     * @throws NotFound if it has none
     */
    public GroupView ofSession(Actor actor, String purpose, long sessionId) {
        requireReader(actor);
        long series = transactions.inNew(() -> Sql.on(em)
                .add("select series_id from session where id = ? and series_id is not null", sessionId)
                .first(r -> r.id(1))
                .orElseThrow(() -> new NotFound("session of a series", sessionId)));
        return find(actor, purpose, series);
    }

    /** Whether a reader sees all of it; who has but some of its dates sees those. */
    public static boolean seesAll(Actor actor, GroupView group) {
        return SeriesRights.isDeskOrLead(actor)
                || actor.isTherapist(group.therapist().id())
                || group.coFacilitators().stream().anyMatch(t -> actor.isTherapist(t.id()));
    }

    /** As much as the caseload goes back; empty: nothing of it is the reader's. */
    private Optional<GroupView> seenBy(Actor actor, GroupView group) {
        if (seesAll(actor, group)) {
            return Optional.of(group);
        }
        Instant since = clock.instant().minus(Caseload.LOOK_BACK);
        List<Date> own = group.dates().stream()
                .filter(date -> !date.slot().start().isBefore(since)
                        && date.therapists().stream().anyMatch(t -> actor.isTherapist(t.id())))
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(group.only(own));
    }

    private void requireReader(Actor actor) {
        new Gate(audit).require(actor, "see series", Role.DESK, Role.LEAD, Role.THERAPIST);
    }

    // --- reading ----------------------------------------------------------------------------------------------------

    private GroupView read(long id) {
        Facilitators facilitators = facilitators(id);
        List<Part> parts = parts(id);
        List<Date> dates = dates(id, facilitators);
        List<Member> members = members(id);
        Map<Long, String> people = new HashMap<>();
        Map<Long, Map<Long, Mark>> marks = marks(id, people);
        return Sql.on(em)
                .add(
                        "select g.id, g.version, g.name, m.id, m.code, m.name, m.colour, t.id, t.title, t.given_name,"
                                + " t.family_name, r.id, r.name, r.telehealth, si.id, si.name, si.zone, g.rule, g.counts,"
                                + " g.first_at, g.minutes, g.capacity, g.minimum_size, g.cutoff_hours, g.open_to_new,"
                                + " g.parent_id from series g join modality m on m.id = g.modality_id"
                                + " join therapist t on t.id = g.therapist_id join room r on r.id = g.room_id"
                                + " join site si on si.id = g.site_id where g.id = ?",
                        id)
                .first(r -> new GroupView(
                        r.id(1),
                        r.id(2),
                        r.text(3),
                        new Therapy(r.id(4), r.text(5), r.text(6), r.number(7)),
                        new Named(r.id(8), Therapist.displayName(r.text(9), r.text(10), r.text(11))),
                        facilitators.ofSeries(),
                        new Place(r.id(12), r.text(13), r.flag(14)),
                        new Located(r.id(15), r.text(16), ZoneId.of(r.text(17))),
                        r.text(18),
                        r.constant(19, Series.Counting.class),
                        r.wallTime(20),
                        r.number(21),
                        r.number(22),
                        r.number(23),
                        r.number(24),
                        r.flag(25),
                        r.idOrNull(26),
                        parts,
                        dates,
                        members,
                        marks,
                        people))
                .orElseThrow(() -> new NotFound("series", id));
    }

    /** Who facilitates with the lead: by name, in the series as a rule, and in each session as it is. */
    private record Facilitators(List<Named> ofSeries, Map<Long, List<Named>> bySession) {

        List<Named> of(long sessionId) {
            return List.copyOf(bySession.getOrDefault(sessionId, List.of()));
        }
    }

    private Facilitators facilitators(long id) {
        Facilitators found = new Facilitators(new ArrayList<>(), new HashMap<>());
        Sql.on(em)
                .add(
                        "select f.session_id, t.id, t.title, t.given_name, t.family_name from"
                                + " (select cast(null as bigint) as session_id, therapist_id from series_facilitator where series_id = ?"
                                + " union all select x.session_id, x.therapist_id from session_facilitator x"
                                + " join session s on s.id = x.session_id where s.series_id = ?) f"
                                + " join therapist t on t.id = f.therapist_id order by t.family_name, t.id",
                        id,
                        id)
                .list(r -> {
                    Long session = r.idOrNull(1);
                    return (session == null
                                    ? found.ofSeries()
                                    : found.bySession().computeIfAbsent(session, k -> new ArrayList<>()))
                            .add(new Named(r.id(2), Therapist.displayName(r.text(3), r.text(4), r.text(5))));
                });
        return found;
    }

    /** All parts of what it was a part of; none if it was never split. */
    private List<Part> parts(long id) {
        List<Part> parts = Sql.on(em)
                .add(
                        "select o.id, o.name, min(s.starts_at), max(s.starts_at) from series g join series o on o.id = g.id"
                                + " or o.id = g.origin_id or o.origin_id = g.id or o.origin_id = g.origin_id"
                                + " left join session s on s.series_id = o.id and s.state = 'BOOKED' where g.id = ?"
                                + " group by o.id, o.name, o.first_at order by o.first_at, o.id",
                        id)
                .list(r -> new Part(r.id(1), r.text(2), r.instantOrNull(3), r.instantOrNull(4)));
        return parts.size() > 1 ? parts : List.of();
    }

    private List<Date> dates(long id, Facilitators facilitators) {
        return Sql.on(em)
                .add(
                        "select s.id, s.version, s.starts_at, s.ends_at, s.state, s.cancel_reason, t.id, t.title, t.given_name,"
                                + " t.family_name, r.id, r.name, (select count(*) from participant p where p.session_id = s.id"
                                + " and p.seat_number is not null), s.capacity, "
                                + FreeSeats.kept("s")
                                + ", s.by_hand, si.zone, "
                                + Lapse.LAST_DAY
                                + " from session s join therapist t on t.id = s.therapist_id join modality m on m.id = s.modality_id"
                                + " join room r on r.id = s.room_id join site si on si.id = s.site_id where s.series_id = ? order by s.starts_at, s.id",
                        clock.instant(),
                        id)
                .list(r -> new Date(
                        r.id(1),
                        r.id(2),
                        r.slot(3, 4),
                        r.constant(5, SessionState.class),
                        r.textOrNull(6),
                        new Named(r.id(7), Therapist.displayName(r.text(8), r.text(9), r.text(10))),
                        facilitators.of(r.id(1)),
                        new Named(r.id(11), r.text(12)),
                        r.number(13),
                        r.number(15),
                        r.number(14),
                        r.flag(16),
                        Lapse.isBefore(r.instant(3), ZoneId.of(r.text(17)), r, 18)));
    }

    private List<Member> members(long id) {
        return Sql.on(em)
                .add(
                        "select e.id, e.patient_id, p.given_name, p.family_name, p.record_number, e.from_date, e.to_date,"
                                + " e.end_reason from enrolment e join patient p on p.id = e.patient_id where e.series_id = ?"
                                + " order by p.family_search_name, p.search_name, e.from_date, e.id",
                        id)
                .list(r -> new Member(
                        r.id(1),
                        r.id(2),
                        r.text(3) + " " + r.text(4),
                        r.text(5),
                        r.date(6),
                        r.dateOrNull(7),
                        r.textOrNull(8)));
    }

    /** @param people takes in the names of all of them */
    private Map<Long, Map<Long, Mark>> marks(long id, Map<Long, String> people) {
        Map<Long, Map<Long, Mark>> marks = new HashMap<>();
        Sql.on(em)
                .add(
                        "select p.patient_id, p.session_id, p.id, p.state, p.excused, p.late_minutes, p.attended_minutes,"
                                + " p.enrolment_id, who.given_name, who.family_name from participant p"
                                + " join session s on s.id = p.session_id join patient who on who.id = p.patient_id"
                                + " where s.series_id = ? order by p.id",
                        id)
                .list(r -> {
                    people.put(r.id(1), r.text(9) + " " + r.text(10));
                    return marks.computeIfAbsent(r.id(1), k -> new HashMap<>())
                            .put(
                                    r.id(2),
                                    new Mark(
                                            r.id(3),
                                            r.constant(4, ParticipantState.class),
                                            r.flag(5),
                                            r.number(6),
                                            r.numberOrNull(7),
                                            r.idOrNull(8) == null));
                });
        return marks;
    }

    /** Dates of groups that will be held below their minimum, from now to their cut-off: for the desk to decide (acceptance case A25). */
    public List<TooSmall> tooSmall(Actor actor) {
        new Gate(audit).require(actor, "decide on small groups", Role.DESK, Role.LEAD);
        Instant now = clock.instant();
        return transactions.inNew(() -> {
            List<TooSmall> found = Sql.on(em)
                    .add(
                            "select s.id, s.version, g.id, g.name, s.starts_at, s.ends_at, si.id, si.name, si.zone, g.minimum_size,"
                                    + " g.cutoff_hours, (select count(*) from participant p where p.session_id = s.id"
                                    + " and p.seat_number is not null) from session s join series g on g.id = s.series_id"
                                    + " join site si on si.id = s.site_id where s.state = 'BOOKED' and s.starts_at > ?"
                                    + " and s.starts_at < ? and g.capacity > 1 and s.held_anyway = false order by s.starts_at, s.id",
                            now,
                            now.plus(Duration.ofHours(336)))
                    .list(r -> new TooSmall(
                            r.id(1),
                            r.id(2),
                            r.id(3),
                            r.text(4),
                            r.slot(5, 6),
                            new Located(r.id(7), r.text(8), ZoneId.of(r.text(9))),
                            r.number(12),
                            r.number(10),
                            r.number(11)));
            return found.stream().filter(t -> t.isDue(now)).toList();
        });
    }

    /** A date below its minimum. */
    public record TooSmall(
            long sessionId,
            long version,
            long seriesId,
            String name,
            TimeSlot slot,
            Located site,
            int coming,
            int minimum,
            int cutoffHours)
            implements Serializable {

        boolean isDue(Instant now) {
            return coming < minimum && !now.plus(Duration.ofHours(cutoffHours)).isBefore(slot.start());
        }
    }

    /** The desk has decided that the date is held although few come. */
    public void holdAnyway(Actor actor, long sessionId) {
        new Gate(audit).require(actor, "decide on small groups", Role.DESK, Role.LEAD);
        transactions.runInNew(() -> {
            int changed = Sql.on(em)
                    .add("update session set held_anyway = true where id = ? and series_id is not null", sessionId)
                    .update();
            if (changed == 0) {
                throw new NotFound("session", sessionId);
            }
            audit.record(
                    actor,
                    new Entry("CHANGED", "group", "session", List.of(sessionId), List.of(), "OK", "held anyway"));
        });
    }
}

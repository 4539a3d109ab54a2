package org.evenkeel.board;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.board.DayBoard.Attendee;
import org.evenkeel.board.DayBoard.Booked;
import org.evenkeel.board.DayBoard.Column;
import org.evenkeel.board.DayBoard.Elsewhere;
import org.evenkeel.board.DayBoard.Group;
import org.evenkeel.board.DayBoard.Place;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.FreeSeats;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.Session;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.UsualSite;
import org.evenkeel.shared.Initials;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.WallTime;
import org.evenkeel.therapist.Lapse;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Reads day boards: four statements and the audit entry, however many sessions there are. The desk and the lead see every
 * session, a therapist what they lead or facilitate, an administrator how many. A group stands in the columns of all its
 * therapists, by name and numbers: who comes to it is told by its roster.
 */
@ApplicationScoped
public class DayBoards {

    /** How many therapists fit beside each other. */
    public static final int TEAM = 12;

    private static final int DAYS_AHEAD = 60;

    private final EntityManager em;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    public DayBoards(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected DayBoards() {
        this(null, null, null, null);
    }

    /** Whether there is a site to show a board of; on the first day of a centre there is none. */
    public boolean hasSites() {
        return transactions.inNew(
                () -> Sql.on(em).add("select 1 from site where active").exists());
    }

    /**
     * The board of a site and a date.
     *
     * @param siteId null: where a therapist works, on that day rather than otherwise; for anyone else the first site by name
     * @param date in the site's zone; null: today there
     * @param team which dozen of therapists, from 1; beyond the last one: the last one
     * @throws NotFound if there is no such active site
     */
    public DayBoard load(Actor actor, @Nullable Long siteId, @Nullable LocalDate date, int team) {
        new Gate(audit).require(actor, "see the board", Role.DESK, Role.THERAPIST, Role.LEAD, Role.ADMIN);
        Instant now = clock.instant();
        return transactions.inNew(() -> new Reading(actor, now).load(siteId, date, team));
    }

    /** One reading: the same reader, clock and transaction for all its statements. */
    private final class Reading {
        private final Actor actor;
        private final Instant now;
        private final boolean all;
        private final @Nullable Long own;

        Reading(Actor actor, Instant now) {
            this.actor = actor;
            this.now = now;
            this.all = actor.hasAny(Role.DESK, Role.LEAD);
            this.own = !all && actor.has(Role.THERAPIST) ? actor.therapistId() : null;
        }

        DayBoard load(@Nullable Long siteId, @Nullable LocalDate wanted, int team) {
            Sites sites = sites(wanted);
            Place site = sites.pick(siteId == null ? usualSite(wanted) : siteId);
            LocalDate date = wanted == null ? LocalDate.ofInstant(now, site.zone()) : wanted;
            TimeSlot day = new TimeSlot(
                    date.atStartOfDay(site.zone()).toInstant(),
                    date.plusDays(1).atStartOfDay(site.zone()).toInstant());
            String closure = sites.closures.get(new Closure(site.id(), date));

            List<Worker> workers = workers(site, date, day);
            int teams = Math.max(1, (workers.size() + TEAM - 1) / TEAM);
            int shown = Math.max(1, Math.min(team, teams));
            List<Worker> members = workers.subList((shown - 1) * TEAM, Math.min(workers.size(), shown * TEAM));

            boolean countsOnly = !all && own == null;
            List<Long> ids = members.stream().map(w -> w.id).toList();
            List<Found> found = countsOnly ? List.of() : sessions(site, ids, day);
            Set<Long> therapists = new LinkedHashSet<>(ids);
            found.forEach(f -> f.therapists().forEach(therapists::add));
            Map<Long, List<TimeSlot>> timeOff = timeOff(therapists, day);
            Map<Long, Integer> counts = countsOnly ? counts(site, ids, day) : Map.of();

            List<Column> columns = new ArrayList<>();
            for (Worker worker : members) {
                List<Booked> sessions = found.stream()
                        .filter(f -> f.siteId == site.id() && f.isLive() && f.isOf(worker.id))
                        .map(f -> f.booked(timeOff))
                        .toList();
                List<Elsewhere> elsewhere = found.stream()
                        .filter(f -> f.siteId != site.id() && f.isLive() && f.isOf(worker.id))
                        .map(f -> new Elsewhere(f.slot, sites.place(f.siteId)))
                        .toList();
                columns.add(new Column(
                        worker.id,
                        worker.name,
                        List.copyOf(worker.hours),
                        timeOff.getOrDefault(worker.id, List.of()),
                        sessions,
                        elsewhere,
                        countsOnly ? counts.getOrDefault(worker.id, 0) : startingOn(day, sessions)));
            }
            List<Booked> cancelled = found.stream()
                    .filter(f -> f.siteId == site.id() && !f.isLive())
                    .map(f -> f.booked(Map.of()))
                    .toList();
            record(site, found);
            return new DayBoard(
                    site,
                    date,
                    day,
                    sites.active(),
                    closure,
                    List.copyOf(columns),
                    shown,
                    teams,
                    cancelled,
                    countsOnly,
                    columns.isEmpty() ? nextWorkingDay(site, date).orElse(null) : null,
                    now);
        }

        /** All sites, with their closures on the date; around today if none is given, since today depends on the zone. */
        private Sites sites(@Nullable LocalDate date) {
            LocalDate utc = LocalDate.ofInstant(now, ZoneOffset.UTC);
            Sites sites = new Sites();
            Sql.on(em)
                    .add(
                            "select s.id, s.name, s.zone, s.active, c.closed_on, c.reason from site s"
                                    + " left join closure_day c on c.site_id = s.id and c.closed_on between ? and ?"
                                    + " order by s.name, s.id",
                            date == null ? utc.minusDays(1) : date,
                            date == null ? utc.plusDays(1) : date)
                    .list(row -> sites.add(
                            new Place(row.id(1), row.text(2), ZoneId.of(row.text(3))),
                            row.flag(4),
                            row.dateOrNull(5),
                            row.textOrNull(6)));
            return sites;
        }

        /** Where a therapist works that day, or else on most days; null for anyone else. */
        private @Nullable Long usualSite(@Nullable LocalDate wanted) {
            Long therapist = actor.therapistId();
            if (therapist == null) {
                return null;
            }
            return UsualSite.of(em, therapist)
                    .on(zone -> wanted == null ? LocalDate.ofInstant(now, zone) : wanted)
                    .orElse(null);
        }

        /** Who works at the site on that weekday, or has a session there that day, by family name. */
        private List<Worker> workers(Place site, LocalDate date, TimeSlot day) {
            Sql sql = Sql.on(em)
                    .add(
                            "select t.id, t.title, t.given_name, t.family_name, w.starts_at, w.ends_at from therapist t"
                                    + " left join working_hours w"
                                    + " on w.therapist_id = t.id and w.site_id = ? and w.weekday = ?"
                                    + " where ((w.weekday is not null and t.active) or t.id in"
                                    + " (select s.therapist_id from session s where s.site_id = ? and s.state = 'BOOKED'"
                                    + " and s.starts_at > ? and s.starts_at < ? and s.ends_at > ?)"
                                    + " or t.id in (select f.therapist_id from session_facilitator f"
                                    + " join session s on s.id = f.session_id where s.site_id = ? and s.state = 'BOOKED'"
                                    + " and s.starts_at > ? and s.starts_at < ? and s.ends_at > ?))",
                            site.id(),
                            date.getDayOfWeek().getValue(),
                            site.id(),
                            day.start().minus(TimeSlot.LONGEST_SESSION),
                            day.end(),
                            day.start(),
                            site.id(),
                            day.start().minus(TimeSlot.LONGEST_SESSION),
                            day.end(),
                            day.start());
            if (own != null) {
                sql.add("and t.id = ?", own);
            }
            Map<Long, Worker> workers = new LinkedHashMap<>();
            sql.add("order by t.family_name, t.given_name, t.id, w.starts_at").list(row -> {
                Worker worker = workers.get(row.id(1));
                if (worker == null) {
                    worker = new Worker(row.id(1), Therapist.displayName(row.text(2), row.text(3), row.text(4)));
                    workers.put(worker.id, worker);
                }
                if (row.textOrNull(5) != null) {
                    WallTime.slot(date, row.time(5), row.time(6), site.zone()).ifPresent(worker.hours::add);
                }
                return worker;
            });
            return List.copyOf(workers.values());
        }

        private Map<Long, List<TimeSlot>> timeOff(Collection<Long> therapists, TimeSlot day) {
            Map<Long, List<TimeSlot>> slots = new HashMap<>();
            Sql.on(em)
                    .add("select o.therapist_id, o.starts_at, o.ends_at from time_off o where o.therapist_id in")
                    .in(therapists)
                    .add("and o.ends_at > ? and o.starts_at < ? order by o.starts_at", day.start(), day.end())
                    .list(row -> slots.computeIfAbsent(row.id(1), id -> new ArrayList<>())
                            .add(row.slot(2, 3)));
            return slots;
        }

        /**
         * The therapists' sessions that touch the day, at all sites, with who comes to them or came to the end, and without bookings that
         * were undone. The day is the narrow condition: the sum keeps a database from taking the index on therapists, and the outer joins from beginning with a modality or a room,
         * and with it the sessions of all years.
         */
        private List<Found> sessions(Place site, Collection<Long> therapists, TimeSlot day) {
            Map<Long, Found> sessions = new LinkedHashMap<>();
            Sql.on(em)
                    .add(
                            "select s.id, s.version, s.site_id, s.therapist_id, s.starts_at, s.ends_at, s.modality_id, m.code, m.name,"
                                    + " m.colour, s.room_id, r.name, s.state, s.late_cancelled, p.id, p.patient_id, p.state,"
                                    + " q.given_name, q.family_name, s.capacity, g.name, f.therapist_id,"
                                    + " case when s.capacity > 1 then (select count(*) from participant c"
                                    + " where c.session_id = s.id and c.seat_number is not null) else 0 end,"
                                    + " case when s.capacity > 1 then (select count(*) from participant c"
                                    + " where c.session_id = s.id and c.seat_number is not null"
                                    + " and c.state not in ('ATTENDED', 'NO_SHOW')) else 0 end, case when s.capacity > 1 then "
                                    + FreeSeats.kept("s")
                                    + " else 0 end, "
                                    + Lapse.LAST_DAY
                                    + " from session s"
                                    + " left join modality m on m.id = s.modality_id left join room r on r.id = s.room_id"
                                    + " left join participant p on p.session_id = s.id and s.capacity = 1 and p.left_start is null"
                                    + " left join patient q on q.id = p.patient_id left join series g on g.id = s.series_id"
                                    + " left join session_facilitator f on f.session_id = s.id"
                                    + " where s.starts_at > ? and s.starts_at < ? and s.ends_at > ? and coalesce(s.cancel_reason, '') <> '"
                                    + Session.UNDONE + "' and (s.therapist_id + 0 in",
                            now,
                            day.start().minus(TimeSlot.LONGEST_SESSION),
                            day.end(),
                            day.start())
                    .in(therapists)
                    .add(
                            "or exists (select 1 from session_facilitator o where o.session_id = s.id and o.therapist_id in")
                    .in(therapists)
                    .add(")) order by s.starts_at, s.id, p.id")
                    .list(row -> {
                        Found session = sessions.get(row.id(1));
                        if (session == null) {
                            session = new Found(row, site.zone());
                            sessions.put(row.id(1), session);
                        }
                        session.join(row);
                        return session;
                    });
            return List.copyOf(sessions.values());
        }

        /** A session over midnight is on two boards and counts on the day that it starts on (acceptance case A4). */
        private static int startingOn(TimeSlot day, List<Booked> sessions) {
            return (int) sessions.stream()
                    .filter(s -> day.contains(s.slot().start()))
                    .count();
        }

        private Map<Long, Integer> counts(Place site, Collection<Long> therapists, TimeSlot day) {
            Map<Long, Integer> counts = new HashMap<>();
            Sql.on(em)
                    .add(
                            "select s.therapist_id, count(*) from session s where s.site_id = ? and s.state = 'BOOKED'"
                                    + " and s.starts_at >= ? and s.starts_at < ? and s.therapist_id + 0 in",
                            site.id(),
                            day.start(),
                            day.end())
                    .in(therapists)
                    .add(
                            "group by s.therapist_id union all select f.therapist_id, count(*) from session_facilitator f"
                                    + " join session s on s.id = f.session_id where s.site_id = ? and s.state = 'BOOKED'"
                                    + " and s.starts_at >= ? and s.starts_at < ? and f.therapist_id in",
                            site.id(),
                            day.start(),
                            day.end())
                    .in(therapists)
                    .add("group by f.therapist_id")
                    .list(row -> counts.merge(row.id(1), row.number(2), Integer::sum));
            return counts;
        }

        /** One entry for the whole board; patients of other sites' sessions are not shown and not named. */
        private void record(Place site, List<Found> found) {
            List<Long> ids = new ArrayList<>();
            Set<Long> patients = new LinkedHashSet<>();
            for (Found session : found) {
                if (session.siteId == site.id()) {
                    ids.add(session.id);
                    session.participants.forEach(p -> patients.add(p.patientId()));
                }
            }
            audit.record(actor, AuditTrail.Entry.viewed("board", "session", ids, patients));
        }

        private Optional<LocalDate> nextWorkingDay(Place site, LocalDate date) {
            Sql sql = Sql.on(em)
                    .add(
                            "select distinct w.weekday from working_hours w join therapist t on t.id = w.therapist_id"
                                    + " where w.site_id = ? and t.active",
                            site.id());
            if (own != null) {
                sql.add("and t.id = ?", own);
            }
            Set<Integer> weekdays = new HashSet<>(sql.list(row -> row.number(1)));
            Set<LocalDate> closed = new HashSet<>(Sql.on(em)
                    .add(
                            "select c.closed_on from closure_day c where c.site_id = ? and c.closed_on between ? and ?",
                            site.id(),
                            date,
                            date.plusDays(DAYS_AHEAD))
                    .list(row -> row.date(1)));
            return date.plusDays(1)
                    .datesUntil(date.plusDays(DAYS_AHEAD))
                    .filter(d -> weekdays.contains(d.getDayOfWeek().getValue()) && !closed.contains(d))
                    .findFirst();
        }
    }

    private record Closure(long siteId, LocalDate date) {}

    /** Sites in order of their names. */
    private static final class Sites {
        private final Map<Long, Place> byId = new LinkedHashMap<>();
        private final Set<Long> active = new HashSet<>();
        private final Map<Closure, String> closures = new HashMap<>();

        Place add(Place place, boolean isActive, @Nullable LocalDate closedOn, @Nullable String reason) {
            byId.put(place.id(), place);
            if (isActive) {
                active.add(place.id());
            }
            if (closedOn != null) {
                closures.put(new Closure(place.id(), closedOn), reason == null ? "" : reason);
            }
            return place;
        }

        List<Place> active() {
            return byId.values().stream().filter(p -> active.contains(p.id())).toList();
        }

        Place place(long id) {
            return Objects.requireNonNull(byId.get(id));
        }

        Place pick(@Nullable Long id) {
            return active().stream()
                    .filter(p -> id == null || p.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new NotFound("site", id == null ? "" : id));
        }
    }

    private static final class Worker {
        private final long id;
        private final String name;
        private final List<TimeSlot> hours = new ArrayList<>();

        Worker(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    /** A session while its rows are read. */
    private static final class Found {
        private final long id;
        private final long version;
        private final long siteId;
        private final long therapistId;
        private final TimeSlot slot;
        private final long modalityId;
        private final String code;
        private final String modality;
        private final int colour;
        private final long roomId;
        private final String room;
        private final SessionState state;
        private final boolean late;
        private final boolean unqualified;
        private final @Nullable Group group;
        private final Set<Long> coFacilitators = new TreeSet<>();
        private final List<Attendee> participants = new ArrayList<>();

        /** @param zone of the site whose board it is, where alone it is told in full */
        Found(Sql.Row row, ZoneId zone) throws java.sql.SQLException {
            id = row.id(1);
            version = row.id(2);
            siteId = row.id(3);
            therapistId = row.id(4);
            slot = row.slot(5, 6);
            modalityId = row.id(7);
            code = row.text(8);
            modality = row.text(9);
            colour = row.number(10);
            roomId = row.id(11);
            room = row.text(12);
            state = row.constant(13, SessionState.class);
            late = row.flag(14);
            unqualified = Lapse.isBefore(slot.start(), zone, row, 26);
            String name = row.textOrNull(21);
            group = row.number(20) == 1
                    ? null
                    : new Group(
                            name == null ? modality : name,
                            row.number(20),
                            row.number(23),
                            row.number(25),
                            row.number(24));
        }

        /** The lead therapist, then who facilitates with them. */
        Stream<Long> therapists() {
            return Stream.concat(Stream.of(therapistId), coFacilitators.stream());
        }

        boolean isOf(long therapist) {
            return therapistId == therapist || coFacilitators.contains(therapist);
        }

        /** Adds the row's facilitator or participant, of whom a session of one has one kind only; one who left a session that stands is not shown in it. */
        void join(Sql.Row row) throws java.sql.SQLException {
            Long facilitator = row.idOrNull(22);
            if (facilitator != null) {
                coFacilitators.add(facilitator);
            }
            if (row.idOrNull(15) == null) {
                return;
            }
            ParticipantState progress = row.constant(17, ParticipantState.class);
            if (progress.isLive() || !isLive()) {
                String name = row.text(18) + " " + row.text(19);
                participants.add(new Attendee(row.id(15), row.id(16), name, Initials.of(name), progress));
            }
        }

        boolean isLive() {
            return state == SessionState.BOOKED;
        }

        /** @param timeOff of its therapists */
        Booked booked(Map<Long, List<TimeSlot>> timeOff) {
            return new Booked(
                    id,
                    version,
                    therapistId,
                    List.copyOf(coFacilitators),
                    group,
                    therapists()
                            .flatMap(t -> timeOff.getOrDefault(t, List.of()).stream())
                            .anyMatch(slot::overlaps),
                    unqualified,
                    slot,
                    modalityId,
                    code,
                    modality,
                    colour,
                    roomId,
                    room,
                    state,
                    late,
                    List.copyOf(participants));
        }
    }
}

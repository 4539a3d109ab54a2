package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Resource;
import org.evenkeel.availability.Taken;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Settings;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/**
 * The seats of group sessions that are still to come: who takes one, who gives one back. A seat is a row that a participant holds
 * by its unique key, so the capacity is the database's promise. Runs in the caller's transaction; who may, and the audit, are the
 * caller's.
 */
@ApplicationScoped
public class Seats {

    /** Any capacity above one: a group's patients are looked at together. */
    private static final int GROUP = 2;

    private EntityManager em;
    private Availability availability;
    private Settings settings;
    private Event<SessionChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Seats() {}

    @Inject
    public Seats(
            EntityManager em, Availability availability, Settings settings, Event<SessionChanged> events, Clock clock) {
        this.em = em;
        this.availability = availability;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Who wants a seat.
     *
     * @param enrolmentId what brings them; null: a one-off guest
     * @param waitlistEntryId seats that are held for this entry are theirs
     * @param overbook whether a seat may be added beyond the capacity, up to what the room holds
     */
    public record Newcomer(
            long patientId, @Nullable Long enrolmentId, @Nullable Long waitlistEntryId, boolean overbook) {}

    /** What speaks against a patient in one session of those that were asked for. */
    public record Obstacle(long sessionId, long patientId, Refusal refusal) {}

    /**
     * What keeps a patient from taking part: no free seat, a session of their own at that time, somebody to be kept apart from, or
     * not being bookable at all. Locks the sessions until the transaction ends.
     *
     * @return empty if nothing does
     */
    public List<Obstacle> obstacles(Actor reader, Newcomer newcomer, Collection<Long> sessionIds) {
        return obstacles(reader, newcomer, new Sessions(em).lockedAll(sessionIds));
    }

    private List<Obstacle> obstacles(Actor reader, Newcomer newcomer, List<Session> sessions) {
        if (sessions.isEmpty()) {
            return List.of();
        }
        Map<Long, Integer> free = freeSeats(newcomer, sessions);
        Map<Long, FreeSeats.Count> seats = free.size() == sessions.size() ? Map.of() : counts(sessions);
        Map<Long, Room> rooms = rooms(sessions);
        List<Obstacle> obstacles = new ArrayList<>();
        for (Wanted wanted : wanted(reader, List.of(newcomer), sessions, Set.of())) {
            Session session = wanted.session();
            List<Refusal> refusals = new ArrayList<>(wanted.refusals());
            if (!free.containsKey(session.id())) {
                int taken = session.liveParticipants().size();
                Room room = Objects.requireNonNull(rooms.get(session.roomId()));
                if (!newcomer.overbook()) {
                    refusals.add(full(session, seats));
                } else if (!room.holds(taken + 1)) {
                    refusals.add(Refusal.of(
                            Rule.ROOM_UNFIT, room.name(), Map.of("capacity", room.capacity(), "needed", taken + 1)));
                }
            }
            refusals.forEach(r -> obstacles.add(new Obstacle(session.id(), newcomer.patientId(), r)));
        }
        return obstacles;
    }

    /**
     * The same for several who come together, in as many statements as for one: seats are counted out in their order, to those whom
     * nothing else keeps away. Each session is looked at by itself, as an alternative to the others; all are of one modality.
     *
     * @param leaving sessions that they give up for it, which stand in nobody's way
     */
    public List<Obstacle> obstacles(
            Actor reader, List<Newcomer> newcomers, Collection<Long> sessionIds, Set<Long> leaving) {
        List<Session> sessions = new Sessions(em).lockedAll(sessionIds);
        if (sessions.isEmpty() || newcomers.isEmpty()) {
            return List.of();
        }
        Map<Long, FreeSeats.Count> seats = counts(sessions);
        Map<Long, Integer> free = new HashMap<>();
        seats.forEach((id, count) -> free.put(id, count.free()));
        List<Obstacle> obstacles = new ArrayList<>();
        for (Wanted wanted : wanted(reader, newcomers, sessions, leaving)) {
            Session session = wanted.session();
            List<Refusal> refusals = new ArrayList<>(wanted.refusals());
            if (refusals.isEmpty() && free.merge(session.id(), -1, Integer::sum) < 0) {
                refusals.add(full(session, seats));
            }
            refusals.forEach(r ->
                    obstacles.add(new Obstacle(session.id(), wanted.newcomer().patientId(), r)));
        }
        return obstacles;
    }

    /** How many are free in each session; see {@link FreeSeats}. */
    public Map<Long, Integer> free(Collection<Long> sessionIds) {
        Map<Long, Integer> free = new HashMap<>();
        FreeSeats.count(em, sessionIds, clock.instant()).forEach((id, count) -> free.put(id, count.free()));
        return free;
    }

    private Map<Long, FreeSeats.Count> counts(List<Session> sessions) {
        return FreeSeats.count(em, sessions.stream().map(Session::id).toList(), clock.instant());
    }

    private static Refusal full(Session session, Map<Long, FreeSeats.Count> seats) {
        FreeSeats.Count count = Objects.requireNonNull(seats.get(session.id()));
        return Refusal.of(
                Rule.SEAT_TAKEN,
                "",
                Map.of("taken", count.taken(), "kept", count.kept(), "capacity", session.capacity()));
    }

    /** Someone who wants a seat in a session, and what speaks against them beside the seats. */
    private record Wanted(Session session, Newcomer newcomer, List<Refusal> refusals) {}

    /** Each session with each newcomer, in the order of both. */
    private List<Wanted> wanted(Actor reader, List<Newcomer> newcomers, List<Session> sessions, Set<Long> leaving) {
        List<Occurrence> asked = sessions.stream()
                .flatMap(s -> newcomers.stream().map(n -> with(s, n)))
                .toList();
        List<Proposal> proposals = new Proposals(em).readAll(sessions.get(0).modalityId(), GROUP, asked);
        List<Long> patients = newcomers.stream().map(Newcomer::patientId).toList();
        Blockers.Around around = new Blockers(em).around(Schedule.stretch(asked), List.of(), List.of(), patients);
        List<Wanted> all = new ArrayList<>();
        for (int i = 0; i < proposals.size(); i++) {
            Proposal proposal = proposals.get(i);
            Newcomer newcomer = newcomers.get(i % newcomers.size());
            // The session has its therapists and its room: what may be in the way is the newcomer's own.
            List<Refusal> refusals =
                    around.of(reader, leaving, proposal.placement(), List.of(newcomer.patientId())).stream()
                            .filter(r -> r.rule() == Rule.PATIENT_TAKEN)
                            .collect(Collectors.toCollection(ArrayList::new));
            BookingPolicies.patientsAreBookable(proposal).ifPresent(refusals::add);
            BookingPolicies.patientsMayMeet(proposal).ifPresent(refusals::add);
            all.add(new Wanted(sessions.get(i / newcomers.size()), newcomer, refusals));
        }
        return all;
    }

    private static Occurrence with(Session session, Newcomer newcomer) {
        List<Long> patients = new ArrayList<>(
                session.liveParticipants().stream().map(Participant::patientId).toList());
        if (!patients.contains(newcomer.patientId())) {
            patients.add(newcomer.patientId());
        }
        return new Occurrence(
                session.id(),
                null,
                session.slot(),
                session.therapistId(),
                session.coFacilitators(),
                session.roomId(),
                patients);
    }

    /**
     * Gives the newcomer a seat in each of these sessions, or in none.
     *
     * @param now when; the same as of what they give back for it
     * @throws Refused if there are obstacles
     * @throws Taken if a seat or the patient is taken after all; the transaction must then be rolled back
     */
    public void take(Actor actor, Newcomer newcomer, Collection<Long> sessionIds, Instant now) {
        List<Session> sessions = new Sessions(em).lockedAll(sessionIds);
        List<Obstacle> obstacles = obstacles(actor, newcomer, sessions);
        if (!obstacles.isEmpty()) {
            throw new Refused(
                    obstacles.stream().map(Obstacle::refusal).distinct().toList(), Alternatives.NONE);
        }
        Map<Long, Integer> free = freeSeats(newcomer, sessions);
        free.putAll(addSeats(
                sessions.stream().filter(s -> !free.containsKey(s.id())).toList()));
        Map<Long, List<Claim>> claims = new HashMap<>();
        for (Session session : sessions) {
            int number = Objects.requireNonNull(free.get(session.id()));
            session.seat(newcomer.patientId(), number, newcomer.enrolmentId(), now);
            claims.put(session.id(), List.of(new Claim(Resource.patient(newcomer.patientId()), session.slot())));
            em.lock(session, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        }
        em.flush();
        availability.reserveAll(claims);
        sessions.forEach(s -> fire(s, Change.Kind.CHANGED));
    }

    /** One more for each; its number. */
    private Map<Long, Integer> addSeats(List<Session> sessions) {
        Map<Long, Integer> added = new HashMap<>();
        counted(sessions).forEach((id, seats) -> added.put(id, seats.highest() + 1));
        SeatRows.insert(
                em,
                added.entrySet().stream()
                        .map(e -> new SeatRows.Row(e.getKey(), e.getValue()))
                        .toList());
        return added;
    }

    private record Counted(int seats, int highest) {}

    private Map<Long, Counted> counted(List<Session> sessions) {
        Map<Long, Counted> counted = new HashMap<>();
        if (!sessions.isEmpty()) {
            Sql.on(em)
                    .add("select session_id, count(*), max(number) from seat where session_id in")
                    .in(sessions.stream().map(Session::id).toList())
                    .add("group by session_id")
                    .list(r -> counted.put(r.id(1), new Counted(r.number(2), r.number(3))));
        }
        return counted;
    }

    /**
     * Gives the patient's seats back in those of the sessions that have not started; nobody else is touched (acceptance case A29),
     * and a session of their own is cancelled. With less notice than the centre's late-cancellation hours it counts as late.
     *
     * @param reason for the desk, where a session is cancelled
     * @return the sessions that they left
     */
    public List<Long> giveBack(long patientId, Collection<Long> sessionIds, String reason, Instant now) {
        Instant late = now.plus(Duration.ofHours(settings.lateCancellationHours()));
        Map<Long, List<Claim>> claims = new HashMap<>();
        List<Session> left = new ArrayList<>();
        for (Session session : new Sessions(em).lockedAll(sessionIds)) {
            if (!session.isLive() || !session.slot().start().isAfter(now)) {
                continue;
            }
            boolean tooLate = late.isAfter(session.slot().start());
            session.liveParticipants().stream()
                    .filter(p -> p.patientId() == patientId)
                    .findFirst()
                    .ifPresent(p -> {
                        left.add(session);
                        claims.put(session.id(), claimsOf(p, session));
                        if (session.isGroup()) {
                            session.leaves(p, tooLate, now);
                            em.lock(session, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
                        } else {
                            session.cancel(reason, tooLate, now);
                            p.leftOfTheirOwn(now);
                        }
                    });
        }
        availability.releaseAll(claims);
        em.flush();
        dropSurplus(left.stream().filter(Session::isLive).toList());
        left.forEach(s -> fire(s, s.isLive() ? Change.Kind.CHANGED : Change.Kind.CANCELLED));
        return left.stream().map(Session::id).toList();
    }

    /** What is free when they leave: their own time, and of a session of their own also the therapist's and the room's. */
    private static List<Claim> claimsOf(Participant leaver, Session session) {
        return session.isGroup()
                ? List.of(new Claim(Resource.patient(leaver.patientId()), session.slot()))
                : session.claims();
    }

    /**
     * Sets the capacity of sessions to come: more seats at once; fewer as they are freed, so that nobody is dropped and nobody new
     * gets in meanwhile (acceptance case A23).
     */
    public void resize(Collection<Long> sessionIds, int capacity) {
        List<Session> sessions = new Sessions(em).lockedAll(sessionIds);
        Map<Long, Counted> counted = counted(sessions);
        List<SeatRows.Row> added = new ArrayList<>();
        for (Session session : sessions) {
            session.resize(capacity);
            Counted seats = counted.getOrDefault(session.id(), new Counted(0, 0));
            for (int more = 1; more <= capacity - seats.seats(); more++) {
                added.add(new SeatRows.Row(session.id(), seats.highest() + more));
            }
        }
        em.flush();
        SeatRows.insert(em, added);
        dropSurplus(sessions);
        sessions.forEach(s -> fire(s, Change.Kind.CHANGED));
    }

    /** Free seats beyond the capacity go: first those that are kept for nobody, the highest numbers first. */
    private void dropSurplus(List<Session> sessions) {
        Map<Long, List<Integer>> free = new HashMap<>();
        Map<Long, Integer> all = new HashMap<>();
        if (sessions.isEmpty()) {
            return;
        }
        Sql.on(em)
                .add("select s.session_id, s.number, p.id from seat s left join participant p"
                        + " on p.session_id = s.session_id and p.seat_number = s.number where s.session_id in")
                .in(sessions.stream().map(Session::id).toList())
                .add(
                        "order by s.session_id, case when s.held_until > ? then 1 else 0 end, s.number desc",
                        clock.instant())
                .list(r -> {
                    all.merge(r.id(1), 1, Integer::sum);
                    return r.idOrNull(3) == null
                            && free.computeIfAbsent(r.id(1), k -> new ArrayList<>())
                                    .add(r.number(2));
                });
        List<SeatRows.Row> surplusRows = new ArrayList<>();
        for (Session session : sessions) {
            int surplus = all.getOrDefault(session.id(), 0) - session.capacity();
            List<Integer> numbers = free.getOrDefault(session.id(), List.of());
            for (int number : numbers.subList(0, Math.max(0, Math.min(surplus, numbers.size())))) {
                surplusRows.add(new SeatRows.Row(session.id(), number));
            }
        }
        SeatRows.delete(em, surplusRows);
    }

    /** The first free seat of each session that has one, while no more are taken than its capacity. */
    private Map<Long, Integer> freeSeats(Newcomer newcomer, List<Session> sessions) {
        Map<Long, Integer> free = new TreeMap<>();
        Sql.on(em)
                .add("select s.session_id, min(s.number) from seat s where s.session_id in")
                .in(sessions.stream().map(Session::id).toList())
                .add(
                        "and (s.held_until is null or s.held_until <= ? or s.held_for = ?) and not exists"
                                + " (select 1 from participant p where p.session_id = s.session_id and p.seat_number = s.number)"
                                + " group by s.session_id",
                        clock.instant(),
                        newcomer.waitlistEntryId() == null ? -1L : newcomer.waitlistEntryId())
                .list(r -> free.put(r.id(1), r.number(2)));
        return free;
    }

    private record Room(String name, int capacity, boolean telehealth) {
        boolean holds(int people) {
            return telehealth || capacity >= people;
        }
    }

    private Map<Long, Room> rooms(List<Session> sessions) {
        Map<Long, Room> rooms = new HashMap<>();
        Sql.on(em)
                .add("select id, name, capacity, telehealth from room where id in")
                .in(sessions.stream().map(Session::roomId).distinct().toList())
                .list(r -> rooms.put(r.id(1), new Room(r.text(2), r.number(3), r.flag(4))));
        return rooms;
    }

    private void fire(Session session, Change.Kind kind) {
        events.fire(new SessionChanged(
                kind,
                session.id(),
                session.revision(),
                clock.instant(),
                List.of(session.slot()),
                Set.of(session.siteId())));
    }
}

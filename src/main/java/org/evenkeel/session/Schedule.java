package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Taken;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Settings;
import org.evenkeel.session.Rule.Severity;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;

/**
 * Judges, books, moves and cancels many sessions at once, within the caller's transaction and in a number of statements that does
 * not grow with theirs: for series, leave and closures. The same rules, claims and events as for one. Who may, and the audit, are
 * the caller's.
 */
@ApplicationScoped
public class Schedule {

    private EntityManager em;
    private Availability availability;
    private Settings settings;
    private Event<SessionChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Schedule() {}

    @Inject
    public Schedule(
            EntityManager em, Availability availability, Settings settings, Event<SessionChanged> events, Clock clock) {
        this.em = em;
        this.availability = availability;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What the sessions of a series have in common.
     *
     * @param enrolments the enrolment that brings a patient, by patient id; who has none is a guest
     * @param override soft rules that are gone against, in all of them
     */
    public record Common(
            long seriesId, long modalityId, int capacity, Map<Long, Long> enrolments, RuleOverride override) {

        public Common {
            enrolments = Map.copyOf(enrolments);
        }
    }

    /** One of them, and what speaks against it; good for the transaction that it was judged in. */
    public static final class Judged {
        private final Occurrence occurrence;
        private final Session.Placement placement;
        private final List<Refusal> refusals;
        private final List<Refusal> told;

        private Judged(Occurrence occurrence, Session.Placement placement, List<Refusal> all) {
            this.occurrence = occurrence;
            this.placement = placement;
            Map<Boolean, List<Refusal>> parted =
                    all.stream().collect(Collectors.partitioningBy(r -> r.rule().severity() == Severity.TOLD));
            this.refusals = parted.getOrDefault(false, List.of());
            this.told = parted.getOrDefault(true, List.of());
        }

        public Occurrence occurrence() {
            return occurrence;
        }

        /** Hard ones and soft ones; empty: it can be booked. */
        public List<Refusal> refusals() {
            return refusals;
        }

        /** What is only told. */
        public List<Refusal> told() {
            return told;
        }
    }

    /**
     * Judges each, against what is on record and against each other. Locks the therapists, and the patients of groups, until the
     * transaction ends.
     *
     * @throws Invalid if an id is unknown
     */
    public List<Judged> judge(Actor reader, long modalityId, int capacity, List<Occurrence> wanted) {
        return judge(reader, modalityId, capacity, wanted, true);
    }

    /** The same, each by itself: they are alternatives, and may meet each other. */
    public List<Judged> judgeEach(Actor reader, long modalityId, int capacity, List<Occurrence> wanted) {
        return judge(reader, modalityId, capacity, wanted, false);
    }

    private List<Judged> judge(Actor reader, long modalityId, int capacity, List<Occurrence> wanted, boolean together) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Proposal> proposals = new Proposals(em).readAll(modalityId, capacity, wanted);
        Blockers.Around around = around(wanted);
        Set<Long> selves = ids(wanted);
        BookingPolicies policies = new BookingPolicies(settings.sessionsInARow());
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Occurrence occurrence = wanted.get(i);
            Proposal proposal = proposals.get(i);
            List<Refusal> all =
                    new ArrayList<>(around.of(reader, selves, proposal.placement(), occurrence.patientIds()));
            if (together) {
                all.addAll(collisions(proposal, occurrence, proposals.subList(0, i), wanted));
            }
            all.addAll(policies.judge(proposal));
            judged.add(new Judged(occurrence, proposal.placement(), all));
        }
        return judged;
    }

    private Blockers.Around around(List<Occurrence> wanted) {
        Set<Long> therapists = new TreeSet<>();
        Set<Long> rooms = new TreeSet<>();
        Set<Long> patients = new TreeSet<>();
        for (Occurrence o : wanted) {
            therapists.addAll(o.therapists());
            rooms.add(o.roomId());
            patients.addAll(o.patientIds());
        }
        return new Blockers(em).around(stretch(wanted), therapists, rooms, patients);
    }

    /** From the first start to the last end. */
    static TimeSlot stretch(List<Occurrence> wanted) {
        Instant start = wanted.stream()
                .map(o -> o.slot().start())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant end =
                wanted.stream().map(o -> o.slot().end()).max(Instant::compareTo).orElseThrow();
        return new TimeSlot(start, end);
    }

    private static Set<Long> ids(List<Occurrence> wanted) {
        Set<Long> ids = new TreeSet<>();
        for (Occurrence o : wanted) {
            if (o.sessionId() != null) {
                ids.add(o.sessionId());
            }
        }
        return ids;
    }

    /**
     * A date that was moved, or that is in another room, may meet an earlier one of the same: in its therapists, in its room with the
     * turnover, or in its patients.
     */
    private static List<Refusal> collisions(
            Proposal one, Occurrence occurrence, List<Proposal> before, List<Occurrence> wanted) {
        List<Refusal> refusals = new ArrayList<>();
        Session.Placement place = one.placement();
        for (int i = 0; i < before.size(); i++) {
            Proposal other = before.get(i);
            Map<String, Object> facts =
                    Map.of("other", other.slot(), "zone", other.site().zone());
            if (other.slot().overlaps(one.slot())) {
                List<Long> therapists = wanted.get(i).therapists();
                one.therapists().stream()
                        .filter(t -> therapists.contains(t.id()))
                        .forEach(t -> refusals.add(Refusal.of(Rule.THERAPIST_TAKEN, t.name(), facts)));
                List<Long> patients = wanted.get(i).patientIds();
                one.patients().stream()
                        .filter(p -> patients.contains(p.id()))
                        .forEach(p -> refusals.add(Refusal.of(Rule.PATIENT_TAKEN, p.name(), facts)));
            }
            if (place.takesRoom()
                    && occurrence.roomId() == wanted.get(i).roomId()
                    && withTurnover(other).overlaps(withTurnover(one))) {
                refusals.add(Refusal.of(Rule.ROOM_TAKEN, one.room().name(), facts));
            }
        }
        return refusals;
    }

    private static TimeSlot withTurnover(Proposal one) {
        return one.slot().extendedBy(one.room().turnoverMinutes());
    }

    /**
     * Books them, judged before in the same transaction.
     *
     * @return the ids of the sessions, in the order of what was wanted
     * @throws Taken if something is taken after all; the transaction must then be rolled back
     */
    public List<Long> book(Actor actor, Common common, List<Judged> judged) {
        Instant now = clock.instant();
        releaseOwn(actor, judged);
        List<Session> sessions = new ArrayList<>();
        for (Judged one : judged) {
            Session session = Session.book(one.placement, common.capacity(), now, actor.accountId());
            stamp(session, common, one);
            sessions.add(session);
        }
        List<List<Long>> patients =
                judged.stream().map(j -> j.occurrence().patientIds()).toList();
        new Sessions(em).addAll(sessions, patients, common.enrolments());
        clearExpired(judged, now);
        availability.reserveAll(claims(sessions));
        sessions.forEach(s -> fire(Change.Kind.BOOKED, s, now, List.of(s.slot()), Set.of(s.siteId())));
        return sessions.stream().map(Session::id).toList();
    }

    /** What the account itself holds of these times makes way. */
    private void releaseOwn(Actor actor, List<Judged> judged) {
        Holds.releaseOf(em, availability, actor.accountId(), wanted(judged));
    }

    /**
     * Keeps a time for one who waits for it, until an instant; what was kept for them before is given up.
     *
     * @param judged what nothing speaks against
     * @throws Taken if it is taken after all; the transaction must then be rolled back
     */
    public void keepFor(Actor actor, long waitlistEntryId, Judged judged, Instant until) {
        releaseKept(waitlistEntryId);
        releaseOwn(actor, List.of(judged));
        Occurrence kept = judged.occurrence();
        Hold hold = new Hold(actor.accountId(), waitlistEntryId, kept.slot(), kept.therapistId(), kept.roomId(), until);
        Holds.take(em, availability, hold, clock.instant());
    }

    /** No time is kept for them any more. */
    public void releaseKept(long waitlistEntryId) {
        Holds.releaseKept(em, availability, waitlistEntryId);
    }

    /** Who holds this time, for themselves or for one who waits; empty: nobody but the actor. */
    public List<Refusal> heldByOthers(Actor actor, Judged judged) {
        return new Blockers(em).held(actor, judged.placement, clock.instant());
    }

    /** Clears holds that have run out from what these take: the next to book does. */
    private void clearExpired(List<Judged> judged, Instant now) {
        availability.clearExpired(wanted(judged), now);
    }

    /** What these take that may be held. A hold takes no patient. */
    private static List<Claim> wanted(List<Judged> judged) {
        return judged.stream()
                .flatMap(j -> j.placement.claims(List.of()).stream())
                .toList();
    }

    /** Moves sessions that have not started, or gives them another therapist or room; who comes to them stays. */
    public void change(Common common, List<Judged> judged) {
        Instant now = clock.instant();
        Map<Long, Session> sessions = new HashMap<>();
        new Sessions(em)
                .lockedAll(ids(judged.stream().map(Judged::occurrence).toList()))
                .forEach(s -> sessions.put(s.id(), s));
        availability.releaseAll(claims(sessions.values()));
        List<SessionChanged> changes = new ArrayList<>();
        for (Judged one : judged) {
            Session session =
                    Objects.requireNonNull(sessions.get(one.occurrence().sessionId()));
            requireToCome(session, now);
            Set<TimeSlot> slots = new LinkedHashSet<>(List.of(session.slot()));
            Set<Long> sites = new LinkedHashSet<>(List.of(session.siteId()));
            int before = session.revision();
            boolean led = session.change(one.placement, now);
            stamp(session, common, one);
            slots.add(session.slot());
            sites.add(session.siteId());
            changes.add(new SessionChanged(
                    Change.Kind.MOVED,
                    session.id(),
                    session.revision(),
                    now,
                    List.copyOf(slots),
                    sites,
                    List.of(),
                    null,
                    led ? before : null));
        }
        em.flush();
        clearExpired(judged, now);
        availability.reserveAll(claims(sessions.values()));
        changes.forEach(events::fire);
    }

    /**
     * Cancels sessions that have not started; each counts as late with less notice than the centre's late-cancellation hours.
     *
     * @throws Stale if one has been cancelled or has started meanwhile
     */
    public void cancel(Collection<Long> sessionIds, String reason) {
        Instant now = clock.instant();
        List<Session> sessions = new Sessions(em).lockedAll(sessionIds);
        availability.releaseAll(claims(sessions));
        Instant late = now.plus(Duration.ofHours(settings.lateCancellationHours()));
        for (Session session : sessions) {
            requireToCome(session, now);
            session.cancel(reason, late.isAfter(session.slot().start()), now);
        }
        em.flush();
        sessions.forEach(s -> fire(Change.Kind.CANCELLED, s, now, List.of(s.slot()), Set.of(s.siteId())));
    }

    private static void requireToCome(Session session, Instant now) {
        if (!session.isLive() || !session.slot().start().isAfter(now)) {
            throw new Stale("Session " + session.id(), session.version());
        }
    }

    private static void stamp(Session session, Common common, Judged one) {
        LocalDateTime wallTime = one.occurrence().wallTime();
        if (wallTime != null) {
            session.occurOf(common.seriesId(), wallTime);
        } else {
            session.changedByHand();
        }
        session.goesAgainst(
                one.refusals().stream()
                        .filter(r -> common.override().covers(r.rule()))
                        .toList(),
                common.override().reason());
    }

    private static Map<Long, List<Claim>> claims(Collection<Session> sessions) {
        Map<Long, List<Claim>> claims = new HashMap<>();
        sessions.forEach(s -> claims.put(s.id(), s.claims()));
        return claims;
    }

    private void fire(Change.Kind kind, Session session, Instant now, List<TimeSlot> slots, Set<Long> sites) {
        events.fire(new SessionChanged(kind, session.id(), session.revision(), now, slots, sites));
    }
}

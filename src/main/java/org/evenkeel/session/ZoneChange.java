package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Resource;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.Site;
import org.evenkeel.site.Sites;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Gives a site another time zone (acceptance case A8): sessions to come keep their wall time, those that have started stay as
 * they were, and whatever that would make collide is listed and must be resolved first.
 */
@ApplicationScoped
public class ZoneChange {

    private EntityManager em;
    private Transactions transactions;
    private Availability availability;
    private AuditTrail audit;
    private Event<SessionChanged> events;
    private Event<CalendarChanged> calendar;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected ZoneChange() {}

    @Inject
    public ZoneChange(
            EntityManager em,
            Transactions transactions,
            Availability availability,
            AuditTrail audit,
            Event<SessionChanged> events,
            Event<CalendarChanged> calendar,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.availability = availability;
        this.audit = audit;
        this.events = events;
        this.calendar = calendar;
        this.clock = clock;
    }

    /**
     * What the change would do.
     *
     * @param sessions how many sessions to come would get another instant
     * @param collisions what has to be moved or cancelled first, earliest first
     */
    public record Preview(
            long siteId, String site, ZoneId from, ZoneId to, long version, int sessions, List<Collision> collisions) {

        public boolean isClear() {
            return collisions.isEmpty();
        }
    }

    /** Why a session cannot simply keep its wall time. */
    public enum Why {
        THERAPIST_TAKEN,
        ROOM_TAKEN,
        PATIENT_TAKEN,
        TIME_OFF,
        IN_THE_PAST,
        /** The wall time does not exist in the new zone on that day. */
        NO_SUCH_TIME
    }

    /** @param otherSessionId the session that it would collide with, if it is one */
    public record Collision(
            long sessionId,
            LocalDateTime wallTime,
            String therapist,
            String room,
            Why why,
            @Nullable Long otherSessionId) {}

    private record Upcoming(
            long id,
            long siteId,
            TimeSlot slot,
            long therapistId,
            String therapist,
            List<Long> coFacilitators,
            long roomId,
            String room,
            boolean takesRoom,
            int turnover,
            List<Long> patients) {

        Upcoming at(TimeSlot other) {
            return new Upcoming(
                    id,
                    siteId,
                    other,
                    therapistId,
                    therapist,
                    coFacilitators,
                    roomId,
                    room,
                    takesRoom,
                    turnover,
                    patients);
        }
    }

    /** What would happen, without doing it. */
    public Preview preview(Actor actor, long siteId, ZoneId to) {
        new Gate(audit).require(actor, "change a site's time zone", Role.LEAD, Role.ADMIN);
        return transactions.inNew(() -> previewIn(site(siteId, LockModeType.NONE), to));
    }

    /**
     * Changes the zone and all sessions to come, if nothing collides.
     *
     * @return what was done; if it is not clear, nothing was
     * @throws Stale if the site has changed since the preview
     * @throws Refused if someone is booking one of these times just now
     */
    public Preview apply(Actor actor, long siteId, long expectedVersion, ZoneId to) {
        new Gate(audit).require(actor, "change a site's time zone", Role.LEAD, Role.ADMIN);
        return LostRaces.retried(transactions, () -> applyOnce(actor, siteId, expectedVersion, to), Rule.BEING_BOOKED);
    }

    private Preview applyOnce(Actor actor, long siteId, long expectedVersion, ZoneId to) {
        new Sites(em).pauseBookings();
        Site site = site(siteId, LockModeType.PESSIMISTIC_WRITE);
        if (site.version() != expectedVersion) {
            throw new Stale("Site " + siteId, site.version());
        }
        Preview preview = previewIn(site, to);
        if (preview.isClear()) {
            shift(site, to);
            audit.record(
                    actor,
                    new Entry(
                            "CHANGED",
                            "site zone",
                            "site",
                            List.of(siteId),
                            List.of(),
                            "OK",
                            site.zone() + " -> " + to));
            site.moveTo(to);
            calendar.fire(CalendarChanged.AT_ANY_TIME);
        }
        return preview;
    }

    private Site site(long id, LockModeType lock) {
        Site site = em.find(Site.class, id, lock);
        if (site == null) {
            throw new NotFound("site", id);
        }
        return site;
    }

    private static TimeSlot sameWallTime(TimeSlot slot, ZoneId from, ZoneId to) {
        Instant start = LocalDateTime.ofInstant(slot.start(), from).atZone(to).toInstant();
        return TimeSlot.of(start, slot.minutes());
    }

    private void shift(Site site, ZoneId to) {
        Instant now = clock.instant();
        List<Session> sessions = em.createQuery(
                        "select s from Session s where s.siteId = :site and s.state = :booked and s.slot.start > :now"
                                + " order by s.id",
                        Session.class)
                .setParameter("site", site.id())
                .setParameter("booked", SessionState.BOOKED)
                .setParameter("now", now)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        sessions.forEach(s -> availability.release(s.id(), s.claims()));
        for (Session session : sessions) {
            TimeSlot before = session.slot();
            session.shiftTo(sameWallTime(before, site.zone(), to), now);
            availability.clearExpired(session.claims(), now);
            availability.reserve(session.id(), session.claims(), null);
            events.fire(new SessionChanged(
                    Change.Kind.MOVED,
                    session.id(),
                    session.revision(),
                    now,
                    List.of(before, session.slot()),
                    Set.of(site.id())));
        }
    }

    private Preview previewIn(Site site, ZoneId to) {
        Instant now = clock.instant();
        ZoneId from = site.zone();
        List<Upcoming> all = upcoming(now);
        List<Collision> collisions = new ArrayList<>();
        List<Upcoming> after = new ArrayList<>();
        int moved = 0;
        for (Upcoming session : all) {
            if (session.siteId() != site.id() || !session.slot().start().isAfter(now)) {
                after.add(session);
                continue;
            }
            moved++;
            LocalDateTime wall = LocalDateTime.ofInstant(session.slot().start(), from);
            TimeSlot slot = sameWallTime(session.slot(), from, to);
            after.add(session.at(slot));
            if (to.getRules().getValidOffsets(wall).isEmpty()) {
                collisions.add(collision(session, from, Why.NO_SUCH_TIME, null));
            } else if (!slot.start().isAfter(now)) {
                collisions.add(collision(session, from, Why.IN_THE_PAST, null));
            }
        }
        collisions.addAll(overlaps(after, site.id(), to));
        Map<Long, TimeSlot> before = all.stream().collect(Collectors.toMap(Upcoming::id, Upcoming::slot));
        collisions.addAll(timeOff(before, after, site.id(), to, now));
        collisions.sort(Comparator.comparing(Collision::wallTime).thenComparing(Collision::sessionId));
        return new Preview(site.id(), site.name(), from, to, site.version(), moved, collisions);
    }

    private static Collision collision(Upcoming session, ZoneId zone, Why why, @Nullable Long other) {
        return new Collision(
                session.id(),
                LocalDateTime.ofInstant(session.slot().start(), zone),
                session.therapist(),
                session.room(),
                why,
                other);
    }

    /** Overlaps that a session of this site takes part in, each pair once for each thing that it fights over. */
    private static List<Collision> overlaps(List<Upcoming> sessions, long siteId, ZoneId to) {
        Map<Resource, List<Upcoming>> byResource = new HashMap<>();
        for (Upcoming s : sessions) {
            claims(s).forEach(c -> byResource
                    .computeIfAbsent(c.resource(), k -> new ArrayList<>())
                    .add(s));
        }
        List<Collision> found = new ArrayList<>();
        byResource.forEach((resource, taking) -> {
            taking.sort(Comparator.comparing((Upcoming s) -> s.slot().start()).thenComparing(Upcoming::id));
            for (int i = 0; i < taking.size(); i++) {
                Upcoming one = taking.get(i);
                for (int j = i + 1;
                        j < taking.size() && slotOf(one, resource).overlaps(slotOf(taking.get(j), resource));
                        j++) {
                    Upcoming two = taking.get(j);
                    if (one.siteId() == siteId) {
                        found.add(collision(one, to, why(one, resource), two.id()));
                    } else if (two.siteId() == siteId) {
                        found.add(collision(two, to, why(two, resource), one.id()));
                    }
                }
            }
        });
        return found;
    }

    private static List<Claim> claims(Upcoming s) {
        return new Session.Placement(
                        0,
                        s.slot(),
                        s.therapistId(),
                        s.coFacilitators(),
                        s.roomId(),
                        s.siteId(),
                        s.turnover(),
                        s.takesRoom())
                .claims(s.patients());
    }

    private static TimeSlot slotOf(Upcoming s, Resource resource) {
        return resource.equals(Resource.room(s.roomId())) ? s.slot().extendedBy(s.turnover()) : s.slot();
    }

    private static Why why(Upcoming s, Resource resource) {
        if (resource.equals(Resource.therapist(s.therapistId()))
                || s.coFacilitators().stream().anyMatch(t -> resource.equals(Resource.therapist(t)))) {
            return Why.THERAPIST_TAKEN;
        }
        return resource.equals(Resource.room(s.roomId())) ? Why.ROOM_TAKEN : Why.PATIENT_TAKEN;
    }

    /** A group that goes on without one who facilitates it (acceptance case A19) is no worse off at its new instant. */
    private List<Collision> timeOff(
            Map<Long, TimeSlot> before, List<Upcoming> sessions, long siteId, ZoneId to, Instant now) {
        record Off(long therapistId, TimeSlot slot) {}
        List<Off> off = Sql.on(em)
                .add("select therapist_id, starts_at, ends_at from time_off where ends_at > ?", now)
                .list(r -> new Off(r.id(1), r.slot(2, 3)));
        return sessions.stream()
                .filter(s -> s.siteId() == siteId)
                .filter(s -> off.stream()
                        .filter(o -> o.slot().overlaps(s.slot()))
                        .anyMatch(o -> o.therapistId() == s.therapistId()
                                || (s.coFacilitators().contains(o.therapistId())
                                        && !o.slot().overlaps(Objects.requireNonNull(before.get(s.id()))))))
                .map(s -> collision(s, to, Why.TIME_OFF, null))
                .toList();
    }

    /** All live sessions, of every site, that are not over: a therapist or a patient may be shared. */
    private List<Upcoming> upcoming(Instant now) {
        Map<Long, Upcoming> sessions = new LinkedHashMap<>();
        Sql.on(em)
                .add(
                        "select s.id, s.site_id, s.starts_at, s.ends_at, s.therapist_id, t.title, t.given_name, t.family_name,"
                                + " s.room_id, r.name, s.takes_room, s.turnover_minutes, p.patient_id from session s"
                                + " left join therapist t on t.id = s.therapist_id left join room r on r.id = s.room_id"
                                + " left join participant p on p.session_id = s.id and p.seat_number is not null"
                                + " where s.state = 'BOOKED' and s.starts_at > ? and s.ends_at > ? order by s.starts_at, s.id",
                        now.minus(Proposals.REACH),
                        now)
                .list(r -> {
                    Upcoming session = sessions.get(r.id(1));
                    if (session == null) {
                        session = new Upcoming(
                                r.id(1),
                                r.id(2),
                                r.slot(3, 4),
                                r.id(5),
                                Therapist.displayName(r.text(6), r.text(7), r.text(8)),
                                new ArrayList<>(),
                                r.id(9),
                                r.text(10),
                                r.flag(11),
                                r.number(12),
                                new ArrayList<>());
                        sessions.put(session.id(), session);
                    }
                    Long patient = r.idOrNull(13);
                    if (patient != null) {
                        session.patients().add(patient);
                    }
                    return true;
                });
        Sql.on(em)
                .add(
                        "select f.session_id, f.therapist_id from session_facilitator f join session s on s.id = f.session_id"
                                + " where s.state = 'BOOKED' and s.starts_at > ? and s.ends_at > ?",
                        now.minus(Proposals.REACH),
                        now)
                .list(r -> {
                    Upcoming session = sessions.get(r.id(1));
                    return session != null && session.coFacilitators().add(r.id(2));
                });
        return List.copyOf(sessions.values());
    }
}

package org.evenkeel.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Saving;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * Sites and rooms, kept by the clinical lead and the administrator, and seen by everybody. None is deleted: it is made inactive,
 * which takes it out of what can be booked and leaves its sessions as they are.
 */
@ApplicationScoped
public class SiteRegister {
    private Sites sites;
    private Rooms rooms;
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Event<CalendarChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SiteRegister() {}

    @Inject
    public SiteRegister(
            Sites sites,
            Rooms rooms,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Event<CalendarChanged> events,
            Clock clock) {
        this.sites = sites;
        this.rooms = rooms;
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    public Page<SiteRow> list(Actor actor, int first, int limit) {
        requireAnyone(actor);
        return transactions.inNew(() -> new Page<>(sites.rows(first, limit), sites.count()));
    }

    /** @throws NotFound if there is none with this id */
    public Versioned<SiteDetails> find(Actor actor, long id) {
        requireAnyone(actor);
        return transactions.inNew(() -> {
            Site site = existing(id);
            return new Versioned<>(id, site.version(), site.details());
        });
    }

    /** Every site with its opening hours and closure days, by name. */
    public List<Versioned<SiteDetails>> all(Actor actor) {
        requireAnyone(actor);
        return transactions.inNew(sites::allDetails);
    }

    /**
     * @return its id
     * @throws Invalid if another site has the name
     */
    public long add(Actor actor, SiteDetails details) {
        requireKeeper(actor, "create sites");
        return transactions.inNew(() -> {
            refuseTakenName(details.name(), 0);
            Site site = new Site(details.name(), details.zone(), details.phone());
            site.describe(details);
            sites.add(site);
            flush("site", details.name());
            record(actor, "CREATED", "site", site.id());
            return site.id();
        });
    }

    /**
     * Changes everything but the zone, which sessions depend on.
     *
     * @param version the one that the user saw
     * @return how many sessions to come are left at a site that is inactive now; 0 if it is active
     * @throws org.evenkeel.shared.Stale if somebody else changed the site meanwhile
     * @throws Invalid if another site has the name, or the zone is another one
     */
    public int change(Actor actor, long id, long version, SiteDetails details) {
        requireKeeper(actor, "change sites");
        return transactions.inNew(() -> {
            sites.pauseBookings();
            Site site = existing(id);
            Saving.sameVersion("The site", version, site.version());
            if (!site.zone().equals(details.zone())) {
                throw new Invalid("zone", "invalid.site.zone");
            }
            refuseTakenName(details.name(), id);
            refuseClosingOverSessions(site, details);
            site.describe(details);
            flush("site", details.name());
            record(actor, "CHANGED", "site", id);
            events.fire(CalendarChanged.AT_ANY_TIME);
            return details.active() ? 0 : ahead("s.site_id = ?", id);
        });
    }

    /** @param siteId null: the rooms of every site */
    public Page<RoomRow> rooms(Actor actor, @Nullable Long siteId, int first, int limit) {
        requireAnyone(actor);
        return transactions.inNew(() -> new Page<>(rooms.rows(siteId, first, limit), rooms.count(siteId)));
    }

    /** @throws NotFound if there is none with this id */
    public Versioned<RoomDetails> findRoom(Actor actor, long id) {
        requireAnyone(actor);
        return transactions.inNew(() -> {
            Room room = existingRoom(id);
            return new Versioned<>(id, room.version(), room.details());
        });
    }

    /**
     * @return its id
     * @throws Invalid if the site has a room of this name
     */
    public long addRoom(Actor actor, RoomDetails details) {
        requireKeeper(actor, "create rooms");
        return transactions.inNew(() -> {
            refuseTakenRoomName(details, 0);
            Room room = new Room(
                    existing(details.siteId()),
                    details.name(),
                    details.capacity(),
                    details.turnoverMinutes(),
                    details.telehealth());
            room.describe(details);
            rooms.add(room);
            flush("room", details.name());
            record(actor, "CREATED", "room", room.id());
            return room.id();
        });
    }

    /**
     * Turnover counts for sessions that are booked from now on. A room stays at its site.
     *
     * @return how many sessions to come are left in a room that is inactive now; 0 if it is active
     * @throws org.evenkeel.shared.Stale if somebody else changed the room meanwhile
     * @throws Invalid if the site has another room of this name
     */
    public int changeRoom(Actor actor, long id, long version, RoomDetails details) {
        requireKeeper(actor, "change rooms");
        return transactions.inNew(() -> {
            Room room = existingRoom(id);
            Saving.sameVersion("The room", version, room.version());
            if (room.site().id() != details.siteId()) {
                throw new Invalid("siteId", "invalid.site.roomStays");
            }
            refuseTakenRoomName(details, id);
            room.describe(details);
            flush("room", details.name());
            record(actor, "CHANGED", "room", id);
            events.fire(CalendarChanged.AT_ANY_TIME);
            return details.active() ? 0 : ahead("s.room_id = ?", id);
        });
    }

    private int ahead(String where, long id) {
        return Sql.on(entities)
                .add(
                        "select count(*) from session s where " + where + " and s.state = 'BOOKED' and s.starts_at > ?",
                        id,
                        clock.instant())
                .first(row -> row.number(1))
                .orElse(0);
    }

    /** What is booked on such a day, were it only from or until midnight, is moved or cancelled together with the closure, on a page of its own. */
    private void refuseClosingOverSessions(Site site, SiteDetails details) {
        for (ClosureDay day : details.closureDays()) {
            if (site.closureDays().contains(day)) {
                continue;
            }
            Instant start = day.date().atStartOfDay(site.zone()).toInstant();
            int booked = Sql.on(entities)
                    .add(
                            "select count(*) from session where site_id = ? and state = 'BOOKED' and starts_at > ?"
                                    + " and starts_at < ? and ends_at > ?",
                            site.id(),
                            start.minus(TimeSlot.LONGEST_SESSION),
                            day.date().plusDays(1).atStartOfDay(site.zone()).toInstant(),
                            start)
                    .first(r -> r.number(1))
                    .orElse(0);
            if (booked > 0) {
                throw new Invalid("closureDays", "invalid.site.bookedOn", booked, day.date());
            }
        }
    }

    private void requireAnyone(Actor actor) {
        gate.require(actor, "see sites", Role.values());
    }

    private void requireKeeper(Actor actor, String action) {
        gate.require(actor, action, Role.LEAD, Role.ADMIN);
    }

    private Site existing(long id) {
        return sites.find(id).orElseThrow(() -> new NotFound("site", id));
    }

    private Room existingRoom(long id) {
        return rooms.find(id).orElseThrow(() -> new NotFound("room", id));
    }

    private void refuseTakenName(String name, long exceptId) {
        if (sites.isNameTaken(name, exceptId)) {
            throw taken("site").apply(name);
        }
    }

    private void refuseTakenRoomName(RoomDetails details, long exceptId) {
        if (rooms.isNameTaken(details.siteId(), details.name(), exceptId)) {
            throw taken("room").apply(details.name());
        }
    }

    private static Function<String, Invalid> taken(String what) {
        return name -> new Invalid("name", "invalid.site." + what + "Taken", name);
    }

    private void flush(String what, String name) {
        Saving.flush(entities, "The " + what, () -> taken(what).apply(name));
    }

    private void record(Actor actor, String action, String subject, long id) {
        audit.record(actor, new AuditTrail.Entry(action, "site", subject, List.of(id), List.of(), "OK", ""));
    }
}

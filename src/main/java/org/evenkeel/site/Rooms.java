package org.evenkeel.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All rooms. */
@ApplicationScoped
public class Rooms {
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init")
    protected Rooms() {}

    @Inject
    public Rooms(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Room room) {
        entities.persist(room);
    }

    public Optional<Room> find(long id) {
        return Optional.ofNullable(entities.find(Room.class, id));
    }

    /** The rooms of a site that are in use, by name. */
    public List<Room> activeAt(long siteId) {
        return entities.createQuery(
                        "select r from Room r where r.site.id = :site and r.active = true order by r.name", Room.class)
                .setParameter("site", siteId)
                .getResultList();
    }

    /** @param siteId null: of every site */
    List<RoomRow> rows(@Nullable Long siteId, int first, int limit) {
        String where = siteId == null ? "" : " where s.id = :site";
        var query = entities.createQuery(
                "select new org.evenkeel.site.RoomRow(r.id, r.name, s.id, s.name, r.capacity, r.turnoverMinutes, r.telehealth,"
                        + " r.active) from Room r join r.site s" + where + " order by s.name, r.name, r.id",
                RoomRow.class);
        if (siteId != null) {
            query.setParameter("site", siteId);
        }
        return query.setFirstResult(first).setMaxResults(limit).getResultList();
    }

    long count(@Nullable Long siteId) {
        var query = siteId == null
                ? entities.createQuery("select count(r) from Room r", Long.class)
                : entities.createQuery("select count(r) from Room r where r.site.id = :site", Long.class)
                        .setParameter("site", siteId);
        return query.getSingleResult();
    }

    boolean isNameTaken(long siteId, String name, long exceptId) {
        return entities.createQuery(
                                "select count(r) from Room r where r.site.id = :site and lower(r.name) = lower(:name) and r.id <> :id",
                                Long.class)
                        .setParameter("site", siteId)
                        .setParameter("name", name)
                        .setParameter("id", exceptId)
                        .getSingleResult()
                > 0;
    }
}

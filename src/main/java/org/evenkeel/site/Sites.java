package org.evenkeel.site;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Versioned;

/** All sites. */
@ApplicationScoped
public class Sites {
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init")
    protected Sites() {}

    @Inject
    public Sites(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Site site) {
        entities.persist(site);
    }

    public Optional<Site> find(long id) {
        return Optional.ofNullable(entities.find(Site.class, id));
    }

    /**
     * By the clock of which a site lives.
     *
     * @throws NotFound if there is no such site
     */
    public static ZoneId zone(EntityManager entities, long id) {
        return Sql.on(entities)
                .add("select zone from site where id = ?", id)
                .first(row -> ZoneId.of(row.text(1)))
                .orElseThrow(() -> new NotFound("site", id));
    }

    /**
     * Waits for the bookings that are under way and lets no other begin until the transaction ends: each holds the row of its
     * therapist. Whoever changes what all bookings of a site are judged by (closures, the zone) calls this first and then looks at
     * what is booked, so that neither misses the other. Bookings never wait for each other because of it.
     */
    public void pauseBookings() {
        Sql.on(entities).add("select id from therapist order by id for update").list(row -> row.id(1));
    }

    /** Every site, by name; opening hours and closure days are read when they are asked for. */
    public List<Site> all() {
        return entities.createQuery("select s from Site s order by s.name", Site.class)
                .getResultList();
    }

    /**
     * What every site says about itself, by name: three statements for however many. Straight from the tables of the collections,
     * since EclipseLink makes a query for each site, or cannot compare what it read in a batch.
     */
    List<Versioned<SiteDetails>> allDetails() {
        Map<Long, List<OpeningHours>> hours = bySite(Sql.on(entities)
                .add("select site_id, weekday, opens_at, closes_at from opening_hours")
                .list(row -> Map.entry(row.id(1), new OpeningHours(row.number(2), row.time(3), row.time(4)))));
        Map<Long, List<ClosureDay>> closures = bySite(Sql.on(entities)
                .add("select site_id, closed_on, reason from closure_day")
                .list(row -> Map.entry(row.id(1), new ClosureDay(row.date(2), row.text(3)))));
        return all().stream()
                .map(site -> new Versioned<>(
                        site.id(),
                        site.version(),
                        site.details(
                                hours.getOrDefault(site.id(), List.of()), closures.getOrDefault(site.id(), List.of()))))
                .toList();
    }

    private static <V> Map<Long, List<V>> bySite(List<Map.Entry<Long, V>> entries) {
        return entries.stream().collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    List<SiteRow> rows(int first, int limit) {
        return entities
                .createQuery(
                        "select s, (select count(r) from Room r where r.site = s and r.active = true) from Site s order by s.name, s.id",
                        Object[].class)
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(row -> row((Site) row[0], (Long) row[1]))
                .toList();
    }

    private static SiteRow row(Site site, long rooms) {
        return new SiteRow(site.id(), site.name(), site.zone(), site.phone(), site.isActive(), rooms);
    }

    long count() {
        return entities.createQuery("select count(s) from Site s", Long.class).getSingleResult();
    }

    boolean isNameTaken(String name, long exceptId) {
        return entities.createQuery(
                                "select count(s) from Site s where lower(s.name) = lower(:name) and s.id <> :id",
                                Long.class)
                        .setParameter("name", name)
                        .setParameter("id", exceptId)
                        .getSingleResult()
                > 0;
    }
}

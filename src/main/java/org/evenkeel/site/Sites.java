package org.evenkeel.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

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

    /** Every site, by name; opening hours and closure days are read when they are asked for. */
    public List<Site> all() {
        return entities.createQuery("select s from Site s order by s.name", Site.class)
                .getResultList();
    }

    /** Every site with its opening hours and closure days, by name, in three statements. */
    public List<Site> allWithHours() {
        return entities.createQuery("select s from Site s order by s.name", Site.class)
                .setHint("eclipselink.batch", "s.openingHours")
                .setHint("eclipselink.batch", "s.closureDays")
                .getResultList();
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

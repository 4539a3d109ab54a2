package org.evenkeel.therapist;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.shared.Sql;

/** All therapists. */
@ApplicationScoped
public class Therapists {
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init")
    protected Therapists() {}

    @Inject
    public Therapists(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Therapist therapist) {
        entities.persist(therapist);
    }

    public Optional<Therapist> find(long id) {
        return Optional.ofNullable(entities.find(Therapist.class, id));
    }

    /** Those who may be booked, or everybody, by family name. */
    List<TherapistChoice> choices(boolean activeOnly) {
        return entities
                .createQuery(
                        "select t from Therapist t" + (activeOnly ? " where t.active = true" : "")
                                + " order by t.familyName, t.givenName, t.id",
                        Therapist.class)
                .getResultList()
                .stream()
                .map(therapist -> new TherapistChoice(therapist.id(), therapist.displayName()))
                .toList();
    }

    /** Ids of those who may give a modality on a day: all, where it needs no qualification. */
    Set<Long> qualified(String modality, LocalDate day) {
        return Set.copyOf(Sql.on(entities)
                .add(
                        "select t.id from modality m, therapist t where m.code = ? and t.active and (m.qualification is null"
                                + " or exists (select 1 from qualification q where q.therapist_id = t.id and q.modality_id = m.id"
                                + " and q.valid_from <= ? and (q.valid_to is null or q.valid_to >= ?)))",
                        modality,
                        day,
                        day)
                .list(r -> r.id(1)));
    }

    List<TherapistRow> rows(String search, int first, int limit) {
        List<Therapist> found = matching(
                        "select t", " order by t.familyName, t.givenName, t.id", Therapist.class, search)
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultList();
        if (found.isEmpty()) {
            return List.of();
        }
        List<Long> ids = found.stream().map(Therapist::id).toList();
        Map<Long, List<String>> languages = byTherapist(
                "select t.id, l from Therapist t join t.languages l where t.id in :ids order by l", ids, String.class);
        Map<Long, List<Long>> modalities = byTherapist(
                "select q.therapist.id, q.modalityId from Qualification q where q.therapist.id in :ids order by q.modalityId",
                ids,
                Long.class);
        return found.stream()
                .map(therapist -> new TherapistRow(
                        therapist.id(),
                        therapist.displayName(),
                        therapist.familyName(),
                        therapist.givenName(),
                        therapist.gender(),
                        languages.getOrDefault(therapist.id(), List.of()),
                        modalities.getOrDefault(therapist.id(), List.of()).stream()
                                .distinct()
                                .toList(),
                        therapist.isActive()))
                .toList();
    }

    long count(String search) {
        return matching("select count(t)", "", Long.class, search).getSingleResult();
    }

    /** Straight from the table: JPQL cannot select elements of a collection, and fetching them makes a query for each therapist. */
    Map<Long, List<WorkingHours>> hoursOfActive() {
        return Sql.on(entities)
                .add("select h.therapist_id, h.site_id, h.weekday, h.starts_at, h.ends_at from working_hours h"
                        + " join therapist t on t.id = h.therapist_id where t.active = true")
                .list(row -> Map.entry(row.id(1), new WorkingHours(row.id(2), row.number(3), row.time(4), row.time(5))))
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private <T> TypedQuery<T> matching(String select, String order, Class<T> type, String search) {
        String pattern = "%"
                + search.strip()
                        .toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_") + "%";
        return entities.createQuery(
                        select
                                + " from Therapist t where lower(concat(t.givenName, concat(' ', t.familyName))) like :pattern escape '!'"
                                + order,
                        type)
                .setParameter("pattern", pattern);
    }

    private <V> Map<Long, List<V>> byTherapist(String query, Collection<Long> ids, Class<V> type) {
        return entities.createQuery(query, Object[].class).setParameter("ids", ids).getResultList().stream()
                .collect(groupingBy(row -> (Long) row[0], mapping(row -> type.cast(row[1]), toList())));
    }
}

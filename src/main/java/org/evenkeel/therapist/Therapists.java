package org.evenkeel.therapist;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    /** Those who may be booked, by family name, with their hours, languages and qualifications: four statements for however many. */
    public List<Therapist> activeWithAll() {
        for (String collection : List.of("languages", "workingHours", "qualifications")) {
            entities.createQuery(
                            "select distinct t from Therapist t left join fetch t." + collection
                                    + " where t.active = true",
                            Therapist.class)
                    .getResultList();
        }
        return entities.createQuery(
                        "select t from Therapist t where t.active = true order by t.familyName, t.givenName, t.id",
                        Therapist.class)
                .getResultList();
    }

    /** Those who may be booked, and perhaps the others, by family name. */
    List<TherapistChoice> choices(boolean alsoInactive) {
        return entities
                .createQuery(
                        "select t from Therapist t where t.active = true or :all = true order by t.familyName, t.givenName, t.id",
                        Therapist.class)
                .setParameter("all", alsoInactive)
                .getResultList()
                .stream()
                .map(therapist -> new TherapistChoice(therapist.id(), therapist.displayName()))
                .toList();
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

    Map<Long, List<WorkingHours>> hoursOfActive() {
        return entities
                .createQuery(
                        "select t.id, h from Therapist t join t.workingHours h where t.active = true", Object[].class)
                .getResultList()
                .stream()
                .collect(groupingBy(row -> (Long) row[0], mapping(row -> (WorkingHours) row[1], toList())));
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

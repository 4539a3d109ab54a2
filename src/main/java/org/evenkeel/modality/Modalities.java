package org.evenkeel.modality;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** All modalities. */
@ApplicationScoped
public class Modalities {
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init")
    protected Modalities() {}

    @Inject
    public Modalities(EntityManager entities) {
        this.entities = entities;
    }

    public void add(Modality modality) {
        entities.persist(modality);
    }

    public Optional<Modality> find(long id) {
        return Optional.ofNullable(entities.find(Modality.class, id));
    }

    /** @param code such as {@code CBT} */
    public Optional<Modality> byCode(String code) {
        return entities
                .createQuery("select m from Modality m where m.code = :code", Modality.class)
                .setParameter("code", code)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** Every modality, by name. */
    public List<Modality> all() {
        return page(0, Integer.MAX_VALUE);
    }

    List<Modality> page(int first, int limit) {
        return entities.createQuery("select m from Modality m order by m.name, m.id", Modality.class)
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultList();
    }

    long count() {
        return entities.createQuery("select count(m) from Modality m", Long.class)
                .getSingleResult();
    }
}

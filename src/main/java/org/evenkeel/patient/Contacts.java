package org.evenkeel.patient;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contact points of all patients, sealed in the database and open here. */
@ApplicationScoped
public class Contacts {
    private EntityManager entities;
    private ContactVault vault;

    @SuppressWarnings("NullAway.Init")
    protected Contacts() {}

    @Inject
    public Contacts(EntityManager entities, ContactVault vault) {
        this.entities = entities;
        this.vault = vault;
    }

    /** A patient's contacts, in the order in which they were added. */
    public List<Contact> of(long patientId) {
        return points(List.of(patientId)).stream()
                .map(point -> point.open(vault))
                .toList();
    }

    public void add(long patientId, Contact contact) {
        ContactPoint point = new ContactPoint(entities.getReference(Patient.class, patientId), contact.kind());
        entities.persist(point);
        point.seal(contact, vault);
    }

    /** Makes them the contacts of a patient; those that stay keep their rows. */
    void replace(long patientId, List<Contact> wanted) {
        List<Contact> missing = new ArrayList<>(wanted);
        for (ContactPoint point : points(List.of(patientId))) {
            if (!missing.remove(point.open(vault))) {
                entities.remove(point);
            }
        }
        missing.forEach(contact -> add(patientId, contact));
    }

    /** What the contacts of patients are known by, for each who has any. */
    Map<Long, Set<String>> lookups(Collection<Long> patientIds) {
        return points(patientIds).stream()
                .collect(groupingBy(ContactPoint::patientId, mapping(ContactPoint::lookup, toSet())));
    }

    String lookup(Contact contact) {
        return vault.lookup(contact);
    }

    private List<ContactPoint> points(Collection<Long> patientIds) {
        if (patientIds.isEmpty()) {
            return List.of();
        }
        return entities.createQuery(
                        "select c from ContactPoint c where c.patient.id in :ids order by c.id", ContactPoint.class)
                .setParameter("ids", patientIds)
                .getResultList();
    }
}

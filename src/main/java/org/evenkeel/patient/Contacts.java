package org.evenkeel.patient;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.shared.Sql;

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

    /**
     * Where messages to a patient could go.
     *
     * @param lookup the keyed hash under which the address is known
     * @param shared whether it is some other patient's as well
     */
    public record Address(Contact contact, String lookup, boolean shared) {}

    /** A patient's phone numbers and e-mail addresses, in the order in which they were added; in the caller's transaction. */
    public List<Address> addresses(long patientId) {
        return addresses(List.of(patientId)).getOrDefault(patientId, List.of());
    }

    /** The same of several patients, for each who has any; one statement. */
    public Map<Long, List<Address>> addresses(Collection<Long> patientIds) {
        Map<Long, List<Address>> addresses = new HashMap<>();
        Sql.on(entities)
                .add(
                        "select c.id, c.kind, c.sealed, c.lookup, (select count(distinct o.patient_id) from contact_point o"
                                + " where o.lookup = c.lookup), c.patient_id from contact_point c where c.patient_id in")
                .in(patientIds)
                .add("and c.kind <> ? order by c.id", Contact.Kind.ADDRESS)
                .list(r -> addresses
                        .computeIfAbsent(r.id(6), k -> new ArrayList<>())
                        .add(new Address(
                                new Contact(r.constant(2, Contact.Kind.class), vault.open(r.id(1), r.text(3))),
                                r.text(4),
                                r.number(5) > 1)));
        return addresses;
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

    /** What an address is known by without being told: the same for all writings of it. */
    public String lookup(Contact contact) {
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

package org.evenkeel.patient;

import jakarta.persistence.EntityManager;

/** Contacts under a key of the tests' own. */
public final class ContactsFixture {

    private ContactsFixture() {}

    public static Contacts contacts(EntityManager entities) {
        return new Contacts(entities, new ContactVault("a key for tests"));
    }
}

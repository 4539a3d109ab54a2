package org.evenkeel.patient;

import jakarta.persistence.EntityManager;

/** Contacts under a key of the tests' own. */
public final class ContactsFixture {

    public static final String KEY = "a key for tests";

    private ContactsFixture() {}

    public static Contacts contacts(EntityManager entities) {
        return new Contacts(entities, new ContactVault(KEY));
    }
}

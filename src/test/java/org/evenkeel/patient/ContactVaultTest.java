package org.evenkeel.patient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.evenkeel.shared.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactVaultTest {
    private final ContactVault vault = new ContactVault("one secret");

    @Test
    void opensWhatItSealed() {
        assertEquals("Ünï 5", vault.open(7, vault.seal(7, "Ünï 5")));
        assertNotEquals(vault.seal(7, "same"), vault.seal(7, "same"));
    }

    @Test
    void opensNothingOfAnotherRowAnotherKeyOrAfterAChange() {
        String sealed = vault.seal(7, "555-0100");
        char last = sealed.charAt(sealed.length() - 3);
        String changed = sealed.substring(0, sealed.length() - 3)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 2);

        assertThrows(IllegalStateException.class, () -> vault.open(8, sealed));
        assertThrows(IllegalStateException.class, () -> vault.open(7, changed));
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> new ContactVault("another secret").open(7, sealed));
        assertEquals("Contact point 7 was sealed under another key", refused.getMessage());
    }

    @Test
    void knowsTwoWritingsOfOneContact() {
        Contact one = new Contact(Contact.Kind.PHONE, "+1 (555) 0100");
        Contact other = new Contact(Contact.Kind.PHONE, "1-555-0100");
        assertEquals(vault.lookup(one), vault.lookup(other));
        assertEquals(
                vault.lookup(new Contact(Contact.Kind.EMAIL, "Ana@Example.org")),
                vault.lookup(new Contact(Contact.Kind.EMAIL, "ana@example.org")));
        assertNotEquals(vault.lookup(one), new ContactVault("another secret").lookup(one));
        assertNotEquals(vault.lookup(one), vault.lookup(new Contact(Contact.Kind.ADDRESS, "15550100")));
        assertEquals(64, vault.lookup(one).length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "ana@", "ana@example", "a b@example.org", "@example.org", ""})
    void refusesWhatIsNoAddress(String value) {
        assertThrows(Invalid.class, () -> new Contact(Contact.Kind.EMAIL, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"call me", "12", "555-0100 after 5", ""})
    void refusesWhatIsNoPhoneNumber(String value) {
        assertThrows(Invalid.class, () -> new Contact(Contact.Kind.PHONE, value));
    }
}

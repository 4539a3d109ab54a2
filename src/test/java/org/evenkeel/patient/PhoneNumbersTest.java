package org.evenkeel.patient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumbersTest {

    @ParameterizedTest(name = "{1} in country {0} is {2}")
    @CsvSource({
        "1, (555) 010-0111, +15550100111",
        "1, 1 555 010 0111, +15550100111",
        "1, +1 555 0100, +15550100",
        "1, 555-0100, +15550100",
        "1, 1-555-0100, +15550100",
        "1, 0555 0100, +15550100",
        "1, 00 1 555 0100, +15550100",
        "1, 011 44 20 7946 0958, +442079460958",
        "1, +44 20 7946 0958, +442079460958",
        "1, +44 (0)20 7946 0958, +442079460958",
        "1, 555-010-0111 x12, +15550100111",
        "49, 030 1234567, +49301234567",
        "49, 30 1234567, +49301234567",
        "49, 0049 30 1234567, +49301234567",
        "49, 0049 (0)30 1234567, +49301234567",
        "49, 49 151 23456789, +4915123456789",
        "49, 0151 23456789, +4915123456789",
        "49, 0044 20 7946 0958, +442079460958",
        "39, 06 1234567, +39061234567",
        "39, +39 06 1234567, +39061234567"
    })
    void numbersAreWrittenAsProvidersDo(String country, String written, String number) {
        assertEquals(number, new PhoneNumbers(country).international(written));
    }

    @Test
    @DisplayName("[A43] all writings of a phone number are known by one lookup, and those of others by another")
    void allWritingsAreOneAddress() {
        ContactVault vault = new ContactVault("a secret");
        Set<String> lookups =
                List.of("+1 555 0100", "555-0100", "1 (555) 0100", "001 555 0100", "5550100 x7", "0555.0100").stream()
                        .map(written -> vault.lookup(new Contact(Contact.Kind.PHONE, written)))
                        .collect(Collectors.toSet());
        assertEquals(1, lookups.size());
        Contact abroad = new Contact(Contact.Kind.PHONE, "+44 555 0100");
        assertNotEquals(lookups.iterator().next(), vault.lookup(abroad));
        Contact national = new Contact(Contact.Kind.PHONE, "555-0100");
        assertNotEquals(vault.lookup(national), new ContactVault("a secret", new PhoneNumbers("44")).lookup(national));
        assertEquals(vault.lookup(abroad), new ContactVault("a secret", new PhoneNumbers("44")).lookup(abroad));
    }
}

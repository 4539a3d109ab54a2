package org.evenkeel.patient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLikenessTest {

    @ParameterizedTest
    @CsvSource({
        "Ana, Ruiz, Ana, Ruiz, true",
        "Ana, Ruiz, ána, RUIZ, true",
        "Ana, Ruiz, Ruiz, Ana, true",
        "Ana, Ruiz, Anna, Ruis, true",
        "Ana, Ruiz, Ana, Riuz, true",
        "Jo, Li, Jo, Lu, false",
        "Jo, Li, Ja, Lu, false",
        "Jon, Smith, Jonathan, Smith, true",
        "Ana, Ruiz, Eva, Ruiz, false",
        "Ana, Ruiz, Eva, Diaz, false",
        "Ana, Ruiz, Benjamin, Ruiz, false",
        "Katherine, Lopez, Catharine, Lopez, true",
        "Mary Ann, Smith, Maryann, Smith, true",
        "Maria, Lopez, Mario, Lopes, true",
        "Maria, Lopez, Marta, Gomez, false",
    })
    void tellsWhoMayBeOnePerson(String given, String family, String otherGiven, String otherFamily, boolean alike) {
        assertEquals(alike, NameLikeness.alike(given, family, otherGiven, otherFamily));
        assertEquals(alike, NameLikeness.alike(otherGiven, otherFamily, given, family));
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, '', 3", "abc, abc, 0", "abc, acb, 1", "abc, abd, 1", "abc, bc, 1", "ca, abc, 3"})
    void countsChangesOfLetters(String one, String other, int distance) {
        assertEquals(distance, NameLikeness.distance(one, other));
        assertEquals(distance, NameLikeness.distance(other, one));
    }
}

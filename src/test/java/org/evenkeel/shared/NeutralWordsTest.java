package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralWordsTest {

    @ParameterizedTest(name = "[A46] {0} betrays")
    @ValueSource(
            strings = {
                "Harbor Recovery House",
                "the CLINIC on Pier Street",
                "Counselling, 2nd floor",
                "EMDR room",
                "Centro de rehabilitaci\u00f3n",
                "Terapia",
                "Adicci\u00f3n",
                "Detox",
                "Psiqui\u00e1trico",
                "AA, first floor"
            })
    void aWordThatBetraysIsFound(String text) {
        assertTrue(NeutralWords.betrays(text).isPresent());
    }

    @ParameterizedTest(name = "[A46] {0} is neutral")
    @ValueSource(
            strings = {
                "12 Pier Street",
                "Harbor House",
                "Calle Matanza 4",
                "See you at Mat's, aa 3",
                "Dreadnought Way",
                ""
            })
    void aPlaceIsNeutral(String text) {
        assertEquals(Optional.empty(), NeutralWords.betrays(text));
    }
}

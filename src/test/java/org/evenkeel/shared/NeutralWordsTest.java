package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "AA, first floor",
                "LCADC"
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

    @ParameterizedTest(name = "[A46] {0} betrays, as a name or an address")
    @CsvSource({
        "visits@hoperecovery.org, recover",
        "https://visits.harborclinic.example, clinic",
        "HopeRehab, rehab",
        "Group visits, group",
        "EMDR-Visits, EMDR"
    })
    void aNameThatRunsWordsTogetherIsFound(String name, String word) {
        assertEquals(word, NeutralWords.betraysInName(name).orElse(""));
    }

    @ParameterizedTest(name = "[A46] {0} is neutral, as a name or an address")
    @ValueSource(
            strings = {
                "Appointments",
                "visits@example.org",
                "https://visits.harbor-house.example",
                "+15550100100",
                "individual.fundamental.example",
                "discovery@madrugada.example"
            })
    void aNameIsNeutral(String name) {
        assertEquals(Optional.empty(), NeutralWords.betraysInName(name));
    }
}

package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    @Test
    void aVersionGoesOutAndComesBack() {
        assertEquals("\"12\"", EntityTags.of(12));
        assertEquals(12, EntityTags.expected("\"12\""));
        assertEquals(12, EntityTags.expected(" \"12\" "));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "*"})
    void whoeverChangesSaysWhatWasRead(String header) {
        assertEquals(
                428,
                assertThrows(Unreadable.class, () -> EntityTags.expected(header))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"12\"", "12", "\"\"", "\"a\"", "\"12\", \"13\"", "\"99999999999999999999\""})
    void whatIsWeakOrNotOursMatchesNoVersion(String header) {
        assertEquals(-1, EntityTags.expected(header));
    }
}

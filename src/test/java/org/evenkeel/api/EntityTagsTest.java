package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void ofADocumentItChangesWithEveryWord() {
        String tag = EntityTags.of("{\"coming\":1}");
        assertEquals(tag, EntityTags.of("{\"coming\":1}"));
        assertNotEquals(tag, EntityTags.of("{\"coming\":2}"));
        assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
        assertEquals(-1, EntityTags.expected(tag), "no version");
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

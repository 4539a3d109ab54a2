package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.evenkeel.shared.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static JsonBody body(String json) {
        return JsonBody.of(json.getBytes(StandardCharsets.UTF_8), Set.of("a", "b", "inner"));
    }

    @Test
    void readsWhatIsMeant() {
        JsonBody body = body("""
                {"a": "é \\n", "b": [1, 2], "inner": {"a": 7}}""");
        assertEquals("é \n", body.text("a"));
        assertEquals(List.of(1L, 2L), body.ids("b"));
        JsonBody inner = body.objectOrNull("inner", Set.of("a"));
        assertEquals(7, inner == null ? 0 : inner.number("a"));
        assertEquals(7, inner == null ? 0 : inner.id("a"));
    }

    @Test
    void nullIsMissing() {
        JsonBody body = body("{\"a\": null}");
        assertNull(body.textOrNull("a"));
        assertNull(body.idOrNull("b"));
        assertNull(body.objectOrNull("a", Set.of()));
        assertInvalid("a", body, b -> b.text("a"));
        assertInvalid("b", body, b -> b.id("b"));
        assertInvalid("a", body, JsonBody::withoutNulls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\": }", "{'a': 1}", "{\"a\": 1} x", "nonsense", "{\"a\": 01}", "[1,"})
    void whatIsNoJsonIsABadRequest(String json) {
        Unreadable unreadable = assertThrows(Unreadable.class, () -> body(json));
        assertEquals(400, unreadable.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "\"text\"", "null", "true"})
    void whatIsNoObjectCannotBeMeant(String json) {
        assertThrows(Invalid.class, () -> body(json));
    }

    @Test
    void namesMisspeltMembers() {
        assertEquals(
                "therapst",
                assertThrows(Invalid.class, () -> body("{\"therapst\": 1}")).field());
        JsonBody outer = body("{\"inner\": {\"x\": 1}}");
        assertInvalid("inner.x", outer, b -> b.objectOrNull("inner", Set.of("a")));
    }

    @Test
    void refusesWhatIsOfAnotherKind() {
        assertInvalid("a", body("{\"a\": 1}"), b -> b.text("a"));
        assertInvalid("a", body("{\"a\": \"1\"}"), b -> b.id("a"));
        assertInvalid("a", body("{\"a\": 1.5}"), b -> b.number("a"));
        assertInvalid("a", body("{\"a\": 1e3}"), b -> b.number("a"));
        assertInvalid("a", body("{\"a\": true}"), b -> b.number("a"));
        assertInvalid("a", body("{\"a\": 3000000000}"), b -> b.number("a"));
        assertInvalid("a", body("{\"a\": 99999999999999999999}"), b -> b.id("a"));
        assertInvalid("a", body("{\"a\": 1}"), b -> b.ids("a"));
        assertInvalid("a", body("{\"a\": [\"x\"]}"), b -> b.ids("a"));
        assertInvalid("a", body("{\"a\": [1]}"), b -> b.texts("a"));
        assertInvalid("a", body("{\"a\": []}"), b -> b.objectOrNull("a", Set.of()));
        assertInvalid("a", body("{\"a\": \"\\u0000\"}"), b -> b.text("a"));
    }

    @Test
    void instantsNeedAnOffset() {
        assertEquals(
                Instant.parse("2027-03-14T14:00:00Z"),
                body("{\"a\": \"2027-03-14T10:00:00-04:00\"}").instant("a"));
        for (String none : List.of("2027-03-14T10:00:00", "2027-03-14", "10:00", "soon", "")) {
            assertInvalid("a", body("{\"a\": \"" + none + "\"}"), b -> b.instant("a"));
        }
    }

    @Test
    void readsNoMoreThanCanBeMeant() {
        byte[] most = new byte[JsonBody.MOST_BYTES];
        assertEquals(most.length, JsonBody.bytes(new ByteArrayInputStream(most)).length);
        byte[] more = new byte[JsonBody.MOST_BYTES + 1];
        Unreadable unreadable = assertThrows(Unreadable.class, () -> JsonBody.bytes(new ByteArrayInputStream(more)));
        assertEquals(413, unreadable.status());
    }

    @Test
    void deepNestingIsRefusedAndNotASurprise() {
        String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertEquals(400, assertThrows(Unreadable.class, () -> body(deep)).status());
    }

    private static void assertInvalid(String field, JsonBody body, Consumer<JsonBody> read) {
        assertEquals(field, assertThrows(Invalid.class, () -> read.accept(body)).field());
    }
}

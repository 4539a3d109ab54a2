package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    private record Inner(long id, String name) {}

    private record Thing(
            int number, boolean flag, @Nullable String missing, DayOfWeek day, LocalDate date, List<Inner> items) {}

    private record Few(@Nullable String first, @Nullable String second) implements JsonText.Sparse {}

    private record Empty() {}

    @Test
    void writesComponentsInTheirOrder() {
        assertEquals(
                """
                {"number":1,"flag":true,"missing":null,"day":"MONDAY","date":"2027-03-01",\
                "items":[{"id":1,"name":"a"},{"id":2,"name":"b"}]}""",
                JsonText.of(new Thing(
                        1,
                        true,
                        null,
                        DayOfWeek.MONDAY,
                        LocalDate.of(2027, 3, 1),
                        List.of(new Inner(1, "a"), new Inner(2, "b")))));
    }

    @Test
    void sparseRecordsLeaveNullsOut() {
        assertEquals("{\"second\":\"x\"}", JsonText.of(new Few(null, "x")));
        assertEquals("{}", JsonText.of(new Few(null, null)));
    }

    @Test
    void emptyThingsAreClosed() {
        assertEquals("{}", JsonText.of(new Empty()));
        assertEquals("[]", JsonText.of(List.of()));
        assertEquals("{\"a\":[null,1]}", JsonText.of(Map.of("a", Arrays.asList(null, 1))));
    }

    @Test
    void whatItWritesIsReadBackAsItWas() {
        StringBuilder every = new StringBuilder("\"\\/\u2028\u2029é漢😀");
        for (char c = 0; c < 160; c++) {
            every.append(c);
        }
        String json = JsonText.of(new Inner(Long.MAX_VALUE, every.toString()));
        JsonObject read = Json.createReader(new StringReader(json)).readObject();
        assertEquals(every.toString(), read.getString("name"));
        assertEquals(Long.MAX_VALUE, read.getJsonNumber("id").longValueExact());
    }
}

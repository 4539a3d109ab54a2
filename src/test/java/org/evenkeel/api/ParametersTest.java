package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    private static Parameters of(String... namesAndValues) {
        MultivaluedHashMap<String, String> values = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Parameters("/api/things", values);
    }

    @Test
    void namesWhatIsMisspelt() {
        Parameters parameters = of("therapist", "1", "form", "2027-03-14");
        assertInvalid("form", parameters, p -> p.only(Set.of("therapist", "from")));
        assertEquals(1, parameters.only(Set.of("therapist", "form")).id("therapist"));
    }

    @Test
    void emptyIsMissing() {
        Parameters none = of("therapist", "", "date", " ");
        assertNull(none.idOrNull("therapist"));
        assertNull(none.dateOrNull("date"));
        assertNull(none.textOrNull("modality"));
        assertInvalid("therapist", none, p -> p.id("therapist"));
        assertInvalid("modality", none, p -> p.text("modality"));
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-14T10:00:00-04:00, 2027-03-14T14:00:00Z",
        "2027-03-14T10:00-04:00,    2027-03-14T14:00:00Z",
        "2027-03-14T10:00:00+0530,  2027-03-14T04:30:00Z",
        "2027-03-14T10:00:00 05:30, 2027-03-14T04:30:00Z",
        "2027-03-14T10:00:00Z,      2027-03-14T10:00:00Z",
    })
    void readsInstants(String text, Instant expected) {
        assertEquals(expected, of("from", text).momentOrNull("from"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-03-14T10:00:00",
                "2027-03-14T25:00:00Z",
                "2027-02-29T10:00:00Z",
                "2027-03-14T10:00:00EST",
                "tomorrow",
                "2027-02-29",
                "27-3-1",
                "0001-01-01",
                "+999999999-01-01",
                "+999999999-01-01T00:00:00Z",
                "2027-03-14T10:00:00+19:00"
            })
    void refusesOtherMoments(String text) {
        assertInvalid("from", of("from", text), p -> p.momentOrNull("from"));
    }

    @Test
    void readsDatesTimesAndConstants() {
        assertEquals(LocalDate.of(2027, 3, 14), of("from", "2027-03-14").momentOrNull("from"));
        assertEquals(LocalTime.of(16, 0), of("after", "16:00").timeOrNull("after"));
        assertInvalid("after", of("after", "4 pm"), p -> p.timeOrNull("after"));
        assertEquals(Therapist.Gender.FEMALE, of("gender", "female").constantOrNull("gender", Therapist.Gender.class));
        assertInvalid("gender", of("gender", "any"), p -> p.constantOrNull("gender", Therapist.Gender.class));
        assertInvalid("search", of("search", "a\u0000b"), p -> p.text("search"));
    }

    @Test
    void readsWeekdaysAsNamesNumbersListsAndRepetitions() {
        Set<DayOfWeek> both = Set.of(DayOfWeek.TUESDAY, DayOfWeek.THURSDAY);
        assertEquals(both, of("weekday", "TUE,THU").weekdays("weekday"));
        assertEquals(both, of("weekday", "2,4").weekdays("weekday"));
        assertEquals(both, of("weekday", "tuesday", "weekday", "Thursday").weekdays("weekday"));
        assertEquals(both, of("weekday", "2, thu").weekdays("weekday"));
        assertEquals(Set.of(), of().weekdays("weekday"));
        assertEquals(Set.of(), of("weekday", "").weekdays("weekday"));
        for (String wrong : List.of("0", "8", "TU", "someday")) {
            assertInvalid("weekday", of("weekday", wrong), p -> p.weekdays("weekday"));
        }
    }

    @Test
    void limitsPages() {
        assertEquals(25, of().limit());
        assertEquals(500, of("limit", "500").limit());
        for (String wrong : List.of("501", "0", "-1", "many", "99999999999")) {
            assertInvalid("limit", of("limit", wrong), Parameters::limit);
        }
        assertInvalid("cursor", of("cursor", "-1"), Parameters::offset);
    }

    @Test
    void theNextPageKeepsAllOtherParameters() {
        Parameters first = of("weekday", "TUE", "weekday", "THU", "search", "a b&c=é", "cursor", "25");
        String next = first.next(25, 80);
        assertEquals(
                Set.of("weekday=TUE", "weekday=THU", "search=a+b%26c%3D%C3%A9", "cursor=50"),
                Set.of((next == null ? "" : next)
                        .substring("/api/things?".length())
                        .split("&", -1)));
        assertNull(first.next(25, 50));
        assertNull(of().next(0, 10));
    }

    @Test
    void whatIsNoIdNamesNothing() {
        assertEquals(7, Parameters.pathId("session", "7"));
        for (String wrong : List.of("x", "", "1.0", "99999999999999999999", "7;DROP")) {
            assertThrows(NotFound.class, () -> Parameters.pathId("session", wrong));
        }
    }

    private static void assertInvalid(String field, Parameters parameters, Consumer<Parameters> read) {
        assertEquals(
                field,
                assertThrows(Invalid.class, () -> read.accept(parameters)).field());
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator;
import jakarta.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Leave in the browser")
class LeaveJourneyIT {

    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("[A13] over three sessions: one is taken over, one is moved, one is cancelled, all in one go")
    void overThreeSessions() {
        List<Patient> patients =
                List.of(Patient.of(server, "EK-1171"), Patient.of(server, "EK-1173"), Patient.of(server, "EK-1175"));
        FreeTime first = FreeTime.firstOfLongSpell(server, "IND", patients.get(0));
        Booked one = Booked.book(server, first, patients.get(0));
        Booked two = Booked.book(server, first.later(50), patients.get(1));
        Booked three = Booked.book(server, first.later(100), patients.get(2));
        LocalDateTime elsewhere = first.start().toLocalDateTime().plusDays(7);

        try (Desk desk = Desk.of(server, "lead")) {
            desk.window.go("/availability/edit?id=" + first.therapistId());
            desk.page.locator("#fromDate").fill(first.start().toLocalDate().toString());
            desk.page.locator("#reason").fill("conference");
            desk.button("Add time off").click();
            assertThat(desk.page).hasURL(Pattern.compile(".*/availability/leave.*"));
            Locator choices = desk.page.locator("select[id$=choice]");
            assertThat(choices).hasCount(3);
            desk.isAccessible();
            assertThat(choices.nth(0)).hasValue(Pattern.compile("sub:\\d+"));
            choices.nth(1).selectOption("cancel");
            choices.nth(2).selectOption("move");
            desk.button("Save all").click();
            assertThat(desk.page.getByText("Say when it is to take place.").first())
                    .isVisible();
            desk.page.locator("input[id$=moveTo]").nth(2).fill(elsewhere.toString());
            desk.button("Save all").click();
            assertThat(desk.page).hasURL(Pattern.compile(".*/availability/edit.*"));
            assertThat(desk.page.getByText("conference").first()).isVisible();
        }

        assertNotEquals(
                first.therapistId(), session(one).getJsonObject("therapist").getInt("id"));
        assertEquals("CANCELLED", session(two).getString("state"));
        assertEquals(
                elsewhere,
                OffsetDateTime.parse(session(three).getString("start")).toLocalDateTime());
    }

    @Test
    @DisplayName(
            "[A19] of a co-facilitator says what it leaves under-staffed before it is saved, and flags it on the board after")
    void ofACoFacilitator() {
        JsonObject group = facilitated();
        OffsetDateTime start = OffsetDateTime.parse(group.getString("start"));
        JsonObject away = group.getJsonArray("coFacilitators").getJsonObject(0);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/availability/edit?id=" + away.getInt("id"));
            desk.page.locator("#fromDate").fill(start.toLocalDate().toString());
            desk.page.locator("#fromTime").fill(start.toLocalTime().toString());
            desk.page
                    .locator("#untilTime")
                    .fill(OffsetDateTime.parse(group.getString("end"))
                            .toLocalTime()
                            .toString());
            desk.page
                    .locator("#site")
                    .selectOption(String.valueOf(group.getJsonObject("site").getInt("id")));
            desk.button("Add time off").click();
            assertThat(desk.page).hasURL(Pattern.compile(".*/availability/leave.*"));
            assertThat(desk.page.getByText("Under-staffed without " + away.getString("name")))
                    .hasCount(1);
            desk.isAccessible();
            desk.page.locator("select[id$=choice]").selectOption("keep");
            desk.button("Save all").click();
            assertThat(desk.page).hasURL(Pattern.compile(".*/availability/edit.*"));

            desk.window.go("/session/roster?id=" + group.getInt("id"));
            assertThat(desk.page.getByText("Under-staffed. Away: " + away.getString("name")))
                    .isVisible();
        }
        assertEquals(
                "BOOKED",
                Api.read(server, "/api/sessions/" + group.getInt("id")).getString("state"));
    }

    /** A date of a group, at least three weeks from now, that two lead together. */
    private JsonObject facilitated() {
        LocalDate from = LocalDate.now(ZoneOffset.UTC).plusWeeks(3);
        return Api.read(server, "/api/sessions?limit=500&state=BOOKED&from=" + from + "&to=" + from.plusDays(14))
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(session -> session.getJsonArray("coFacilitators").size() == 1)
                .findFirst()
                .orElseThrow();
    }

    private JsonObject session(Booked booked) {
        return Api.read(server, "/api/sessions/" + booked.id());
    }
}

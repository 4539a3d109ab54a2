package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import jakarta.json.Json;
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
        FreeTime first = FreeTime.firstWithSubstituteAfter(48, server, "IND");
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
            Locator moveTo = desk.page.locator("input[id$=moveTo]").nth(2);
            moveTo.fill(elsewhere.minusYears(9).toString());
            desk.button("Save all").click();
            assertThat(desk.page.getByText("This time is in the past.").first()).isVisible();
            moveTo.fill(elsewhere.toLocalDate().atTime(3, 0).toString());
            desk.button("Save all").click();
            assertThat(desk.page.getByLabel("Reason for going against the rule"))
                    .isVisible();
            desk.isAccessible();
            moveTo.fill(elsewhere.toString());
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
            "[A15] a day on which the centre is closed may add a date at the end of a series that is held so often")
    void closingADay() {
        Patient patient = Patient.of(server, "EK-1104");
        FreeTime first = FreeTime.firstAfter(24, server, "CBT", 60, patient);
        Api.create(
                server,
                "/api/series",
                Json.createObjectBuilder()
                        .add("name", "Held in spite of it")
                        .add("modality", "CBT")
                        .add("therapist", first.therapistId())
                        .add("room", first.roomId())
                        .add("rule", "FREQ=WEEKLY;COUNT=2")
                        .add("counts", "HELD")
                        .add("first", first.start().toLocalDateTime().toString())
                        .add("minutes", 60)
                        .add("capacity", 1)
                        .add("patients", Json.createArrayBuilder().add(patient.id()))
                        .build());
        try (Desk desk = Desk.of(server, "lead")) {
            desk.window.go("/availability/leave?site=" + first.siteId());
            desk.page.locator("#date").fill(first.start().toLocalDate().toString());
            desk.page.locator("#date").press("Enter");
            Locator choice = desk.page.getByLabel("What becomes of the session of " + patient.name());
            choice.selectOption(new SelectOption().setLabel("Cancel, and add a date at the end"));
            desk.page.locator("#reason").fill("The heating is mended");
            desk.isAccessible();
            desk.fits();
            desk.page.locator("#reason").press("Enter");
            assertThat(desk.page.getByText("Added at the end:").first()).isVisible();
        }
        List<LocalDateTime> starts = Api.read(
                        server,
                        "/api/sessions?limit=100&state=BOOKED&patient=" + patient.id() + "&from="
                                + first.start().toLocalDate())
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(one -> OffsetDateTime.parse(one.getString("start")).toLocalDateTime())
                .toList();
        LocalDateTime wall = first.start().toLocalDateTime();
        assertEquals(2, starts.size(), starts::toString);
        assertEquals(wall.plusWeeks(1), starts.get(0));
        LocalDateTime added = starts.get(1);
        assertTrue(added.isAfter(starts.get(0)), starts::toString);
        assertEquals(wall.getDayOfWeek(), added.getDayOfWeek());
        assertEquals(wall.toLocalTime(), added.toLocalTime());
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

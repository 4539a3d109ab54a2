package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In the browser, the waitlist")
class WaitlistJourneyIT {

    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("finds times for one who waits, keeps one for them for a day, and books it with one click")
    void keepsATime() {
        Patient patient = Patient.of(server, "EK-1101");
        FreeTime first = FreeTime.first(server, "EMDR", 90, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/waitlist/list");
            choose(desk, patient);
            desk.page.locator("#priority").selectOption("1");
            desk.page.locator("#from").fill(first.start().toLocalDate().toString());
            desk.page.locator("#modality").selectOption("EMDR");
            desk.page.locator("#therapist").selectOption(String.valueOf(first.therapistId()));
            desk.button("Add").click();
            assertThat(desk.page.getByText(patient.name() + " is on the waitlist."))
                    .isVisible();

            Locator row = row(desk, patient);
            row.getByRole(AriaRole.LINK, named("Find a time")).click();
            Locator times = desk.page.locator("#timesForm li");
            assertThat(times.first()).containsText(first.therapist());
            String kept = times.first().locator("time").innerText();
            desk.isAccessible();
            desk.fits();
            times.first().getByRole(AriaRole.BUTTON, named("Keep ")).click();
            assertThat(desk.page.getByText("is kept for " + patient.name())).isVisible();
            assertThat(row).containsText("with " + first.therapist() + " is kept for them until ");
            desk.isAccessible();

            row.getByRole(AriaRole.LINK, named("Find a time")).click();
            assertThat(times.first()).containsText(first.therapist());
            assertThat(desk.page.locator("#timesForm")).not().containsText(kept);

            desk.button("Book the time that is kept for " + patient.name()).click();
            assertThat(desk.page.getByText(Pattern.compile(patient.name() + " has .* and waits no longer")))
                    .isVisible();
            assertThat(row).hasCount(0);
        }
        assertEquals(1, booked(patient, first).getJsonArray("items").size());
    }

    @Test
    @DisplayName("[A24] places one who waits in a group without the dates on which something else is in their way")
    void placesWithout() {
        Patient patient = Patient.of(server, "EK-1102");
        FreeTime first = FreeTime.firstWithSubstituteAfter(36, server, "CBT");
        JsonObject series = Api.create(
                server,
                "/api/series",
                Json.createObjectBuilder()
                        .add("name", "Three weeks in spring")
                        .add("modality", "CBT")
                        .add("therapist", first.therapistId())
                        .add("room", first.roomId())
                        .add("rule", "FREQ=WEEKLY;COUNT=3")
                        .add("first", first.start().toLocalDateTime().toString())
                        .add("minutes", 30)
                        .add("capacity", 4)
                        .build());
        FreeTime second = first.later(7 * 24 * 60).overlapping(server);
        Booked.book(server, second, patient);
        String id = String.valueOf(series.getInt("id"));
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/waitlist/list");
            choose(desk, patient);
            desk.page.locator("#series").selectOption(id);
            desk.button("Add").click();
            assertThat(desk.page.getByText(patient.name() + " is on the waitlist."))
                    .isVisible();

            desk.window.go("/waitlist/list?series=" + id);
            desk.button("Place " + patient.name()).click();
            Locator against = desk.named(AriaRole.ALERT, "These dates stand against placing " + patient.name());
            assertThat(against.locator("li")).hasCount(1);
            assertThat(against).containsText(second.therapist());
            assertThat(row(desk, patient)).isVisible();
            desk.isAccessible();
            desk.fits();
            assertThat(desk.button("Place without these dates")).isFocused();
            desk.press("Enter");
            assertThat(desk.page.getByText(patient.name() + " is enrolled and waits no longer."))
                    .isVisible();
        }
        assertEquals(3, booked(patient, first).getJsonArray("items").size(), "two dates and their own session");
    }

    @Test
    @DisplayName("[A24] tells until when a seat is kept by the clock of the group's site, as the group's own page does")
    void keepsASeatByTheClockOfTheGroup() {
        Patient patient = Patient.of(server, "EK-1105");
        JsonObject mesa = Api.read(server, "/api/sites").getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(site -> site.getString("name").equals("Mesa House"))
                .findFirst()
                .orElseThrow();
        FreeTime time = FreeTime.best(server, "CBT", 30, "site=" + mesa.getInt("id"));
        String id = String.valueOf(Api.create(
                        server,
                        "/api/series",
                        Json.createObjectBuilder()
                                .add("name", "One evening in another zone")
                                .add("modality", "CBT")
                                .add("therapist", time.therapistId())
                                .add("room", time.roomId())
                                .add("rule", "FREQ=DAILY;COUNT=1")
                                .add("first", time.start().toLocalDateTime().toString())
                                .add("minutes", 30)
                                .add("capacity", 2)
                                .build())
                .getInt("id"));
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/waitlist/list");
            choose(desk, patient);
            desk.page.locator("#series").selectOption(id);
            desk.button("Add").click();
            assertThat(desk.page.getByText(patient.name() + " is on the waitlist."))
                    .isVisible();

            desk.window.go("/waitlist/list?series=" + id);
            desk.button("Keep a seat for " + patient.name() + ", 24 hours").click();
            Locator kept = row(desk, patient).locator("strong");
            assertThat(kept).containsText("A seat is kept for them until ");
            String until = kept.innerText();
            assertThat(desk.page.getByText("A seat is kept for " + patient.name()))
                    .containsText(until.substring(29, until.length() - 1));
            desk.window.go("/group/view?id=" + id);
            assertThat(desk.page.getByText(until)).isVisible();
        }
    }

    private JsonObject booked(Patient patient, FreeTime from) {
        return Api.read(
                server,
                "/api/sessions?limit=100&state=BOOKED&patient=" + patient.id() + "&from="
                        + from.start().toLocalDate());
    }

    /** In the form that adds to the list. */
    private static void choose(Desk desk, Patient patient) {
        desk.page.locator("#patient_input").pressSequentially(patient.recordNumber());
        assertThat(desk.page.getByRole(AriaRole.LISTBOX)).containsText(patient.name());
        desk.press("Enter");
        assertThat(desk.page.getByRole(AriaRole.LISTBOX)).hasCount(0);
    }

    private static Locator row(Desk desk, Patient patient) {
        return desk.page
                .locator("#waiting tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(desk.page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions()
                                        .setName(patient.name())
                                        .setExact(true))));
    }

    private static Locator.GetByRoleOptions named(String start) {
        return new Locator.GetByRoleOptions().setName(Pattern.compile("^" + start));
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.util.List;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a receptionist and a therapist do all day, on the demo clinic in a real browser. */
@DisplayName("In the browser")
class BookingJourneyIT {

    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("a receptionist books into a free cell by keyboard alone, and takes it back")
    void booksByKeyboard() {
        try (Browser window = Browser.open(server)) {
            Page page = signIn(window, "desk");
            FreeSlot free = FreeSlot.find(server, "IND", 30);
            window.go(free.board());
            page.locator("[role=grid] td[aria-label='" + free.cell() + "']").focus();
            page.keyboard().press("Enter");
            Locator patient = page.getByRole(
                    com.microsoft.playwright.options.AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Patient"));
            assertThat(patient).isFocused();
            page.keyboard().type("EK-1042");
            Locator offer = page.locator(".ui-autocomplete-item").first();
            assertThat(offer).isVisible();
            window.axe();
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            Locator therapy = page.getByLabel("Therapy");
            assertThat(therapy).isFocused();
            therapy.selectOption("IND");
            page.getByLabel("Minutes").fill("30");
            page.getByLabel("Minutes").blur();
            assertThat(page.getByLabel("Minutes")).hasValue("30");
            page.keyboard().press("Control+Enter");

            Locator booked =
                    page.locator("[role=grid] td[aria-label*='" + free.time() + " to '][aria-label*='booked']");
            assertThat(booked.first()).isVisible();
            window.axe();
            window.screenshot("journey-booked");
            page.getByText("Undo").first().click();
            assertThat(page.locator("[role=grid] td[aria-label='" + free.cell() + "']"))
                    .isVisible();
        }
    }

    @Test
    @DisplayName("Find a time answers and its first time can be booked")
    void findsATime() {
        try (Browser window = Browser.open(server)) {
            Page page = signIn(window, "desk");
            window.go("/find?modality=CBT");
            assertThat(page.getByText("Free times").first()).isVisible();
            assertThat(page.getByText("Book").first()).isVisible();
            window.axe();
            window.screenshot("journey-find");
        }
    }

    @Test
    @DisplayName("a therapist lands on today's roster, which fits a screen 360 pixels wide")
    void roster() {
        try (Browser window = Browser.open(server, 360, 760)) {
            Page page = signIn(window, "lee");
            assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/myday.*"));
            window.axe();
            fits(window);
            window.screenshot("journey-myday-360");
        }
    }

    @Test
    @DisplayName("every page of the desk and of the lead is accessible, at 1280 and at 360 pixels")
    void pages() {
        for (int width : new int[] {1280, 360}) {
            try (Browser window = Browser.open(server, width, 800)) {
                signIn(window, "lead");
                for (String path : List.of(
                        "/board",
                        "/find",
                        "/patient/list",
                        "/patient/edit",
                        "/patient/import",
                        "/therapist/list",
                        "/therapist/edit",
                        "/modality/list",
                        "/modality/edit",
                        "/site/list",
                        "/site/zone?site=1",
                        "/availability/list")) {
                    window.go(path);
                    window.axe();
                    fits(window);
                    window.screenshot("page" + path.replaceAll("[^a-z]+", "-") + "-" + width);
                }
            }
        }
    }

    private static void fits(Browser window) {
        assertEquals(
                "0",
                String.valueOf(window.page()
                        .evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")),
                window.page().url() + " scrolls sideways");
    }

    private static Page signIn(Browser window, String username) {
        Page page = window.go("/login");
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill("demo-evenkeel");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    /** A time that the API offers, and where the board shows it. */
    private record FreeSlot(LocalDate date, String time, String therapist, long site) {

        static FreeSlot find(RunningServer server, String modality, int minutes) {
            LocalDate from = LocalDate.now(java.time.Clock.systemUTC()).plusDays(7);
            String body = Api.get(
                    server,
                    "demo-token-desk",
                    "/api/free-times?modality=" + modality + "&minutes=" + minutes + "&from=" + from + "&to="
                            + from.plusDays(14) + "&limit=1");
            String start = Api.text(body, "start");
            return new FreeSlot(
                    LocalDate.parse(start.substring(0, 10)),
                    start.substring(11, 16),
                    Api.text(body.substring(body.indexOf("\"therapist\"")), "name"),
                    Api.number(body.substring(body.indexOf("\"site\"")), "id"));
        }

        String board() {
            return "/board?date=" + date + "&site=" + site;
        }

        String cell() {
            return therapist + ", " + time + ", free";
        }
    }
}

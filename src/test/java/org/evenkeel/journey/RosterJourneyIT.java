package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A therapist's day on the demo clinic, on a phone. */
@DisplayName("In the browser of a phone, My day")
class RosterJourneyIT {
    private static final int PHONE = 360;
    private static final int LEE = 1;

    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("is where a therapist lands, with today's sessions or the next ones")
    void lands() {
        try (Desk phone = Desk.of(server, "lee", PHONE)) {
            assertThat(phone.page).hasURL(Pattern.compile(".*/myday"));
            assertThat(phone.page
                            .getByRole(AriaRole.ARTICLE)
                            .or(phone.page.getByText("No sessions today."))
                            .first())
                    .isVisible();
            phone.fits();
            phone.isAccessible();
        }
    }

    @Test
    @DisplayName("marks present, no-show and late in one tap each, undoes and corrects")
    void marks() {
        try (Desk phone = Desk.of(server, "lee", PHONE)) {
            phone.window.go("/myday?date=" + lastDayAtWork());
            Locator card = phone.page
                    .getByRole(AriaRole.ARTICLE)
                    .filter(new Locator.FilterOptions().setHasNotText(Pattern.compile("\\d+ of \\d+")))
                    .first();
            Locator said = phone.page.locator(".ek-day-said");
            unmark(card);
            assertThat(button(card, "Present")).isVisible();
            phone.fits();
            phone.isAccessible();

            phone.window.expecting("status of 440");
            phone.page.route("**/myday*", route -> {
                if (route.request().method().equals("POST")) {
                    route.fulfill(new Route.FulfillOptions().setStatus(440));
                } else {
                    route.resume();
                }
            });
            phone.reloads(button(card, "Present")::click);
            phone.page.unroute("**/myday*");
            assertThat(button(card, "Present")).isVisible();

            phone.window.expecting("ERR_INTERNET_DISCONNECTED");
            phone.page.context().setOffline(true);
            button(card, "Present").click();
            assertThat(phone.page.locator("#ek-alerts")).containsText("No answer: this may not be marked.");
            assertTrue(phone.page.locator("#ek-alerts").boundingBox().height < 200, "as high as its words");
            phone.fits();
            phone.page.context().setOffline(false);
            assertThat(button(card, "Present")).isFocused();
            phone.press("Enter");
            assertThat(phone.page.locator("#ek-alerts")).isEmpty();
            assertThat(said).containsText("present.");
            assertThat(phone.page.locator("#rosterLive")).containsText("present.");
            assertThat(card.locator(".ek-day-who")).containsText("Attended");
            assertThat(correct(card)).isFocused();
            phone.press("Control+Enter");
            assertThat(card.locator(".ek-day-who")).containsText("Attended");
            button(said, Pattern.compile("Undo.*")).click();
            assertThat(said).containsText("Taken back.");

            button(card, "No-show").click();
            assertThat(said).containsText("no-show.");
            assertThat(card.locator(".ek-day-who")).containsText("No-show");
            phone.isAccessible();
            phone.fits();

            correct(card).click();
            phone.isAccessible();
            phone.fits();
            button(card, "Late 10 min").click();
            assertThat(card.locator(".ek-day-who")).containsText("10 min late");

            unmark(card);
            card.getByText("Late", new Locator.GetByTextOptions().setExact(true))
                    .click();
            phone.fits();
            button(card, "5 min").click();
            assertThat(card.locator(".ek-day-who")).containsText("5 min late");
            button(said, Pattern.compile("Undo.*")).focus();
            correct(card).focus();
            phone.page.mouse().move(0, 0);
            assertThat(said.locator(".ek-note")).hasCount(0);
        }
    }

    @Test
    @DisplayName("prints as a sheet of who comes when, without buttons and without the way around")
    void prints() {
        LocalDate date = lastDayAtWork();
        try (Desk phone = Desk.of(server, "lee", PHONE)) {
            phone.window.go("/myday?date=" + date);
            Locator sheet = phone.page.locator(".ek-sheet");
            assertThat(sheet).isHidden();
            phone.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

            assertThat(sheet).isVisible();
            assertThat(sheet.locator("caption")).hasText("Dr Lee");
            assertThat(phone.page.locator("h1")).isVisible();
            List<JsonObject> sessions = roster(date).getValuesAs(JsonObject.class);
            for (JsonObject session : sessions) {
                assertThat(sheet).containsText(session.getString("start").substring(11, 16));
                session.getJsonArray("participants")
                        .getValuesAs(JsonObject.class)
                        .forEach(who -> assertThat(sheet)
                                .containsText(who.getJsonObject("patient").getString("name")));
            }
            assertThat(sheet.locator("tbody")).hasCount(sessions.size());
            for (String hidden :
                    List.of(".ek-top", ".ek-nav", ".ek-day-nav", ".ek-day-list", ".ek-day-next", ".ek-toasts")) {
                assertThat(phone.page.locator(hidden).filter(new Locator.FilterOptions().setVisible(true)))
                        .hasCount(0);
            }
            assertThat(phone.page
                            .locator("button, input[type=submit], a.ek-button")
                            .filter(new Locator.FilterOptions().setVisible(true)))
                    .hasCount(0);
            assertThat(phone.page.locator("body")).hasCSS("background-color", "rgba(0, 0, 0, 0)");
        }
    }

    /** Takes back what was marked, so that the buttons for a first mark are there. */
    private static void unmark(Locator card) {
        correct(card).click();
        button(card, "Not yet here").click();
    }

    private static Locator correct(Locator card) {
        return card.getByText("Correct", new Locator.GetByTextOptions().setExact(true));
    }

    private static Locator button(Locator where, String name) {
        return where.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator where, Pattern name) {
        return where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    /** The last date before today on which the demo clinic has sessions of Dr Lee, all marked. */
    private LocalDate lastDayAtWork() {
        LocalDate yesterday = LocalDate.now(Clock.systemUTC()).minusDays(2);
        return Stream.iterate(yesterday, date -> date.minusDays(1))
                .limit(14)
                .filter(date -> roster(date).stream()
                        .anyMatch(one ->
                                one.asJsonObject().getJsonArray("participants").size() == 1))
                .findFirst()
                .orElseThrow();
    }

    private JsonArray roster(LocalDate date) {
        return Api.read(server, "/api/roster?therapist=" + LEE + "&date=" + date)
                .getJsonArray("items");
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Groups of the demo clinic: who came, on a phone, and the day on paper. */
@DisplayName("In the browser, attendance")
class AttendanceJourneyIT {
    private static final int PHONE = 360;

    private final RunningServer server = RunningServer.demo();

    /** The last group of Mr Begay's, all of whom are marked. */
    private static final int BEGAY = 12;

    @Test
    @DisplayName(
            "[A30] of a group is taken on a phone: the exceptions, all others present, undone, corrected by minutes")
    void ofAGroup() {
        JsonObject group = lastGroup();
        try (Desk phone = Desk.of(server, "begay", PHONE)) {
            phone.window.go("/myday?date=" + group.getString("start").substring(0, 10));
            Locator card = phone.page
                    .getByRole(AriaRole.ARTICLE)
                    .filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\d+ of \\d+")))
                    .first();
            card.getByRole(AriaRole.LINK).first().click();
            assertThat(phone.page).hasURL(Pattern.compile(".*/session/roster\\?id=" + group.getInt("id")));
            Locator rows = phone.page.locator(".ek-roster-list > li");
            int people = group.getJsonArray("participants").size();
            assertThat(rows).hasCount(people);
            phone.fits();
            phone.isAccessible();
            unmark(rows.nth(0));
            unmark(rows.nth(1));
            assertThat(phone.button("The other 2 present")).isVisible();

            button(rows.nth(0), "No-show").click();
            assertThat(rows.nth(0).locator(".ek-day-who")).containsText("No-show");
            assertThat(rows.nth(1).locator(":focus")).hasCount(1);
            phone.button("The other 1 present").click();
            assertThat(rows.nth(1).locator(".ek-day-who")).containsText("Attended");
            phone.isAccessible();
            phone.fits();
            button(phone.page.locator(".ek-day-said"), Pattern.compile("Undo.*"))
                    .click();
            assertThat(phone.button("The other 1 present")).isVisible();
            phone.button("The other 1 present").click();
            assertThat(rows.nth(1).locator(".ek-day-who")).containsText("Attended");

            more(rows.nth(1)).click();
            rows.nth(1).getByLabel("Late, min").fill("600");
            phone.press("Enter");
            assertThat(rows.nth(1).getByRole(AriaRole.ALERT)).containsText("The session lasts");
            assertThat(rows.nth(1).getByLabel("Late, min")).hasValue("600");
            phone.isAccessible();
            phone.fits();
            rows.nth(1).getByLabel("Late, min").fill("10");
            rows.nth(1).getByLabel("Left early, min").fill("5");
            more(rows.nth(0)).click();
            button(rows.nth(0), "Excused").click();
            assertThat(rows.nth(0).locator(".ek-day-who")).containsText("Excused");
            assertThat(rows.nth(1).getByLabel("Left early, min")).hasValue("5");
            rows.nth(1).getByLabel("Left early, min").press("Control+Enter");
            assertThat(rows.nth(1).locator(".ek-day-who")).containsText("10 min late");
            assertThat(rows.nth(1).locator(".ek-day-who")).containsText("left 5 min early");
            assertThat(rows.nth(0).locator(".ek-day-who")).containsText("Excused");
        }
    }

    @Test
    @DisplayName(
            "is never marked of someone else: a tap that waits for an answer goes to the one it was meant for, or nowhere")
    void waitsForAnAnswer() {
        JsonObject group = lastGroup();
        List<Route> held = new ArrayList<>();
        Predicate<String> roster = url -> url.contains("/session/roster");
        try (Desk phone = Desk.of(server, "begay", PHONE)) {
            phone.window.go("/session/roster?id=" + group.getInt("id"));
            Locator rows = phone.page.locator(".ek-roster-list > li");
            unmark(rows.nth(0));
            unmark(rows.nth(1));
            phone.page.route(roster, held::add);
            button(rows.nth(0), "No-show").click();
            rows.nth(1).evaluate("row => { row.dataset.who = '1'; }");
            button(rows.nth(1), "No-show").click();
            phone.page.waitForCondition(() -> !held.isEmpty());
            phone.page.unroute(roster);
            held.get(0).resume();
            assertThat(phone.page.locator("#ek-alerts")).containsText("your last tap was not taken");
            assertThat(rows.nth(0).locator(".ek-day-who")).containsText("No-show");
            assertThat(rows.nth(1).locator(".ek-day-who")).containsText("Booked");
            phone.isAccessible();
            phone.window.go("/session/roster?id=" + group.getInt("id"));
            phone.button("The other 1 present").click();
            assertThat(rows.nth(1).locator(".ek-day-who")).containsText("Attended");
        }
    }

    @Test
    @DisplayName("is beside initials on the day sheet, if they are asked for, and names no patient in the file's name")
    void onPaper() throws IOException {
        JsonObject group = lastGroup();
        String name = group.getJsonArray("participants")
                .getJsonObject(0)
                .getJsonObject("patient")
                .getString("name");
        String date = group.getString("start").substring(0, 10);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/roster/sheet?date=" + date);
            Locator sheet = desk.page.locator(".ek-sheet");
            assertThat(sheet.filter(new Locator.FilterOptions().setHasText(name))
                            .first())
                    .isVisible();
            desk.page.getByLabel("Therapist").selectOption(String.valueOf(BEGAY));
            desk.page.getByLabel("Initials only").check();
            desk.button("Show").click();
            assertThat(sheet).hasCount(1);
            assertThat(sheet).not().containsText(name);
            assertThat(sheet).containsText(Pattern.compile("[A-Z]\\. [A-Z]\\."));
            desk.isAccessible();
            Download file = desk.page.waitForDownload(
                    () -> desk.named(AriaRole.LINK, "CSV file").click());
            assertEquals("day-sheet-" + date + ".csv", file.suggestedFilename());
            String text = Files.readString(file.path());
            assertTrue(text.startsWith("\uFEFFdate,start,end,zone,start_offset,end_offset"), text);
            assertFalse(text.contains(name));
        }
    }

    @Test
    @DisplayName("of a group is reached from the board, where it shows its seats in the columns of its therapists")
    void fromTheBoard() {
        JsonObject group = lastGroup();
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/board?date=" + group.getString("start").substring(0, 10) + "&site="
                    + group.getJsonObject("site").getInt("id"));
            Locator cell = desk.page
                    .locator("[role=grid] td[data-id='" + group.getInt("id") + "']")
                    .first();
            assertThat(cell).hasAttribute("aria-label", Pattern.compile(".*, \\d+ of \\d+, .*"));
            cell.click();
            assertThat(desk.page).hasURL(Pattern.compile(".*/session/roster\\?id=" + group.getInt("id")));
            assertThat(desk.named(AriaRole.HEADING, "Who comes")).isVisible();
        }
    }

    private static void unmark(Locator row) {
        more(row).click();
        button(row, "Not yet here").click();
        assertThat(row.locator(".ek-day-who")).containsText("Booked");
    }

    private static Locator more(Locator row) {
        return row.locator("summary");
    }

    private static Locator button(Locator where, String name) {
        return where.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Locator where, Pattern name) {
        return where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private JsonObject lastGroup() {
        LocalDate yesterday = LocalDate.now(Clock.systemUTC()).minusDays(2);
        return Stream.iterate(yesterday, date -> date.minusDays(1))
                .limit(14)
                .flatMap(
                        date -> Api.read(server, "/api/roster?therapist=" + BEGAY + "&date=" + date)
                                .getJsonArray("items")
                                .stream())
                .map(item -> item.asJsonObject())
                .filter(item -> item.getJsonArray("participants").size() > 2)
                .findFirst()
                .orElseThrow();
    }
}

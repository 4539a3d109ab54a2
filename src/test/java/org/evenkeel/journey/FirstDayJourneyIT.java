package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * From an empty PostgreSQL to the first booking, as a centre does it: no demo data, a key of its own, cookies for TLS alone (which a
 * browser sends to its own machine without).
 */
@DisplayName("On its first day, a centre")
@OwnServer
class FirstDayJourneyIT {
    private static final String PASSWORD = "calm-harbour-2027";
    private static final Pattern TOKEN = Pattern.compile("one-time token: (\\S+)");
    private static final LocalDate MONDAY =
            LocalDate.now(ZoneOffset.UTC).plusDays(2).with(TemporalAdjusters.next(DayOfWeek.MONDAY));

    @Test
    @DisplayName(
            "gets its administrator by the token in the log, its site, therapist, desk and first patient, and books")
    void isFurnished() throws IOException {
        try (RunningServer server = RunningServer.start(
                Database.POSTGRES,
                Map.of("demo.data", "false", "data.key", "a secret of the centre's own", "cookie.secure", "true"))) {
            try (Browser window = Browser.open(server)) {
                setUp(window, token(server));
                furnish(window);
                employ(window);
            }
            try (Browser window = Browser.open(server)) {
                book(window);
            }
            try (Browser window = Browser.open(server, 360, 740)) {
                signIn(window, "mina");
                assertThat(window.page()).hasURL(Pattern.compile(".*/myday"));
                window.go("/myday?date=" + MONDAY);
                assertThat(window.page().getByText("Ana Reyes").first()).isVisible();
                window.axe();
            }
            try (Browser window = Browser.open(server).expecting("status of 404")) {
                assertThat(window.go("/setup").getByRole(AriaRole.HEADING)).hasText("Not found");
            }
        }
    }

    private static String token(RunningServer server) throws IOException {
        Matcher token = TOKEN.matcher(Files.readString(server.log()));
        assertEquals(true, token.find(), "the log holds a token");
        return token.group(1);
    }

    private static void setUp(Browser window, String token) {
        Page page = window.go("/setup");
        page.getByLabel("One-time token").fill("of another centre");
        page.getByLabel("Username").fill("first");
        page.getByLabel("Password").fill(PASSWORD);
        button(page, "Create administrator").click();
        assertThat(page.getByText("That token is unknown").first()).isVisible();
        window.axe();
        page.getByLabel("One-time token").fill(token);
        page.getByLabel("Password").fill(PASSWORD);
        button(page, "Create administrator").click();
        assertThat(page.getByText("The administrator is created.")).isVisible();
        signIn(window, "first");
        assertThat(page).hasURL(Pattern.compile(".*/identity/accounts"));
    }

    /** Every page says what is missing, and leads there. */
    private static void furnish(Browser window) {
        Page page = window.go("/board");
        assertThat(page.getByText("No site yet.")).isVisible();
        window.axe();
        link(page, "New site").click();
        page.locator("#name").fill("Harbor House");
        page.locator("#zone").selectOption("America/New_York");
        button(page, "Save").click();
        link(page, "New room").click();
        page.locator("#name").fill("Room 1");
        page.locator("#capacity").fill("4");
        button(page, "Save").click();
        assertThat(page.getByText("Room 1").first()).isVisible();

        window.go("/modality/list");
        button(page, "Add the usual ones").click();
        assertThat(page.getByText("The usual modalities are added.")).isVisible();

        window.go("/therapist/list");
        link(page, "New therapist").click();
        page.locator("#title").fill("Dr");
        page.locator("#givenName").fill("Mina");
        page.locator("#familyName").fill("Lee");
        button(page, "Add a qualification").click();
        page.locator("select[id$=modality]")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Individual counseling"));
        page.locator("input[id$=from]").fill("2020-01-01");
        button(page, "Save").click();
        assertThat(page).hasURL(Pattern.compile(".*/availability/edit.*"));
        button(page, "Add hours").click();
        page.locator("input[id$=from]").fill("09:00");
        page.locator("input[id$=until]").fill("17:00");
        button(page, "Add hours").click();
        assertThat(page.locator("input[id$=until]").nth(1)).hasValue("17:00");
        button(page, "Save hours").click();
        assertThat(page.getByText("The hours of Dr Lee are saved.")).isVisible();
        window.axe();
    }

    private static void employ(Browser window) {
        account(window, "reception", "Front desk", "");
        account(window, "mina", "Therapist", "Dr Lee");
    }

    private static void account(Browser window, String name, String role, String therapist) {
        Page page = window.go("/identity/accounts");
        link(page, "New account").click();
        page.locator("#username").fill(name);
        page.locator("#displayName").fill(name);
        page.getByLabel(role, new Page.GetByLabelOptions().setExact(true))
                .first()
                .check();
        if (!therapist.isEmpty()) {
            page.locator("#therapist")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(therapist));
        }
        page.locator("#password").fill(PASSWORD);
        button(page, "Save").click();
        assertThat(page.getByText("Saved.").first()).isVisible();
    }

    private static void book(Browser window) {
        signIn(window, "reception");
        Page page = window.page();
        assertThat(page).hasURL(Pattern.compile(".*/board"));
        window.go("/patient/list");
        link(page, "New patient").click();
        page.locator("#givenName").fill("Ana");
        page.locator("#familyName").fill("Reyes");
        page.locator("#birthDate").fill("1990-05-17");
        button(page, "Save").click();
        assertThat(page.getByText("Ana Reyes").first()).isVisible();

        window.go("/find?from=" + MONDAY + "&to=" + MONDAY);
        page.getByLabel("Therapy").selectOption("IND");
        Locator times = page.locator(".ek-find-time");
        assertThat(times.first()).containsText("Dr Lee");
        times.first().getByRole(AriaRole.BUTTON).first().click();
        Locator panel = page.getByRole(
                AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Booking").setExact(true));
        Locator patient = panel.getByRole(
                AriaRole.COMBOBOX,
                new Locator.GetByRoleOptions().setName("Patient").setExact(true));
        assertThat(patient).isFocused();
        page.keyboard().type("Rey");
        assertThat(panel.getByRole(AriaRole.LISTBOX).getByRole(AriaRole.OPTION).first())
                .containsText("Ana Reyes");
        page.keyboard().press("Enter");
        assertThat(panel.getByLabel("Therapy", new Locator.GetByLabelOptions().setExact(true)))
                .isFocused();
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#ek-toasts")).containsText("Booked: ");
        window.go("/board?date=" + MONDAY);
        assertThat(page.getByRole(AriaRole.GRIDCELL)
                        .filter(new Locator.FilterOptions().setHasText("Reyes"))
                        .first())
                .isVisible();
        window.axe();
    }

    private static void signIn(Browser window, String username) {
        Page page = window.page();
        window.go("/login");
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}

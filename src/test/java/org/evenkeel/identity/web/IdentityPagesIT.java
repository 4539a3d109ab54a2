package org.evenkeel.identity.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of sign-in, accounts, settings and audit in a real browser. */
class IdentityPagesIT {
    private final RunningServer server = RunningServer.demo();

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void everyPageIsAccessibleAndFitsItsScreen(int width) {
        try (Browser window = Browser.open(server, width, 800)) {
            look(window, "/login", width);
            signIn(window, "admin");
            for (String page : List.of(
                    "/identity/account", "/identity/accounts", "/identity/edit", "/identity/settings", "/audit/list")) {
                look(window, page, width);
            }
            window.go("/identity/accounts?search=lee")
                    .getByRole(AriaRole.LINK, named("lee"))
                    .click();
            check(window, "identity-edit-lee", width);
            window.go("/audit/list")
                    .getByRole(AriaRole.BUTTON, buttonNamed("Verify the chain"))
                    .click();
            assertThat(window.page().getByText("The chain is intact")).isVisible();
            check(window, "audit-verified", width);
        }
    }

    @Test
    void whoMistypesIsToldNoMoreThanThatAndKeepsTheName() {
        try (Browser window = Browser.open(server)) {
            Page page = window.go("/login?ended=true");
            assertThat(page.getByText("Your session has ended; your draft booking is kept."))
                    .isVisible();
            page.getByLabel("Username").fill("desk");
            page.getByLabel("Password").fill("not it");
            page.keyboard().press("Enter");
            assertThat(page.getByText("Signing in failed.")).isVisible();
            assertThat(page.getByLabel("Username")).hasValue("desk");
            window.axe();
            window.screenshot("login-failed");
        }
    }

    @Test
    void refusalsAndErrorsArePagesOfTheirOwn() {
        try (Browser window = Browser.open(server).expecting("status of 403").expecting("status of 404")) {
            signIn(window, "desk");
            assertThat(window.go("/identity/accounts").getByText("Not allowed")).isVisible();
            window.axe();
            window.screenshot("failure-403");
            assertThat(window.go("/no/such/page").getByRole(AriaRole.HEADING)).hasText("Not found");
        }
    }

    @Test
    void preferencesAreKeptAndShowAtOnce() {
        try (Browser window = Browser.open(server)) {
            signIn(window, "lindqvist");
            Page page = window.go("/identity/account");
            Locator discreet = page.getByLabel("Discreet mode: initials instead of names");
            discreet.check();
            page.locator("#savePreferences").click();
            assertThat(page.getByText("Saved.")).isVisible();
            assertThat(discreet).isChecked();
            discreet.uncheck();
            page.locator("#savePreferences").click();
            assertThat(discreet).not().isChecked();
        }
    }

    private static void signIn(Browser window, String username) {
        Page page = window.go("/login");
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill("demo-evenkeel");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static void look(Browser window, String path, int width) {
        window.go(path);
        check(window, path.substring(1).replace('/', '-'), width);
    }

    private static void check(Browser window, String name, int width) {
        window.axe();
        window.screenshot(name + "-" + width);
        Object scroll =
                window.page().evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals("0", String.valueOf(scroll), name + " scrolls sideways at " + width);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions buttonNamed(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}

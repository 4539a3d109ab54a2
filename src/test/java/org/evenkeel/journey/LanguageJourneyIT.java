package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody who reads Spanish works in Spanish. An account of its own, since its language would change the screens of the others. */
@DisplayName("In the browser, in Spanish")
class LanguageJourneyIT {
    private static final String PASSWORD = "siete mares tranquilos";

    /** Texts that a page shows or reads out and that are among those given, or have an English day or month. */
    private static final String LEFT =
            """
            english => {
              const known = new Set(english);
              // Groups of the demo clinic are called by their day.
              const dates = /\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|January|February|March|June|July|August|October|December)(day|sday|nesday|rsday|urday)?\\b(?! [a-z])/;
              const found = new Set();
              const look = text => {
                const said = (text || '').replace(/\\s+/g, ' ').trim();
                if (said && (known.has(said) || dates.test(said))) found.add(said);
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const within = walker.currentNode.parentElement;
                if (!within.closest('script, style, [lang]:not(html)')) look(walker.currentNode.data);
              }
              for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
                for (const name of ['aria-label', 'title', 'placeholder', 'alt']) look(element.getAttribute(name));
              }
              look(document.title.replace(/ \u00b7 .*/, ''));
              return [...found];
            }""";

    /** A rule and a room of the demo clinic. */
    private static final Set<String> NAMES = Set.of("Cancelled", "Telehealth");

    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("a page asks in the language of the browser who is there, and the menu of the user has the others")
    void theLanguageIsChosenInTheMenu() {
        account("maria", List.of("DESK"));
        try (Browser window = Browser.open(server, options -> options.setLocale("es-MX"))) {
            Page page = window.go("/login");
            assertThat(page.locator("html")).hasAttribute("lang", "es");
            signIn(page, "maria");
            assertThat(page.locator("html")).hasAttribute("lang", "en");
            choose(page, "Espa\u00f1ol");
            assertThat(page.locator("html")).hasAttribute("lang", "es");
            assertThat(named(page, AriaRole.LINK, "Espera")).isVisible();
            window.go("/board");
            assertThat(named(page, AriaRole.BUTTON, "Nueva reserva")).isVisible();
            choose(page, "English");
            assertThat(named(page, AriaRole.BUTTON, "New booking")).isVisible();
        }
    }

    @Test
    @DisplayName("what is wrong with an input is told in Spanish, and a rule of a series is read and told in it")
    void whatIsTypedIsReadAndAnsweredInSpanish() {
        account("lucia", List.of("DESK", "LEAD"));
        try (Browser window = Browser.open(server)) {
            Page page = window.go("/login");
            signIn(page, "lucia");
            choose(page, "Espa\u00f1ol");
            window.go("/patient/edit");
            page.locator("#givenName").fill("Luz");
            page.locator("#save").click();
            assertThat(page.getByText("Indique el apellido.")).isVisible();
            window.go("/group/edit");
            page.locator("#modality").selectOption(new SelectOption().setIndex(1));
            page.locator("#therapist").selectOption(new SelectOption().setIndex(1));
            page.locator("#room").selectOption(new SelectOption().setIndex(1));
            page.locator("#words").fill("cuando quiera, 10:00, 3 fechas");
            page.locator("#previewNow").click();
            assertThat(page.getByText("\"cuando\" no se entiende aqu\u00ed.")).isVisible();
            assertEquals(List.of(), left(page));
        }
    }

    @Test
    @DisplayName("no page for desk, lead, therapist or administrator has English left, or gets too wide")
    void everyPageIsInSpanish() {
        account("todos", List.of("DESK", "LEAD", "ADMIN", "THERAPIST"));
        Set<String> english = new TreeSet<>();
        try (Browser window = Browser.open(server)) {
            Page page = window.go("/login");
            signIn(page, "todos");
            choose(page, "Espa\u00f1ol");
            for (int width : PagesIT.WIDTHS) {
                page.setViewportSize(width, 800);
                for (String path : PagesIT.opened()) {
                    window.go(path);
                    assertThat(page.locator("html")).hasAttribute("lang", "es");
                    left(page).stream()
                            .filter(text -> !NAMES.contains(text))
                            .forEach(text -> english.add(path + ": " + text));
                    assertEquals(
                            0,
                            page.evaluate(
                                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"),
                            () -> page.url() + " scrolls sideways");
                }
            }
        }
        assertEquals(Set.of(), english);
    }

    private void account(String username, List<String> roles) {
        try (Desk admin = Desk.of(server, "admin")) {
            Page page = admin.window.go("/identity/edit");
            page.locator("#username").fill(username);
            page.locator("#displayName").fill(username);
            roles.forEach(
                    role -> page.locator("#roles input[value=" + role + "]").check());
            if (roles.contains("THERAPIST")) {
                page.locator("#therapist").selectOption(new SelectOption().setIndex(1));
            }
            page.locator("#password").fill(PASSWORD);
            page.locator("#save").click();
            assertThat(page.getByText("Saved.")).isVisible();
        }
    }

    private static void signIn(Page page, String username) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static void choose(Page page, String language) {
        page.locator(".ek-user summary").click();
        named(page, AriaRole.BUTTON, language).click();
        assertThat(page.locator(".ek-user")).not().hasAttribute("open", "");
    }

    @SuppressWarnings("unchecked")
    private static List<String> left(Page page) {
        Properties spanish = texts("_es");
        Properties english = texts("");
        List<String> other = english.stringPropertyNames().stream()
                .filter(key -> !english.getProperty(key).equals(spanish.getProperty(key)))
                .map(english::getProperty)
                .filter(text -> text.length() > 3 && !text.contains("{"))
                .filter(text -> !spanish.containsValue(text))
                .toList();
        return (List<String>) page.evaluate(LEFT, other);
    }

    private static Properties texts(String language) {
        Properties texts = new Properties();
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(LanguageJourneyIT.class.getResourceAsStream(
                        "/org/evenkeel/i18n/Messages" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static Locator named(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}

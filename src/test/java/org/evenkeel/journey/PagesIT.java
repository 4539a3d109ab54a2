package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page for everyone whom it is made for, on a desktop and on a phone: without a violation of WCAG 2.2 AA, of the content
 * security policy, without a JavaScript error, and without scrolling sideways. It only looks, so two windows do it at a time.
 */
@DisplayName("In the browser, on every page")
class PagesIT {
    static final List<Integer> WIDTHS = List.of(1280, 360);
    /** What is seen before anyone is signed in. */
    private static final Set<String> OUTSIDE = Set.of("login", "setup", "answer", "stop");

    private static final Map<String, List<String>> PAGES = Map.of(
            "desk",
            List.of(
                    "/board",
                    "/find",
                    "/session/roster?id=4",
                    "/group/list",
                    "/group/edit",
                    "/group/view",
                    "/group/change",
                    "/group/merge",
                    "/waitlist/list",
                    "/reminder/list",
                    "/reminder/list?kind=NO_CONSENT",
                    "/reminder/list?over=true",
                    "/roster/sheet",
                    "/patient/list",
                    "/patient/view?id=3",
                    "/patient/edit",
                    "/patient/edit?id=3",
                    "/availability/list",
                    "/availability/edit?id=1",
                    "/therapist/list",
                    "/identity/account"),
            "lead",
            List.of(
                    "/board",
                    "/patient/view?id=4",
                    "/patient/import",
                    "/therapist/edit",
                    "/therapist/edit?id=2",
                    "/modality/list",
                    "/modality/edit",
                    "/modality/edit?id=1",
                    "/site/list",
                    "/site/edit",
                    "/site/edit?id=1",
                    "/site/room?id=1",
                    "/site/room?site=1",
                    "/site/zone?site=1",
                    "/availability/edit?id=2",
                    "/availability/leave?therapist=2&from=2030-01-07T05:00:00Z&until=2030-01-08T05:00:00Z",
                    "/availability/leave?site=1",
                    "/reminder/rules",
                    "/reminder/rule",
                    "/reminder/rule?id=1",
                    "/reminder/list",
                    "/reminder/outbox",
                    "/reminder/figures",
                    "/audit/list"),
            "lee",
            List.of(
                    "/board",
                    "/find",
                    "/group/list",
                    "/group/edit",
                    "/patient/list",
                    "/myday",
                    "/availability/list",
                    "/identity/account"),
            "admin",
            List.of(
                    "/board",
                    "/therapist/list",
                    "/modality/list",
                    "/site/list",
                    "/site/edit?id=2",
                    "/identity/accounts",
                    "/identity/edit",
                    "/identity/edit?id=1",
                    "/identity/settings",
                    "/reminder/figures",
                    "/audit/list"));

    /** How much a page may weigh in an empty cache, in kilobytes: My day is made for phones. */
    private static final Map<String, Long> MOST = Map.of("/myday", 60L, "/board", 330L);

    private static final long MOST_OF_OTHERS = 400;

    /** All that an address opens. */
    static List<String> opened() {
        return PAGES.values().stream()
                .flatMap(List::stream)
                .filter(page -> !isReachedByLinks(page))
                .distinct()
                .sorted()
                .toList();
    }

    private final RunningServer server = RunningServer.demo();

    static Stream<Arguments> windows() {
        return PAGES.keySet().stream().sorted().flatMap(user -> WIDTHS.stream()
                .map(width -> Arguments.of(user, width)));
    }

    @ParameterizedTest(name = "{0} meets no barrier at {1} pixels, and waits for no more than it may weigh")
    @MethodSource("windows")
    @Execution(ExecutionMode.CONCURRENT)
    void isAccessibleAndLight(String user, int width) {
        try (Desk desk = Desk.of(server, user, width)) {
            Scales scales = Scales.of(desk.page);
            for (String page : PAGES.getOrDefault(user, List.of())) {
                scales.empty();
                open(desk, page);
                if (isReachedByLinks(page)) {
                    scales.empty();
                    desk.page.reload();
                }
                assertThat(desk.page.locator("h1")).hasCount(1);
                scales.assertAtMost(MOST.getOrDefault(page, MOST_OF_OTHERS));
                desk.fits();
                desk.isAccessible();
            }
        }
    }

    /** Pages of groups are reached by their links: what they are about has another number every day. */
    private static void open(Desk desk, String page) {
        if (isReachedByLinks(page)) {
            desk.window.go("/group/list");
            desk.page.locator(".ek-table tbody a").first().click();
            desk.page.waitForURL(url -> url.contains("/group/view"));
            if (page.equals("/group/change")) {
                desk.named(AriaRole.LINK, "Change series").click();
                desk.page.waitForURL(url -> url.contains("/group/change"));
            } else if (page.equals("/group/merge")) {
                desk.page.locator("a[href*='date=']").first().click();
                desk.named(AriaRole.LINK, "Merge into another group\u2026").click();
                desk.page.waitForURL(url -> url.contains("/group/merge"));
            }
        } else {
            desk.window.go(page);
        }
    }

    private static boolean isReachedByLinks(String page) {
        return page.startsWith("/group/") && !page.equals("/group/list") && !page.equals("/group/edit");
    }

    @Test
    @DisplayName("of the application that someone signed in may open, the above is said")
    void areAll() throws IOException {
        Set<String> visited = PAGES.values().stream()
                .flatMap(List::stream)
                .map(page -> page.substring(1).replaceFirst("\\?.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Path root = Path.of("src/main/webapp");
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> pages = files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".xhtml") && !file.startsWith("WEB-INF"))
                    .map(file -> file.replace(".xhtml", ""))
                    .filter(page -> !OUTSIDE.contains(page))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(pages, visited);
        }
    }

    @ParameterizedTest(name = "what opens meets no barrier at {0} pixels")
    @MethodSource("widths")
    void whatOpensIsAccessible(int width) {
        try (Desk desk = Desk.of(server, "desk", width)) {
            desk.page.locator(".ek-user summary").click();
            check(desk, desk.button("Discreet mode"));
            desk.press("Escape");
            desk.page.locator(".ek-more summary").click();
            check(desk, desk.named(AriaRole.LINK, "Therapists"));
            desk.press("Control+k");
            desk.page.getByLabel("Patient, day or page").fill("mon");
            check(desk, desk.page.locator("#gotoList [role=option]").first());
            desk.press("Escape", "?");
            check(desk, desk.named(AriaRole.DIALOG, "Keys"));
            desk.press("Escape");
            desk.button("New booking").click();
            assertThat(desk.panel()).isVisible();
            assertThat(desk.field("Patient")).isFocused();
            desk.page.keyboard().type("Xavier Nobody-Such");
            desk.panel()
                    .getByRole(AriaRole.OPTION)
                    .filter(new Locator.FilterOptions().setHasText("Create"))
                    .click();
            check(desk, desk.field("Family name"));

            desk.window.go("/patient/view?id=" + withoutGroup());
            desk.page.locator("#historyPast").getByRole(AriaRole.BUTTON).first().click();
            desk.panel()
                    .getByText("History", new Locator.GetByTextOptions().setExact(true))
                    .click();
            check(desk, desk.panel().locator("details[open]").first());
            Locator behind = desk.page.locator("main h1").first();
            if (width < 480) {
                assertThat(behind).isHidden();
            } else {
                assertThat(behind).isVisible();
            }
            desk.press("Escape");
            assertThat(behind).isVisible();
            assertThat(desk.page
                            .locator("#historyPast")
                            .getByRole(AriaRole.BUTTON)
                            .first())
                    .isFocused();
        }
    }

    /** A patient who only has sessions of their own, which open in the panel. */
    private long withoutGroup() {
        for (long patient = 1; ; patient++) {
            var sessions = Api.read(server, "/api/sessions?limit=100&patient=" + patient)
                    .getJsonArray("items");
            if (!sessions.isEmpty()
                    && sessions.stream()
                            .map(one -> one.asJsonObject())
                            .allMatch(one -> one.isNull("series")
                                    && one.getString("state").equals("BOOKED"))) {
                return patient;
            }
        }
    }

    static Stream<Integer> widths() {
        return WIDTHS.stream();
    }

    private static void check(Desk desk, Locator opened) {
        assertThat(opened).isVisible();
        desk.fits();
        desk.isAccessible();
    }
}

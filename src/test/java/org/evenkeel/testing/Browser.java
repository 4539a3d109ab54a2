package org.evenkeel.testing;

import static org.junit.jupiter.api.Assertions.fail;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A window of the installed Chromium with cookies of its own, as one person at one desk has it. Closing it fails the test if a
 * page had a JavaScript error, a message of error on the console, a violation of the content security policy, or a 5xx.
 * Where there is no Chromium the test is skipped, or fails with {@code -Dbrowser.required=true}.
 *
 * <pre>{@code
 * try (Browser desk = Browser.open(RunningServer.demo())) {
 *     desk.go("/login");
 *     desk.axe();
 * }
 * }</pre>
 */
public final class Browser implements AutoCloseable {
    /** The one without a window first: the same engine, for a third of the processor's time. */
    private static final List<String> CANDIDATES = List.of(
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium");

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice");
    /** Milliseconds that whatever is waited for may take, on a machine that does other things beside. */
    private static final int PATIENCE = 15_000;
    /** One for each thread that tests run on: a browser belongs to the thread that started it. */
    private static final ThreadLocal<com.microsoft.playwright.Browser> CHROMIUM =
            ThreadLocal.withInitial(Browser::start);

    private final RunningServer server;
    private final BrowserContext context;
    private final Page page;
    private final List<String> problems = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    private Browser(RunningServer server, BrowserContext context) {
        this.server = server;
        this.context = context;
        context.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " e => console.error('CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI))");
        context.onConsoleMessage(this::listen);
        context.onWebError(error -> problems.add("JavaScript: " + error.error()));
        context.onResponse(this::watch);
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE);
    }

    /** A desktop window of 1280 x 800. */
    public static Browser open(RunningServer server) {
        return open(server, options -> {});
    }

    /** A window of that size, such as a phone's 360 x 740. */
    public static Browser open(RunningServer server, int width, int height) {
        return open(server, options -> options.setViewportSize(width, height));
    }

    /** A window with whatever Playwright can set: time zone, language, reduced motion, ... */
    public static Browser open(
            RunningServer server, Consumer<com.microsoft.playwright.Browser.NewContextOptions> settings) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setTimezoneId("America/New_York")
                .setBaseURL(server.address());
        settings.accept(options);
        return new Browser(server, CHROMIUM.get().newContext(options));
    }

    public Page page() {
        return page;
    }

    /** Opens a path of the application and waits until it is loaded. */
    public Page go(String path) {
        page.navigate(server.address() + path);
        return page;
    }

    /** Bears problems whose text contains this, such as the 403 that a test is about. */
    public Browser expecting(String text) {
        expected.add(text);
        return this;
    }

    /** Fails on any violation of WCAG 2.2 AA or of best practice in the page as it is now. */
    public void axe() {
        List<String> violations = new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(Browser::describe)
                        .toList();
        if (!violations.isEmpty()) {
            fail(page.url() + "\n" + String.join("\n", violations));
        }
    }

    private static String describe(Rule rule) {
        List<String> nodes = rule.getNodes().stream()
                .map(node -> "\n    " + node.getTarget() + " " + node.getHtml())
                .toList();
        return rule.getId() + ": " + rule.getHelp() + String.join("", nodes);
    }

    /** Keeps a picture of the whole page as {@code target/screenshots/<name>.png}. */
    public void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", name + ".png")));
    }

    /** Whether a problem with this text has been noticed so far. */
    boolean hasProblem(String text) {
        return problems.stream().anyMatch(problem -> problem.contains(text));
    }

    /** Fails if anything went wrong in a page so far. */
    public void assertNoProblems() {
        List<String> unexpected = problems.stream()
                .filter(problem -> expected.stream().noneMatch(problem::contains))
                .toList();
        problems.clear();
        if (!unexpected.isEmpty()) {
            fail(String.join("\n", unexpected));
        }
    }

    @Override
    public void close() {
        context.close();
        assertNoProblems();
    }

    private void listen(ConsoleMessage message) {
        if (message.type().equals("error")) {
            problems.add("Console: " + message.text() + " at " + message.location());
        }
    }

    private void watch(Response response) {
        if (response.status() >= 500) {
            problems.add(response.status() + " " + response.url());
        }
    }

    private static com.microsoft.playwright.Browser start() {
        Path program = program();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(FLAGS));
    }

    private static Path program() {
        String set = System.getProperty("browser.path", "");
        return Stream.concat(Stream.of(set).filter(path -> !path.isBlank()), CANDIDATES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(Browser::missing);
    }

    private static Path missing() {
        String message = "No Chromium on this machine: install it (apt-get install chromium) or name one with"
                + " -Dbrowser.path=/path/to/chromium";
        if (Boolean.getBoolean("browser.required")) {
            return fail(message);
        }
        Assumptions.abort(message);
        throw new AssertionError("unreachable");
    }
}

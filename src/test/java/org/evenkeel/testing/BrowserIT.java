package org.evenkeel.testing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class BrowserIT {

    @Test
    void showsTheLoginPageWithoutProblems() {
        try (Browser desk = Browser.open(RunningServer.demo())) {
            assertThat(desk.go("/login").locator("input[type=password]")).isVisible();
            desk.axe();
            desk.screenshot("login");
            assertTrue(Files.exists(Path.of("target/screenshots/login.png")));
        }
    }

    @Test
    void whatGoesWrongInAPageFailsTheTest() {
        Browser desk = Browser.open(RunningServer.demo());
        desk.go("/login").evaluate("() => { setTimeout(() => { throw new Error('thrown on purpose'); }) }");
        desk.page().waitForCondition(() -> desk.hasProblem("thrown on purpose"));
        assertThrows(AssertionFailedError.class, desk::close);
    }

    @Test
    void theContentSecurityPolicyIsWatched() {
        Browser desk = Browser.open(RunningServer.demo());
        desk.go("/login")
                .evaluate("() => { const s = document.createElement('script'); s.text = 'window.x = 1';"
                        + " document.body.append(s); }");
        desk.page().waitForCondition(() -> desk.hasProblem("CSP violation"));
        assertThrows(AssertionFailedError.class, desk::close);
    }

    @Test
    void expectedProblemsAreBorne() {
        try (Browser desk = Browser.open(RunningServer.demo()).expecting("the server responded with a status of 404")) {
            desk.go("/no-such-page");
        }
    }
}

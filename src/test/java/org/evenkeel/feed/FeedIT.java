package org.evenkeel.feed;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Optional;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A therapist's calendar and digest, from the page of their account to the address that a device reads. */
@DisplayName("A therapist's own account")
class FeedIT {
    private final RunningServer server = RunningServer.demo();
    private final HttpClient device = HttpClient.newHttpClient();

    @Test
    @DisplayName(
            "[A45] makes a calendar address that needs no login, is not logged, and stops at once when it is revoked")
    void calendar() throws Exception {
        try (Browser window = Browser.open(server)) {
            signIn(window);
            Page page = window.go("/identity/account");
            button(page, "New calendar address").click();
            String address = page.locator("#newFeed").inputValue();
            window.axe();
            window.screenshot("account-feed");
            HttpResponse<String> read = get(address);
            assertEquals(200, read.statusCode());
            assertEquals(Optional.empty(), read.headers().firstValue("Set-Cookie"));
            assertTrue(read.headers().firstValue("Content-Type").orElse("").startsWith("text/calendar"));
            assertTrue(read.headers().firstValue("Cache-Control").orElse("").startsWith("private"));
            assertFalse(Biweekly.parse(read.body()).first().getEvents().isEmpty());
            assertFalse(read.body().contains("Lee"));
            String tag = read.headers().firstValue("ETag").orElseThrow();
            assertEquals(304, get(address, "If-None-Match", tag).statusCode());

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke the address"))
                    .first()
                    .click();
            assertThat(page.getByText("The address is revoked")).isVisible();
            HttpResponse<String> revoked = get(address);
            HttpResponse<String> unknown = get(address.replaceAll("[^/]{43}\\.ics", "A".repeat(43) + ".ics"));
            HttpResponse<String> none = get(server.resolve("/feed/nothing").toString());
            assertEquals(404, revoked.statusCode());
            assertEquals(404, unknown.statusCode());
            assertEquals(404, none.statusCode());
            assertEquals(revoked.body(), unknown.body());
            assertEquals(revoked.body(), none.body());
            String token = address.replaceAll(".*/([^/]{43})\\.ics", "$1");
            assertFalse(Files.readString(server.log()).contains(token));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    @DisplayName("takes the wish for a digest, keeps what was typed when it is wrong, and ends it")
    void digest(int width) {
        try (Browser window = Browser.open(server, width, 900)) {
            signIn(window);
            Page page = window.go("/identity/account");
            page.getByLabel("E-mail address").fill("nonsense@here");
            page.locator("#wantDigest").click();
            assertThat(page.getByText("is no e-mail address")).isVisible();
            assertThat(page.getByLabel("E-mail address")).hasValue("nonsense@here");
            window.axe();
            page.getByLabel("E-mail address").fill("lee@example.org");
            page.getByLabel("Time of the day").fill("17:30");
            page.locator("#wantDigest").click();
            assertThat(page.getByText("It goes to lee@example.org at 5:30 PM")).isVisible();
            window.axe();
            window.screenshot("account-digest-" + width);
            button(page, "Stop the digest").click();
            assertThat(page.getByText("You get no more digests")).isVisible();
        }
    }

    private HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return device.send(request.build(), BodyHandlers.ofString());
    }

    private static com.microsoft.playwright.Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static void signIn(Browser window) {
        Page page = window.go("/login");
        page.getByLabel("Username").fill("lee");
        page.getByLabel("Password").fill("demo-evenkeel");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }
}

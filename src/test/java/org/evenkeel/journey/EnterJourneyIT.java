package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of the demo clinic that have buttons before the one that saves. */
@DisplayName("In the browser, Enter")
class EnterJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @ParameterizedTest
    @CsvSource({
        "lead, /site/edit?id=2, input[id$=from], is saved.",
        "lead, /therapist/edit?id=3, input[id$=from], is saved.",
        "desk, /availability/edit?id=3, #edit input[id$=until], are saved."
    })
    @DisplayName("in a field saves the form, and removes nothing")
    void saves(String who, String address, String field, String said) {
        try (Desk desk = Desk.of(server, who)) {
            desk.window.go(address);
            Locator lines = desk.page.locator("#edit .ek-lines > li");
            int before = lines.count();
            desk.page.locator(field).first().press("Enter");
            assertThat(desk.page.getByText(said).first()).isVisible();
            desk.window.go(address);
            assertThat(lines).hasCount(before);
        }
    }

    @Test
    @DisplayName("after a warning of a duplicate asks again: it does not save anyway")
    void asksAgain() {
        Patient known = Patient.of(server, "EK-1068");
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/patient/edit");
            String[] names = known.name().split(" ", 2);
            desk.page.locator("#givenName").fill(names[0]);
            desk.page.locator("#familyName").fill(names[1]);
            desk.page.locator("#familyName").press("Enter");
            Locator warning = desk.page.getByText("Is this the same person?");
            assertThat(warning).isVisible();
            desk.reloads(() -> desk.page.locator("#familyName").press("Enter"));
            assertThat(warning).isVisible();
            desk.isAccessible();
        }
    }
}

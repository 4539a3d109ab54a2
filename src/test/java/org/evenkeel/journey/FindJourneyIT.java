package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Finding a time on the demo clinic, in a real browser. */
@DisplayName("In the browser, Find a time")
class FindJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("answers several wishes at once, and a digit books the first time")
    void books() {
        Patient patient = Patient.of(server, "EK-1071");
        FreeTime first = FreeTime.best(server, "EMDR", 80, "gender=FEMALE&weekday=TUESDAY,THURSDAY&after=16:00");
        try (Desk desk = Desk.of(server, "desk")) {
            wish(desk);
            Locator times = desk.page.locator(".ek-find-time");
            assertThat(times.first()).containsText(first.clock() + "\u2013" + first.end());
            assertThat(times.first()).containsText(first.therapist());
            assertThat(desk.page).hasURL(Pattern.compile(".*gender=FEMALE.*"));
            desk.isAccessible();
            desk.named(AriaRole.HEADING, "Free times").click();
            desk.press("1");
            assertThat(desk.panel()).containsText("Kept for you for");
            desk.choosePatient(patient, "Therapy");
            desk.isAccessible();
            desk.press("Control+Enter");
            assertThat(desk.toast()).containsText("Booked: ");
            desk.showBoard(first);
            assertThat(desk.session(patient, first)).isVisible();
        }
    }

    @Test
    @DisplayName("tells which wish to drop where nothing answers them all, and drops it with one click")
    void relaxes() {
        try (Desk desk = Desk.of(server, "desk")) {
            wish(desk);
            desk.page.getByLabel("Before").fill("16:30");
            assertThat(desk.page.getByText("No free time answers all of these wishes."))
                    .isVisible();
            desk.isAccessible();
            desk.page
                    .getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(Pattern.compile("Any latest time: .* more")))
                    .click();
            assertThat(desk.page.locator(".ek-find-time").first()).isVisible();
            assertThat(desk.page.getByLabel("Before")).hasValue("");
        }
    }

    @Test
    @DisplayName(
            "tells which two wishes to drop where one would not do, and how far to look where the stretch is too short")
    void relaxesMore() {
        try (Desk desk = Desk.of(server, "desk")) {
            LocalDate from = FreeTime.unfilled();
            desk.window.go("/find?modality=EMDR&language=it&after=22:00&from=" + from + "&to=" + from.plusDays(20));
            way(desk, "Both any language and any earliest time: .* more").click();
            assertThat(desk.page.locator(".ek-find-time").first()).isVisible();
            assertThat(desk.page.getByLabel("After")).hasValue("");
            assertThat(desk.page.locator("#findLanguage")).hasValue("");

            LocalDate saturday = from.with(TemporalAdjusters.next(DayOfWeek.SATURDAY));
            desk.window.go("/find?modality=MAT&from=" + saturday + "&to=" + saturday.plusDays(1));
            desk.isAccessible();
            way(desk, "Look on until Tue .*: \\d+ times").click();
            assertThat(desk.page.locator(".ek-find-time").first()).isVisible();
            assertThat(desk.page.getByLabel("Until"))
                    .hasValue(saturday.plusDays(3).toString());
        }
    }

    private static Locator way(Desk desk, String label) {
        return desk.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(label)));
    }

    /** EMDR by a woman, on a Tuesday or a Thursday after 16:00, in the weeks that nothing fills. */
    private static void wish(Desk desk) {
        LocalDate from = FreeTime.unfilled();
        desk.window.go("/find?from=" + from + "&to=" + from.plusDays(FreeTime.DAYS));
        desk.page.getByLabel("Therapy").selectOption("EMDR");
        assertThat(desk.page.getByLabel("Minutes")).hasValue("80");
        desk.page.getByText("Tue", new Page.GetByTextOptions().setExact(true)).click();
        desk.page.getByText("Thu", new Page.GetByTextOptions().setExact(true)).click();
        desk.page.getByLabel("After").fill("16:00");
        desk.page.getByLabel("Gender").selectOption("FEMALE");
    }
}

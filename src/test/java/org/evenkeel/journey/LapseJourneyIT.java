package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A qualification lapses under sessions that are booked, on the demo clinic in a real browser. */
@DisplayName("In the browser, a qualification that lapses")
class LapseJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName(
            "[A20] is told with the number of sessions when it is saved, and flags them on the board and in the panel")
    void flags() {
        Patient patient = Patient.of(server, "EK-1091");
        FreeTime time = FreeTime.first(server, "MAT", 20, patient);
        Booked.book(server, time, patient);
        LocalDate before = time.start().toLocalDate().minusDays(1);

        try (Desk desk = Desk.of(server, "lead")) {
            try {
                saveUntil(desk, time, before.toString());
                assertThat(desk.page.getByText(Pattern.compile("without a valid qualification: [1-9]")))
                        .isVisible();

                desk.showBoard(time);
                Locator cell = desk.page.getByRole(
                        AriaRole.GRIDCELL,
                        new Page.GetByRoleOptions().setName(patient.name() + ", Booked, Not qualified on this date, "));
                assertThat(cell).isVisible();
                desk.isAccessible();
                desk.travel(cell);
                desk.press("Enter");
                assertThat(desk.panel()).containsText("Not qualified on this date");
                desk.isAccessible();
            } finally {
                // Others ask for times of this therapy.
                saveUntil(desk, time, "");
            }
            assertThat(desk.page.getByText(Pattern.compile("is saved\\.$"))).isVisible();
        }
    }

    /** Sets the last day of the therapist's qualification for MAT. */
    private static void saveUntil(Desk desk, FreeTime time, String date) {
        desk.window.go("/therapist/edit?id=" + time.therapistId());
        Locator row = desk.page
                .locator("#qualifications li, [id$=qualifications] li")
                .filter(new Locator.FilterOptions()
                        .setHas(desk.page.locator("option[selected]:has-text('Medication-assisted')")));
        row.first().locator("input[id$=':to']").fill(date);
        desk.button("Save").click();
        assertThat(desk.page).hasURL(Pattern.compile(".*/therapist/list.*"));
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The clinical lead brings patients in from a CSV file. */
class ImportJourneyIT {

    private static final String CSV =
            """
            Id,BIRTHDATE,DEATHDATE,FIRST,LAST,GENDER
            0a1f6a8e-0000-4000-8000-000000000001,1971-03-14,,Wren842,Imported117,F
            0a1f6a8e-0000-4000-8000-000000000002,1958-11-02,2019-05-01,Sol99,Imported118,M
            0a1f6a8e-0000-4000-8000-000000000003,not a date,,Kit3,Imported119,F
            """;

    /** So many that they are still being read when somebody has looked at the page. */
    private static final int MANY = 150_000;

    @Test
    @DisplayName("A long file shows how far it is, and is stopped by who has seen enough")
    void aLongFileShowsHowFarItIs() {
        try (Desk lead = Desk.of(RunningServer.demo(), "lead")) {
            lead.window.go("/patient/import");
            lead.page.locator("#file").setInputFiles(new FilePayload("long.csv", "text/csv", manyPatients()));
            lead.button("Check the file").click();
            Locator progress = lead.named(AriaRole.PROGRESSBAR, "How much of the file is read");
            assertThat(progress).isVisible();
            assertThat(lead.named(AriaRole.HEADING, "Checking")).isVisible();
            lead.isAccessible();
            lead.fits();
            String before = String.valueOf(progress.getAttribute("value"));
            assertThat(progress).not().hasAttribute("value", before);
            assertThat(lead.button("Import now")).hasCount(0);

            lead.button("Stop").click();
            assertThat(lead.named(AriaRole.HEADING, "Check stopped")).isVisible();
            assertThat(progress).hasCount(0);
            assertThat(lead.button("Import now")).hasCount(0);
            lead.isAccessible();
        }
    }

    private static byte[] manyPatients() {
        StringBuilder csv = new StringBuilder("Id,BIRTHDATE,FIRST,LAST\n");
        for (int i = 0; i < MANY; i++) {
            csv.append("long-").append(i).append(",1971-03-14,Wren").append(i).append(",Long\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void patientsComeFromAFileAfterALookAtWhatWouldHappen() {
        try (Desk lead = Desk.of(RunningServer.demo(), "lead")) {
            lead.window.go("/patient/import");
            lead.page
                    .locator("#file")
                    .setInputFiles(new FilePayload("patients.csv", "text/csv", CSV.getBytes(StandardCharsets.UTF_8)));
            lead.button("Check the file").click();
            assertThat(lead.named(AriaRole.HEADING, "Checked")).isVisible();
            assertThat(lead.named(AriaRole.LINK, "2 created")).isVisible();
            assertThat(lead.named(AriaRole.LINK, "1 refused")).isVisible();
            lead.isAccessible();
            lead.button("Import now").click();
            assertThat(lead.named(AriaRole.HEADING, "Imported")).isVisible();
            assertThat(lead.named(AriaRole.LINK, "2 created")).isVisible();
            assertThat(lead.button("Import now")).hasCount(0);
            lead.isAccessible();

            lead.window.go("/patient/list");
            lead.page.locator("#search").fill("Imported");
            lead.press("Enter");
            assertThat(lead.page.getByText("Wren Imported").first()).isVisible();
        }
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reminders on the demo clinic, in a real browser: as the clinical lead rules them, and as the desk deals with them. */
@DisplayName("In the browser, reminders")
class ReminderJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName(
            "have rules that the lead switches, and a preview that tells what would be sent, to whom, when and in which words")
    void haveRules() {
        Patient patient = Patient.of(server, "EK-1081");
        agree(patient);
        Booked.book(server, FreeTime.first(server, "IND", 30, patient), patient);
        try (Desk lead = Desk.of(server, "lead")) {
            lead.window.go("/reminder/rules");
            lead.button("Switch off Moved").click();
            assertThat(lead.page.getByText("Moved is off: nothing goes out by it."))
                    .isVisible();
            lead.button("Switch on Moved").click();
            assertThat(lead.page.getByText("Moved is on.")).isVisible();

            lead.named(AriaRole.LINK, "The day before").click();
            lead.button("Add a time").click();
            lead.page.getByLabel("How many").nth(1).fill("2");
            lead.page.locator("#patient_input").fill(patient.recordNumber());
            lead.page.locator("#patient_input").press("Tab");
            lead.page.locator("#patient_input").press("Enter");
            assertThat(lead.page).hasURL(Pattern.compile(".*/reminder/rule.*"));
            Locator sessions = lead.page.getByLabel("Session", new Page.GetByLabelOptions().setExact(true));
            assertThat(sessions).isVisible();
            sessions.selectOption(
                    new SelectOption().setIndex(sessions.locator("option").count() - 1));
            lead.button("Show").click();
            Locator planned = lead.page.locator("#planned .ek-message");
            assertThat(planned).hasCount(2);
            assertThat(planned.first()).containsText("You have an appointment");
            assertThat(planned.first()).containsText("Tiene una cita");
            assertThat(planned.first()).containsText(Pattern.compile("SMS, \u2022\u2022\u2022\\d\\d"));
            assertThat(planned.first()).not().containsText("CBT");
            assertThat(lead.page.getByLabel("How many").nth(1)).hasValue("2");
            lead.isAccessible();
            lead.fits();
            lead.window.go("/reminder/outbox");
            assertThat(lead.page.getByText("Nothing is really sent")).isVisible();
            assertThat(lead.named(AriaRole.REGION, "What went out").getByRole(AriaRole.LISTITEM))
                    .hasCount(100);
            Locator next = lead.named(AriaRole.REGION, "What goes next");
            // in the evening and before days off nothing is due for half a day
            assertThat(next.getByRole(AriaRole.LISTITEM)
                            .or(next.getByText("Nothing waits"))
                            .first())
                    .isVisible();
            lead.isAccessible();
            lead.fits();
        }
    }

    @Test
    @DisplayName("go by what a patient has agreed to, which the desk writes down, and the patient may end by STOP")
    void goByConsent() {
        Patient patient = Patient.of(server, "EK-1082");
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/patient/view?id=" + patient.id());
            Locator email = desk.named(AriaRole.REGION, "E-mail");
            assertThat(email).containsText("Not agreed");
            email.getByText("They agree to messages").click();
            assertThat(email.getByText("You have an appointment").first()).isVisible();
            desk.isAccessible();
            String since =
                    desk.named(AriaRole.REGION, "SMS").locator("dd").first().innerText();
            email.getByRole(AriaRole.RADIO).first().press("Control+Enter");
            assertThat(email).containsText("Agreed");
            assertThat(email).containsText("The least");
            assertThat(desk.named(AriaRole.REGION, "SMS")).containsText("Agreed on" + since);
            desk.button("They no longer agree to E-mail").click();
            assertThat(email).containsText("Not agreed");

            agree(patient);
            desk.window.go("/patient/view?id=" + patient.id());
            desk.button("They say STOP to SMS").click();
            Locator sms = desk.named(AriaRole.REGION, "SMS");
            assertThat(sms).containsText("Opted out");
            sms.getByLabel("How the patient said so").selectOption("BY_PHONE");
            desk.isAccessible();
            desk.button("They want SMS again").click();
            assertThat(sms).not().containsText("Opted out");
        }
    }

    @Test
    @DisplayName("keep the quiet hours of where the patient lives, if that is written down")
    void goByTheZoneOfThePatient() {
        Patient patient = Patient.of(server, "EK-1118");
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/patient/edit?id=" + patient.id());
            Locator zone = desk.page.getByLabel("Time zone");
            assertThat(zone.locator("option:checked")).hasText("That of their sessions");
            zone.selectOption("Pacific/Honolulu");
            desk.button("Save").click();
            desk.page.waitForURL(url -> url.contains("/patient/view"));
            assertThat(desk.page.locator("main")).containsText("Pacific/Honolulu");
            desk.window.go("/patient/edit?id=" + patient.id());
            assertThat(zone).hasValue("Pacific/Honolulu");
        }
    }

    @Test
    @DisplayName("that need somebody are listed for the desk, which settles one by phone")
    void areSettled() {
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/reminder/list");
            Locator rows = desk.page.locator(".ek-table tbody tr");
            assertThat(rows.first()).containsText(Pattern.compile("SMS|E-mail"));
            int before = rows.count();
            rows.first()
                    .getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName(Pattern.compile("Told .* by phone|Called .*")))
                    .click();
            assertThat(desk.page.getByText(Pattern.compile(": settled\\."))).isVisible();
            assertThat(rows).hasCount(before - 1);
            desk.isAccessible();
            desk.fits();
        }
    }

    @Test
    @DisplayName("are told in figures, and by metrics to nobody without an account for them")
    void areCounted() throws IOException, InterruptedException {
        try (Desk admin = Desk.of(server, "admin")) {
            admin.window.go("/reminder/figures");
            assertThat(admin.page.locator("tfoot td").first()).not().hasText("0");
        }
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.address() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertEquals(403, answer.statusCode());
    }

    /** By SMS, whatever was agreed before. */
    private void agree(Patient patient) {
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/patient/view?id=" + patient.id());
            Locator sms = desk.named(AriaRole.REGION, "SMS");
            sms.locator("summary").click();
            desk.button("They agree to SMS").click();
            assertThat(sms).containsText("Agreed on");
        }
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Booking and changing sessions on the demo clinic, in real browsers. */
@DisplayName("In the browser, the booking panel")
class BookingJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("books into a free cell by keyboard alone, and takes it back")
    void booksByKeyboard() {
        Patient patient = Patient.of(server, "EK-1042");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.travel(desk.free(time));
            desk.press("Enter");
            desk.choosePatient(patient, "Therapy");
            desk.isAccessible();
            desk.chooseTherapy(time);
            desk.press("Control+Enter");

            assertThat(desk.session(patient, time)).isFocused();
            assertThat(desk.toast()).containsText("Booked: ");
            desk.press("u");
            assertThat(desk.free(time)).isFocused();
            assertThat(desk.session(patient, time)).hasCount(0);
        }
    }

    @Test
    @DisplayName("[A18] names what is taken, keeps what was typed, and books a way out with one click")
    void conflict() {
        Patient first = Patient.of(server, "EK-1051");
        Patient second = Patient.of(server, "EK-1052");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", first);
        Booked.book(server, time, first);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.button("New booking").click();
            desk.choosePatient(second, "Time");
            desk.chooseTherapy(time);
            desk.field("Time").fill(time.clock());
            desk.field("Therapist").selectOption(String.valueOf(time.therapistId()));
            desk.press("Control+Enter");

            Locator refusal = desk.panel().getByRole(AriaRole.ALERT);
            assertThat(refusal).isFocused();
            assertThat(refusal).containsText(time.therapist());
            assertThat(refusal).containsText(time.clock() + "-" + time.end());
            assertThat(desk.field("Patient")).hasValue(Pattern.compile(".*" + second.recordNumber()));
            assertThat(desk.field("Time")).hasValue(time.clock());
            assertThat(desk.field("Minutes")).hasValue("30");
            desk.isAccessible();
            Locator otherTimes =
                    refusal.getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName("Same therapist, free:"));
            otherTimes.getByRole(AriaRole.BUTTON).first().click();

            assertThat(desk.toast()).containsText("Booked: ");
            assertThat(desk.panel()).isHidden();
            assertThat(desk.toast()).containsText(time.therapist());
            desk.isAccessible();
        }
    }

    @Test
    @DisplayName("[A22] shows the second of two desks what the first has changed, and keeps what was typed")
    void staleSave() {
        Patient patient = Patient.of(server, "EK-1053");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        FreeTime later = time.later(60);
        Booked.book(server, time, patient);
        try (Desk fast = Desk.of(server, "desk");
                Desk slow = Desk.of(server, "desk2")) {
            for (Desk desk : new Desk[] {fast, slow}) {
                desk.showBoard(time);
                desk.session(patient, time).click();
                assertThat(desk.field("Time")).hasValue(time.clock());
            }
            slow.field("Minutes").fill("45");
            fast.field("Time").fill(later.clock());
            fast.press("Control+Enter");
            assertThat(fast.session(patient, later)).isVisible();

            slow.press("Control+Enter");
            Locator changes = slow.panel().getByRole(AriaRole.ALERT);
            assertThat(changes).containsText("Another desk has changed this session");
            assertThat(changes).containsText(time.clock());
            assertThat(changes).containsText(later.clock());
            assertThat(slow.field("Minutes")).hasValue("45");
            slow.isAccessible();
            slow.button("Save my entries").click();
            FreeTime both = later.lasting(45);
            assertThat(slow.session(patient, both)).isVisible();
            assertThat(fast.session(patient, both)).isVisible();
        }
    }

    @Test
    @DisplayName("cancels with a reason, and takes it back")
    void cancels() {
        Patient patient = Patient.of(server, "EK-1054");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        Booked.book(server, time, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.travel(desk.session(patient, time));
            desk.press("x");
            assertThat(desk.field("Reason")).isFocused();
            desk.isAccessible();
            desk.page.keyboard().type("Patient is ill");
            desk.press("Control+Enter");

            assertThat(desk.free(time)).isFocused();
            Locator cancelled = desk.named(AriaRole.REGION, "Cancelled");
            assertThat(cancelled).containsText(patient.name());
            desk.press("u");
            assertThat(desk.session(patient, time)).isFocused();
        }
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Moving sessions on the day board of the demo clinic, in real browsers. */
@DisplayName("In the browser, the day board")
class BoardJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("moves a session that is dragged, and the toast takes it back")
    void drags() {
        Patient patient = Patient.of(server, "EK-1061");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        FreeTime later = time.later(60);
        Booked.book(server, time, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            drag(desk, desk.session(patient, time), desk.free(later));
            assertThat(desk.session(patient, later)).isVisible();
            assertThat(desk.toast()).containsText("Moved to " + later.clock());
            desk.button("Undo").click();
            assertThat(desk.session(patient, time)).isVisible();
            assertThat(desk.session(patient, later)).hasCount(0);
        }
    }

    /** From the top of one cell to the top of another. */
    private static void drag(Desk desk, Locator from, Locator to) {
        from.scrollIntoViewIfNeeded();
        BoundingBox start = from.boundingBox();
        BoundingBox end = to.boundingBox();
        Mouse mouse = desk.page.mouse();
        mouse.move(start.x + 20, start.y + 6);
        mouse.down();
        mouse.move(end.x + 20, (start.y + end.y) / 2);
        mouse.move(end.x + 20, end.y + 6);
        mouse.up();
    }

    @Test
    @DisplayName("moves a session by keys, and U takes it back")
    void movesByKeys() {
        Patient patient = Patient.of(server, "EK-1062");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        FreeTime later = time.later(45);
        Booked.book(server, time, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.travel(desk.session(patient, time));
            desk.press("m", "ArrowDown", "ArrowDown", "ArrowDown");
            assertThat(desk.page.locator("#boardLive")).containsText(later.clock() + " to " + later.end());
            desk.isAccessible();
            desk.press("Enter");
            assertThat(desk.session(patient, later)).isFocused();
            desk.press("u");
            assertThat(desk.session(patient, time)).isFocused();
        }
    }

    @Test
    @DisplayName("moves a session by picking it and then its target, without a drag")
    void picksAndDrops() {
        Patient patient = Patient.of(server, "EK-1063");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        FreeTime later = time.later(60);
        Booked.book(server, time, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.travel(desk.session(patient, time));
            desk.button("Move M").click();
            assertThat(desk.toast()).containsText("Now choose a free cell for " + patient.name());
            desk.free(later).click();
            assertThat(desk.session(patient, later)).isVisible();
        }
    }

    @Test
    @DisplayName("leaves a move where Escape is pressed, and says what no session is chosen for")
    void leavesAMove() {
        Patient patient = Patient.of(server, "EK-1064");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        Booked.book(server, time, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.travel(desk.session(patient, time));
            desk.press("m", "ArrowDown", "Escape");
            assertThat(desk.page.locator("#boardLive")).hasText("Left as it was.");
            assertThat(desk.session(patient, time)).isFocused();
            desk.travel(desk.free(time.later(60)));
            desk.press("m");
            assertThat(desk.page.locator("#boardLive")).hasText("Choose a session first.");
        }
    }

    @Test
    @DisplayName("shows at once who waits for a time that becomes free; W and one key book it for them")
    void fillsFromTheWaitlist() {
        Patient gone = Patient.of(server, "EK-1066");
        Patient waiting = Patient.of(server, "EK-1067");
        FreeTime time = FreeTime.first(server, "WELL", 50, gone);
        Booked.book(server, time, gone);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/waitlist/list");
            desk.page.locator("#patient_input").pressSequentially(waiting.recordNumber());
            assertThat(desk.page.getByRole(AriaRole.OPTION).first()).containsText(waiting.name());
            desk.press("Enter");
            desk.page.locator("#modality").selectOption(time.modality());
            desk.page.locator("#therapist").selectOption(String.valueOf(time.therapistId()));
            desk.page.locator("#priority").selectOption("1");
            desk.button("Add").click();
            assertThat(desk.page.getByText(waiting.name() + " is on the waitlist."))
                    .isVisible();

            desk.showBoard(time);
            desk.travel(desk.session(gone, time));
            desk.press("x");
            assertThat(desk.field("Reason")).isFocused();
            desk.page.keyboard().type("Ill");
            desk.press("Control+Enter");
            assertThat(desk.toast()).containsText("Waitlist: 1 fits");
            desk.isAccessible();
            desk.travel(desk.free(time));
            desk.press("w");
            assertThat(desk.page.locator("main")).containsText("Who could take");
            assertThat(desk.button("Book " + time.clock() + " for " + waiting.name()))
                    .isFocused();
            desk.isAccessible();
            desk.press("Enter");
            assertThat(desk.page.getByText("and waits no longer")).isVisible();
            assertThat(desk.session(waiting, time)).isVisible();
        }
    }

    @Test
    @DisplayName("of one desk shows what another has booked, without being loaded again")
    void twoDesks() {
        Patient patient = Patient.of(server, "EK-1065");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk one = Desk.of(server, "desk");
                Desk other = Desk.of(server, "desk2")) {
            other.showBoard(time);
            other.page.evaluate("window.sameDocument = true");
            one.showBoard(time);
            one.travel(one.free(time));
            one.press("Enter");
            one.choosePatient(patient, "Therapy");
            one.chooseTherapy(time);
            one.press("Control+Enter");

            assertThat(other.session(patient, time)).isVisible();
            one.press("u");
            assertThat(other.free(time)).isVisible();
            assertEquals(true, other.page.evaluate("window.sameDocument"));
        }
    }
}

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
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
                desk.open(desk.session(patient, time));
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
    @DisplayName("[A22] shows it to the desk that marks an arrival too, and does not undo it with the next save")
    void staleMark() {
        Patient patient = Patient.of(server, "EK-1123");
        FreeTime time = FreeTime.firstAfter(84, server, "WELL", 150, patient).lasting(30);
        FreeTime later = time.later(60);
        Booked.book(server, time, patient);
        try (Desk fast = Desk.of(server, "desk");
                Desk slow = Desk.of(server, "desk2")) {
            for (Desk desk : new Desk[] {fast, slow}) {
                desk.showBoard(time);
                desk.open(desk.session(patient, time));
                assertThat(desk.field("Time")).hasValue(time.clock());
            }
            slow.field("Minutes").fill("45");
            fast.field("Time").fill(later.clock());
            fast.press("Control+Enter");
            assertThat(fast.session(patient, later)).isVisible();

            slow.button("Arrived").click();
            Locator changes = slow.panel().getByRole(AriaRole.ALERT);
            assertThat(changes).containsText("Another desk has changed this session");
            assertThat(changes).containsText(later.clock());
            assertThat(slow.field("Time")).hasValue(later.clock());
            assertThat(slow.field("Minutes")).hasValue("45");
            slow.button("Save my entries").click();
            assertThat(fast.session(patient, later.lasting(45))).isVisible();
        }
    }

    @Test
    @DisplayName("[A22] tells by initials who comes, who came before, and who was chosen, where screens are discreet")
    void isDiscreet() {
        Patient first = Patient.of(server, "EK-1120");
        Patient second = Patient.of(server, "EK-1121");
        Patient third = Patient.of(server, "EK-1122");
        FreeTime time = FreeTime.firstAfter(66, server, "WELL", 30, first);
        Booked.book(server, time, first);
        try (Desk fast = Desk.of(server, "desk");
                Desk slow = Desk.of(server, "desk2")) {
            slow.toggleDiscreet();
            slow.showBoard(time);
            slow.session(new Patient(first.id(), initials(first), first.recordNumber()), time)
                    .click();
            assertThat(slow.field("Patient")).hasValue(initials(first) + ", " + first.recordNumber());
            assertThat(slow.field("Date")).isFocused();
            slow.field("Patient").fill("");
            slow.choosePatient(third, "Therapy");
            assertThat(slow.field("Patient"))
                    .hasValue(Pattern.compile(initials(third).replace(".", "\\.") + ", .*" + third.recordNumber()));
            fast.showBoard(time);
            fast.open(fast.session(first, time));
            fast.field("Patient").fill("");
            fast.choosePatient(second, "Therapy");
            fast.press("Control+Enter");
            assertThat(fast.session(second, time)).isVisible();

            slow.press("Control+Enter");
            Locator changes = slow.panel().getByRole(AriaRole.ALERT);
            assertThat(changes).containsText(initials(first) + ", " + first.recordNumber());
            assertThat(changes).containsText(initials(second) + ", " + second.recordNumber());
            for (Patient patient : List.of(first, second, third)) {
                assertThat(slow.panel()).not().containsText(patient.name());
            }
            slow.press("Escape");
            slow.toggleDiscreet();
        }
    }

    private static String initials(Patient patient) {
        return patient.name().replaceAll("(\\p{L})[^ ]*", "$1.");
    }

    @Test
    @DisplayName("[A15] [A22] cancels no date of a series that another desk has moved before it was told; then it does")
    void staleCancellation() {
        Patient patient = Patient.of(server, "EK-1108");
        FreeTime time = FreeTime.firstAfter(30, server, "CBT", 180, patient).lasting(60);
        FreeTime later = time.later(120);
        Api.create(
                server,
                "/api/series",
                Json.createObjectBuilder()
                        .add("name", "Held twice")
                        .add("modality", "CBT")
                        .add("therapist", time.therapistId())
                        .add("room", time.roomId())
                        .add("rule", "FREQ=WEEKLY;COUNT=2")
                        .add("counts", "HELD")
                        .add("first", time.start().toLocalDateTime().toString())
                        .add("minutes", 60)
                        .add("capacity", 1)
                        .add("patients", Json.createArrayBuilder().add(patient.id()))
                        .build());
        try (Desk fast = Desk.of(server, "desk");
                Desk slow = Desk.of(server, "desk2")) {
            slow.showBoard(time);
            slow.travel(slow.session(patient, time));
            slow.press("x");
            slow.field("Reason").fill("Ill");
            fast.showBoard(time);
            fast.open(fast.session(patient, time));
            fast.field("Time").fill(later.clock());
            fast.press("Control+Enter");
            assertThat(fast.session(patient, later)).isVisible();

            slow.field("Reason").press("Control+Enter");
            Locator changes = slow.panel().getByRole(AriaRole.ALERT);
            assertThat(changes).containsText("Another desk has changed this session");
            assertThat(changes).containsText(later.clock());
            assertThat(slow.field("Reason")).hasValue("Ill");
            assertThat(fast.session(patient, later)).isVisible();
            slow.isAccessible();
            slow.button("Cancel it anyway").click();
            assertThat(slow.toast()).containsText("A date is added at the end of its series");
            assertThat(fast.session(patient, later)).hasCount(0);
        }
    }

    @Test
    @DisplayName(
            "asks for a reason to book outside the working hours, keeps what is typed of it while it still asks, and all"
                    + " of it with the session")
    void asksForAReason() {
        List<Route> held = new ArrayList<>();
        Patient patient = Patient.of(server, "EK-1116");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            desk.button("New booking").click();
            desk.choosePatient(patient, "Time");
            desk.chooseTherapy(time);
            desk.field("Time").fill("05:30");
            desk.field("Therapist").selectOption(String.valueOf(time.therapistId()));
            desk.press("Control+Enter");
            Locator reason = desk.field("Reason for going against the rule");
            assertThat(reason).isVisible();
            assertThat(desk.panel().getByRole(AriaRole.ALERT)).containsText(" works ");
            assertThat(desk.field("Time")).hasValue("05:30");
            desk.isAccessible();
            desk.page.route(url -> url.contains("/board"), held::add, new Page.RouteOptions().setTimes(1));
            desk.press("Control+Enter");
            desk.page.waitForCondition(() -> !held.isEmpty());
            reason.fill("Works the");
            desk.page.waitForResponse(response -> response.url().contains("/board"), held.get(0)::resume);
            desk.page.keyboard().type(" day shift");
            desk.press("Control+Enter");
            assertThat(desk.toast()).containsText("Booked: ");
        }
        JsonObject session = Api.read(
                        server,
                        "/api/sessions?limit=100&state=BOOKED&patient=" + patient.id() + "&from=" + FreeTime.unfilled())
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals("Works the day shift", session.getString("overrideReason"));
        assertEquals("05:30", session.getString("start").substring(11, 16));
    }

    @Test
    @DisplayName("creates a patient in place, and shows who it may be instead, who is taken with one click")
    void showsLookAlikes() {
        FreeTime time = FreeTime.first(server, "WELL", 30, Patient.of(server, "EK-1117"));
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/patient/edit");
            desk.page.locator("#givenName").fill("Leopoldine");
            desk.page.locator("#familyName").fill("Zwillinger");
            desk.page.locator("#birthDate").fill("1983-09-21");
            desk.button("Save").click();
            assertThat(desk.named(AriaRole.HEADING, "Leopoldine Zwillinger")).isVisible();

            desk.showBoard(time);
            desk.button("New booking").click();
            assertThat(desk.panel().getByRole(AriaRole.COMBOBOX).first()).isFocused();
            desk.page.keyboard().type("Leopoldina Zwilinger");
            assertThat(desk.panel().getByRole(AriaRole.LISTBOX)).hasText("Create \u201cLeopoldina Zwilinger\u201d");
            desk.press("Enter");
            assertThat(desk.field("Given name")).hasValue("Leopoldina");
            assertThat(desk.field("Family name")).hasValue("Zwilinger");
            desk.field("Birth date").fill("1983-09-21");
            desk.button("Create patient").click();
            Locator alike = desk.panel().locator("#bookingAlike");
            assertThat(alike).containsText("Leopoldine Zwillinger");
            assertThat(desk.button("Create anyway")).isVisible();
            desk.isAccessible();
            alike.getByRole(AriaRole.BUTTON, named("Use Leopoldine Zwillinger")).click();
            assertThat(desk.field("Patient")).hasValue(Pattern.compile("^Leopoldine Zwillinger.*"));
            desk.chooseTherapy(time);
            desk.field("Time").fill(time.clock());
            desk.field("Therapist").selectOption(String.valueOf(time.therapistId()));
            desk.press("Control+Enter");
            assertThat(desk.toast()).containsText("Booked: ");
        }
        assertEquals(
                1,
                Api.read(server, "/api/patients?search=leopoldin")
                        .getJsonArray("items")
                        .size());
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

    @Test
    @DisplayName("takes the last change back from another date too, and says why there is nothing more to take back")
    void undoesFromAnotherDate() {
        Patient patient = Patient.of(server, "EK-1046");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk2")) {
            desk.showBoard(time);
            desk.page.locator("[role=grid] td[tabindex='0']").focus();
            desk.press("u");
            assertThat(desk.alert()).containsText("you have not booked, changed or marked a session");

            desk.travel(desk.free(time));
            desk.press("Enter");
            desk.choosePatient(patient, "Therapy");
            desk.chooseTherapy(time);
            desk.press("Control+Enter");
            assertThat(desk.session(patient, time)).isFocused();
            desk.showBoard(time.later(7 * 24 * 60));
            desk.page.locator("[role=grid] td[tabindex='0']").focus();
            desk.press("u");
            assertThat(desk.toast()).containsText("Taken back.");
            desk.press("u");
            assertThat(desk.alert()).containsText("your last change has been taken back already");
            desk.isAccessible();
            desk.showBoard(time);
            assertThat(desk.session(patient, time)).hasCount(0);
        }
    }

    private static Locator.GetByRoleOptions named(String start) {
        return new Locator.GetByRoleOptions().setName(Pattern.compile("^" + start));
    }
}

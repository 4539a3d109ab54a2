package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.evenkeel.testing.HttpVisitor;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions that end while something is being booked, on the demo clinic, in real browsers. */
@DisplayName("In the browser, what is typed into the booking panel when the session ends")
class DraftJourneyIT {
    private static final long A_MINUTE = 61_000;
    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("is there again where it was, for who signs in again, once for each time")
    void isKept() {
        Patient patient = Patient.of(server, "EK-1043");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.expecting("status of 401");
            type(desk, time, patient);
            end(desk);
            signIn(desk, "desk");

            desk.page.waitForURL(url -> url.endsWith(time.board()));
            assertThat(desk.panel()).containsText("Your session had ended. Here is what you had entered");
            assertThat(desk.field("Patient")).hasValue(Pattern.compile(".*" + patient.recordNumber()));
            assertThat(desk.field("Time")).hasValue(time.clock());
            assertThat(desk.field("Minutes")).hasValue("30");
            assertThat(desk.field("Therapy")).hasValue("WELL");
            desk.isAccessible();
            desk.window.screenshot("booking-draft");
            desk.page.reload();
            assertThat(desk.page.locator("#ek-link")).hasAttribute("data-state", "live");
            assertThat(desk.panel()).isHidden();

            end(desk);
            signIn(desk, "desk");
            assertThat(desk.panel()).containsText("Your session had ended.");
        }
    }

    @Test
    @DisplayName("is shown to nobody else who signs in there, and to nobody after them")
    void isNobodyElses() {
        Patient patient = Patient.of(server, "EK-1044");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.expecting("status of 401");
            type(desk, time, patient);
            end(desk);
            for (String username : new String[] {"desk2", "desk"}) {
                signIn(desk, username);
                assertThat(desk.page.locator("#ek-link")).hasAttribute("data-state", "live");
                assertThat(desk.page.locator("#bookingDraftWaiting")).hasCount(0);
                assertThat(desk.panel()).isHidden();
                end(desk);
            }
        }
    }

    @Test
    @DisplayName("is gone once the panel was closed")
    void isGivenUp() {
        Patient patient = Patient.of(server, "EK-1045");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.expecting("status of 401");
            type(desk, time, patient);
            desk.page.waitForResponse(
                    response -> isAbout(response, "bookingLeft"),
                    () -> desk.page.locator("[data-booking-close]").click());
            end(desk);
            signIn(desk, "desk");
            assertThat(desk.page.locator("#ek-link")).hasAttribute("data-state", "live");
            assertThat(desk.panel()).isHidden();
        }
    }

    @Test
    @DisplayName("stays when the panel of another window is closed")
    void isNotGivenUpByAnotherWindow() {
        Patient patient = Patient.of(server, "EK-1106");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.expecting("status of 401");
            type(desk, time, patient);
            Page other = desk.page.context().newPage();
            other.navigate(server.resolve(time.board()).toString());
            assertThat(other.locator("#ek-link")).hasAttribute("data-state", "live");
            other.locator("#newBooking").click();
            assertThat(other.locator("#bookingPatient_input")).isFocused();
            other.waitForResponse(
                    response -> isAbout(response, "bookingLeft"),
                    () -> other.locator("[data-booking-close]").click());
            other.close();
            end(desk);
            signIn(desk, "desk");
            assertThat(desk.panel()).containsText("Your session had ended. Here is what you had entered");
            assertThat(desk.field("Patient")).hasValue(Pattern.compile(".*" + patient.recordNumber()));
        }
    }

    /** A booking without a therapist, on whose fields the typing rests until the server knows them. */
    private static void type(Desk desk, FreeTime time, Patient patient) {
        desk.page.clock().install();
        desk.showBoard(time);
        desk.button("New booking").click();
        desk.choosePatient(patient, "Time");
        desk.chooseTherapy(time);
        desk.field("Therapist").selectOption("");
        desk.page.waitForResponse(response -> isAbout(response, "bookingTyped"), () -> desk.field("Time")
                .fill(time.clock()));
        assertEquals(0, desk.page.evaluate("localStorage.length + sessionStorage.length"), "nothing in the browser");
    }

    private static boolean isAbout(Response response, String what) {
        String posted = response.request().postData();
        return posted != null && posted.contains(what);
    }

    /** The session ends on the server, as it does when time is over; the page finds out within a minute. */
    private void end(Desk desk) {
        HttpVisitor elsewhere = new HttpVisitor(server.address());
        desk.page.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("evenkeel"))
                .forEach(cookie -> elsewhere.cookies().put(cookie.name, cookie.value));
        assertEquals(
                "/login",
                elsewhere.location(
                        elsewhere.submit(elsewhere.get("/identity/account"), "user", "user:logout", Map.of())));
        desk.page.clock().fastForward(A_MINUTE);
        desk.page.waitForURL(url -> URI.create(url).getPath().equals("/login"));
        assertThat(desk.page.getByText("Your session has ended; your draft booking is kept."))
                .isVisible();
    }

    private static void signIn(Desk desk, String username) {
        Page page = desk.page;
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill("demo-evenkeel");
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/login"));
    }
}

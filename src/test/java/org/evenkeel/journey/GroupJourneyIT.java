package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Groups on the demo clinic, in a real browser: set up, filled, and filled again. */
@DisplayName("In the browser, a group")
class GroupJourneyIT {
    private static final String THERAPY = "CBT";

    private final RunningServer server = RunningServer.demo();

    @Test
    @DisplayName("with two dates in conflict is previewed, both are resolved, and it is saved whole")
    void isSetUp() {
        Patient own = Patient.of(server, "EK-1072");
        Patient other = Patient.of(server, "EK-1073");
        FreeTime first = FreeTime.first(server, THERAPY, 60, own);
        Booked.book(server, first, own);
        FreeTime second = first.later(7 * 24 * 60);
        Booked.book(server, second, other);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/edit");
            fill(desk, "Conflicting evenings", first, "every " + weekday(first) + ", " + first.clock() + ", 4 dates");
            desk.button("Preview every date").click();
            assertThat(desk.page.getByText("4 dates, 4 held")).isVisible();
            Locator conflicts = desk.page.locator(".ek-plan > .conflict");
            assertThat(conflicts).hasCount(2);
            assertThat(conflicts.first()).containsText(first.therapist() + " has ");
            desk.isAccessible();
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("Not saved: 2 dates are to be resolved."))
                    .isVisible();
            assertThat(desk.page.getByLabel("Name")).hasValue("Conflicting evenings");
            conflicts.first().getByRole(AriaRole.BUTTON, named("Skip ")).click();
            assertThat(conflicts).hasCount(1);
            assertThat(desk.page.getByText("4 dates, 3 held")).isVisible();
            conflicts.first().getByText("Another time, therapist or room").click();
            conflicts.first().getByLabel("Time").fill(first.later(120).clock());
            conflicts.first().getByRole(AriaRole.BUTTON, named("Check ")).click();
            assertThat(conflicts).hasCount(0);
            desk.isAccessible();
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("Conflicting evenings is set up: 3 dates."))
                    .isVisible();
            desk.isAccessible();
        }
    }

    @Test
    @DisplayName(
            "is enrolled to full and on to the waitlist; a seat that is freed goes to the first who waits with one key")
    void isFilled() {
        List<Patient> people =
                List.of(Patient.of(server, "EK-1074"), Patient.of(server, "EK-1075"), Patient.of(server, "EK-1076"));
        FreeTime first =
                FreeTime.firstOfLongSpell(server, THERAPY, people.get(0)).later(45);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/edit");
            fill(desk, "Two seats", first, "every " + weekday(first) + ", " + first.clock() + ", 1 date");
            desk.button("Preview every date").click();
            assertThat(desk.page.getByText("One date, 1 held")).isVisible();
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("Two seats is set up")).isVisible();

            enrol(desk, people.get(0));
            assertThat(desk.page.locator("#newcomer_input")).isFocused();
            enrol(desk, people.get(1));
            assertThat(desk.page.getByText("Full, 2 of 2").first()).isVisible();
            type(desk, people.get(2));
            assertThat(desk.page.getByText("Full 2/2: join waitlist (0 waiting)"))
                    .isVisible();
            desk.isAccessible();
            desk.button("Join waitlist (0 waiting)").click();
            assertThat(desk.page.getByText(people.get(2).name() + " waits for a seat."))
                    .isVisible();
            desk.isAccessible();

            desk.named(AriaRole.LINK, "Leave or move\u2026 " + people.get(0).name())
                    .click();
            desk.page.locator("#leaveReason").fill("Moved away");
            desk.isAccessible();
            desk.button("End the enrolment").click();
            Locator place = desk.page.locator("[id='freedForm:placeFirst']");
            assertThat(place).isFocused();
            desk.isAccessible();
            desk.press("Enter");
            assertThat(desk.page.getByText(people.get(2).name() + " is enrolled and waits no longer."))
                    .isVisible();
        }
    }

    @Test
    @DisplayName("[A24] a seat of one date goes to the first who waits with one key, and they go on waiting")
    void isFilledForOneDate() {
        List<Patient> people =
                List.of(Patient.of(server, "EK-1084"), Patient.of(server, "EK-1085"), Patient.of(server, "EK-1086"));
        FreeTime first =
                FreeTime.firstOfLongSpell(server, THERAPY, people.get(0)).later(45);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/edit");
            fill(desk, "One date", first, "every " + weekday(first) + ", " + first.clock() + ", 1 date");
            desk.button("Preview every date").click();
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("One date is set up")).isVisible();
            enrol(desk, people.get(0));
            enrol(desk, people.get(1));
            assertThat(desk.page.getByText("Full, 2 of 2").first()).isVisible();
            type(desk, people.get(2));
            desk.button("Join waitlist (0 waiting)").click();
            assertThat(desk.page.getByText(people.get(2).name() + " waits for a seat."))
                    .isVisible();

            desk.page.locator("a[href*='date=']").first().click();
            assertThat(desk.page.locator("#bring")).hasCount(0);
            desk.button(people.get(0).name() + " cannot come").click();
            assertThat(desk.page.locator("#bring")).isFocused();
            desk.isAccessible();
            desk.press("Enter");
            assertThat(desk.page.getByText(people.get(2).name() + " comes as a guest."))
                    .isVisible();
            assertThat(desk.button("Place " + people.get(2).name())).isVisible();
        }
    }

    @Test
    @DisplayName(
            "[A25] that is too small is on the list of decisions, and is merged: what it will do is said before it is done")
    void isMerged() {
        Patient patient = Patient.of(server, "EK-1087");
        FreeTime first = FreeTime.firstOfLongSpell(server, THERAPY, patient).later(45);
        FreeTime second = first.later(60);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/list");
            Locator decide = desk.page.locator("section[aria-labelledby=decide-title]");
            assertThat(decide).containsText("What it does");
            desk.isAccessible();
            decide.getByText("Merge\u2026").first().click();
            assertThat(desk.page.locator(".ek-ways")).containsText("First facts");
            desk.isAccessible();

            setUp(desk, "Large one", second);
            setUp(desk, "Small one", first);
            enrol(desk, patient);
            desk.page.locator("a[href*='date=']").first().click();
            desk.named(AriaRole.LINK, "Merge into another group\u2026").click();
            assertThat(desk.page.locator("h1")).hasText("Merge Small one");
            Locator way =
                    desk.page.locator(".ek-ways > li").filter(new Locator.FilterOptions().setHasText("Large one"));
            assertThat(way).containsText("2 seats free");
            assertThat(way).containsText("All of them can go");
            way.getByRole(AriaRole.BUTTON, named("Choose ")).click();
            Locator plan = desk.page.locator("section[aria-labelledby=plan-title]");
            assertThat(plan).containsText(patient.name() + ": guests of Large one this once");
            assertThat(desk.page.getByLabel("Reason")).hasValue("Merged into Large one");
            desk.fits();
            desk.isAccessible();
            desk.button("Merge into Large one").click();
            assertThat(desk.page.getByText("One person goes to Large one. One date is cancelled."))
                    .isVisible();

            desk.window.go("/group/list?name=Large+one");
            assertThat(desk.page.locator(".ek-table")).containsText("1 of 2");
        }
    }

    @Test
    @DisplayName("shows initials where screens are discreet, also in what is said when something is done")
    void isDiscreet() {
        Patient patient = Patient.of(server, "EK-1088");
        FreeTime first = FreeTime.firstOfLongSpell(server, THERAPY, patient).later(45);
        String initials = patient.name().replaceAll("(\\p{L})[^ ]*", "$1.");
        try (Desk desk = Desk.of(server, "desk2")) {
            discreet(desk);
            setUp(desk, "Quiet one", first);
            Locator field = desk.page.locator("#newcomer_input");
            field.pressSequentially(patient.recordNumber());
            assertThat(desk.page.getByRole(AriaRole.OPTION).first()).containsText(initials);
            desk.press("Enter");
            assertThat(desk.page.getByRole(AriaRole.LISTBOX)).hasCount(0);
            desk.button("Enrol").click();
            assertThat(desk.page.getByText(initials + " is enrolled.")).isVisible();
            desk.page.locator("a[href*='date=']").first().click();
            assertThat(desk.button(initials + " cannot come")).isVisible();
            assertThat(desk.page.locator("main")).not().containsText(patient.name());
            desk.isAccessible();
            discreet(desk);
            assertThat(desk.page.locator("main")).containsText(patient.name());
        }
    }

    /** Turns it on, or off again. */
    private static void discreet(Desk desk) {
        desk.page.locator(".ek-user summary").click();
        desk.button("Discreet mode").click();
        desk.page.waitForLoadState();
    }

    private static void setUp(Desk desk, String name, FreeTime first) {
        desk.window.go("/group/edit");
        fill(desk, name, first, "every " + weekday(first) + ", " + first.clock() + ", 1 date");
        desk.button("Preview every date").click();
        assertThat(desk.page.getByText("One date, 1 held")).isVisible();
        desk.button("Save the series").click();
        assertThat(desk.page.getByText(name + " is set up")).isVisible();
    }

    private static void fill(Desk desk, String name, FreeTime first, String words) {
        desk.page.getByLabel("Name").fill(name);
        desk.page.waitForResponse(
                response -> response.url().contains("/group/edit"),
                () -> desk.page.locator("#modality").selectOption(THERAPY));
        desk.page.locator("#therapist").selectOption(String.valueOf(first.therapistId()));
        desk.page.locator("#room").selectOption(String.valueOf(first.roomId()));
        desk.page.locator("#first").fill(first.start().toLocalDate().toString());
        desk.page.locator("#words").fill(words);
        desk.page.locator("#minutes").fill("30");
        desk.page.locator("#capacity").fill("2");
        desk.page.locator("#minimum").fill("1");
    }

    private static String weekday(FreeTime time) {
        return time.start().getDayOfWeek().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static void enrol(Desk desk, Patient patient) {
        type(desk, patient);
        assertThat(desk.page.getByText(patient.name() + " is enrolled.")).isVisible();
    }

    private static void type(Desk desk, Patient patient) {
        Locator field = desk.page.locator("#newcomer_input");
        field.fill("");
        field.pressSequentially(patient.recordNumber());
        Locator offered = desk.page.getByRole(AriaRole.OPTION);
        assertThat(offered.first()).containsText(patient.name());
        desk.press("Enter");
        assertThat(desk.page.getByRole(AriaRole.LISTBOX)).hasCount(0);
        desk.button("Enrol").click();
    }

    private static Locator.GetByRoleOptions named(String start) {
        return new Locator.GetByRoleOptions().setName(Pattern.compile("^" + start));
    }
}

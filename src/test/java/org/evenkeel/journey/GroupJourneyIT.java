package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
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
        FreeTime first = FreeTime.firstAfter(6, server, THERAPY, 180, own).lasting(60);
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
            "whose therapist or room will not do is told so once, not date by date; who is qualified is offered first")
    void isWrongThroughout() {
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/edit");
            desk.page.getByLabel("Name").fill("Skills");
            desk.page.locator("#therapist").selectOption(new SelectOption().setLabel("Dr Lee"));
            desk.page.locator("#modality").selectOption("DBT");
            desk.settle();
            assertThat(desk.page.locator("#therapist optgroup")).hasCount(2);
            assertThat(desk.page.locator("#therapist optgroup").nth(1)).containsText("Dr Lee");
            assertThat(desk.page.locator("#therapist option:checked")).hasText("Dr Lee");
            desk.page.locator("#room").selectOption(new SelectOption().setLabel("Garden Room, Harbor House"));
            desk.page.locator("#words").fill("every Monday, 10:00, 12 sessions");
            desk.page.locator("#capacity").fill("10");
            desk.button("Preview every date").click();
            Locator note = desk.page.locator("#throughout");
            assertThat(note).containsText("Dr Lee does not hold the DBT practitioner");
            assertThat(note).containsText("Garden Room holds 6; 10 are needed.");
            assertThat(desk.page.locator(".ek-plan > .conflict")).hasCount(12);
            assertThat(desk.page.locator(".ek-plan")).not().containsText("does not hold");
            desk.isAccessible();
        }
    }

    @Test
    @DisplayName("keeps what is typed and chosen while an answer is still under way")
    void isTypedQuickly() {
        List<Route> held = new ArrayList<>();
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/edit");
            desk.page.route(url -> url.contains("/group/edit"), held::add);
            desk.page.locator("#modality").selectOption("DBT");
            desk.page.waitForCondition(() -> !held.isEmpty());
            desk.page.locator("#therapist").selectOption(new SelectOption().setLabel("Dr Lee"));
            desk.page.getByLabel("Minutes").fill("35");
            held.get(0).resume();
            assertThat(desk.page.locator("#therapist optgroup")).hasCount(2);
            assertThat(desk.page.locator("#therapist option:checked")).hasText("Dr Lee");
            assertThat(desk.page.getByLabel("Minutes")).hasValue("35");
            assertThat(desk.page.getByLabel("Minutes")).isFocused();
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
            assertThat(plan).containsText(patient.name() + ": a guest seat in Large one this once");
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
            desk.toggleDiscreet();
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
            desk.toggleDiscreet();
            assertThat(desk.page.locator("main")).containsText(patient.name());
        }
    }

    @Test
    @DisplayName("is set up, changed and cancelled only as it was shown; [A14] a part of it says which part it is")
    void isSavedAsShown() {
        FreeTime first = FreeTime.firstAfter(12, server, THERAPY, 60, Patient.of(server, "EK-1090"));
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/group/edit");
            fill(desk, "As shown", first, "every " + weekday(first) + ", " + first.clock() + ", 4 dates");
            desk.button("Preview every date").click();
            assertThat(desk.page.getByText("4 dates, 4 held")).isVisible();
            desk.page.locator("#words").fill("every " + weekday(first) + ", " + first.clock() + ", until 3 held");
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("something was changed since it was shown"))
                    .isVisible();
            assertThat(desk.page.getByText("3 dates, 3 held")).isVisible();
            assertThat(desk.page.locator(".ek-plan > li")).hasCount(3);
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("As shown is set up: 3 dates.")).isVisible();

            desk.named(AriaRole.LINK, "Change series").click();
            desk.page.locator("#minutes").fill("25");
            desk.page.locator("#cutoffHours").fill("48");
            desk.button("Preview the change").click();
            Locator plan = desk.page.locator("section[aria-labelledby=plan-title]");
            assertThat(plan).containsText("Minutes: 30 \u2192 25");
            assertThat(plan).containsText("Cut-off, hours: 24 \u2192 48");
            desk.isAccessible();
            desk.page.locator("#minutes").fill("20");
            desk.button("Save the change").click();
            assertThat(desk.page.getByText("something was changed since it was shown"))
                    .isVisible();
            assertThat(plan).containsText("Minutes: 30 \u2192 20");
            desk.button("Save the change").click();
            assertThat(desk.page.getByText("Dates changed: 3.")).isVisible();

            desk.page.locator("a[href*='date=']").nth(1).click();
            desk.named(AriaRole.LINK, "Change time, therapist, room\u2026").click();
            desk.page.locator("#scope").selectOption("FOLLOWING");
            desk.page.locator("#minutes").fill("25");
            desk.button("Preview the change").click();
            assertThat(plan).containsText("become a series of their own");
            desk.button("Save the change").click();
            assertThat(desk.page.getByText("Dates changed: 2.")).isVisible();
            assertThat(desk.page.locator("#parts li")).hasCount(2);
            assertThat(desk.page.locator("#parts a")).hasCount(1);
            desk.isAccessible();
            desk.named(AriaRole.LINK, "Change series").click();
            assertThat(desk.page.locator("#parts")).containsText("This series was split");
            assertThat(desk.page.locator("#scope option:checked")).containsText("of this part, until ");
            desk.isAccessible();
            desk.named(AriaRole.LINK, "Back to the group").click();

            desk.page.locator("a[href*='date=']").first().click();
            assertThat(desk.page.getByLabel("Add a date at the end for each")).isChecked();
            desk.page.getByLabel("Add a date at the end for each").uncheck();
            desk.page.locator("#cancelScope").selectOption("FOLLOWING");
            desk.page.locator("#cancelReason").fill("Ends early");
            desk.button("Cancel the session").click();
            Locator cancelling = desk.page.locator("#cancelPlan");
            assertThat(cancelling).containsText("2 dates are cancelled");
            desk.isAccessible();
            desk.page.getByLabel("Add a date at the end for each").check();
            desk.button("Cancel these 2 dates").click();
            assertThat(desk.page.getByText("Something was changed since")).isVisible();
            assertThat(cancelling).containsText("Added at the end");
            desk.page.getByLabel("Add a date at the end for each").uncheck();
            desk.button("Cancel these 2 dates").click();
            desk.button("Cancel these 2 dates").click();
            assertThat(desk.page.getByText("Dates cancelled: 2.")).isVisible();
        }
    }

    @Test
    @DisplayName("[A22] is cancelled only as it was shown, also where another desk was faster")
    void isCancelledAsShown() {
        FreeTime first = FreeTime.firstAfter(42, server, THERAPY, 60, Patient.of(server, "EK-1109"));
        try (Desk desk = Desk.of(server, "desk");
                Desk other = Desk.of(server, "desk2")) {
            desk.window.go("/group/edit");
            fill(desk, "Shown once", first, "every " + weekday(first) + ", " + first.clock() + ", 3 dates");
            desk.button("Preview every date").click();
            desk.button("Save the series").click();
            assertThat(desk.page.getByText("Shown once is set up: 3 dates.")).isVisible();
            String address = desk.page.url();
            desk.page.locator("a[href*='date=']").nth(1).click();
            desk.page.locator("#cancelScope").selectOption("FOLLOWING");
            desk.page.locator("#cancelReason").fill("Ends early");
            desk.button("Cancel the session").click();
            Locator cancelling = desk.page.locator("#cancelPlan");
            assertThat(cancelling).containsText("2 dates are cancelled");

            other.page.navigate(address);
            other.page.locator("a[href*='date=']").last().click();
            other.page.locator("#cancelReason").fill("Ill");
            other.button("Cancel the session").click();
            assertThat(other.page.getByText("Dates cancelled: 1.")).isVisible();
            other.page.locator("a[href*='date=']").first().click();
            other.page.locator("#cancelReason").fill("Ill");

            desk.button("Cancel these 2 dates").click();
            assertThat(desk.page.getByText("Something was changed since")).isVisible();
            assertThat(cancelling).containsText("One date is cancelled");
            desk.isAccessible();
            desk.button("Cancel this date").click();
            assertThat(desk.page.getByText("Dates cancelled: 1.")).isVisible();

            desk.page.locator("a[href*='date=']").first().click();
            desk.page.locator("#cancelReason").fill("Ill");
            desk.button("Cancel the session").click();
            assertThat(desk.page.getByText("Dates cancelled: 1.")).isVisible();
            other.button("Cancel the session").click();
            assertThat(other.page.getByText("Something was changed since")).isVisible();
        }
    }

    @Test
    @DisplayName(
            "[A25] past its cut-off offers its seat to nobody who joined the list since, and takes them with a reason")
    void isJoinedLate() {
        Patient patient = Patient.of(server, "EK-1111");
        FreeTime first = FreeTime.firstAfter(-4, server, THERAPY, 30, patient);
        JsonObject series = Api.create(
                server,
                "/api/series",
                Json.createObjectBuilder()
                        .add("name", "Cut off")
                        .add("modality", THERAPY)
                        .add("therapist", first.therapistId())
                        .add("room", first.roomId())
                        .add("rule", "FREQ=DAILY;COUNT=1")
                        .add("first", first.start().toLocalDateTime().toString())
                        .add("minutes", 30)
                        .add("capacity", 2)
                        .add("minimumSize", 1)
                        .add("cutoffHours", 336)
                        .build());
        String address = "/group/view?id=" + series.getInt("id");
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/waitlist/list");
            desk.page.locator("#patient_input").pressSequentially(patient.recordNumber());
            assertThat(desk.page.getByRole(AriaRole.LISTBOX)).containsText(patient.name());
            desk.press("Enter");
            assertThat(desk.page.getByRole(AriaRole.LISTBOX)).hasCount(0);
            desk.page.locator("#series").selectOption(String.valueOf(series.getInt("id")));
            desk.button("Add").click();
            assertThat(desk.page.getByText(patient.name() + " is on the waitlist."))
                    .isVisible();

            desk.window.go(address);
            desk.page.locator("a[href*='date=']").first().click();
            assertThat(desk.page.locator("#bring")).hasCount(0);
            desk.button("Place " + patient.name()).click();
            Locator against = desk.named(AriaRole.ALERT, "These dates stand against placing " + patient.name());
            assertThat(against.locator("li")).hasCount(1);
            assertThat(desk.page.locator("#placingReason")).isFocused();
            desk.isAccessible();
            desk.fits();
            desk.page.locator("#placingReason").fill("Referred today");
            desk.button("Place with this reason").click();
            assertThat(desk.page.getByText(patient.name() + " is enrolled and waits no longer."))
                    .isVisible();
        }
    }

    @Test
    @DisplayName("[A32] in which two come who are to be kept apart is told to the lead, who lets one of them leave")
    void isKeptApart() {
        Patient one = Patient.of(server, "EK-1091");
        Patient other = Patient.of(server, "EK-1092");
        FreeTime first = FreeTime.firstOfLongSpell(server, THERAPY, one).later(45);
        try (Desk desk = Desk.of(server, "lead")) {
            setUp(desk, "Two apart", first);
            enrol(desk, one);
            enrol(desk, other);
            desk.window.go("/patient/view?id=" + one.id());
            desk.page.locator("#keepApart").fill(other.recordNumber());
            desk.button("Keep apart").click();
            assertThat(desk.page.getByText("They still share dates to come")).isVisible();
            Locator meetings = desk.page.locator("#apartMeetings");
            assertThat(meetings).containsText("Two apart, with " + other.name() + ": one date");
            desk.isAccessible();
            meetings.getByText("Leave or move\u2026 " + other.name()).click();
            desk.page.locator("#leaveReason").fill("Another group suits better");
            desk.button("End the enrolment").click();
            assertThat(desk.page.getByText(other.name() + " has left the group."))
                    .isVisible();
            desk.window.go("/patient/view?id=" + one.id());
            assertThat(desk.page.locator("#apartForm")).isVisible();
            assertThat(meetings).hasCount(0);
        }
    }

    @Test
    @DisplayName(
            "[A15] that is to be held so often gets a date at the end for one that is cancelled on the board, or later on its page")
    void isHeldSoOften() {
        Patient patient = Patient.of(server, "EK-1093");
        FreeTime first = FreeTime.firstAfter(18, server, THERAPY, 60, patient);
        JsonObject series = Api.create(
                server,
                "/api/series",
                Json.createObjectBuilder()
                        .add("name", "Twice held")
                        .add("modality", THERAPY)
                        .add("therapist", first.therapistId())
                        .add("room", first.roomId())
                        .add("rule", "FREQ=WEEKLY;COUNT=2")
                        .add("counts", "HELD")
                        .add("first", first.start().toLocalDateTime().toString())
                        .add("minutes", 60)
                        .add("capacity", 1)
                        .add("patients", Json.createArrayBuilder().add(patient.id()))
                        .build());
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(first);
            desk.travel(desk.session(patient, first));
            desk.press("x");
            assertThat(desk.panel()).containsText("Without it, Twice held has one date");
            assertThat(desk.panel().getByLabel("Add a date at the end")).isChecked();
            desk.isAccessible();
            desk.page.keyboard().type("Ill");
            desk.press("Control+Enter");
            assertThat(desk.toast()).containsText("A date is added at the end of its series");

            FreeTime second = first.later(7 * 24 * 60);
            desk.showBoard(second);
            desk.travel(desk.session(patient, second));
            desk.press("x");
            desk.panel().getByLabel("Add a date at the end").uncheck();
            desk.field("Reason").fill("Ill");
            desk.press("Control+Enter");
            assertThat(desk.toast()).containsText("cancelled");
            desk.window.go("/group/view?id=" + series.getInt("id"));
            assertThat(desk.page.locator("#missingForm")).containsText("One date is missing");
            desk.isAccessible();
            desk.button("Add a date at the end").click();
            assertThat(desk.page.getByText("Dates added at the end: 1.")).isVisible();
            assertThat(desk.page.locator("#missingForm")).hasCount(0);

            desk.page.locator("a[href*='date=']").first().click();
            desk.page.locator("#cancelScope").selectOption("ALL_FUTURE");
            desk.page.locator("#cancelReason").fill("Leave");
            desk.page.getByLabel("Add a date at the end for each").uncheck();
            desk.button("Cancel the session").click();
            desk.button("Cancel these 2 dates").click();
            assertThat(desk.page.getByText("Dates cancelled: 2.")).isVisible();
            assertThat(desk.page.locator("section[aria-labelledby=next-title]")).containsText("No date is left");
            assertThat(desk.page.locator("#missingForm")).hasCount(0);
            desk.isAccessible();
        }
    }

    @Test
    @DisplayName("has someone beside its leader on one date alone, who is shown it before it is saved")
    void isHelpedOnce() {
        Patient patient = Patient.of(server, "EK-1103");
        FreeTime first = FreeTime.firstWithSubstitute(server, THERAPY);
        FreeTime beside = first.inAnothersHands(server);
        try (Desk desk = Desk.of(server, "desk")) {
            setUp(desk, "Helped once", first);
            desk.page.locator("a[href*='date=']").first().click();
            desk.named(AriaRole.LINK, "Change time, therapist, room\u2026").click();
            desk.page.locator("#coFacilitator").selectOption(String.valueOf(beside.therapistId()));
            desk.button("Preview the change").click();
            Locator plan = desk.page.locator("section[aria-labelledby=plan-title]");
            assertThat(plan).containsText(beside.therapist());
            assertThat(plan).containsText("One date will change");
            desk.isAccessible();
            desk.fits();
            desk.button("Save the change").click();
            assertThat(desk.page.getByText("Dates changed: 1.")).isVisible();
            String group = desk.page.url();
            desk.showBoard(first);
            String named = "Helped once";
            assertThat(desk.page
                            .locator("[role=grid] td[data-id]")
                            .filter(new Locator.FilterOptions().setHasText(named)))
                    .hasCount(2);

            desk.page.navigate(group);
            assertThat(desk.page.locator("section[aria-labelledby=dates-title]"))
                    .containsText(beside.therapist());
            desk.page.locator("a[href*='date=']").first().click();
            desk.named(AriaRole.LINK, "Change time, therapist, room\u2026").click();
            desk.button("Remove " + beside.therapist()).click();
            assertThat(desk.page.locator("#coFacilitators")).not().containsText("Remove");
            desk.button("Preview the change").click();
            assertThat(plan).containsText(beside.therapist());
            desk.button("Save the change").click();
            assertThat(desk.page.getByText("Dates changed: 1.")).isVisible();
            assertThat(desk.page.locator("section[aria-labelledby=dates-title]"))
                    .not()
                    .containsText(beside.therapist());
        }
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
        desk.page.locator("#modality").selectOption(THERAPY);
        desk.settle();
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

package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.SelectOption;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            desk.drag(desk.session(patient, time), desk.free(later));
            assertThat(desk.session(patient, later)).isVisible();
            assertThat(desk.toast()).containsText("Moved to " + later.clock());
            desk.button("Undo").click();
            assertThat(desk.session(patient, time)).isVisible();
            assertThat(desk.session(patient, later)).hasCount(0);
        }
    }

    @ParameterizedTest(name = "moves a session that is dragged while the board is read anew: after {0} steps")
    @ValueSource(ints = {1, 2})
    void dragsMeanwhile(int steps) {
        Patient patient = Patient.of(server, "EK-" + (1113 + steps));
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        FreeTime later = time.later(60);
        Booked.book(server, time, patient);
        List<Route> held = new ArrayList<>();
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            Locator from = desk.session(patient, time);
            desk.free(later).hover();
            from.hover();
            BoundingBox start = from.boundingBox();
            BoundingBox end = desk.free(later).boundingBox();
            desk.page.route(url -> url.contains("/board"), route -> {
                boolean background = String.valueOf(route.request().postData()).contains("evenkeel.background");
                if (background && held.isEmpty()) {
                    held.add(route);
                } else {
                    route.resume();
                }
            });
            Booked.book(server, time.later(120), patient);
            desk.page.waitForCondition(() -> !held.isEmpty());
            Mouse mouse = desk.page.mouse();
            List<Runnable> drag = List.of(
                    () -> mouse.move(start.x + 20, start.y + 6),
                    mouse::down,
                    () -> mouse.move(end.x + 20, (start.y + end.y) / 2),
                    () -> mouse.move(end.x + 20, end.y + 6),
                    mouse::up);
            drag.subList(0, 1 + steps).forEach(Runnable::run);
            desk.page.waitForResponse(response -> response.url().contains("/board"), held.get(0)::resume);
            assertThat(desk.session(patient, time.later(120))).isVisible();
            drag.subList(1 + steps, drag.size()).forEach(Runnable::run);
            assertThat(desk.session(patient, later)).isVisible();
            assertThat(desk.toast()).containsText("Moved to " + later.clock());
        }
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
    @DisplayName("tells who is taken by initials where screens are discreet")
    void isDiscreet() {
        Patient patient = Patient.of(server, "EK-1110");
        FreeTime time = FreeTime.firstWithSubstitute(server, "CBT");
        FreeTime later = time.later(60);
        Booked.book(server, time.inAnothersHands(server), patient);
        Booked.book(server, later, patient);
        String initials = patient.name().replaceAll("(\\p{L})[^ ]*", "$1.");
        try (Desk desk = Desk.of(server, "desk2")) {
            desk.toggleDiscreet();
            desk.showBoard(later);
            desk.travel(desk.session(new Patient(patient.id(), initials, patient.recordNumber()), later));
            desk.press("m", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "Enter");
            assertThat(desk.alert()).containsText(initials + " has ");
            assertThat(desk.alert()).not().containsText(patient.name());
            desk.showBoard(later);
            desk.toggleDiscreet();
        }
    }

    @Test
    @DisplayName("of a day on which nobody works answers to the keys that need no session")
    void nobodyWorks() {
        LocalDate sunday = FreeTime.unfilled().with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        try (Desk desk = Desk.of(server, "ruiz")) {
            desk.window.go("/board?date=" + sunday);
            assertThat(desk.page.locator("[role=grid]")).hasCount(0);
            desk.press("?");
            Locator help = desk.named(AriaRole.DIALOG, "Keys");
            assertThat(help).isVisible();
            desk.isAccessible();
            desk.press("Escape");
            assertThat(help).isHidden();
            desk.press("n");
            assertThat(desk.panel()).isVisible();
            desk.press("Escape");
            assertThat(desk.panel()).isHidden();
            desk.button("New booking").focus();
            desk.press("]");
            assertThat(desk.page).hasURL(Pattern.compile(".*date=" + sunday.plusDays(1) + ".*"));
            desk.window.go("/board?date=" + sunday);
            desk.press("[");
            assertThat(desk.page).hasURL(Pattern.compile(".*date=" + sunday.minusDays(1) + ".*"));
            desk.window.go("/board?date=" + sunday);
            desk.press("f");
            assertThat(desk.page).hasURL(Pattern.compile(".*/find.*"));
        }
    }

    @Test
    @DisplayName("shows without a reload that a therapist is away, and is back, as another desk says")
    void leaveElsewhere() {
        FreeTime time = FreeTime.firstAfter(72, server, "WELL", 30, Patient.of(server, "EK-1119"));
        try (Desk here = Desk.of(server, "desk");
                Desk there = Desk.of(server, "desk2")) {
            here.showBoard(time);
            assertThat(here.free(time)).isVisible();
            there.window.go("/availability/edit?id=" + time.therapistId());
            there.page.locator("#fromDate").fill(time.start().toLocalDate().toString());
            there.page.locator("#fromTime").fill(time.clock());
            there.page.locator("#untilTime").fill(time.end());
            there.page.locator("#reason").fill("dentist before noon");
            there.button("Add time off").click();
            assertThat(there.page.getByText("dentist before noon")).isVisible();
            assertThat(here.free(time)).hasCount(0);
            there.page
                    .getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("dentist before noon"))
                    .getByRole(AriaRole.BUTTON)
                    .click();
            assertThat(here.free(time)).isVisible();
        }
    }

    @Test
    @DisplayName("gets its columns without a reload as another desk says who works, and loses them")
    void hoursElsewhere() {
        LocalDate sunday = FreeTime.unfilled().with(TemporalAdjusters.next(DayOfWeek.SUNDAY));
        try (Desk here = Desk.of(server, "desk");
                Desk there = Desk.of(server, "lead")) {
            there.window.go("/site/edit");
            there.page.locator("#name").fill("Night House");
            there.page.locator("#save").click();
            assertThat(there.page).hasURL(Pattern.compile(".*id=\\d+"));
            String site = there.page.url().replaceAll(".*[?&]id=(\\d+).*", "$1");
            here.window.go("/board?date=" + sunday + "&site=" + site);
            assertThat(here.page.locator("#ek-link")).hasAttribute("data-state", "live");
            assertThat(here.page.locator("[role=grid]")).hasCount(0);

            there.window.go("/availability/list");
            there.page
                    .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dr Okafor"))
                    .first()
                    .click();
            there.reloads(there.page.locator("#addHours")::click);
            there.page.locator("[id$=':weekday']").last().selectOption("7");
            there.page.locator("[id$=':from']").last().fill("20:00");
            there.page.locator("[id$=':until']").last().fill("21:00");
            there.page.locator("[id$=':site']").last().selectOption(site);
            there.page.locator("#save").click();
            assertThat(here.page.locator("[role=grid] thead")).containsText("Okafor");
            here.isAccessible();

            there.button("Remove Sunday").last().click();
            there.page.locator("#save").click();
            assertThat(here.page.locator("[role=grid]")).hasCount(0);
            here.press("?");
            assertThat(here.named(AriaRole.DIALOG, "Keys")).isVisible();
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
        FreeTime time = FreeTime.first(server, "WELL", 30, gone);
        Booked.book(server, time, gone);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.window.go("/waitlist/list");
            desk.page.locator("#patient_input").pressSequentially(waiting.recordNumber());
            assertThat(desk.page
                            .locator("#patient_panel")
                            .getByRole(AriaRole.OPTION)
                            .first())
                    .containsText(waiting.name());
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

    @Test
    @DisplayName("connects again by itself once it was cut off, and shows what was missed")
    void connectsAgain() {
        Patient patient = Patient.of(server, "EK-1069");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        List<WebSocketRoute> sockets = new ArrayList<>();
        try (Desk desk = Desk.of(server, "desk")) {
            desk.page.routeWebSocket(url -> true, socket -> {
                sockets.add(socket);
                if (sockets.size() == 2) {
                    socket.close(new WebSocketRoute.CloseOptions().setCode(1011));
                } else {
                    socket.connectToServer();
                }
            });
            desk.showBoard(time);
            desk.page.evaluate("window.sameDocument = true");
            sockets.get(0).close(new WebSocketRoute.CloseOptions().setCode(1011));
            assertThat(desk.page.locator("#ek-link")).containsText("reconnecting");
            Booked.book(server, time, patient);
            assertThat(desk.session(patient, time)).isVisible();
            assertThat(desk.page.locator("#ek-link")).hasAttribute("data-state", "live");
            assertEquals(true, desk.page.evaluate("window.sameDocument"));
            assertEquals(3, sockets.size());
        }
    }

    @Test
    @DisplayName("says to a therapist that they do not work there, until somebody books them there")
    void isEmptyNoMore() {
        Patient patient = Patient.of(server, "EK-1077");
        FreeTime time = FreeTime.best(server, "IND", 30, "site=2&weekday=MONDAY,TUESDAY&patient=" + patient.id());
        try (Desk lee = Desk.of(server, "lee")) {
            lee.window.go(time.board());
            assertThat(lee.page.locator("#day")).containsText("You do not work at ");
            assertThat(lee.page.locator("#ek-link")).hasAttribute("data-state", "live");
            lee.page.evaluate("window.sameDocument = true");
            JsonObject session = Json.createObjectBuilder()
                    .add("modality", "IND")
                    .add("start", time.start().toString())
                    .add("minutes", 30)
                    .add("therapist", 1)
                    .add("room", time.roomId())
                    .add("patients", Json.createArrayBuilder().add(patient.id()))
                    .add(
                            "override",
                            Json.createObjectBuilder()
                                    .add("rules", Json.createArrayBuilder().add("OUTSIDE_HOURS"))
                                    .add("reason", "stands in"))
                    .build();
            Api.create(server, "/api/sessions", session);
            assertThat(lee.session(patient, time)).isVisible();
            assertEquals(true, lee.page.evaluate("window.sameDocument"));
        }
    }

    @Test
    @DisplayName("on a phone shows the therapist whom the arrows or a move go to")
    void unfolds() {
        Patient patient = Patient.of(server, "EK-1070");
        FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", patient);
        Booked.book(server, time, patient);
        try (Desk phone = Desk.of(server, "desk", 360)) {
            phone.showBoard(time);
            Locator picker = phone.page.getByLabel("Therapist", new Page.GetByLabelOptions().setExact(true));
            Locator focus = phone.page.locator("[role=grid] td:focus");
            picker.selectOption(new SelectOption().setIndex(0));
            phone.page.locator("[role=grid] td.on").first().focus();
            phone.press("ArrowRight");
            assertThat(focus).isVisible();
            assertThat(picker).hasValue("1");
            phone.press("Control+End");
            assertThat(focus).isVisible();
            phone.press("Home");
            assertThat(picker).hasValue("0");
            assertThat(focus).isVisible();

            picker.selectOption(time.therapist());
            phone.travel(phone.session(patient, time));
            String shown = picker.inputValue();
            phone.press("m", shown.equals("0") ? "ArrowRight" : "ArrowLeft");
            assertThat(picker).not().hasValue(shown);
            assertThat(focus).isVisible();
            phone.isAccessible();
            phone.press("Escape");
            assertThat(focus).isVisible();
            phone.fits();
        }
    }

    @Test
    @DisplayName("offers attendance to therapists alone, keys only if they are on, and no reason is no answer")
    void offersWhatOneMay() {
        try (Desk desk = Desk.of(server, "desk2")) {
            desk.window.go("/board?site=2");
            assertThat(desk.button("Check in C")).isVisible();
            assertThat(desk.button("Attendance A")).hasCount(0);
            desk.page.locator("[role=grid] td[tabindex='0']").focus();
            desk.press("?");
            Locator help = desk.page.locator("#boardHelp");
            assertThat(help).isVisible();
            assertThat(help).not().containsText("Mark attendance");
            desk.press("Escape");

            desk.page.evaluate(
                    "PrimeFaces.widgets.board.ask('move', {}, {why: 'Outside hours.', rules: 'OUTSIDE_HOURS'})");
            Locator reason = desk.page.locator("#boardReason");
            desk.page.keyboard().type("  ");
            desk.button("Go on").click();
            assertThat(reason).isVisible();
            desk.isAccessible();
            desk.button("Leave as it was").click();
            assertThat(reason).isHidden();
            assertThat(desk.page.locator("#boardLive")).hasText("Left as it was.");

            desk.window.go("/board");
            assertThat(desk.page.locator(".ek-board-where [name=site]")).hasValue("2");
            desk.press("Control+k");
            desk.page.keyboard().type("tomorrow");
            desk.press("Enter");
            assertThat(desk.page).hasURL(Pattern.compile(".*/board\\?date=.*&site=2"));

            toggleKeys(desk);
            desk.page.locator("[role=grid] td[tabindex='0']").focus();
            desk.press("?");
            assertThat(help).isHidden();
            toggleKeys(desk);
        }
    }

    private static void toggleKeys(Desk desk) {
        desk.page.locator(".ek-user > summary").click();
        desk.page.waitForNavigation(
                () -> desk.page.getByText("Single-key shortcuts").click());
    }
}

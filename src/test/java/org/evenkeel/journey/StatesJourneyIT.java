package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.api.Client;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a page shows only when something is in the way: each without a barrier, and with its way on. */
@DisplayName("In the browser, what opens only when something is in the way:")
class StatesJourneyIT {
    private static final ZoneId DENVER = ZoneId.of("America/Denver");

    private static final WebSocketRoute.CloseOptions CUT_OFF = new WebSocketRoute.CloseOptions().setCode(1011);

    private final RunningServer server = RunningServer.demo();

    // --- soft rules -------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "the board asks for a reason to move a session out of the working hours; left, it stays; given, it moves")
    void reasonOnTheBoard() {
        Patient patient = Patient.of(server, "EK-1092");
        FreeTime time = FreeTime.firstAfter(78, server, "WELL", 150, patient).lasting(30);
        Booked.book(server, time, patient);
        try (Desk desk = Desk.of(server, "desk")) {
            desk.showBoard(time);
            Locator session = desk.session(patient, time);
            Locator outside = desk.page
                    .locator("[role=grid] td.o[data-c='" + session.getAttribute("data-c") + "']")
                    .last();
            String late = clock(String.valueOf(outside.getAttribute("aria-label")));
            desk.travel(session);
            desk.button("Move M").click();
            outside.click();
            Locator dialog = desk.named(AriaRole.DIALOG, "This needs a reason");
            Locator reason = dialog.getByLabel("Reason");
            assertThat(reason).isFocused();
            desk.isAccessible();
            desk.button("Go on").click();
            assertThat(dialog).isVisible();
            desk.button("Leave as it was").click();
            assertThat(dialog).isHidden();
            assertThat(session).isVisible();

            desk.travel(session);
            desk.button("Move M").click();
            outside.click();
            assertThat(reason).isFocused();
            desk.page.keyboard().type("Comes straight from work");
            desk.button("Go on").click();
            assertThat(desk.toast()).containsText("Moved to " + late);
            JsonObject moved = sessionOf(patient);
            assertEquals("OUTSIDE_HOURS", moved.getJsonArray("overrides").getString(0));
            assertEquals("Comes straight from work", moved.getString("overrideReason"));
            assertEquals(late, moved.getString("start").substring(11, 16));
        }
    }

    private static String clock(String label) {
        Matcher matcher = Pattern.compile("\\d\\d:\\d\\d").matcher(label);
        if (!matcher.find()) {
            throw new AssertionError(label);
        }
        return matcher.group();
    }

    private JsonObject sessionOf(Patient patient) {
        return Api.read(
                        server,
                        "/api/sessions?limit=500&state=BOOKED&patient=" + patient.id() + "&from=" + FreeTime.unfilled())
                .getJsonArray("items")
                .getJsonObject(0);
    }

    // --- look-alikes ------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a patient who may be there already is shown, and is made only when said to be another person")
    void lookAlikes() {
        try (Desk desk = Desk.of(server, "desk")) {
            newPatient(desk, "Theodora", "Doppelmayr");
            assertThat(desk.named(AriaRole.HEADING, "Theodora Doppelmayr")).isVisible();

            newPatient(desk, "Theodora", "Doppelmayer");
            Locator alike = desk.named(AriaRole.REGION, "Is this the same person? Not saved yet.");
            assertThat(alike).isFocused();
            assertThat(alike.getByRole(AriaRole.LINK)).hasText("Theodora Doppelmayr");
            assertThat(desk.page.locator("#familyName")).hasValue("Doppelmayer");
            desk.isAccessible();
            desk.fits();
            assertEquals(1, found("doppelmay"));
            desk.button("Another person: save anyway").click();
            assertThat(desk.named(AriaRole.HEADING, "Theodora Doppelmayer")).isVisible();
            assertEquals(2, found("doppelmay"));
        }
    }

    private static void newPatient(Desk desk, String given, String family) {
        desk.window.go("/patient/edit");
        desk.page.locator("#givenName").fill(given);
        desk.page.locator("#familyName").fill(family);
        desk.page.locator("#birthDate").fill("1979-04-03");
        desk.button("Save").click();
    }

    private int found(String search) {
        return Api.read(server, "/api/patients?search=" + search)
                .getJsonArray("items")
                .size();
    }

    // --- a stale form -----------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "[A22] a form that somebody else has saved meanwhile tells what, keeps what was typed, follows the other in the rest, and saves both when told again")
    void staleForm() {
        Patient patient = Patient.of(server, "EK-1094");
        try (Desk fast = Desk.of(server, "desk");
                Desk slow = Desk.of(server, "desk2")) {
            for (Desk desk : new Desk[] {fast, slow}) {
                desk.window.go("/patient/edit?id=" + patient.id());
            }
            slow.page.locator("#language").selectOption("es");
            slow.page.locator("#gender").selectOption("OTHER");
            fast.page.locator("#givenName").fill("Marguerite");
            fast.page.locator("#language").selectOption("fr");
            fast.reloads(fast.button("Add a contact")::click);
            fast.page.locator("[id$=':value']").last().fill("marguerite@example.org");
            fast.page.locator("[id$=':kind']").last().selectOption("EMAIL");
            fast.button("Save").click();
            assertThat(fast.named(
                            AriaRole.HEADING, "Marguerite " + patient.name().replaceFirst("^\\S+ ", "")))
                    .isVisible();

            slow.button("Save").click();
            Locator changes = slow.named(AriaRole.REGION, "Someone else changed this since you opened it");
            assertThat(changes).containsText("Marguerite");
            assertThat(changes).containsText(patient.name().split(" ")[0]);
            assertThat(changes.getByRole(AriaRole.LISTITEM).filter(containing("Given name")))
                    .containsText("(now in the form)");
            assertThat(changes.getByRole(AriaRole.LISTITEM).filter(containing("Language")))
                    .containsText("(you entered something else: saving replaces it)");
            assertThat(slow.page.locator("#givenName")).hasValue("Marguerite");
            assertThat(slow.page.locator("#language")).hasValue("es");
            assertThat(slow.page.locator("#gender")).hasValue("OTHER");
            assertThat(slow.page.locator("[id$=':value']").last()).hasValue("marguerite@example.org");
            slow.isAccessible();
            slow.fits();
            slow.button("Save").click();
            slow.page.waitForURL(url -> url.contains("/patient/view"));
            slow.window.go("/patient/edit?id=" + patient.id());
            assertThat(slow.page.locator("#givenName")).hasValue("Marguerite");
            assertThat(slow.page.locator("#language")).hasValue("es");
            assertThat(slow.page.locator("#gender")).hasValue("OTHER");
            assertThat(slow.page.locator("[id$=':value']").last()).hasValue("marguerite@example.org");
        }
    }

    @Test
    @DisplayName("[A22] a setting that another administrator has set meanwhile is told, and no other is in the way")
    void staleSettings() {
        try (Desk fast = Desk.of(server, "admin");
                Desk slow = Desk.of(server, "admin")) {
            fast.window.go("/identity/settings");
            slow.window.go("/identity/settings");
            String before = fast.page.locator("#CENTRE_NAME").inputValue();
            fast.page.locator("#CENTRE_NAME").fill("Harbor House");
            fast.page.locator("#LATE_CANCELLATION_HOURS").fill("25");
            fast.page.locator("#SESSIONS_IN_A_ROW").fill("5");
            fast.button("Save").click();
            assertThat(fast.page.locator("main")).containsText("The settings are saved.");

            slow.page.locator("#CENTRE_NAME").fill("Hill House");
            slow.page.locator("#SESSIONS_IN_A_ROW").fill("5");
            slow.button("Save").click();
            Locator changes = slow.named(AriaRole.REGION, "Someone else changed this since you opened it");
            assertThat(changes.getByRole(AriaRole.LISTITEM).filter(containing("Harbor House")))
                    .containsText("(you entered something else: saving replaces it)");
            assertThat(changes.getByRole(AriaRole.LISTITEM).filter(containing("25")))
                    .containsText("(now in the form)");
            assertThat(changes.getByRole(AriaRole.LISTITEM).filter(containing("Sessions in a row")))
                    .containsText("(now in the form)");
            assertThat(slow.page.locator("#CENTRE_NAME")).hasValue("Hill House");
            assertThat(slow.page.locator("#LATE_CANCELLATION_HOURS")).hasValue("25");
            slow.isAccessible();
            slow.fits();
            slow.button("Save").click();
            assertThat(slow.page.locator("main")).containsText("The settings are saved.");

            fast.window.go("/identity/settings");
            assertThat(fast.page.locator("#CENTRE_NAME")).hasValue("Hill House");
            assertThat(fast.page.locator("#LATE_CANCELLATION_HOURS")).hasValue("25");
            fast.page.locator("#CENTRE_NAME").fill(before);
            fast.page.locator("#LATE_CANCELLATION_HOURS").fill("24");
            fast.page.locator("#SESSIONS_IN_A_ROW").fill("4");
            fast.button("Save").click();
            assertThat(fast.page.locator("main")).containsText("The settings are saved.");
        }
    }

    private static Locator.FilterOptions containing(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    // --- a site's time zone -----------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "[A8] a change of a site's zone lists the collisions it would make, and saves nothing until they are resolved")
    void zoneWithCollisions() {
        Patient here = Patient.of(server, "EK-1095");
        Patient there = Patient.of(server, "EK-1096");
        try (Desk lead = Desk.of(server, "lead")) {
            long site = newSite(lead, "Valley House");
            FreeTime time = FreeTime.firstOfLongSpell(server, "WELL", here);
            Booked inTheWay = Booked.book(server, time, here);
            OffsetDateTime sameClock =
                    time.start().toLocalDateTime().atZone(DENVER).toOffsetDateTime();
            JsonObject moving = bookAt(sameClock, time, room(site), there);

            lead.window.go("/site/zone?site=" + site);
            lead.page.locator("#zone").selectOption("America/New_York");
            lead.button("Show what would happen").click();
            Locator collisions = lead.named(AriaRole.REGION, "Sessions in the way");
            assertThat(collisions).containsText(time.therapist());
            assertThat(collisions).containsText("The therapist has another session then.");
            assertThat(lead.button("Change the time zone")).hasCount(0);
            lead.isAccessible();
            lead.fits();
            assertEquals(sameClock, startOf(moving));

            cancel(inTheWay.id());
            lead.button("Show what would happen").click();
            assertThat(collisions).hasCount(0);
            lead.isAccessible();
            lead.button("Change the time zone").click();
            assertThat(lead.page.locator("main")).containsText("The time zone is changed. Sessions moved with it: 1.");
            assertEquals(time.start(), startOf(moving), "the same on the clock");
        }
    }

    private static long newSite(Desk lead, String name) {
        lead.window.go("/site/edit");
        lead.page.locator("#name").fill(name);
        lead.page.locator("#zone").selectOption("America/Denver");
        lead.button("Save").click();
        lead.page.waitForURL(url -> url.contains("id="));
        long id = Long.parseLong(lead.page.url().replaceAll(".*[?&]id=(\\d+).*", "$1"));
        lead.window.go("/site/room?site=" + id);
        lead.page.locator("#name").fill("Creek Room");
        lead.page.locator("#capacity").fill("4");
        lead.button("Save").click();
        lead.page.waitForURL(url -> !url.contains("/site/room?site"));
        return id;
    }

    private long room(long site) {
        return Api.read(server, "/api/rooms?limit=500").getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(room -> room.getJsonObject("site").getInt("id") == site)
                .findFirst()
                .orElseThrow()
                .getInt("id");
    }

    private JsonObject bookAt(OffsetDateTime start, FreeTime time, long room, Patient patient) {
        return Api.create(
                server,
                "/api/sessions",
                Json.createObjectBuilder()
                        .add("modality", time.modality())
                        .add("start", start.toString())
                        .add("minutes", time.minutes())
                        .add("therapist", time.therapistId())
                        .add("room", room)
                        .add("patients", Json.createArrayBuilder().add(patient.id()))
                        .add(
                                "override",
                                Json.createObjectBuilder()
                                        .add("rules", Json.createArrayBuilder().add("OUTSIDE_HOURS"))
                                        .add("reason", "a new house"))
                        .build());
    }

    private OffsetDateTime startOf(JsonObject session) {
        return OffsetDateTime.parse(
                Api.read(server, "/api/sessions/" + session.getInt("id")).getString("start"));
    }

    private void cancel(long session) {
        Client desk = Client.of(server, "desk");
        String path = "/api/sessions/" + session;
        desk.post(
                        path + "/cancellation",
                        "{\"reason\":\"moved\"}",
                        "If-Match",
                        desk.get(path).etag())
                .is(200);
    }

    // --- a lost connection ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a board that has lost its connection says since when, and that it is trying")
    void reconnecting() {
        Patient patient = Patient.of(server, "EK-1097");
        FreeTime time = FreeTime.first(server, "WELL", 30, patient);
        AtomicBoolean down = new AtomicBoolean();
        Deque<WebSocketRoute> lines = new ArrayDeque<>();
        try (Desk desk = Desk.of(server, "desk")) {
            desk.page.routeWebSocket(Pattern.compile(".*"), line -> {
                if (down.get()) {
                    line.close(CUT_OFF);
                } else {
                    line.connectToServer();
                    lines.add(line);
                }
            });
            desk.showBoard(time);
            Locator link = desk.page.locator("#ek-link");

            down.set(true);
            lines.forEach(line -> line.close(CUT_OFF));
            assertThat(link).hasAttribute("data-state", "lost");
            assertThat(link).hasText(Pattern.compile("Last updated \\d\\d:\\d\\d, reconnecting\u2026"));
            desk.isAccessible();
        }
    }
}

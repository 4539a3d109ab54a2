package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.RunningServer;

/** A browser window in which someone of the demo clinic is signed in, and what can be found in it. */
final class Desk implements AutoCloseable {
    private static final int MANY = 200;

    final Browser window;
    final Page page;

    private Desk(Browser window) {
        this.window = window;
        this.page = window.page();
    }

    /** A window of 1280 pixels. */
    static Desk of(RunningServer server, String username) {
        return of(server, username, 1280);
    }

    static Desk of(RunningServer server, String username, int width) {
        return signedIn(Browser.open(server, width, 800), username);
    }

    /** A window on a computer whose clock shows the time of that zone. */
    static Desk in(RunningServer server, String username, String zone) {
        return signedIn(Browser.open(server, options -> options.setTimezoneId(zone)), username);
    }

    private static Desk signedIn(Browser window, String username) {
        Desk desk = new Desk(window);
        desk.window.go("/login");
        desk.page.getByLabel("Username").fill(username);
        desk.page.getByLabel("Password").fill("demo-evenkeel");
        desk.page.keyboard().press("Enter");
        desk.page.waitForURL(url -> !url.contains("/login"));
        return desk;
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    Locator named(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator button(String name) {
        return named(AriaRole.BUTTON, name);
    }

    // --- the board --------------------------------------------------------------------------------------------------

    /** Opens the board of that day, with the team of the therapist. */
    void showBoard(FreeTime time) {
        window.go(time.board());
        Locator column = page.locator("[role=grid] thead th[data-id='" + time.therapistId() + "']");
        for (int team = 2; column.count() == 0; team++) {
            window.go(time.board() + "&team=" + team);
        }
        assertThat(page.locator("#ek-link")).hasAttribute("data-state", "live");
    }

    /** The cell where someone could be booked. */
    Locator free(FreeTime time) {
        return named(AriaRole.GRIDCELL, "%s, %s, free".formatted(time.therapist(), time.clock()));
    }

    /** The cell of the patient's session at that time. */
    Locator session(Patient patient, FreeTime time) {
        String name = "%s, Booked, %s\u2013%s, %s \u00b7 "
                .formatted(patient.name(), time.clock(), time.end(), time.modality());
        return page.getByRole(AriaRole.GRIDCELL, new Page.GetByRoleOptions().setName(name));
    }

    /** Goes to the cell as someone without a mouse does: Tab into the grid, then arrows. */
    void travel(Locator cell) {
        assertThat(cell).hasCount(1);
        tab("[role=grid] td:focus");
        int column = place(cell, "c");
        for (int i = 0; i < MANY && place(focused(), "c") != column; i++) {
            press(place(focused(), "c") < column ? "ArrowRight" : "ArrowLeft");
        }
        int start = place(cell, "s");
        for (int i = 0; i < MANY && place(focused(), "s") != start; i++) {
            press(place(focused(), "s") < start ? "ArrowDown" : "ArrowUp");
        }
        assertThat(cell).isFocused();
    }

    /** From the top of one cell to the top of another. */
    void drag(Locator from, Locator to) {
        to.hover();
        from.hover();
        BoundingBox start = from.boundingBox();
        BoundingBox end = to.boundingBox();
        Mouse mouse = page.mouse();
        mouse.move(start.x + 20, start.y + 6);
        mouse.down();
        mouse.move(end.x + 20, (start.y + end.y) / 2);
        mouse.move(end.x + 20, end.y + 6);
        mouse.up();
    }

    private void tab(String until) {
        for (int i = 0; i < MANY && page.locator(until).count() == 0; i++) {
            press("Tab");
        }
        assertThat(page.locator(until)).hasCount(1);
    }

    private Locator focused() {
        return page.locator("[role=grid] td:focus");
    }

    private static int place(Locator cell, String what) {
        return Integer.parseInt(String.valueOf(cell.getAttribute("data-" + what)));
    }

    // --- the booking panel ------------------------------------------------------------------------------------------

    Locator panel() {
        return named(AriaRole.DIALOG, "Booking");
    }

    Locator field(String label) {
        return panel().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    /**
     * Types the patient's record number into the field that has the focus, and takes who is offered, by keys.
     *
     * @param next the field that the focus goes on to
     */
    void choosePatient(Patient patient, String next) {
        Locator field = panel().getByRole(
                        AriaRole.COMBOBOX,
                        new Locator.GetByRoleOptions().setName("Patient").setExact(true));
        assertThat(field).isFocused();
        page.keyboard().type(patient.recordNumber());
        Locator offered = panel().getByRole(AriaRole.LISTBOX).getByRole(AriaRole.OPTION);
        assertThat(offered.first()).containsText(patient.name());
        press("Enter");
        assertThat(field(next)).isFocused();
    }

    /** Opens the panel of a session, and waits until the focus is there: what is filled in before may end up elsewhere. */
    void open(Locator session) {
        session.click();
        assertThat(field("Date")).isFocused();
    }

    /** Sets the therapy, and its minutes other than usual. */
    void chooseTherapy(FreeTime time) {
        field("Therapy").selectOption(time.modality());
        settle();
        field("Minutes").fill(String.valueOf(time.minutes()));
        field("Room").selectOption("");
    }

    /** Waits until whatever was asked of the server is answered and on screen. */
    void settle() {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("PrimeFaces.ajax.Queue.isEmpty()")));
    }

    // --- whatever is shown ------------------------------------------------------------------------------------------

    /** What was said that has been done. */
    Locator toast() {
        return page.locator("#ek-toasts");
    }

    /** What was refused. */
    Locator alert() {
        return page.locator("#ek-alerts");
    }

    /** Turns discreet mode on, or off again. */
    void toggleDiscreet() {
        page.locator(".ek-user summary").click();
        reloads(button("Discreet mode")::click);
    }

    /** Does what has a page loaded, or this one again, and waits until it is. */
    void reloads(Runnable action) {
        page.evaluate("document.body.dataset.before = ''");
        action.run();
        assertThat(page.locator("body[data-before]")).hasCount(0);
        page.waitForLoadState();
    }

    void isAccessible() {
        window.axe();
    }

    /** Nothing lies beyond the right edge of the window. */
    void fits() {
        assertEquals(
                0,
                page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
                () -> page.url() + " scrolls sideways");
    }

    @Override
    public void close() {
        window.close();
    }
}

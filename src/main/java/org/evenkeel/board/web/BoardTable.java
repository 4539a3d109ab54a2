package org.evenkeel.board.web;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenkeel.board.DayBoard;
import org.evenkeel.board.DayBoard.Attendee;
import org.evenkeel.board.DayBoard.Booked;
import org.evenkeel.board.DayBoard.Column;
import org.evenkeel.board.DayBoard.Elsewhere;
import org.evenkeel.board.DayBoard.Group;
import org.evenkeel.board.Grid;
import org.evenkeel.board.Grid.Cell;
import org.evenkeel.board.Grid.Kind;
import org.evenkeel.board.Grid.Row;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.shared.Phrases;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * Writes a board as one {@code <table role="grid">}. A cell's {@code data-} attributes are what the script needs: column ({@code
 * c}), start in minutes since 1970 ({@code s}) and, for a session, its id, version ({@code v}), minutes ({@code m}) and its own start
 * where that was the day before ({@code from}).
 */
final class BoardTable {
    /** What the script says in the reader's language; keys are {@code board.say.*}. */
    private static final List<String> SAID =
            List.of("moving", "target", "taken", "aborted", "dropped", "pick", "noSession", "refreshed");

    private final ResponseWriter writer;
    private final @Nullable UIComponent component;
    private final DayBoard day;
    private final Grid grid;
    private final ZoneId zone;
    private final Locale locale;
    private final boolean discreet;
    private final Texts texts;
    private final String icons;
    private final String id;

    /**
     * @param id of the element around it
     * @param icons the address of the icons
     * @param discreet whether initials stand for names
     */
    BoardTable(
            ResponseWriter writer,
            @Nullable UIComponent component,
            DayBoard day,
            String id,
            String icons,
            boolean discreet,
            Locale locale) {
        this.writer = writer;
        this.component = component;
        this.day = day;
        this.grid = Grid.of(day);
        this.zone = day.site().zone();
        this.locale = locale;
        this.discreet = discreet;
        this.texts = new Texts(locale);
        this.icons = icons;
        this.id = id;
    }

    void write() throws IOException {
        start("div", "ek-board");
        attribute("id", id);
        for (String key : SAID) {
            attribute(
                    "data-say-" + key.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT),
                    texts.get("board.say." + key));
        }
        picker();
        start("div", "ek-board-scroll");
        attribute("tabindex", "0");
        attribute("role", "region");
        attribute("aria-label", texts.get("board.region"));
        start("div", "ek-board-sheet");
        attribute("style", "--columns: " + day.columns().size());
        table();
        start("div", "ek-board-now");
        attribute("hidden", "hidden");
        end("div");
        end("div");
        end("div");
        end("div");
    }

    /** On a narrow screen one therapist is shown, and chosen here. */
    private void picker() throws IOException {
        start("div", "ek-board-picker");
        start("label", "");
        attribute("for", id + "_picker");
        text(texts.get("board.therapist"));
        end("label");
        start("select", "");
        attribute("id", id + "_picker");
        int index = 0;
        for (Column column : day.columns()) {
            start("option", "");
            attribute("value", String.valueOf(index++));
            text(column.therapist());
            end("option");
        }
        end("select");
        end("div");
    }

    private void table() throws IOException {
        start("table", "");
        attribute("role", "grid");
        attribute("aria-label", texts.get("board.label", day.site().name(), Formats.date(day.date(), locale)));
        head();
        start("tbody", "");
        int columns = day.columns().size();
        int[] next = new int[columns];
        boolean first = true;
        List<Row> rows = grid.rows();
        for (int r = 0; r < rows.size(); r++) {
            row(rows.get(r));
            for (int c = 0; c < columns; c++) {
                List<Cell> cells = grid.columns().get(c);
                if (next[c] < cells.size() && cells.get(next[c]).firstRow() == r) {
                    boolean continued = next[c] > 0
                            && cells.get(next[c] - 1).kind()
                                    == cells.get(next[c]).kind();
                    cell(cells.get(next[c]++), c, first, continued);
                    first = false;
                }
            }
            end("tr");
        }
        end("tbody");
        end("table");
    }

    private void head() throws IOException {
        start("thead", "");
        start("tr", "");
        start("th", "");
        attribute("scope", "col");
        start("span", "ek-sr");
        text(texts.get("board.time"));
        end("span");
        end("th");
        for (Column column : day.columns()) {
            start("th", "");
            attribute("scope", "col");
            attribute("data-id", String.valueOf(column.therapistId()));
            text(column.therapist());
            end("th");
        }
        end("tr");
        end("thead");
    }

    private void row(Row row) throws IOException {
        int minutes = row.slot().minutes();
        boolean hour = row.isHour(zone);
        boolean quarter = minuteOfHour(row.slot().start()) % 15 == 0;
        start("tr", (hour ? "h" : quarter ? "q" : "x") + " m" + Math.min(15, (minutes + 4) / 5 * 5));
        attribute("data-s", minutesOf(row.slot().start()));
        start("th", "");
        attribute("scope", "row");
        text(clock(row.slot().start()));
        end("th");
    }

    private int minuteOfHour(Instant instant) {
        return instant.atZone(zone).getMinute();
    }

    private void cell(Cell cell, int column, boolean tabStop, boolean continued) throws IOException {
        boolean past = !cell.slot().end().isAfter(day.readAt());
        start("td", style(cell.kind()) + (past ? " p" : ""));
        if (cell.rowspan() > 1) {
            attribute("rowspan", String.valueOf(cell.rowspan()));
        }
        if (tabStop) {
            attribute("tabindex", "0");
        }
        attribute("data-c", String.valueOf(column));
        attribute("data-s", minutesOf(cell.slot().start()));
        String therapist = day.columns().get(column).therapist();
        switch (cell.kind()) {
            case SESSION -> sessions(cell, column);
            case ELSEWHERE -> elsewhere(cell, therapist);
            case FREE ->
                attribute(
                        "aria-label",
                        texts.get(
                                past ? "board.cell.past" : "board.cell.free",
                                therapist,
                                clock(cell.slot().start())));
            case OUTSIDE -> {
                attribute(
                        "aria-label",
                        texts.get(
                                "board.cell.outside",
                                therapist,
                                clock(cell.slot().start())));
                if (!continued) {
                    note(texts.get("board.outside"));
                }
            }
            case TIME_OFF -> stretch(cell, therapist, texts.get("board.timeOff"));
            case CLOSED ->
                stretch(
                        cell,
                        therapist,
                        day.closure() == null || day.closure().isBlank()
                                ? texts.get("board.closed")
                                : texts.get("board.closedFor", day.closure()));
            default -> throw new IllegalStateException();
        }
        end("td");
    }

    private static String style(Kind kind) {
        return switch (kind) {
            case FREE -> "f";
            case OUTSIDE -> "o";
            case TIME_OFF -> "t";
            case CLOSED -> "k";
            case SESSION -> "s";
            case ELSEWHERE -> "e";
        };
    }

    private void stretch(Cell cell, String therapist, String word) throws IOException {
        attribute("aria-label", texts.get("board.cell.stretch", therapist, from(cell.slot()), to(cell.slot()), word));
        note(word);
    }

    private void note(String word) throws IOException {
        start("span", "note");
        text(word);
        end("span");
    }

    private void sessions(Cell cell, int column) throws IOException {
        Booked first = cell.sessions().get(0);
        attribute("data-id", String.valueOf(first.sessionId()));
        attribute("data-v", String.valueOf(first.version()));
        attribute("data-m", String.valueOf(first.slot().minutes()));
        if (!first.slot().start().equals(cell.slot().start())) {
            attribute("data-from", minutesOf(first.slot().start()));
        }
        if (day.columns().get(column).therapistId() != first.therapistId()) {
            attribute("data-lead", String.valueOf(first.therapistId()));
        }
        StringBuilder label = new StringBuilder();
        for (Booked session : cell.sessions()) {
            label.append(label.isEmpty() ? "" : "; ").append(label(session));
        }
        attribute("aria-label", label.toString());
        for (Booked session : cell.sessions()) {
            card(session);
        }
    }

    /** What the card shows, in its order, and the therapy in full: who speaks to the machine says what they see (WCAG 2.5.3). */
    private String label(Booked session) {
        Group group = session.group();
        if (group != null) {
            return texts.get(
                    "board.cell.group",
                    group.name(),
                    seats(group)
                            + spoken(flags(session))
                            + (session.progress() == ParticipantState.ATTENDED
                                    ? spoken(List.of("state.ATTENDED"))
                                    : ""),
                    from(session.slot()),
                    to(session.slot()),
                    session.code(),
                    session.room(),
                    session.modality());
        }
        return texts.get(
                "board.cell.session",
                from(session.slot()),
                to(session.slot()),
                session.modality(),
                names(session),
                session.room(),
                texts.get("state." + session.progress()) + spoken(flags(session)),
                session.code());
    }

    /** "7 of 10, 3 free", "10 of 10, full" or "8 of 10, 1 kept, 1 free". */
    private String seats(Group group) {
        String seats = texts.get("board.seats", String.valueOf(group.taken()), String.valueOf(group.capacity()));
        String kept = group.kept() == 0 ? "" : ", " + texts.get("board.seats.kept", String.valueOf(group.kept()));
        return seats + kept + ", "
                + (group.free() == 0
                        ? texts.get("board.seats.full")
                        : texts.get("board.seats.free", String.valueOf(group.free())));
    }

    /** What is wrong with a session, as keys. */
    private static List<String> flags(Booked session) {
        List<String> flags = new ArrayList<>();
        if (session.group() != null && session.underStaffed()) {
            flags.add("board.underStaffed");
        }
        if (session.unqualified()) {
            flags.add("board.unqualified");
        }
        return flags;
    }

    private String spoken(List<String> keys) {
        return keys.stream().map(key -> ", " + texts.get(key)).collect(Collectors.joining());
    }

    private void card(Booked session) throws IOException {
        Group group = session.group();
        String state = session.progress().name();
        start("div", "card ek-mod-" + session.colour() + " " + state + (group == null ? "" : " group"));
        start("b", "");
        text(group == null ? names(session) : group.name());
        end("b");
        text(" ");
        if (group == null) {
            state("state", "state-" + state, texts.get("state." + state));
        } else {
            state("state seats", "patients", seats(group));
        }
        for (String flag : flags(session)) {
            text(" ");
            state("state flag", "warn", texts.get(flag));
        }
        if (group != null && session.progress() == ParticipantState.ATTENDED) {
            text(" ");
            state("state", "state-ATTENDED", texts.get("state.ATTENDED"));
        }
        text(" ");
        start("span", "");
        text(clock(session.slot().start()) + "\u2013" + clock(session.slot().end()));
        end("span");
        text(" ");
        start("span", "");
        text(session.code() + " \u00b7 " + session.room());
        end("span");
        end("div");
    }

    private void state(String style, String icon, String word) throws IOException {
        start("span", style);
        writer.startElement("svg", component);
        attribute("class", "ek-icon");
        attribute("aria-hidden", "true");
        writer.startElement("use", component);
        attribute("href", icons + "#" + icon);
        end("use");
        end("svg");
        text(word);
        end("span");
    }

    private String names(Booked session) {
        StringBuilder names = new StringBuilder();
        for (Attendee attendee : session.participants()) {
            names.append(names.isEmpty() ? "" : ", ").append(discreet ? attendee.initials() : attendee.name());
        }
        return names.toString();
    }

    private void elsewhere(Cell cell, String therapist) throws IOException {
        Elsewhere busy = cell.elsewhere().get(0);
        String site = busy.site().zone().equals(zone)
                ? busy.site().name()
                : texts.get(
                        "board.elsewhereZone",
                        busy.site().name(),
                        Formats.clock(busy.slot().start(), busy.site().zone(), locale),
                        Formats.zone(busy.site().zone(), locale));
        attribute("aria-label", texts.get("board.cell.elsewhere", therapist, from(busy.slot()), to(busy.slot()), site));
        start("div", "card");
        start("b", "");
        text(texts.get("board.elsewhere"));
        end("b");
        start("span", "");
        text(clock(busy.slot().start()) + "\u2013" + clock(busy.slot().end()));
        end("span");
        start("span", "");
        text(site);
        end("span");
        end("div");
    }

    private String from(TimeSlot slot) {
        return clock(slot.start());
    }

    private String to(TimeSlot slot) {
        return clock(slot.end());
    }

    private String clock(Instant instant) {
        return Formats.clock(instant, zone, locale);
    }

    private static String minutesOf(Instant instant) {
        return String.valueOf(instant.getEpochSecond() / 60);
    }

    private void start(String element, String style) throws IOException {
        writer.startElement(element, component);
        if (!style.isEmpty()) {
            attribute("class", style);
        }
    }

    private void attribute(String name, String value) throws IOException {
        writer.writeAttribute(name, value, null);
    }

    private void text(String text) throws IOException {
        writer.writeText(text, null);
    }

    private void end(String element) throws IOException {
        writer.endElement(element);
    }

    /** Texts with plain places {0} to {9}: hundreds of them for one board, so without MessageFormat. */
    private static final class Texts {
        private final Phrases phrases;

        Texts(Locale locale) {
            phrases = Phrases.in(locale);
        }

        String get(String key, String... values) {
            String text = phrases.of(key);
            for (int i = 0; i < values.length; i++) {
                text = text.replace("{" + i + "}", values[i]);
            }
            return text;
        }
    }
}

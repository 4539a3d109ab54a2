package org.evenkeel.board.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.evenkeel.board.DayBoard;
import org.evenkeel.board.DayBoard.Attendee;
import org.evenkeel.board.DayBoard.Booked;
import org.evenkeel.board.DayBoard.Column;
import org.evenkeel.board.DayBoard.Elsewhere;
import org.evenkeel.board.DayBoard.Place;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.SessionState;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BoardTableTest {
    private static final LocalDate THURSDAY = LocalDate.of(2027, 3, 4);
    private static final Place NORTH = new Place(1, "North", ZoneId.of("America/New_York"));
    private static final Place WEST = new Place(2, "West", ZoneId.of("America/Los_Angeles"));

    @Test
    void a_grid_with_therapists_as_column_headers() throws Exception {
        Document table = draw(board(lee(), ruiz()), false);

        assertEquals(1, count(table, "//table[@role='grid']"));
        assertEquals("Day board, North, Thu 4 Mar 2027", one(table, "//table").getAttribute("aria-label"));
        assertEquals(3, count(table, "//thead//th[@scope='col']"));
        assertEquals("7", one(table, "//thead//th[.='Dr Lee']").getAttribute("data-id"));
        assertEquals("09:00", one(table, "(//tbody//th[@scope='row'])[1]").getTextContent());
    }

    @Test
    void one_tab_stop_and_one_for_the_scroll_region() throws Exception {
        Document table = draw(board(lee(), ruiz()), false);

        assertEquals(1, count(table, "//td[@tabindex='0']"));
        assertEquals(2, count(table, "//*[@tabindex]"));
    }

    @Test
    void cells_read_well() throws Exception {
        Document table = draw(board(lee()), false);

        assertEquals(1, count(table, "//td[@aria-label='Dr Lee, 09:15, free']"));
        assertEquals(
                1,
                count(
                        table,
                        "//td[@aria-label='Ana Ruiz, Arrived, 10:00\u201310:50, CBT \u00b7 Room 2, Cognitive behavioral therapy']"));
        assertEquals(1, count(table, "//td[@aria-label='Dr Lee, 14:00 to 15:00, Time off']"));
        assertEquals(1, count(table, "//td[@aria-label='Dr Lee, 12:00, outside hours']"));
        assertEquals(1, count(table, "//td[@aria-label='Dr Lee, 16:00 to 16:50, busy at West, 13:00 Pacific Time']"));
    }

    @Test
    void a_session_is_one_cell_with_what_a_script_needs() throws Exception {
        Element cell = one(draw(board(lee()), false), "//td[@data-id]");

        assertEquals("500", cell.getAttribute("data-id"));
        assertEquals("3", cell.getAttribute("data-v"));
        assertEquals("50", cell.getAttribute("data-m"));
        assertEquals("4", cell.getAttribute("rowspan"));
        assertEquals(String.valueOf(at("10:00").getEpochSecond() / 60), cell.getAttribute("data-s"));
        assertTrue(cell.getTextContent().contains("Arrived"), "the state is a word");
        assertEquals(
                "/icons.svg#state-CHECKED_IN",
                one(cell.getOwnerDocument(), "//use").getAttribute("href"));
    }

    @Test
    void a_session_of_the_night_before_tells_when_it_began() throws Exception {
        TimeSlot night = new TimeSlot(at("00:00").minusSeconds(1800), at("00:30"));
        Column column = new Column(7, "Dr Lee", List.of(), List.of(), List.of(session(500, night)), List.of(), 1);
        Element cell = one(draw(board(column), false), "//td[@data-id]");

        assertEquals(String.valueOf(at("00:00").getEpochSecond() / 60), cell.getAttribute("data-s"));
        assertEquals(String.valueOf(night.start().getEpochSecond() / 60), cell.getAttribute("data-from"));
        assertEquals(0, count(draw(board(lee()), false), "//td[@data-from]"));
    }

    @Test
    void a_session_after_a_lapse_says_so() throws Exception {
        Booked lapsed = session(700, slot("10:00", "10:50"), true);
        Document table = draw(
                board(new Column(
                        7, "Dr Lee", List.of(slot("09:00", "17:00")), List.of(), List.of(lapsed), List.of(), 1)),
                false);

        assertEquals(
                1,
                count(
                        table,
                        "//td[@aria-label='Ana Ruiz, Arrived, Not qualified on this date, 10:00\u201310:50, CBT \u00b7 Room 2,"
                                + " Cognitive behavioral therapy']"));
        assertEquals(1, count(table, "//span[contains(@class, 'flag')]//*[@href='/icons.svg#warn']"));
    }

    @Test
    void discreet_mode_shows_initials() throws Exception {
        String drawn = write(board(lee()), true);

        assertFalse(drawn.contains("Ana") || drawn.contains("Ruiz"), drawn);
        assertTrue(drawn.contains("A. R."));
    }

    @Test
    void a_group_shows_its_name_its_seats_and_what_is_wrong() throws Exception {
        Document table = draw(board(groupColumn(7), groupColumn(8)), false);

        assertEquals(
                2,
                count(
                        table,
                        "//td[@aria-label='DBT skills, 7 of 10, 3 free, Under-staffed, 10:00\u201311:30, DBT \u00b7 Room 4, Dialectical"
                                + " behavioral therapy']"));
        assertEquals(2, count(table, "//div[contains(@class, 'group')]//*[@href='/icons.svg#warn']"));
        assertEquals(1, count(table, "//td[@data-lead='7']"), "in the column of who only facilitates it");
    }

    private static Column groupColumn(long therapist) {
        Booked group = new Booked(
                600,
                3,
                7,
                List.of(8L),
                new DayBoard.Group("DBT skills", 10, 7, 0, 7),
                true,
                false,
                slot("10:00", "11:30"),
                4,
                "DBT",
                "Dialectical behavioral therapy",
                2,
                5,
                "Room 4",
                SessionState.BOOKED,
                false,
                List.of());
        return new Column(
                therapist, "Dr " + therapist, List.of(slot("09:00", "17:00")), List.of(), List.of(group), List.of(), 1);
    }

    @Test
    void names_are_escaped() throws Exception {
        Column column = new Column(7, "<script>", List.of(slot("09:00", "10:00")), List.of(), List.of(), List.of(), 0);

        assertFalse(write(board(column), false).contains("<script>"));
    }

    @Test
    void every_row_is_complete() throws Exception {
        Document table = draw(board(lee(), ruiz()), false);
        int rows = count(table, "//tbody/tr");

        for (int c = 0; c < 2; c++) {
            int covered = 0;
            NodeList cells = list(table, "//td[@data-c='" + c + "']");
            for (int i = 0; i < cells.getLength(); i++) {
                String span = ((Element) cells.item(i)).getAttribute("rowspan");
                covered += span.isEmpty() ? 1 : Integer.parseInt(span);
            }
            assertEquals(rows, covered);
        }
    }

    @Test
    void a_full_board_is_light() throws Exception {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < 12; c++) {
            List<Booked> sessions = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                sessions.add(session(100L * c + i, slot("%02d:00".formatted(9 + i), "%02d:50".formatted(9 + i))));
            }
            columns.add(new Column(c, "Dr " + c, List.of(slot("08:00", "18:00")), List.of(), sessions, List.of(), 7));
        }
        DayBoard board = board(columns.toArray(Column[]::new));

        assertTrue(write(board, false).length() < 150_000, "it is compressed to a tenth on its way");
    }

    private static Column lee() {
        return new Column(
                7,
                "Dr Lee",
                List.of(slot("09:00", "12:00"), slot("13:00", "17:00")),
                List.of(slot("14:00", "15:00")),
                List.of(session(500, slot("10:00", "10:50"))),
                List.of(new Elsewhere(slot("16:00", "16:50"), WEST)),
                1);
    }

    private static Column ruiz() {
        return new Column(8, "Dr Ruiz", List.of(slot("09:00", "17:00")), List.of(), List.of(), List.of(), 0);
    }

    private static Booked session(long id, TimeSlot slot) {
        return session(id, slot, false);
    }

    private static Booked session(long id, TimeSlot slot, boolean unqualified) {
        return new Booked(
                id,
                3,
                7,
                List.of(),
                null,
                false,
                unqualified,
                slot,
                4,
                "CBT",
                "Cognitive behavioral therapy",
                2,
                5,
                "Room 2",
                SessionState.BOOKED,
                false,
                List.of(new Attendee(1, 2, "Ana Ruiz", "A. R.", ParticipantState.CHECKED_IN)));
    }

    private static DayBoard board(Column... columns) {
        TimeSlot day = new TimeSlot(
                THURSDAY.atStartOfDay(NORTH.zone()).toInstant(),
                THURSDAY.plusDays(1).atStartOfDay(NORTH.zone()).toInstant());
        return new DayBoard(
                NORTH,
                THURSDAY,
                day,
                List.of(NORTH, WEST),
                null,
                List.of(columns),
                1,
                1,
                List.of(),
                false,
                null,
                day.start());
    }

    private static Instant at(String time) {
        return THURSDAY.atTime(LocalTime.parse(time)).atZone(NORTH.zone()).toInstant();
    }

    private static TimeSlot slot(String from, String to) {
        return new TimeSlot(at(from), at(to));
    }

    private static String write(DayBoard board, boolean discreet) throws IOException {
        PlainWriter writer = new PlainWriter();
        new BoardTable(writer, null, board, "board", "/icons.svg", discreet, Locale.ENGLISH).write();
        return writer.toString();
    }

    private static Document draw(DayBoard board, boolean discreet) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(write(board, discreet))));
    }

    private static NodeList list(Document document, String path) throws Exception {
        return (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
    }

    private static int count(Document document, String path) throws Exception {
        return list(document, path).getLength();
    }

    private static Element one(Document document, String path) throws Exception {
        return (Element) list(document, path).item(0);
    }
}

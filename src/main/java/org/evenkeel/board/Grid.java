package org.evenkeel.board;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.evenkeel.board.DayBoard.Booked;
import org.evenkeel.board.DayBoard.Column;
import org.evenkeel.board.DayBoard.Elsewhere;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A day board as a table. Rows are the quarter hours of elapsed time between the first and the last hour that matter, and
 * whatever other times something starts or ends at; so a day of 23 or 25 hours is as regular as any other. In each column the
 * cells follow each other without gap or overlap.
 */
public final class Grid {

    /** What a cell says. */
    public enum Kind {
        FREE,
        /** Nobody's working time; booking needs a reason. */
        OUTSIDE,
        TIME_OFF,
        CLOSED,
        SESSION,
        ELSEWHERE;

        /** Whether something may be booked into or moved to it. */
        public boolean isOpen() {
            return this == FREE || this == OUTSIDE;
        }
    }

    /** From one mark of time to the next. */
    public record Row(TimeSlot slot) {
        /** Whether it begins a full hour on the wall. */
        public boolean isHour(ZoneId zone) {
            return slot.start().atZone(zone).getMinute() == 0;
        }
    }

    /**
     * A stretch of a therapist's day.
     *
     * @param slot as far as it lies within the grid
     * @param firstRow index into {@link #rows()}
     * @param rowspan how many rows it covers
     * @param sessions what takes place here; more than one only if the data were broken
     */
    public record Cell(
            Kind kind, TimeSlot slot, int firstRow, int rowspan, List<Booked> sessions, List<Elsewhere> elsewhere) {}

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int FROM_HOUR = 8;
    private static final int TO_HOUR = 18;

    private final ZoneId zone;
    private final TimeSlot range;
    private final NavigableSet<Instant> quarters = new TreeSet<>();
    private final List<Row> rows;
    private final List<List<Cell>> columns;

    private Grid(DayBoard board) {
        zone = board.site().zone();
        range = range(board);
        NavigableSet<Instant> marks = marks(board);
        Map<Instant, Integer> index = new HashMap<>();
        rows = new ArrayList<>(marks.size());
        Instant last = null;
        for (Instant mark : marks) {
            if (last != null) {
                rows.add(new Row(new TimeSlot(last, mark)));
            }
            index.put(mark, index.size());
            last = mark;
        }
        columns = board.columns().stream()
                .map(column -> cells(column, board.closure() != null, marks, index))
                .toList();
    }

    public static Grid of(DayBoard board) {
        return new Grid(board);
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** For each column of the board its cells from top to bottom. */
    public List<List<Cell>> columns() {
        return columns;
    }

    /** From the first to the last instant shown. */
    public TimeSlot range() {
        return range;
    }

    /** The full hours around all that happens, within the day; office hours if nothing does. */
    private TimeSlot range(DayBoard board) {
        @Nullable Instant from = null;
        @Nullable Instant to = null;
        for (Column column : board.columns()) {
            for (TimeSlot slot : shaping(column)) {
                from = from == null || slot.start().isBefore(from) ? slot.start() : from;
                to = to == null || slot.end().isAfter(to) ? slot.end() : to;
            }
        }
        ZonedDateTime midnight = board.date().atStartOfDay(zone);
        if (from == null || to == null) {
            return new TimeSlot(
                    midnight.withHour(FROM_HOUR).toInstant(),
                    midnight.withHour(TO_HOUR).toInstant());
        }
        Instant first = from.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
        Instant last = to.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
        last = last.isBefore(to) ? last.plus(1, ChronoUnit.HOURS) : last;
        return new TimeSlot(
                first.isBefore(board.day().start()) ? board.day().start() : first,
                last.isAfter(board.day().end()) ? board.day().end() : last);
    }

    private static List<TimeSlot> shaping(Column column) {
        List<TimeSlot> slots = new ArrayList<>(column.working());
        column.sessions().forEach(s -> slots.add(s.slot()));
        column.elsewhere().forEach(e -> slots.add(e.slot()));
        return slots;
    }

    private NavigableSet<Instant> marks(DayBoard board) {
        for (Instant at = range.start(); at.isBefore(range.end()); at = at.plus(QUARTER)) {
            quarters.add(at);
        }
        quarters.add(range.end());
        NavigableSet<Instant> marks = new TreeSet<>(quarters);
        for (Column column : board.columns()) {
            List<TimeSlot> slots = shaping(column);
            slots.addAll(column.timeOff());
            for (TimeSlot slot : slots) {
                if (slot.overlaps(range)) {
                    marks.add(clip(slot).start());
                    marks.add(clip(slot).end());
                }
            }
        }
        return marks;
    }

    private TimeSlot clip(TimeSlot slot) {
        return new TimeSlot(
                slot.start().isBefore(range.start()) ? range.start() : slot.start(),
                slot.end().isAfter(range.end()) ? range.end() : slot.end());
    }

    private List<Cell> cells(Column column, boolean closed, NavigableSet<Instant> marks, Map<Instant, Integer> index) {
        List<Cell> cells = new ArrayList<>();
        Instant at = range.start();
        for (Block block : blocks(column)) {
            fill(column, closed, at, block.slot.start(), marks, index, cells);
            cells.add(cell(
                    block.sessions.isEmpty() ? Kind.ELSEWHERE : Kind.SESSION,
                    block.slot,
                    index,
                    List.copyOf(block.sessions),
                    List.copyOf(block.elsewhere)));
            at = block.slot.end();
        }
        fill(column, closed, at, range.end(), marks, index, cells);
        return cells;
    }

    private static Cell cell(
            Kind kind, TimeSlot slot, Map<Instant, Integer> index, List<Booked> sessions, List<Elsewhere> elsewhere) {
        int first = index.getOrDefault(slot.start(), 0);
        return new Cell(kind, slot, first, index.getOrDefault(slot.end(), 0) - first, sessions, elsewhere);
    }

    /** What takes place, in order; what overlaps, which the database does not allow, shares one block. */
    private List<Block> blocks(Column column) {
        List<Block> single = new ArrayList<>();
        for (Booked session : column.sessions()) {
            if (session.slot().overlaps(range)) {
                Block block = new Block(clip(session.slot()));
                block.sessions.add(session);
                single.add(block);
            }
        }
        for (Elsewhere busy : column.elsewhere()) {
            if (busy.slot().overlaps(range)) {
                Block block = new Block(clip(busy.slot()));
                block.elsewhere.add(busy);
                single.add(block);
            }
        }
        single.sort(Comparator.comparing(b -> b.slot.start()));
        List<Block> blocks = new ArrayList<>();
        for (Block block : single) {
            Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
            if (last != null && last.slot.overlaps(block.slot)) {
                last.join(block);
            } else {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static final class Block {
        private TimeSlot slot;
        private final List<Booked> sessions = new ArrayList<>();
        private final List<Elsewhere> elsewhere = new ArrayList<>();

        Block(TimeSlot slot) {
            this.slot = slot;
        }

        void join(Block other) {
            Instant end = slot.end().isAfter(other.slot.end()) ? slot.end() : other.slot.end();
            slot = new TimeSlot(slot.start(), end);
            sessions.addAll(other.sessions);
            elsewhere.addAll(other.elsewhere);
        }
    }

    /** Cells for a stretch without anything booked: leave and closure in one piece, open time by the quarter hour. */
    private void fill(
            Column column,
            boolean closed,
            Instant from,
            Instant to,
            NavigableSet<Instant> marks,
            Map<Instant, Integer> index,
            List<Cell> cells) {
        Instant at = from;
        while (at.isBefore(to)) {
            Kind kind = kind(column, closed, at);
            Instant end = next(marks, at, to);
            while (end.isBefore(to) && kind(column, closed, end) == kind) {
                end = next(marks, end, to);
            }
            for (TimeSlot slot : kind.isOpen() ? byQuarters(at, end) : List.of(new TimeSlot(at, end))) {
                cells.add(cell(kind, slot, index, List.of(), List.of()));
            }
            at = end;
        }
    }

    private static Instant next(NavigableSet<Instant> marks, Instant after, Instant atMost) {
        Instant mark = marks.higher(after);
        return mark == null || mark.isAfter(atMost) ? atMost : mark;
    }

    private static Kind kind(Column column, boolean closed, Instant at) {
        if (closed) {
            return Kind.CLOSED;
        }
        if (column.timeOff().stream().anyMatch(s -> s.contains(at))) {
            return Kind.TIME_OFF;
        }
        return column.working().stream().anyMatch(s -> s.contains(at)) ? Kind.FREE : Kind.OUTSIDE;
    }

    /** Cut at the quarters; a remainder of minutes joins its neighbour, so that 10:50 is one cell until 11:15. */
    private List<TimeSlot> byQuarters(Instant from, Instant to) {
        List<Instant> cuts = new ArrayList<>(quarters.subSet(from, false, to, false));
        if (!cuts.isEmpty() && cuts.get(0).isBefore(from.plus(QUARTER))) {
            cuts.remove(0);
        }
        if (!cuts.isEmpty() && cuts.get(cuts.size() - 1).isAfter(to.minus(QUARTER))) {
            cuts.remove(cuts.size() - 1);
        }
        cuts.add(to);
        List<TimeSlot> slots = new ArrayList<>();
        Instant at = from;
        for (Instant cut : cuts) {
            slots.add(new TimeSlot(at, cut));
            at = cut;
        }
        return slots;
    }
}

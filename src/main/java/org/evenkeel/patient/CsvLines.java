package org.evenkeel.patient;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file as bytes, one at a time, however long the file or a line of it is. A line ends as Unix, Windows or an old Mac
 * ends it, even if a file does so by turns.
 */
final class CsvLines implements Closeable {
    /** Bytes; what is longer is no line of a patient. */
    static final int LONGEST = 32 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * @param number from 1
     * @param bytes without the line break and a byte order mark; null if the line is too long
     */
    record Line(int number, byte @Nullable [] bytes) {}

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST];
    private final byte[] line = new byte[LONGEST];
    private final Deque<Line> returned = new ArrayDeque<>();
    private int position;
    private int end;
    private int number;

    CsvLines(InputStream in) {
        this.in = in;
    }

    /** The next line; null at the end. */
    @Nullable
    Line next() throws IOException {
        return returned.isEmpty() ? read() : returned.pop();
    }

    /** Gives lines back, to be read again in their order. */
    void giveBack(List<Line> lines) {
        ListIterator<Line> backwards = lines.listIterator(lines.size());
        while (backwards.hasPrevious()) {
            returned.push(backwards.previous());
        }
    }

    private @Nullable Line read() throws IOException {
        int length = 0;
        boolean tooLong = false;
        int next = nextByte();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n' && next != '\r'; next = nextByte()) {
            if (length < LONGEST) {
                line[length++] = (byte) next;
            } else {
                tooLong = true;
            }
        }
        if (next == '\r' && peek() == '\n') {
            position++;
        }
        number++;
        return new Line(number, tooLong ? null : trimmed(length));
    }

    private byte[] trimmed(int length) {
        int from = number == 1 && startsWithMark(length) ? BYTE_ORDER_MARK.length : 0;
        return Arrays.copyOfRange(line, from, length);
    }

    private boolean startsWithMark(int length) {
        return length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private int nextByte() throws IOException {
        int next = peek();
        if (next >= 0) {
            position++;
        }
        return next;
    }

    /** The byte to come; less than 0 at the end. */
    private int peek() throws IOException {
        if (position == end) {
            end = Math.max(in.read(buffer), 0);
            position = 0;
        }
        return position < end ? buffer[position] & 0xFF : -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package org.evenkeel.patient;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.evenkeel.patient.CsvLines.Line;
import org.evenkeel.shared.Phrases.Phrase;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file. A record that cannot be read costs its own line and no other: after a quote that never closes, reading
 * goes on with the very next line.
 */
final class CsvRecords implements Closeable {
    /** A quoted value may hold line breaks, but not more than these. */
    private static final int MOST_LINES = 20;

    private static final Phrase OPEN_QUOTE = Phrase.of("invalid.patient.quoteOpen");

    /**
     * @param line where it starts, from 1
     * @param values empty if it is refused
     * @param refusal why it cannot be read, or null
     */
    record Row(int line, List<String> values, @Nullable Phrase refusal) {

        private static Row refused(int line, Phrase why) {
            return new Row(line, List.of(), why);
        }
    }

    private final CsvLines lines;
    private final Charset charset;
    private final CSVFormat format;
    private final int columns;

    /** @param columns how many values a record has, or 0 if that is not known yet */
    CsvRecords(CsvLines lines, Charset charset, char separator, int columns) {
        this.lines = lines;
        this.charset = charset;
        this.format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get();
        this.columns = columns;
    }

    /** The next record that is not blank; null at the end. */
    @Nullable
    Row next() throws IOException {
        for (Line line = lines.next(); line != null; line = lines.next()) {
            Row row = row(line);
            if (row.refusal() != null || row.values().stream().anyMatch(value -> !value.isBlank())) {
                return row;
            }
        }
        return null;
    }

    private Row row(Line first) throws IOException {
        List<Line> more = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Line line = first; line != null && more.size() < MOST_LINES; line = lines.next()) {
            if (line != first) {
                more.add(line);
                text.append('\n');
            }
            Phrase problem = append(line, text);
            if (problem != null) {
                return refused(first, line == first ? problem : OPEN_QUOTE, more);
            }
            List<String> values = parsed(text.toString());
            if (values != null) {
                return complete(first, values, more);
            }
        }
        return refused(first, OPEN_QUOTE, more);
    }

    private @Nullable Phrase append(Line line, StringBuilder text) {
        byte[] bytes = line.bytes();
        if (bytes == null || text.length() > CsvLines.LONGEST) {
            return Phrase.of("invalid.patient.lineTooLong", CsvLines.LONGEST / 1024);
        }
        try {
            text.append(charset.newDecoder().decode(ByteBuffer.wrap(bytes)));
        } catch (CharacterCodingException e) {
            return Phrase.of("invalid.patient.lineEncoding", charset.displayName());
        }
        return text.indexOf("\0") < 0 ? null : Phrase.of("invalid.patient.lineControl");
    }

    /** The values; null while a quote is open. */
    private @Nullable List<String> parsed(String text) {
        try (CSVParser parser = CSVParser.parse(text, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? records.get(0).toList() : List.of();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return null;
        }
    }

    private Row complete(Line first, List<String> values, List<Line> more) {
        if (columns == 0 || values.size() == columns || values.stream().allMatch(String::isBlank)) {
            return new Row(first.number(), values, null);
        }
        if (values.size() > columns && values.stream().skip(columns).allMatch(String::isBlank)) {
            return new Row(first.number(), values.subList(0, columns), null);
        }
        return refused(
                first,
                more.isEmpty()
                        ? Phrase.of(
                                "invalid.patient.lineValues", String.valueOf(values.size()), String.valueOf(columns))
                        : Phrase.of("invalid.patient.quoteInside"),
                more);
    }

    private Row refused(Line first, Phrase why, List<Line> more) {
        lines.giveBack(more);
        return Row.refused(first.number(), why);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

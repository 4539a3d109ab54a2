package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.evenkeel.patient.CsvRecords.Row;
import org.evenkeel.shared.Phrases;
import org.evenkeel.shared.Phrases.Phrase;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

    /** "line: values" or "line! refusal" of each. */
    private static List<String> read(byte[] file, Charset charset, int columns) throws IOException {
        List<String> read = new ArrayList<>();
        try (CsvRecords records = new CsvRecords(new CsvLines(new ByteArrayInputStream(file)), charset, ',', columns)) {
            for (Row row = records.next(); row != null; row = records.next()) {
                read.add(row.line() + (row.refusal() == null ? ": " + row.values() : "! " + told(row.refusal())));
            }
        }
        return read;
    }

    private static String told(Phrase refusal) {
        return Phrases.in(Locale.ENGLISH).of(refusal.key(), refusal.values().toArray());
    }

    private static List<String> read(String file) throws IOException {
        return read(file.getBytes(UTF_8), UTF_8, 2);
    }

    @Test
    void readsQuotesLineBreaksAndBlankLines() throws IOException {
        assertEquals(
                List.of("1: [a, b]", "2: [x, y\", z]", "4: [two\nlines, c]", "6: [d, e]"),
                read("\uFEFFa,b\r\n\"x\",\"y\"\", z\"\r\n\r\n\"two\r\nlines\",c\nd,e").stream()
                        .map(text -> text.replace("\r", ""))
                        .toList());
    }

    @Test
    void endsLinesAtACarriageReturnAlone() throws IOException {
        assertEquals(
                List.of("1: [a, b]", "2: [c, d]", "3: [two\nlines, e]", "5: [f, g]"),
                read("a,b\rc,d\r\"two\rlines\",e\rf,g"));
        assertEquals(
                List.of(
                        "1: [a, b]",
                        "2: [c, d]",
                        "3! 1 values where the first line has 2 columns",
                        "4: [x, y]",
                        "6: [e, f]"),
                read("a,b\r\nc,d\rbroken\rx,y\r\r\ne,f\n"));
    }

    @Test
    void refusesOnlyTheLineWithAQuoteThatNeverCloses() throws IOException {
        assertEquals(
                List.of("1: [a, b]", "2! a quote that never closes", "3: [c, d]", "4: [e, f]"),
                read("a,b\n\"open,x\nc,d\ne,f\n"));
    }

    @Test
    void refusesTwoBrokenQuotesAndNothingBetween() throws IOException {
        assertEquals(
                List.of(
                        "1: [a, b]",
                        "2! a quote that never closes",
                        "3: [c, d]",
                        "4! a quote that never closes",
                        "5: [g, h]"),
                read("a,b\n\"open,x\nc,d\ne,\"f\ng,h\n"));
    }

    @Test
    void refusesLinesWithTooFewOrTooManyValues() throws IOException {
        assertEquals(
                List.of(
                        "1! 1 values where the first line has 2 columns",
                        "2! 3 values where the first line has 2 columns",
                        "3: [a, b]"),
                read("a\na,b,c\na,b,,\n"));
    }

    @Test
    void refusesALineThatIsTooLongAndGoesOn() throws IOException {
        assertEquals(
                List.of("1: [a, b]", "2! longer than 32 kB", "3: [c, d]"),
                read("a,b\n" + "x".repeat(3_000_000) + ",y\nc,d\n"));
    }

    @Test
    void refusesALineInAnotherEncoding() throws IOException {
        byte[] mixed = concat("a,b\n".getBytes(UTF_8), "é,b\n".getBytes(ISO_8859_1), "é,c\n\0,d\n".getBytes(UTF_8));

        assertEquals(
                List.of("1: [a, b]", "2! characters that are not UTF-8", "3: [é, c]", "4! characters that no text has"),
                read(mixed, UTF_8, 2));
    }

    private static byte[] concat(byte[]... parts) throws IOException {
        java.io.ByteArrayOutputStream whole = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.write(part);
        }
        return whole.toByteArray();
    }
}

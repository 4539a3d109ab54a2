package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evenkeel.patient.CsvLines.Line;
import org.evenkeel.patient.CsvRecords.Row;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * A file to import and what a first look at it told.
 *
 * @param lines how many there are, the header and blank ones included
 */
record ImportFile(Path path, Charset charset, char separator, ImportHeader header, int lines) {
    private static final char[] SEPARATORS = {',', ';', '\t'};

    /** @throws Invalid if it cannot be a list of patients */
    static ImportFile inspect(Path path, ImportOptions.Encoding encoding) throws IOException {
        refuseOtherFormats(path);
        int lines = 0;
        int asUtf8 = 0;
        int otherwise = 0;
        try (CsvLines all = open(path)) {
            for (Line line = all.next(); line != null; line = all.next()) {
                lines++;
                byte[] bytes = line.bytes();
                if (bytes != null && !isAscii(bytes)) {
                    if (isUtf8(bytes)) {
                        asUtf8++;
                    } else {
                        otherwise++;
                    }
                }
            }
        }
        Charset charset =
                switch (encoding) {
                    case UTF_8 -> UTF_8;
                    case LATIN_1 -> latin();
                    case DETECT -> asUtf8 >= otherwise ? UTF_8 : latin();
                };
        return withHeader(path, charset, lines);
    }

    /** The first line that is not blank, read with the separator that makes the most of it. */
    private static ImportFile withHeader(Path path, Charset charset, int lines) throws IOException {
        ImportFile best = null;
        for (char separator : SEPARATORS) {
            try (CsvRecords records = new CsvRecords(open(path), charset, separator, 0)) {
                ImportHeader header = header(records.next());
                if (best == null
                        || header.places().size() > best.header().places().size()) {
                    best = new ImportFile(path, charset, separator, header, lines);
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("No separators");
        }
        best.header().check();
        return best;
    }

    private static ImportHeader header(@Nullable Row first) {
        if (first == null) {
            throw new Invalid("file", "invalid.patient.fileEmpty");
        }
        if (first.refusal() != null) {
            throw new Invalid("file", "invalid.patient.firstLine", first.refusal());
        }
        return ImportHeader.of(first.values());
    }

    /** Its records; the header is the first of them. */
    CsvRecords records() throws IOException {
        return new CsvRecords(open(path), charset, separator, header.columns());
    }

    private static CsvLines open(Path path) throws IOException {
        return new CsvLines(new BufferedInputStream(Files.newInputStream(path)));
    }

    private static void refuseOtherFormats(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(2);
            if (start.length < 2) {
                throw new Invalid("file", "invalid.patient.fileEmpty");
            }
            if (start[0] == 'P' && start[1] == 'K') {
                throw new Invalid("file", "invalid.patient.fileSpreadsheet");
            }
            if (Byte.toUnsignedInt(start[0]) + Byte.toUnsignedInt(start[1]) == 0xFF + 0xFE) {
                throw new Invalid("file", "invalid.patient.fileUtf16");
            }
        }
    }

    /** As Windows writes it: Latin-1 with quotes and dashes. */
    private static Charset latin() {
        return Charset.forName("windows-1252");
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

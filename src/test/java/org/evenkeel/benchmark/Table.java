package org.evenkeel.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results, in Markdown, written to a file as they come: a run that is stopped has not measured in vain. */
final class Table {
    private final Path file;
    private final List<String> lines =
            new ArrayList<>(List.of("| what | database | target | measured | verdict |", "|---|---|---|---|---|"));

    Table(Path file) {
        this.file = file;
    }

    /** A line whose value should be at least so much. */
    void atLeast(double target, String format, double value, String what, Object database, String detail) {
        add(what, database, "at least " + format(format, target), format(format, value) + detail, value >= target);
    }

    /** A line whose value should be at most so much. */
    void atMost(double target, String format, double value, String what, Object database, String detail) {
        add(what, database, "at most " + format(format, target), format(format, value) + detail, value <= target);
    }

    /** A line for information. */
    void told(String what, Object database, String measured) {
        write("| " + what + " | " + database + " | - | " + measured + " | - |");
    }

    private void add(String what, Object database, String target, String measured, boolean met) {
        write("| " + what + " | " + database + " | " + target + " | " + measured + " | " + (met ? "met" : "**missed**")
                + " |");
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void write(String line) {
        lines.add(line);
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

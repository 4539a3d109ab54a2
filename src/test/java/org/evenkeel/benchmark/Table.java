package org.evenkeel.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results, in Markdown. */
final class Table {
    private final List<String> lines =
            new ArrayList<>(List.of("| what | database | target | measured | verdict |", "|---|---|---|---|---|"));

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
        lines.add("| " + what + " | " + database + " | - | " + measured + " | - |");
    }

    private void add(String what, Object database, String target, String measured, boolean met) {
        lines.add("| " + what + " | " + database + " | " + target + " | " + measured + " | "
                + (met ? "met" : "**missed**") + " |");
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    void write(Path file) throws IOException {
        Files.write(file, lines);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

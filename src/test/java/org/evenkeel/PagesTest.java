package org.evenkeel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no page may do, whatever it shows. */
class PagesTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern UNESCAPED = Pattern.compile("escape\\s*=\\s*[\"'](?!true)");
    private static final Pattern HANDLER = Pattern.compile(
            "\\son(click|dblclick|change|input|submit|reset|load|focus|blur|key|mouse|pointer|drag|touch)[a-z]*\\s*=");
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script(?![^>]*\\ssrc=)");

    @Test
    void nothingIsWrittenUnescaped() throws IOException {
        assertEquals(List.of(), matching(UNESCAPED), "escape must stay true: names come from users");
    }

    @Test
    void noScriptIsInline() throws IOException {
        assertEquals(List.of(), matching(INLINE_SCRIPT), "the content security policy allows scripts from files alone");
        assertEquals(List.of(), matching(HANDLER), "the content security policy allows no handlers in attributes");
    }

    private static List<String> matching(Pattern pattern) throws IOException {
        List<Path> pages = pages();
        assertFalse(pages.isEmpty(), "no pages found");
        return pages.stream()
                .filter(page -> pattern.matcher(read(page)).find())
                .map(Path::toString)
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".xhtml"))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

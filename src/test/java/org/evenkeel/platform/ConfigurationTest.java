package org.evenkeel.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static final String H2 = "jdbc:h2:file:/data/evenkeel;CIPHER=AES";
    private static final String POSTGRES = "jdbc:postgresql://db/evenkeel";
    private static final String DEMO_KEY = "evenkeel-demo-key";

    @Test
    void theEmbeddedDatabaseOnTheDemoKeyHoldsTheDemoClinic() {
        Configuration configuration =
                Configuration.of("db.url", H2, "data.key", DEMO_KEY, "cookie.secure", "false", "demo.data", " ");
        assertTrue(configuration.demoData());
        assertDoesNotThrow(configuration::check);
    }

    @Test
    void aKeyOfOnesOwnMeansNoDemoData() {
        Configuration configuration = Configuration.of("db.url", H2, "data.key", "secret");
        assertFalse(configuration.demoData());
        assertDoesNotThrow(configuration::check);
    }

    @Test
    void withoutDemoDataTheDemoKeyIsRefused() {
        Configuration configuration = Configuration.of("db.url", H2, "data.key", DEMO_KEY, "demo.data", "false");
        assertThrows(IllegalStateException.class, configuration::check);
    }

    @Test
    void postgresHoldsDemoDataOnlyWhenAskedTo() {
        assertThrows(IllegalStateException.class, Configuration.of("db.url", POSTGRES, "data.key", DEMO_KEY)::check);
        assertFalse(Configuration.of("db.url", POSTGRES, "data.key", "secret").demoData());
        Configuration asked = Configuration.of("db.url", POSTGRES, "data.key", DEMO_KEY, "demo.data", "true");
        assertTrue(asked.demoData());
        assertDoesNotThrow(asked::check);
    }

    @Test
    void withoutDemoDataCookiesNeedTls() {
        Configuration configuration =
                Configuration.of("db.url", POSTGRES, "data.key", "secret", "cookie.secure", "false");
        assertThrows(IllegalStateException.class, configuration::check);
    }

    @Test
    void thePasswordOfTheDemoForFiguresIsRefusedWithoutDemoData() {
        Configuration real =
                Configuration.of("db.url", POSTGRES, "data.key", "secret", "metrics.password", "demo-evenkeel");
        assertThrows(IllegalStateException.class, real::check);
        assertDoesNotThrow(
                Configuration.of("db.url", H2, "data.key", DEMO_KEY, "metrics.password", "demo-evenkeel")::check);
        assertDoesNotThrow(Configuration.of("db.url", POSTGRES, "data.key", "secret", "metrics.password", "")::check);
    }

    @ParameterizedTest(name = "[A46] with {0} {1} it does not start, and says why")
    @CsvSource({
        "mail.sender, Hope Recovery, Recovery",
        "mail.from, visits@hoperehab.example, rehab",
        "sms.from, DetoxVisits, Detox",
        "public.address, https://harborclinic.example, clinic"
    })
    void whatPatientsWouldSeeMustNotBetray(String name, String value, String word) {
        Configuration configuration = Configuration.of("db.url", H2, "data.key", "secret", name, value);
        String said = refusal(configuration).toLowerCase(Locale.ROOT);
        assertTrue(said.contains(name) && said.contains(word.toLowerCase(Locale.ROOT)), said);
    }

    @Test
    void whatPatientsSeeMayBeAnythingElse() {
        assertDoesNotThrow(Configuration.of(
                "db.url", H2,
                "data.key", "secret",
                "mail.sender", "Appointments",
                "mail.from", "visits@example.org",
                "sms.from", "+15550100100",
                "public.address", "https://visits.example.org")::check);
    }

    @ParameterizedTest(name = "{0} needs an address that links of messages lead to")
    @ValueSource(strings = {"mail.host", "sms.url"})
    void whatIsSentForRealNeedsAnAddressForItsLinks(String gateway) {
        String[] set = {
            "db.url",
            H2,
            "data.key",
            "secret",
            "mail.from",
            "visits@example.org",
            "sms.account",
            "a",
            "sms.token",
            "t",
            "sms.from",
            "+15550100100",
            gateway,
            "https://gateway.example",
            "public.address",
            ""
        };
        String said = refusal(Configuration.of(set));
        assertTrue(said.contains("public.address"), said);
        set[set.length - 1] = "https://visits.example.org";
        assertDoesNotThrow(Configuration.of(set)::check);
    }

    @Test
    @DisplayName(
            "Whatever may be set from outside stands in the README, and what is read here has its default in server.xml")
    void everySettingIsListed() throws IOException {
        Set<String> inServer = matches("server-config/server.xml", "<variable name=\"([^\"]+)\"");
        Set<String> inReadme = matches("README.md", "`([a-z]+(?:\\.[a-z]+)+)`");
        Set<String> read =
                matches("src/main/java/org/evenkeel/platform/Configuration.java", "\\{@code ([a-z]+\\.[a-z.]+)}");
        assertTrue(inServer.size() > 30, inServer::toString);
        assertEquals(Set.of(), without(inServer, inReadme), "add them to the README's table");
        assertEquals(Set.of(), without(read, inServer), "add them to server.xml");
    }

    private static Set<String> matches(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }

    private static String refusal(Configuration configuration) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, configuration::check).getMessage());
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertEquals(Optional.empty(), Configuration.of().flag("demo.data"));
        assertEquals(Optional.of(true), Configuration.of("demo.data", "true").flag("demo.data"));
        assertThrows(IllegalStateException.class, () -> Configuration.of("demo.data", "yes")
                .flag("demo.data"));
    }

    @Test
    void knowsItsAddress() {
        assertEquals("http://127.0.0.1:9080", Configuration.of().address());
        assertEquals(
                "http://localhost:8080",
                Configuration.of("http.host", "localhost", "http.port", "8080").address());
    }
}

package org.evenkeel.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

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

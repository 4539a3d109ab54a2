package org.evenkeel.identity;

import static org.evenkeel.identity.IdentityFixture.ADMINISTRATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.evenkeel.shared.Invalid;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void theyHoldFromTheStartAndOnEveryNodeWithinSeconds(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        Settings here = fixture.settings();
        Settings there = fixture.settings();
        assertEquals(24, there.lateCancellationHours());
        assertEquals(4, there.sessionsInARow());
        assertEquals(8, there.undoSeconds());
        here.change(ADMINISTRATOR, Map.of(Setting.UNDO_SECONDS, " 12 ", Setting.CENTRE_NAME, "Harbour House"));
        assertEquals(12, here.undoSeconds());
        assertEquals("Harbour House", here.centreName());
        fixture.clock.advance(Duration.ofSeconds(2));
        assertEquals(12, there.undoSeconds());
        here.change(ADMINISTRATOR, Map.of(Setting.UNDO_SECONDS, "20"));
        assertEquals(20, here.undoSeconds());
        assertEquals(3, fixture.count("CHANGED", "OK"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void readingThemIsOneQueryEveryTwoSeconds(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        Settings settings = fixture.settings();
        assertEquals(1, database.statements(() -> {
            settings.undoSeconds();
            settings.sessionsInARow();
            settings.centreName();
        }));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsOutOfBoundsIsRefusedAndNothingIsSaved(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        Settings settings = fixture.settings();
        for (String wrong : new String[] {"0", "-1", "13", "many", "", "4.5", "99999999999"}) {
            Invalid refused = assertThrows(
                    Invalid.class,
                    () -> settings.change(
                            ADMINISTRATOR, Map.of(Setting.SESSIONS_IN_A_ROW, wrong, Setting.UNDO_SECONDS, "30")));
            assertEquals("SESSIONS_IN_A_ROW", refused.field());
        }
        assertEquals(8, settings.undoSeconds());
    }
}

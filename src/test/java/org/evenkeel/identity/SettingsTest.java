package org.evenkeel.identity;

import static org.evenkeel.identity.IdentityFixture.ADMINISTRATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
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
        here.change(
                ADMINISTRATOR, here.all(), Map.of(Setting.UNDO_SECONDS, " 12 ", Setting.CENTRE_NAME, "Harbour House"));
        assertEquals(12, here.undoSeconds());
        assertEquals("Harbour House", here.centreName());
        fixture.clock.advance(Duration.ofSeconds(2));
        assertEquals(12, there.undoSeconds());
        here.change(ADMINISTRATOR, here.all(), Map.of(Setting.UNDO_SECONDS, "20"));
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
                            ADMINISTRATOR,
                            settings.all(),
                            Map.of(Setting.SESSIONS_IN_A_ROW, wrong, Setting.UNDO_SECONDS, "30")));
            assertEquals("SESSIONS_IN_A_ROW", refused.field());
        }
        assertEquals(8, settings.undoSeconds());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A22] what was left as it was read is not saved, and what another has set since is not overwritten unseen")
    void twoAdministrators(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        Settings settings = fixture.settings();
        Map<Setting, String> read = settings.all();
        settings.change(ADMINISTRATOR, read, with(read, Setting.UNDO_SECONDS, "12"));
        settings.change(ADMINISTRATOR, read, with(read, Setting.CENTRE_NAME, "Harbour House"));
        assertEquals(12, settings.undoSeconds());
        assertEquals("Harbour House", settings.centreName());

        Map<Setting, String> typed =
                with(with(read, Setting.LATE_CANCELLATION_HOURS, "48"), Setting.UNDO_SECONDS, "20");
        assertThrows(Stale.class, () -> settings.change(ADMINISTRATOR, read, typed));
        assertEquals(24, settings.lateCancellationHours());
        assertEquals(12, settings.undoSeconds());

        settings.change(ADMINISTRATOR, settings.all(), typed);
        assertEquals(48, settings.lateCancellationHours());
        assertEquals(20, settings.undoSeconds());
    }

    private static Map<Setting, String> with(Map<Setting, String> read, Setting setting, String value) {
        Map<Setting, String> typed = new EnumMap<>(read);
        typed.put(setting, value);
        return typed;
    }
}

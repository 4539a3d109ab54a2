package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WallTimeTest {
    private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");
    private static final LocalDate SKIPS_MIDNIGHT = LocalDate.of(2027, 9, 5);

    @Test
    @DisplayName("without a time a day starts when it does, be it at 01:00; a time that is typed must exist")
    void start() {
        assertEquals(Instant.parse("2027-09-05T04:00:00Z"), WallTime.start("fromTime", SKIPS_MIDNIGHT, null, SANTIAGO));
        assertEquals(
                Instant.parse("2027-09-05T12:00:00Z"),
                WallTime.start("fromTime", SKIPS_MIDNIGHT, LocalTime.of(9, 0), SANTIAGO));
        assertThrows(Invalid.class, () -> WallTime.start("fromTime", SKIPS_MIDNIGHT, LocalTime.of(0, 30), SANTIAGO));
    }
}

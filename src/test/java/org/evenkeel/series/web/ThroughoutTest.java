package org.evenkeel.series.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.evenkeel.series.SeriesPlan;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What stands against every date of a series")
class ThroughoutTest {
    private static final LocalDateTime FIRST = LocalDateTime.parse("2027-03-01T10:00");

    private static final Refusal SMALL = Refusal.of(Rule.ROOM_UNFIT, "Room 1", Map.of("capacity", 6, "needed", 10));

    private static final Refusal AWAY = Refusal.of(Rule.THERAPIST_TAKEN, "Dr Lee");

    private static Refusal unqualified(int week) {
        LocalDate date = FIRST.toLocalDate().plusWeeks(week);
        return Refusal.of(Rule.NOT_QUALIFIED, "Dr Lee", Map.of("modality", "DBT", "date", date));
    }

    private static PlannedDate date(int week, boolean skipped, Refusal... refusals) {
        return new PlannedDate(FIRST.plusWeeks(week), skipped, null, 1, 1, List.of(refusals), List.of(), false);
    }

    private static Throughout of(PlannedDate... dates) {
        return Throughout.of(new SeriesPlan(ZoneId.of("America/New_York"), List.of(dates), List.of()));
    }

    @Test
    @DisplayName("is said once, without a date; what is against one of them is said there")
    void once() {
        PlannedDate first = date(0, false, AWAY, unqualified(0), SMALL);
        PlannedDate second = date(1, false, unqualified(1), SMALL);
        Throughout throughout = of(first, second, date(2, true));
        assertEquals(
                List.of(Refusal.of(Rule.NOT_QUALIFIED, "Dr Lee", Map.of("modality", "DBT")), SMALL),
                throughout.refusals());
        assertEquals(List.of(AWAY), throughout.beyond(first));
        assertEquals(List.of(), throughout.beyond(second));
    }

    @Test
    @DisplayName("is nothing that only some have, or that is about a time, or of a single date")
    void notAll() {
        PlannedDate first = date(0, false, AWAY, unqualified(0));
        assertEquals(List.of(), of(first, date(1, false, AWAY)).refusals());
        assertEquals(
                List.of(AWAY, unqualified(0)), of(first, date(1, false, AWAY)).beyond(first));
        assertEquals(List.of(), of(first).refusals());
        assertEquals(List.of(), of().refusals());
    }
}

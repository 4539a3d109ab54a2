package org.evenkeel.journey;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.evenkeel.testing.RunningServer;

/**
 * A time that the API offers, with the wall time of its site, and where the board shows it. Asked for beyond the weeks that the
 * demo clinic fills, so that there always is one.
 */
record FreeTime(
        OffsetDateTime start,
        int minutes,
        String modality,
        long therapistId,
        String therapist,
        long siteId,
        long roomId) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final int FILLED_DAYS = 31;

    /** How many days after {@link #unfilled()} are asked for. */
    static final int DAYS = 20;

    /** The first time for the patient, on a quarter hour as the board has them. */
    static FreeTime first(RunningServer server, String modality, int minutes, Patient patient) {
        return all(server, modality, minutes, "patient=" + patient.id()).stream()
                .filter(time -> time.start.getMinute() % 15 == 0)
                .findFirst()
                .orElseThrow();
    }

    /** Half an hour, after which the therapist, the room and the patient are free for two hours more. */
    static FreeTime firstOfLongSpell(RunningServer server, String modality, Patient patient) {
        return first(server, modality, 150, patient).lasting(30);
    }

    /** The time that the API ranks first, whoever comes. */
    static FreeTime best(RunningServer server, String modality, int minutes, String wishes) {
        return all(server, modality, minutes, wishes).get(0);
    }

    /** The first date after the weeks that the demo clinic fills. */
    static LocalDate unfilled() {
        return LocalDate.now(Clock.systemUTC()).plusDays(FILLED_DAYS);
    }

    private static List<FreeTime> all(RunningServer server, String modality, int minutes, String wishes) {
        String path = "/api/free-times?modality=%s&minutes=%d&from=%s&to=%s&limit=100&%s"
                .formatted(modality, minutes, unfilled(), unfilled().plusDays(DAYS), wishes);
        return Api.read(server, path).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(item -> of(item, modality))
                .toList();
    }

    private static FreeTime of(JsonObject item, String modality) {
        return new FreeTime(
                OffsetDateTime.parse(item.getString("start")),
                item.getInt("minutes"),
                modality,
                item.getJsonObject("therapist").getInt("id"),
                item.getJsonObject("therapist").getString("name"),
                item.getJsonObject("site").getInt("id"),
                item.getJsonObject("room").getInt("id"));
    }

    /** The address of the board that shows it. */
    String board() {
        return "/board?date=" + start.toLocalDate() + "&site=" + siteId;
    }

    /** When it begins, such as 09:15. */
    String clock() {
        return CLOCK.format(start);
    }

    /** When it ends. */
    String end() {
        return CLOCK.format(start.plusMinutes(minutes));
    }

    /** The same, so many minutes later. */
    FreeTime later(int by) {
        return new FreeTime(start.plusMinutes(by), minutes, modality, therapistId, therapist, siteId, roomId);
    }

    /** The same, of other minutes. */
    FreeTime lasting(int other) {
        return new FreeTime(start, other, modality, therapistId, therapist, siteId, roomId);
    }
}

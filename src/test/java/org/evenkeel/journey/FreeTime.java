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
        return firstAfter(0, server, modality, minutes, patient);
    }

    /**
     * The same, so many weeks later still: for what goes on for weeks, or wants a day for itself. Each such journey has six weeks of its
     * own (6, 12, 18, ...): the time may be three weeks later, since the patient's own therapist comes first.
     */
    static FreeTime firstAfter(int weeks, RunningServer server, String modality, int minutes, Patient patient) {
        return all(
                        server,
                        modality,
                        minutes,
                        "patient=" + patient.id(),
                        unfilled().plusWeeks(weeks))
                .stream()
                .filter(time -> time.start.getMinute() % 15 == 0)
                .findFirst()
                .orElseThrow();
    }

    /** Half an hour, after which the therapist, the room and the patient are free for two hours more. */
    static FreeTime firstOfLongSpell(RunningServer server, String modality, Patient patient) {
        return first(server, modality, 150, patient).lasting(30);
    }

    /** The same, at a time when another therapist is free for as long. */
    static FreeTime firstWithSubstitute(RunningServer server, String modality) {
        return firstWithSubstituteAfter(0, server, modality);
    }

    /** The same, so many weeks later still. */
    static FreeTime firstWithSubstituteAfter(int weeks, RunningServer server, String modality) {
        List<FreeTime> all = all(server, modality, 150, "", unfilled().plusWeeks(weeks));
        return all.stream()
                .filter(time -> time.start.getMinute() % 15 == 0)
                .filter(time -> all.stream().anyMatch(time::isInAnothersHands))
                .findFirst()
                .orElseThrow()
                .lasting(30);
    }

    /** The same time with another therapist who is free then. */
    FreeTime inAnothersHands(RunningServer server) {
        String wishes = "site=%d&after=%s".formatted(siteId, clock());
        return all(server, modality, minutes, wishes, start.toLocalDate()).stream()
                .filter(this::isInAnothersHands)
                .findFirst()
                .orElseThrow();
    }

    /** A time with another therapist, anywhere, that overlaps it. */
    FreeTime overlapping(RunningServer server) {
        String wishes = "after=" + CLOCK.format(start.minusMinutes(minutes - 5L));
        return all(server, modality, minutes, wishes, start.toLocalDate()).stream()
                .filter(other -> other.therapistId != therapistId)
                .filter(other -> other.start.isBefore(start.plusMinutes(minutes)))
                .filter(other -> other.start.plusMinutes(minutes).isAfter(start))
                .findFirst()
                .orElseThrow();
    }

    private boolean isInAnothersHands(FreeTime other) {
        return start.isEqual(other.start) && siteId == other.siteId && therapistId != other.therapistId;
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
        return all(server, modality, minutes, wishes, unfilled());
    }

    private static List<FreeTime> all(
            RunningServer server, String modality, int minutes, String wishes, LocalDate from) {
        String path = "/api/free-times?modality=%s&minutes=%d&from=%s&to=%s&limit=100&%s"
                .formatted(modality, minutes, from, from.plusDays(DAYS), wishes);
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

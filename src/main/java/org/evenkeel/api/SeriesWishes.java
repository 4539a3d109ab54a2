package org.evenkeel.api;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.Recurrence;
import org.evenkeel.series.Series;
import org.evenkeel.series.SeriesWish;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.series.WaitlistWish;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** What clients send about series, read strictly. */
final class SeriesWishes {

    private static final Set<String> SERIES = Set.of(
            "name",
            "modality",
            "therapist",
            "coFacilitators",
            "room",
            "rule",
            "counts",
            "first",
            "minutes",
            "capacity",
            "minimumSize",
            "cutoffHours",
            "open",
            "patients",
            "decisions",
            "override");
    private static final Set<String> DECISION =
            Set.of("date", "skip", "movedTo", "therapist", "coFacilitators", "room");
    private static final Set<String> ENROLMENT = Set.of("patient", "from", "without", "override");
    private static final Set<String> WAITING = Set.of("patient", "from", "priority");
    private static final Set<String> PARTICIPANT = Set.of("patient", "override");
    private static final Set<String> ATTENDANCE = Set.of("participant", "state", "lateMinutes", "minutes");
    private static final Set<String> ALL_ATTENDANCE = Set.of("exceptions");
    private static final int DAY_BEFORE = 24;
    private static final int ROUTINE = 3;

    /** Hard for a booking, and yet these may be gone against where seats are given. */
    private static final Set<Rule> SEATS = Set.of(Rule.SEAT_TAKEN);

    private SeriesWishes() {}

    static SeriesWish series(byte[] json) {
        JsonBody body = JsonBody.of(json, SERIES);
        int capacity = body.number("capacity");
        Integer minimum = body.numberOrNull("minimumSize");
        Integer cutoff = body.numberOrNull("cutoffHours");
        Boolean open = body.flagOrNull("open");
        String counts = body.textOrNull("counts");
        List<Long> coFacilitators = body.idsOrNull("coFacilitators");
        List<Long> patients = body.idsOrNull("patients");
        return new SeriesWish(
                body.text("name"),
                body.text("modality"),
                body.id("therapist"),
                coFacilitators == null ? List.of() : coFacilitators,
                body.id("room"),
                Recurrence.of(body.text("rule")),
                counts == null ? Series.Counting.DATES : Parameters.constant("counts", Series.Counting.class, counts),
                body.wallTime("first"),
                body.number("minutes"),
                capacity,
                minimum == null ? 1 : minimum,
                cutoff == null ? DAY_BEFORE : cutoff,
                open == null || open,
                patients == null ? List.of() : patients,
                decisions(body),
                Wishes.override(body, Set.of()));
    }

    private static Map<LocalDateTime, Decision> decisions(JsonBody body) {
        Map<LocalDateTime, Decision> decisions = new HashMap<>();
        for (JsonBody one : body.objects("decisions", DECISION)) {
            Boolean skip = one.flagOrNull("skip");
            decisions.put(
                    one.wallTime("date"),
                    new Decision(
                            skip != null && skip,
                            one.wallTimeOrNull("movedTo"),
                            one.idOrNull("therapist"),
                            one.idsOrNull("coFacilitators"),
                            one.idOrNull("room")));
        }
        return decisions;
    }

    static Enrolments.Wish enrolment(byte[] json) {
        JsonBody body = JsonBody.of(json, ENROLMENT);
        List<Long> without = body.idsOrNull("without");
        return new Enrolments.Wish(
                body.id("patient"),
                date(body, "from"),
                without == null ? Set.of() : Set.copyOf(without),
                Wishes.override(body, SEATS));
    }

    static WaitlistWish waiting(long series, byte[] json) {
        JsonBody body = JsonBody.of(json, WAITING);
        Integer priority = body.numberOrNull("priority");
        return WaitlistWish.seat(body.id("patient"), series, date(body, "from"), priority == null ? ROUTINE : priority);
    }

    /** A guest of one session. */
    record Guest(long patientId, RuleOverride override) {}

    static Guest guest(byte[] json) {
        JsonBody body = JsonBody.of(json, PARTICIPANT);
        return new Guest(body.id("patient"), Wishes.override(body, SEATS));
    }

    /** What is known of one participant's coming. */
    enum Coming {
        CHECKED_IN,
        ATTENDED,
        NO_SHOW,
        EXCUSED,
        UNKNOWN
    }

    /** @param minutes how long they took part; null: from their coming to the end */
    record Attended(long participantId, Coming state, int lateMinutes, @Nullable Integer minutes) {}

    static Attended attended(byte[] json) {
        return attended(JsonBody.of(json, ATTENDANCE));
    }

    private static Attended attended(JsonBody body) {
        Integer late = body.numberOrNull("lateMinutes");
        return new Attended(
                body.id("participant"),
                Parameters.constant("state", Coming.class, body.text("state")),
                late == null ? 0 : late,
                body.numberOrNull("minutes"));
    }

    /** Who came differently from all the others, who were present. */
    static List<Attendance.Exceptional> exceptions(byte[] json) {
        return JsonBody.of(json, ALL_ATTENDANCE).objects("exceptions", ATTENDANCE).stream()
                .map(SeriesWishes::attended)
                .map(one -> new Attendance.Exceptional(
                        one.participantId(), came(one.state()), one.lateMinutes(), one.minutes()))
                .toList();
    }

    private static Attendance.Came came(Coming state) {
        return switch (state) {
            case ATTENDED -> Attendance.Came.PRESENT;
            case NO_SHOW -> Attendance.Came.NO_SHOW;
            case EXCUSED -> Attendance.Came.EXCUSED;
            case CHECKED_IN, UNKNOWN -> throw new Invalid("exceptions.state", "invalid.api.exceptionState");
        };
    }

    private static LocalDate date(JsonBody body, String name) {
        return Parameters.date(name, body.text(name));
    }
}

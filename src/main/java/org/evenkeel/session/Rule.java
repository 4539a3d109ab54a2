package org.evenkeel.session;

/** The rules of booking; the name is the {@code reason} of the API. Each is one named policy in {@link BookingPolicies}. */
public enum Rule {
    THERAPIST_TAKEN(Severity.HARD),
    PATIENT_TAKEN(Severity.HARD),
    ROOM_TAKEN(Severity.HARD),
    BEING_BOOKED(Severity.HARD),
    NO_FREE_ROOM(Severity.HARD),
    /** No seat is free: a seat beyond the capacity needs a reason, one beyond the room's there never is (A21, A23). */
    SEAT_TAKEN(Severity.HARD),
    NOT_QUALIFIED(Severity.HARD),
    TIME_OFF(Severity.HARD),
    SITE_CLOSED(Severity.HARD),
    ROOM_UNFIT(Severity.HARD),
    THERAPIST_INACTIVE(Severity.HARD),
    PATIENT_NOT_BOOKABLE(Severity.HARD),
    /** Two patients who must never share a roster (acceptance case A32). */
    KEPT_APART(Severity.HARD),
    /** A closed group takes nobody after its first session (A26). */
    GROUP_CLOSED(Severity.SOFT),
    /** The cut-off of a date has passed: it takes nobody new (A25). */
    ENROLMENT_CLOSED(Severity.SOFT),
    ALREADY_ENROLLED(Severity.HARD),
    ALREADY_WAITING(Severity.HARD),
    /** The wall time does not exist: clocks skip it that day (A2). */
    NO_SUCH_TIME(Severity.HARD),
    /** What has ended, or was cancelled, or was attended, stays as it is. */
    NOT_CHANGEABLE(Severity.HARD),
    UNDO_TOO_LATE(Severity.HARD),
    /** Nobody arrives before the day, or attends before the start (acceptance case A30). */
    TOO_EARLY(Severity.HARD),
    OUTSIDE_HOURS(Severity.SOFT),
    TOO_MANY_IN_A_ROW(Severity.SOFT),
    NOT_PRIMARY_THERAPIST(Severity.TOLD);

    /** Hard: never. Soft: with a reason, audited. Told: goes on, and says so. */
    public enum Severity {
        HARD,
        SOFT,
        TOLD
    }

    private final Severity severity;

    Rule(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }
}

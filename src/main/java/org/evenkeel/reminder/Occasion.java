package org.evenkeel.reminder;

/** What a message is about. */
public enum Occasion {
    /** A session comes near; how near is the rule's lead time. */
    BEFORE,
    /** A session was booked, or the patient enrolled in a series. */
    BOOKED,
    /** A session was moved to another time, room or therapist. */
    MOVED,
    CANCELLED,
    /** A seat is held for a patient who waits. */
    OFFERED
}

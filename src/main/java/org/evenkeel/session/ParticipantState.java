package org.evenkeel.session;

/** How far a patient has come in a session. */
public enum ParticipantState {
    BOOKED,
    CONFIRMED,
    CHECKED_IN,
    ATTENDED,
    NO_SHOW,
    /** Cancelled with less notice than the centre's late-cancellation hours. */
    LATE_CANCELLED,
    CANCELLED;

    /** Whether the participant still has their seat. */
    public boolean isLive() {
        return this != LATE_CANCELLED && this != CANCELLED;
    }

    /** Whether attendance has been marked. */
    public boolean isMarked() {
        return this == ATTENDED || this == NO_SHOW;
    }
}

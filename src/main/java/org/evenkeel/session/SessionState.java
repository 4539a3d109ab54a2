package org.evenkeel.session;

/** Whether a session stands. A cancelled one is kept, and claims nothing. */
public enum SessionState {
    BOOKED,
    CANCELLED
}

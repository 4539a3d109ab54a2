package org.evenkeel.reminder;

/** What has become of a reminder: {@code PENDING} and {@code SENDING} are under way, the others are final and have a reason. */
public enum ReminderState {
    PENDING,
    /** Committed before the first byte leaves; until its lease runs out. */
    SENDING,
    /** The gateway has accepted the message. */
    SENT,
    /** It could not be sent, and trying again is of no use. */
    FAILED,
    /** There was no moment to send it before it lost its use. */
    EXPIRED,
    /** What it would have told no longer holds, or the patient wants nothing. */
    VOIDED,
    /** Nobody knows whether the gateway has accepted it; never sent again. */
    UNKNOWN;

    public boolean isFinal() {
        return this != PENDING && this != SENDING;
    }
}

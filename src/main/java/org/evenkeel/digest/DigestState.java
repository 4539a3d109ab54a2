package org.evenkeel.digest;

/** What has become of a digest; as with reminders, {@code SENDING} is committed before the first byte leaves. */
public enum DigestState {
    /** The mail server could not take it yet. */
    WAITING,
    SENDING,
    SENT,
    /** The mail server refused it for good. */
    FAILED,
    /** Nobody knows whether it was taken; never sent again. */
    UNKNOWN,
    /** There was nothing to tell. */
    EMPTY
}

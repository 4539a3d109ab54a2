package org.evenkeel.reminder;

/** What a patient answers to a message about a session. */
public enum Reply {
    /** They will come. */
    YES,
    /** They will not. */
    NO,
    /** They want to be called about another time. */
    OTHER
}

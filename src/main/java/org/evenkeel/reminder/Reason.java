package org.evenkeel.reminder;

/** Why a reminder ended, or waits. Its text is the message {@code reminder.reason.<name>}. */
public enum Reason {
    /** The session was moved, and a newer revision has its own. */
    MOVED,
    SESSION_CANCELLED,
    /** The patient no longer comes to the session, or is there already. */
    NOT_EXPECTED,
    /** The held seat was taken or has lapsed. */
    OFFER_OVER,
    STARTED,
    /** Nothing may go out before the start at a decent hour. */
    QUIET_HOURS,
    /** The patient has had as many messages as they may get. */
    CAP,
    NO_CONSENT,
    NO_CONTACT,
    OPTED_OUT,
    PATIENT_INACTIVE,
    /** The rule was switched off, or says nothing of that lead time any more. */
    RULE_OFF,
    /** The gateway refused it for good, such as an address that does not exist. */
    REFUSED,
    /** Nothing is configured that messages of this channel could go out by. */
    NO_GATEWAY,
    /** The gateway could not be reached or was busy, to the end. */
    UNREACHABLE,
    /** The acknowledgement was lost. */
    NO_ANSWER,
    /** The node that was sending it is gone. */
    LEASE_OVER,
    /** It is older than this database, which was restored from a backup. */
    RESTORED,
    /** The desk told the patient some other way. */
    TOLD
}

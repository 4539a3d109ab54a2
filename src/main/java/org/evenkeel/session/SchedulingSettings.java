package org.evenkeel.session;

/** What a centre sets about its scheduling. */
public interface SchedulingSettings {

    /** A cancellation with less notice than this counts as late. */
    int lateCancellationHours();

    /** How many sessions a therapist may have without a break before a reason is asked for. */
    int sessionsInARow();

    /** How long a change can be undone. */
    int undoSeconds();
}

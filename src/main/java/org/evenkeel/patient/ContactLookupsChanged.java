package org.evenkeel.patient;

import java.util.List;

/**
 * Addresses are known by other keyed hashes than before, since what counts as the same writing has changed. Fired in the transaction
 * that changes them, after the contact points have theirs: whoever has stored one takes the new one.
 */
public record ContactLookupsChanged(List<Renewed> renewed) {

    /** What an address of a patient was known by, and is known by now. */
    public record Renewed(long patientId, String before, String after) {}
}

package org.evenkeel.audit;

import java.util.Collection;
import org.evenkeel.identity.Actor;

/**
 * Appends to the record of who did and saw what. No audit, no access: if an entry cannot be written, the caller's work fails.
 * Details hold ids and codes, never names, contacts or texts.
 */
public interface AuditTrail {

    /** Appends in the current transaction, so that the entry stands or falls with the change that it tells of. */
    void record(Actor actor, Entry entry);

    /** Appends in a transaction of its own: refusals, and views outside a transaction. */
    void recordApart(Actor actor, Entry entry);

    /**
     * One entry. A page that shows many patients is one entry with all their ids.
     *
     * @param action past-tense verb: VIEWED, SEARCHED, EXPORTED, BOOKED, MOVED, CHANGED, CANCELLED, REFUSED, CREATED, ...
     * @param purpose the screen or endpoint that it was for, such as "board" or "api/sessions"
     * @param subject the kind of thing: session, patient, therapist, account, ...
     * @param subjectIds which of them
     * @param patientIds the patients that were seen or concerned
     * @param result OK, REFUSED, DENIED, FAILED
     * @param detail codes that a reviewer needs, such as the rules that were overridden; at most 2000 characters
     */
    record Entry(
            String action,
            String purpose,
            String subject,
            Collection<Long> subjectIds,
            Collection<Long> patientIds,
            String result,
            String detail) {

        public static Entry viewed(
                String purpose, String subject, Collection<Long> subjectIds, Collection<Long> patientIds) {
            return new Entry("VIEWED", purpose, subject, subjectIds, patientIds, "OK", "");
        }
    }
}

package org.evenkeel.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whose patient someone is: a therapist's caseload is whom they are primary therapist of, or have a session with from 90 days back on. */
@ApplicationScoped
public class Caseload {
    private static final Duration LOOKING_BACK = Duration.ofDays(90);

    /** A condition on {@code patient p}; ?1 is the therapist, ?2 what {@link #since} says. */
    static final String CONDITION = "(p.primary_therapist_id = ?1 or p.id in (select a.patient_id from session s"
            + " join participant a on a.session_id = s.id"
            + " where s.therapist_id = ?1 and s.starts_at >= ?2 and s.state = 'BOOKED' and a.state <> 'CANCELLED'))";

    private EntityManager entities;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Caseload() {}

    @Inject
    public Caseload(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Whether the patient is one of the therapist's. */
    public boolean includes(long therapistId, long patientId) {
        return !entities.createNativeQuery("select p.id from patient p where " + CONDITION + " and p.id = ?3")
                .setParameter(1, therapistId)
                .setParameter(2, since())
                .setParameter(3, patientId)
                .getResultList()
                .isEmpty();
    }

    Instant since() {
        return clock.instant().minus(LOOKING_BACK);
    }
}

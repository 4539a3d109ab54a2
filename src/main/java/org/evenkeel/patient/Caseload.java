package org.evenkeel.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import org.evenkeel.shared.Sql;

/**
 * Whom a therapist may see: the patients that they are primary therapist of, or have a session with from 90 days back to the
 * future.
 */
@ApplicationScoped
public class Caseload {

    /** How long a past session keeps a patient in the caseload. */
    public static final Duration LOOK_BACK = Duration.ofDays(90);

    /**
     * Condition on a table {@code patient pa}; parameters: therapist id, therapist id, {@link #since()}. One place says what a
     * caseload is.
     */
    public static final String CONDITION = "(pa.primary_therapist_id = ? or exists (select 1 from participant cp"
            + " join session cs on cs.id = cp.session_id where cp.patient_id = pa.id and cs.therapist_id = ?"
            + " and cs.starts_at >= ?))";

    private EntityManager em;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Caseload() {}

    @Inject
    public Caseload(EntityManager em, Clock clock) {
        this.em = em;
        this.clock = clock;
    }

    /** The instant from which sessions count. */
    public Instant since() {
        return clock.instant().minus(LOOK_BACK);
    }

    /** Whether all these patients belong to it; within a transaction. */
    public boolean includesAll(long therapistId, Collection<Long> patientIds) {
        HashSet<Long> wanted = new HashSet<>(patientIds);
        return Sql.on(em)
                        .add("select pa.id from patient pa where pa.id in")
                        .in(wanted)
                        .add("and " + CONDITION, therapistId, therapistId, since())
                        .list(r -> r.id(1))
                        .size()
                == wanted.size();
    }
}

package org.evenkeel.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import org.evenkeel.shared.Sql;

/**
 * Whom a therapist may see: the patients that they are primary therapist of, or have a session or an enrolment with from 90 days
 * back to the future, as the lead or as a co-facilitator.
 */
@ApplicationScoped
public class Caseload {

    /** How long a past session keeps a patient in the caseload. */
    public static final Duration LOOK_BACK = Duration.ofDays(90);

    private static final String CONDITION = "(pa.primary_therapist_id = ? or exists (select 1 from participant cp"
            + " join session cs on cs.id = cp.session_id where cp.patient_id = pa.id and cs.starts_at >= ?"
            + " and (cs.therapist_id = ? or exists (select 1 from session_facilitator cf"
            + " where cf.session_id = cs.id and cf.therapist_id = ?)))"
            + " or exists (select 1 from enrolment ce join series cg on cg.id = ce.series_id"
            + " where ce.patient_id = pa.id and (ce.to_date is null or ce.to_date >= ?)"
            + " and (cg.therapist_id = ? or exists (select 1 from series_facilitator ch"
            + " where ch.series_id = cg.id and ch.therapist_id = ?))))";

    private EntityManager em;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Caseload() {}

    @Inject
    public Caseload(EntityManager em, Clock clock) {
        this.em = em;
        this.clock = clock;
    }

    /** Adds the condition that the patient of a table {@code patient pa} is of a caseload: one place says what that is. */
    public Sql restrict(Sql sql, String glue, long therapistId) {
        Instant since = clock.instant().minus(LOOK_BACK);
        LocalDate sinceDate = LocalDate.ofInstant(since, ZoneOffset.UTC);
        return sql.add(
                glue + " " + CONDITION,
                therapistId,
                since,
                therapistId,
                therapistId,
                sinceDate,
                therapistId,
                therapistId);
    }

    /** Whether all these patients belong to it; within a transaction. */
    public boolean includesAll(long therapistId, Collection<Long> patientIds) {
        HashSet<Long> wanted = new HashSet<>(patientIds);
        return restrict(
                                Sql.on(em)
                                        .add("select pa.id from patient pa where pa.id in")
                                        .in(wanted),
                                "and",
                                therapistId)
                        .list(r -> r.id(1))
                        .size()
                == wanted.size();
    }
}

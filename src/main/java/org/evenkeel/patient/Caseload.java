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
import java.util.List;
import java.util.function.Function;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;

/**
 * Whom a therapist may see: the patients that they are primary therapist of, or have a session or an enrolment with from 90 days
 * back to the future, as the lead or as a co-facilitator.
 */
@ApplicationScoped
public class Caseload {

    /** How long a past session keeps a patient in the caseload. */
    public static final Duration LOOK_BACK = Duration.ofDays(90);

    /** A way in which patients come to a therapist; {@code from} has the therapist and since when as parameters, and until when if it is by sessions. */
    private record Way(String patient, String from) {

        /** For many patients: read once for a statement, from the therapist's side. */
        String ofMany() {
            return "pa.id in (select " + patient + " " + from + ")";
        }

        /** For a few: read from the patient's side. */
        String ofFew() {
            return "exists (select 1 " + from + " and " + patient + " = pa.id)";
        }
    }

    private static final List<Way> BY_SESSIONS = List.of(
            new Way(
                    "cp.patient_id",
                    "from session cs join participant cp on cp.session_id = cs.id where cs.therapist_id = ? and cs.starts_at >= ? and cs.starts_at < ?"),
            new Way(
                    "cp.patient_id",
                    "from session_facilitator cf join session cs on cs.id = cf.session_id"
                            + " join participant cp on cp.session_id = cs.id where cf.therapist_id = ? and cs.starts_at >= ? and cs.starts_at < ?"));

    private static final List<Way> BY_ENROLMENTS = List.of(
            new Way(
                    "ce.patient_id",
                    "from enrolment ce join series cg on cg.id = ce.series_id"
                            + " where cg.therapist_id = ? and coalesce(ce.to_date, date '9999-12-31') >= ?"),
            new Way(
                    "ce.patient_id",
                    "from enrolment ce join series_facilitator ch on ch.series_id = ce.series_id"
                            + " where ch.therapist_id = ? and coalesce(ce.to_date, date '9999-12-31') >= ?"));

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
        return restrict(sql, glue, therapistId, Way::ofMany);
    }

    private Sql restrict(Sql sql, String glue, long therapistId, Function<Way, String> condition) {
        Instant now = clock.instant();
        Instant since = now.minus(LOOK_BACK);
        Instant until = now.plus(TimeSlot.FURTHEST_AHEAD);
        LocalDate sinceDate = LocalDate.ofInstant(since, ZoneOffset.UTC);
        sql.add(glue + " (pa.primary_therapist_id = ?", therapistId);
        BY_SESSIONS.forEach(way -> sql.add("or " + condition.apply(way), therapistId, since, until));
        BY_ENROLMENTS.forEach(way -> sql.add("or " + condition.apply(way), therapistId, sinceDate));
        return sql.add(")");
    }

    /** Whether all these patients belong to it; within a transaction. */
    public boolean includesAll(long therapistId, Collection<Long> patientIds) {
        HashSet<Long> wanted = new HashSet<>(patientIds);
        return restrict(
                                Sql.on(em)
                                        .add("select pa.id from patient pa where pa.id in")
                                        .in(wanted),
                                "and",
                                therapistId,
                                Way::ofFew)
                        .list(r -> r.id(1))
                        .size()
                == wanted.size();
    }
}

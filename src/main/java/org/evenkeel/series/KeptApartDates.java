package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Dates to come that a patient shares with someone from whom they are to be kept apart: both were in them before that was known.
 * Nobody is dropped unasked; the clinical lead, who alone may know, decides who leaves (acceptance case A32).
 */
@ApplicationScoped
public class KeptApartDates {

    private EntityManager em;
    private Transactions transactions;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected KeptApartDates() {}

    @Inject
    public KeptApartDates(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Two who come to dates of one series, or to a session outside of any.
     *
     * @param seriesId null: it is in no series
     * @param name of the series, or of the therapy
     * @param other by name
     * @param enrolmentId what brings the patient; null: they are a guest
     * @param otherEnrolmentId what brings the other one
     */
    public record Meeting(
            @Nullable Long seriesId,
            String name,
            long otherId,
            String other,
            @Nullable Long enrolmentId,
            @Nullable Long otherEnrolmentId,
            ZoneId zone,
            List<Date> dates)
            implements Serializable {

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Meeting with patient " + otherId + " in series " + seriesId;
        }
    }

    /** One of the dates. */
    public record Date(long sessionId, TimeSlot slot) implements Serializable {}

    private record Key(
            @Nullable Long seriesId,
            @Nullable Long sessionId,
            String name,
            long otherId,
            String other,
            @Nullable Long enrolmentId,
            @Nullable Long otherEnrolmentId,
            ZoneId zone) {}

    private record Shared(Key key, Date date) {}

    /** What a patient shares with whom, soonest first. */
    public List<Meeting> of(Actor actor, long patientId) {
        new Gate(audit).require(actor, "see keep-apart relations", Role.LEAD);
        return transactions.inNew(() -> {
            Map<Key, List<Date>> meetings = new LinkedHashMap<>();
            shared(patientId).forEach(s -> meetings.computeIfAbsent(s.key(), k -> new ArrayList<>())
                    .add(s.date()));
            audit.record(
                    actor,
                    Entry.viewed(
                            "patient/keep-apart",
                            "patient",
                            List.of(patientId),
                            meetings.keySet().stream().map(Key::otherId).collect(Collectors.toSet())));
            return meetings.entrySet().stream()
                    .map(e -> meeting(e.getKey(), e.getValue()))
                    .toList();
        });
    }

    private static Meeting meeting(Key key, List<Date> dates) {
        return new Meeting(
                key.seriesId(),
                key.name(),
                key.otherId(),
                key.other(),
                key.enrolmentId(),
                key.otherEnrolmentId(),
                key.zone(),
                List.copyOf(dates));
    }

    private List<Shared> shared(long patientId) {
        return Sql.on(em)
                .add(
                        "select g.id, s.id, coalesce(g.name, m.name), who.id, who.given_name, who.family_name, p.enrolment_id,"
                                + " o.enrolment_id, si.zone, s.starts_at, s.ends_at from participant p"
                                + " join participant o on o.session_id = p.session_id and o.seat_number is not null"
                                + " join keep_apart k on (k.patient_id = p.patient_id and k.other_id = o.patient_id)"
                                + " or (k.other_id = p.patient_id and k.patient_id = o.patient_id)"
                                + " join session s on s.id = p.session_id join site si on si.id = s.site_id"
                                + " join modality m on m.id = s.modality_id join patient who on who.id = o.patient_id"
                                + " left join series g on g.id = s.series_id where p.patient_id = ?"
                                + " and p.seat_number is not null and s.state = 'BOOKED' and s.starts_at > ?"
                                + " order by s.starts_at, s.id, who.id",
                        patientId,
                        clock.instant())
                .list(r -> {
                    Long series = r.idOrNull(1);
                    return new Shared(
                            new Key(
                                    series,
                                    series == null ? (Long) r.id(2) : null,
                                    r.text(3),
                                    r.id(4),
                                    r.text(5) + " " + r.text(6),
                                    r.idOrNull(7),
                                    r.idOrNull(8),
                                    ZoneId.of(r.text(9))),
                            new Date(r.id(2), r.slot(10, 11)));
                });
    }
}

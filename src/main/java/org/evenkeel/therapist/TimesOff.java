package org.evenkeel.therapist;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.shared.TimeSlot;

/** All times off. */
@ApplicationScoped
public class TimesOff {
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init")
    protected TimesOff() {}

    @Inject
    public TimesOff(EntityManager entities) {
        this.entities = entities;
    }

    public void add(TimeOff timeOff) {
        entities.persist(timeOff);
    }

    public Optional<TimeOff> find(long id) {
        return Optional.ofNullable(entities.find(TimeOff.class, id));
    }

    void remove(TimeOff timeOff) {
        entities.remove(timeOff);
    }

    /** A therapist's, from those that end after an instant on, the soonest first. */
    List<TimeOffRow> of(long therapistId, Instant endingAfter) {
        return entities
                .createQuery(
                        "select t from TimeOff t where t.therapistId = :therapist and t.slot.end > :after order by t.slot.start",
                        TimeOff.class)
                .setParameter("therapist", therapistId)
                .setParameter("after", endingAfter)
                .getResultList()
                .stream()
                .map(TimesOff::row)
                .toList();
    }

    List<TimeOffRow> notOver(Instant now) {
        return entities
                .createQuery("select t from TimeOff t where t.slot.end > :now order by t.slot.start", TimeOff.class)
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(TimesOff::row)
                .toList();
    }

    /** The first of a therapist's that shares time with a slot. */
    public Optional<TimeOff> overlapping(long therapistId, TimeSlot slot) {
        return entities
                .createQuery(
                        "select t from TimeOff t where t.therapistId = :therapist and t.slot.start < :end and t.slot.end > :start"
                                + " order by t.slot.start",
                        TimeOff.class)
                .setParameter("therapist", therapistId)
                .setParameter("start", slot.start())
                .setParameter("end", slot.end())
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst();
    }

    private static TimeOffRow row(TimeOff timeOff) {
        return new TimeOffRow(timeOff.id(), timeOff.therapistId(), timeOff.slot(), timeOff.reason());
    }
}

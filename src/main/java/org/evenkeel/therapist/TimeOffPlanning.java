package org.evenkeel.therapist;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Phrases.Phrase;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Text;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.SessionsInTheWay.BookedSession;

/** When therapists are away: kept by the desk, the lead and the administrator; each therapist sees their own. */
@ApplicationScoped
public class TimeOffPlanning {
    private TimesOff timesOff;
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Event<CalendarChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected TimeOffPlanning() {}

    @Inject
    public TimeOffPlanning(
            TimesOff timesOff,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Event<CalendarChanged> events,
            Clock clock) {
        this.timesOff = timesOff;
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A therapist's time off that is not over, the soonest first. */
    public List<TimeOffRow> upcoming(Actor actor, long therapistId) {
        if (!actor.isTherapist(therapistId)) {
            requireKeeper(actor, "see time off");
        }
        return transactions.inNew(() -> timesOff.of(therapistId, clock.instant()));
    }

    /**
     * Adds time off. The therapist's row is locked, as bookings lock it: neither misses the other. What becomes of sessions in it is
     * for the desk or the lead to decide, together with the leave. From others, who cannot, it is refused for sessions that the
     * therapist leads; groups that they only facilitate with another stand, and are under-staffed (acceptance case A19).
     *
     * @param zone of the site whose wall times a refusal is to name
     * @return its id
     * @throws SessionsInTheWay if sessions are booked in it that are to be decided on
     * @throws Invalid if it is over, or overlaps other time off
     */
    public long add(Actor actor, long therapistId, TimeSlot slot, String reason, ZoneId zone) {
        requireKeeper(actor, "add time off");
        String why = Text.optional("reason", "reason", reason, 200);
        if (!slot.end().isAfter(clock.instant())) {
            throw new Invalid("until", "invalid.over");
        }
        return transactions.inNew(() -> {
            lock(therapistId);
            timesOff.overlapping(therapistId, slot).ifPresent(other -> {
                throw new Invalid(
                        "timeOff",
                        "invalid.therapist.timeOffOverlap",
                        inWords(slot, zone),
                        inWords(other.slot(), zone));
            });
            List<BookedSession> booked = bookedIn(therapistId, slot);
            boolean decides = actor.hasAny(Role.DESK, Role.LEAD);
            if (booked.stream().anyMatch(b -> decides || b.leads())) {
                throw new SessionsInTheWay(booked);
            }
            TimeOff timeOff = new TimeOff(therapistId, slot, why);
            timesOff.add(timeOff);
            entities.flush();
            record(actor, "CREATED", timeOff.id());
            events.fire(new CalendarChanged(slot));
            return timeOff.id();
        });
    }

    /** Takes time off back. Nothing refers to it, so it is deleted. */
    public void remove(Actor actor, long id) {
        requireKeeper(actor, "remove time off");
        transactions.runInNew(() -> {
            TimeOff gone = timesOff.find(id).orElseThrow(() -> new NotFound("time off", id));
            timesOff.remove(gone);
            record(actor, "DELETED", id);
            events.fire(new CalendarChanged(gone.slot()));
        });
    }

    private void lock(long therapistId) {
        if (Sql.on(entities)
                .add("select id from therapist where id = ? for update", therapistId)
                .list(row -> row.id(1))
                .isEmpty()) {
            throw new NotFound("therapist", therapistId);
        }
    }

    private List<BookedSession> bookedIn(long therapistId, TimeSlot slot) {
        return Sql.on(entities)
                .add(
                        "select s.id, s.site_id, s.starts_at, s.ends_at, s.therapist_id from session s"
                                + " where (s.therapist_id = ? or exists (select 1 from session_facilitator f"
                                + " where f.session_id = s.id and f.therapist_id = ?)) and s.state = 'BOOKED'",
                        therapistId,
                        therapistId)
                .add(
                        "and s.starts_at > ? and s.starts_at < ?",
                        slot.start().minus(TimeSlot.LONGEST_SESSION),
                        slot.end())
                .add("and s.ends_at > ? order by s.starts_at, s.id", slot.start())
                .list(row -> new BookedSession(row.id(1), row.id(2), row.slot(3, 4), row.id(5) == therapistId));
    }

    private static Phrase inWords(TimeSlot slot, ZoneId zone) {
        return Phrase.of(
                "invalid.therapist.stretch",
                slot.start().atZone(zone),
                slot.end().atZone(zone));
    }

    private void requireKeeper(Actor actor, String action) {
        gate.require(actor, action, Role.DESK, Role.LEAD, Role.ADMIN);
    }

    private void record(Actor actor, String action, long id) {
        audit.record(actor, new AuditTrail.Entry(action, "availability", "time off", List.of(id), List.of(), "OK", ""));
    }
}

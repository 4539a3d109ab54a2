package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.Caseload;
import org.evenkeel.series.SeriesExtension;
import org.evenkeel.shared.Transactions;
import org.evenkeel.testing.Recorded;

/** The facades of sessions, put together as the server does. */
public record SessionFacades(
        Booking booking, FreeTimes freeTimes, SessionViews views, PatientSessions ofPatient, LeavePlanning leave) {

    public static SessionFacades of(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        Settings settings = new Settings(em, transactions, audit, new Gate(audit), clock);
        Availability availability = new Availability(em);
        FreeTimes freeTimes = new FreeTimes(em, transactions, settings, audit, clock);
        Booking booking = new Booking(
                em,
                transactions,
                availability,
                new Ways(em, transactions, availability, freeTimes, clock),
                new Caseload(em, clock),
                settings,
                audit,
                new Recorded<>(),
                clock);
        Schedule schedule = new Schedule(em, availability, settings, new Recorded<>(), clock);
        return new SessionFacades(
                booking,
                freeTimes,
                new SessionViews(em, transactions, audit, clock),
                new PatientSessions(em, transactions, audit, new Gate(audit), clock),
                new LeavePlanning(
                        em,
                        transactions,
                        schedule,
                        new SeriesExtension(em, schedule, clock),
                        audit,
                        new Recorded<>(),
                        clock));
    }
}

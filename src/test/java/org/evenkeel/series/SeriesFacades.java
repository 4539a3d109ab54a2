package org.evenkeel.series;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.Caseload;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Seats;
import org.evenkeel.shared.Transactions;
import org.evenkeel.testing.Recorded;

/** The facades of series, put together as the server does. */
public record SeriesFacades(SeriesPlanning planning, Enrolments enrolments, Groups groups) {

    public static SeriesFacades of(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        Settings settings = new Settings(em, transactions, audit, new Gate(audit), clock);
        Availability availability = new Availability(em);
        SeriesRights rights = new SeriesRights(transactions, new Caseload(em, clock), audit);
        return new SeriesFacades(
                new SeriesPlanning(
                        em,
                        transactions,
                        new Schedule(em, availability, settings, new Recorded<>(), clock),
                        rights,
                        audit,
                        new Recorded<>(),
                        clock),
                new Enrolments(
                        em,
                        transactions,
                        new Seats(em, availability, settings, new Recorded<>(), clock),
                        rights,
                        audit,
                        new Recorded<>(),
                        clock),
                new Groups(em, transactions, audit, clock));
    }
}

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
public record SeriesFacades(
        SeriesPlanning planning,
        Enrolments enrolments,
        SeriesChanges changes,
        Groups groups,
        Waitlist waitlist,
        GroupMerges merges) {

    public static SeriesFacades of(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        Settings settings = new Settings(em, transactions, audit, new Gate(audit), clock);
        Availability availability = new Availability(em);
        SeriesRights rights = new SeriesRights(transactions, new Caseload(em, clock), audit);
        Schedule schedule = new Schedule(em, availability, settings, new Recorded<>(), clock);
        Seats seats = new Seats(em, availability, settings, new Recorded<>(), clock);
        Recorded<SeriesChanged> events = new Recorded<>();
        Enrolments enrolments = new Enrolments(em, transactions, seats, rights, audit, events, clock);
        SeriesChanges changes = new SeriesChanges(em, transactions, schedule, seats, rights, audit, events, clock);
        Waitlist waitlist = new Waitlist(em, transactions, enrolments, schedule, audit, events, clock);
        return new SeriesFacades(
                new SeriesPlanning(em, transactions, schedule, rights, audit, events, clock),
                enrolments,
                changes,
                new Groups(em, transactions, audit, clock),
                waitlist,
                new GroupMerges(em, transactions, enrolments, changes, waitlist, seats, audit, clock));
    }
}

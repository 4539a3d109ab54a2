package org.evenkeel.series;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;

/** The small clinic of {@link ClinicFixture} with the facades of series; "DBT skills" is on Mondays at 10:00 in room 2. */
public final class SeriesFixture {

    public final ClinicFixture clinic;
    public final Recorded<SeriesChanged> events = new Recorded<>();
    public final SeriesPlanning planning;
    public final Enrolments enrolments;
    public final SeriesChanges changes;
    public final Groups groups;
    public final Waitlist waitlist;
    public final GroupMerges merges;

    public SeriesFixture(Database database) {
        clinic = new ClinicFixture(database);
        SeriesRights rights = new SeriesRights(clinic.transactions, clinic.caseload, clinic.audit);
        planning = new SeriesPlanning(
                clinic.em, clinic.transactions, clinic.schedule, rights, clinic.audit, events, clinic.clock);
        enrolments = new Enrolments(
                clinic.em, clinic.transactions, clinic.seats, rights, clinic.audit, events, clinic.clock);
        changes = new SeriesChanges(
                clinic.em,
                clinic.transactions,
                clinic.schedule,
                clinic.seats,
                rights,
                clinic.audit,
                events,
                clinic.clock);
        groups = new Groups(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
        waitlist = new Waitlist(
                clinic.em, clinic.transactions, enrolments, clinic.schedule, clinic.audit, events, clinic.clock);
        merges = new GroupMerges(
                clinic.em,
                clinic.transactions,
                enrolments,
                changes,
                waitlist,
                clinic.seats,
                clinic.audit,
                clinic.clock);
    }

    /** Group counseling with Dr Lee, Mondays 10:00 from 2027-03-08, 90 minutes, 3 seats. */
    public SeriesWish group(String rule) {
        return new SeriesWish(
                "DBT skills",
                "GRP",
                clinic.lee,
                List.of(),
                clinic.room2,
                Recurrence.of(rule),
                Series.Counting.DATES,
                LocalDateTime.parse("2027-03-08T10:00"),
                90,
                3,
                2,
                24,
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE);
    }

    /** The same with Dr Ruiz as a co-facilitator. */
    public SeriesWish together(String rule) {
        SeriesWish wish = group(rule);
        return new SeriesWish(
                wish.name(),
                wish.modality(),
                wish.therapistId(),
                List.of(clinic.ruiz),
                wish.roomId(),
                wish.recurrence(),
                wish.counts(),
                wish.first(),
                wish.minutes(),
                wish.capacity(),
                wish.minimumSize(),
                wish.cutoffHours(),
                wish.open(),
                wish.patientIds(),
                wish.decisions(),
                wish.override());
    }

    /** The same of a therapy that whoever leads must be qualified for, on one Monday. */
    public SeriesWish cbtTogether() {
        SeriesWish wish = together("FREQ=WEEKLY;BYDAY=MO;COUNT=1");
        return new SeriesWish(
                "CBT group",
                "CBT",
                wish.therapistId(),
                wish.coFacilitators(),
                wish.roomId(),
                wish.recurrence(),
                wish.counts(),
                wish.first(),
                wish.minutes(),
                wish.capacity(),
                wish.minimumSize(),
                wish.cutoffHours(),
                wish.open(),
                wish.patientIds(),
                wish.decisions(),
                wish.override());
    }

    /** EMDR for one patient with Dr Lee, so many Mondays 10:00 from 2027-03-08, 60 minutes. */
    public SeriesWish alone(long patient, int count) {
        SeriesWish wish = mondays(count);
        return new SeriesWish(
                "EMDR",
                "EMDR",
                clinic.lee,
                List.of(),
                clinic.room1,
                wish.recurrence(),
                wish.counts(),
                wish.first(),
                60,
                1,
                1,
                0,
                false,
                List.of(patient),
                Map.of(),
                RuleOverride.NONE);
    }

    /** EMDR of Ana with Dr Lee, two Mondays at 14:00 in room 1. */
    public SeriesWish emdr() {
        SeriesWish wish = mondays(2);
        return new SeriesWish(
                "EMDR",
                "EMDR",
                wish.therapistId(),
                List.of(),
                clinic.room1,
                wish.recurrence(),
                wish.counts(),
                LocalDateTime.parse("2027-03-08T14:00"),
                60,
                1,
                1,
                0,
                false,
                List.of(clinic.ana),
                Map.of(),
                RuleOverride.NONE);
    }

    public SeriesWish mondays(int count) {
        return group("FREQ=WEEKLY;BYDAY=MO;COUNT=" + count);
    }

    public long create(SeriesWish wish) {
        return planning.create(clinic.desk, wish);
    }

    public long enrol(long series, long patient) {
        return enrolments.enrol(clinic.desk, series, Enrolments.Wish.of(patient, LocalDate.of(2027, 3, 1)));
    }

    public long patient(String given) {
        return clinic.transactions.inNew(() -> clinic.patient(given, "Group" + given, null));
    }

    /** Two patients who must never meet. */
    public void keepApart(long one, long other) {
        clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                .add("insert into keep_apart (patient_id, other_id) values (?, ?)", one, other)
                .update());
    }

    /** The ids of its sessions, earliest first. */
    public List<Long> sessions(long series) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select id from session where series_id = ? order by starts_at", series)
                .list(r -> r.id(1)));
    }

    /** The part that a series continues in. */
    public long partOf(long series) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select id from series where parent_id = ?", series)
                .first(r -> r.id(1))
                .orElseThrow());
    }

    /** The starts of its live sessions on the wall of New York, earliest first. */
    public List<String> starts(long series) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add(
                        "select starts_at from session where series_id = ? and state = 'BOOKED' order by starts_at",
                        series)
                .list(r -> LocalDateTime.ofInstant(r.instant(1), ClinicFixture.NEW_YORK)
                        .toString()));
    }

    public long version(long session) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select version from session where id = ?", session)
                .first(r -> r.id(1))
                .orElseThrow());
    }

    /** How many come to a session. */
    public int coming(long session) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select count(*) from participant where session_id = ? and seat_number is not null", session)
                .first(r -> r.number(1))
                .orElseThrow());
    }

    public int seats(long session) {
        return clinic.transactions.inNew(() -> Sql.on(clinic.em)
                .add("select count(*) from seat where session_id = ?", session)
                .first(r -> r.number(1))
                .orElseThrow());
    }
}

package org.evenkeel.therapist;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.evenkeel.audit.Gate;
import org.evenkeel.modality.Modality;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Sql;
import org.evenkeel.site.RoomDetails;
import org.evenkeel.site.SiteFixture;
import org.evenkeel.testing.Actors;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.evenkeel.testing.RecordingAudit;

/** Two sites an hour apart, a modality, and a register of therapists; it is Monday 2027-03-01, 12:00 UTC. */
public final class TherapistFixture {
    public static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    public final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    public final Database database;
    public final SiteFixture places;
    public final RecordingAudit audit;
    public final Recorded<CalendarChanged> calendar = new Recorded<>();
    public final long harbor;
    public final long hill;
    public final long room;
    public final long modality;
    public final Therapists therapists;
    public final TherapistRegister register;
    public final TimeOffPlanning timeOff;

    public TherapistFixture(Database database) {
        this.database = database;
        places = new SiteFixture(database);
        audit = places.audit;
        harbor = places.add("Harbor", SiteFixture.NEW_YORK);
        hill = places.add("Hill", SiteFixture.CHICAGO);
        room = places.register.addRoom(Actors.LEAD, new RoomDetails(harbor, "Room 1", 4, 0, false, true));
        modality = database.transactions().inNew(() -> {
            Modality cbt = new Modality("CBT", "CBT", Modality.Format.BOTH, 50);
            database.entityManager().persist(cbt);
            return cbt.id();
        });
        TimesOff timesOff = new TimesOff(database.entityManager());
        therapists = new Therapists(database.entityManager());
        register = new TherapistRegister(
                therapists,
                timesOff,
                places.sites,
                database.entityManager(),
                database.transactions(),
                new Gate(audit),
                audit,
                calendar,
                clock);
        timeOff = new TimeOffPlanning(
                timesOff, database.entityManager(), database.transactions(), new Gate(audit), audit, calendar, clock);
    }

    public TherapistDetails named(String title, String given, String family) {
        return new TherapistDetails(
                title,
                given,
                family,
                Therapist.Gender.FEMALE,
                List.of("en", "es"),
                List.of(new Qualified(modality, LocalDate.of(2026, 1, 1), null)),
                true);
    }

    public long add(String family) {
        return register.add(Actors.LEAD, named("Dr", "Jin", family));
    }

    public static WorkingHours hours(long site, int weekday, String from, String until) {
        return new WorkingHours(site, weekday, LocalTime.parse(from), LocalTime.parse(until));
    }

    /** A booked session of a therapist, with a patient or none; its id. */
    public long session(long therapist, Instant start, int minutes, String state, long... patients) {
        return database.transactions().inNew(() -> {
            long id = number("select coalesce(max(id), 0) + 1 from session");
            execute(
                    "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at, turnover_minutes,"
                            + " takes_room, capacity, state, late_cancelled, revision, booked_at, version) values (?, ?, ?, ?, ?, ?, ?, 0,"
                            + " true, 1, ?, false, 1, ?, 1)",
                    id,
                    modality,
                    harbor,
                    room,
                    therapist,
                    start,
                    start.plusSeconds(minutes * 60L),
                    state,
                    NOW);
            for (long patient : patients) {
                execute(
                        "insert into participant (id, session_id, patient_id, state, late_minutes, version) values (?, ?, ?, 'BOOKED', 0, 1)",
                        id * 100 + patient % 100,
                        id,
                        patient);
            }
            return id;
        });
    }

    private long number(String sql) {
        return Sql.on(database.entityManager()).add(sql).first(row -> row.id(1)).orElseThrow();
    }

    private void execute(String sql, Object... parameters) {
        Sql.on(database.entityManager()).add(sql, parameters).update();
    }
}

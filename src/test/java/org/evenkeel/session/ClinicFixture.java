package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.modality.Modality;
import org.evenkeel.patient.Caseload;
import org.evenkeel.patient.Patient;
import org.evenkeel.series.SeriesExtension;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.MovableClock;
import org.evenkeel.testing.Recorded;
import org.evenkeel.testing.RecordingAudit;
import org.evenkeel.therapist.Qualification;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.TimeOff;
import org.evenkeel.therapist.WorkingHours;
import org.jspecify.annotations.Nullable;

/**
 * A small clinic in New York on a clean database: it is Monday 2027-03-01, 08:00. Dr Lee and Dr Ruiz work weekdays 09:00-17:00,
 * both may give CBT and EMDR; rooms 1 and 2 have 10 minutes of turnover; Ana is a patient of Dr Lee's.
 */
public final class ClinicFixture {

    public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    public final Database database;
    public final MovableClock clock = MovableClock.at("2027-03-01T13:00:00Z");
    public final RecordingAudit audit = new RecordingAudit();
    public final Recorded<SessionChanged> events = new Recorded<>();
    public final Recorded<CalendarChanged> calendar = new Recorded<>();
    public final EntityManager em;
    public final Transactions transactions;
    public final FreeTimes freeTimes;
    public final Holds holds;
    public final Booking booking;
    public final Schedule schedule;
    public final Seats seats;
    public final Caseload caseload;
    public final LeavePlanning leave;

    public long site;
    public long room1;
    public long room2;
    public long telehealth;
    public long lee;
    public long ruiz;
    public long ana;
    public long ben;
    public Actor desk;
    public Actor lead;
    public Actor admin;
    public Actor drLee;

    @SuppressWarnings("NullAway.Init")
    public ClinicFixture(Database database) {
        this.database = database;
        database.clean();
        em = database.entityManager();
        transactions = database.transactions();
        Settings settings = new Settings(em, transactions, audit, new Gate(audit), clock);
        Availability availability = new Availability(em);
        freeTimes = new FreeTimes(em, transactions, settings, audit, clock);
        holds = new Holds(em, transactions, availability, audit, new Gate(audit), clock);
        booking = new Booking(
                em,
                transactions,
                availability,
                new Ways(em, transactions, availability, freeTimes, clock),
                new Caseload(em, clock),
                settings,
                audit,
                events,
                clock);
        schedule = new Schedule(em, availability, settings, events, clock);
        seats = new Seats(em, availability, settings, events, clock);
        caseload = new Caseload(em, clock);
        leave = new LeavePlanning(
                em, transactions, schedule, new SeriesExtension(em, schedule, clock), audit, calendar, clock);
        transactions.runInNew(this::furnish);
    }

    private void furnish() {
        Site newYork = persist(new Site("Harbor House", NEW_YORK, "555-0100"));
        site = newYork.id();
        List<OpeningHours> open = new ArrayList<>();
        for (int day = 1; day <= 5; day++) {
            open.add(new OpeningHours(day, LocalTime.of(8, 0), LocalTime.of(20, 0)));
        }
        newYork.openAt(open);
        room1 = persist(new Room(newYork, "Room 1", 2, 10, false)).id();
        room2 = persist(new Room(newYork, "Room 2", 12, 10, false)).id();
        telehealth = persist(new Room(newYork, "Telehealth", 50, 0, true)).id();
        long cbt = modality("CBT", "Cognitive behavioral therapy", Modality.Format.BOTH, 50, "CBT certificate");
        long emdr = modality("EMDR", "EMDR", Modality.Format.INDIVIDUAL, 60, "EMDR certificate");
        modality("IND", "Individual counseling", Modality.Format.INDIVIDUAL, 50, null);
        modality("GRP", "Group counseling", Modality.Format.GROUP, 90, null);
        lee = therapist("Dr", "Jin", "Lee", Therapist.Gender.FEMALE, cbt, emdr);
        ruiz = therapist("Dr", "Marco", "Ruiz", Therapist.Gender.MALE, cbt, emdr);
        ana = patient("Ana", "Reyes", lee);
        ben = patient("Ben", "Okoye", null);
        desk = actor(1, Role.DESK, null);
        lead = actor(2, Role.LEAD, null);
        admin = actor(3, Role.ADMIN, null);
        drLee = actor(4, Role.THERAPIST, lee);
    }

    private Actor actor(long id, Role role, @Nullable Long therapist) {
        Sql.on(em)
                .add(
                        "insert into account (id, username, display_name, therapist_id, active, language, discreet,"
                                + " single_keys, created_at, version) values (?, ?, ?, ?, true, 'en', false, true, ?, 1)",
                        id,
                        "user" + id,
                        "User " + id,
                        therapist == null ? null : (Object) therapist,
                        clock.instant())
                .update();
        return new Actor(id, "user" + id, Set.of(role), therapist);
    }

    public long modality(
            String code, String name, Modality.Format format, int minutes, @Nullable String qualification) {
        Modality modality = new Modality(code, name, format, minutes);
        modality.describe(name, format, minutes, 10, 3, qualification, 0, true);
        return persist(modality).id();
    }

    /** Works weekdays 09:00-17:00 at the site, qualified without end for these modalities. */
    public long therapist(String title, String given, String family, Therapist.Gender gender, long... modalities) {
        Therapist therapist = new Therapist(title, given, family, gender);
        therapist.speak(List.of("en"));
        List<WorkingHours> hours = new ArrayList<>();
        for (int day = 1; day <= 5; day++) {
            hours.add(new WorkingHours(site, day, LocalTime.of(9, 0), LocalTime.of(17, 0)));
        }
        therapist.workAt(hours);
        for (long modality : modalities) {
            therapist.qualify(new Qualification(therapist, modality, LocalDate.of(2020, 1, 1), null));
        }
        return persist(therapist).id();
    }

    public long patient(String given, String family, @Nullable Long primaryTherapist) {
        Patient patient = new Patient("P-" + given + family, given, family, LocalDate.of(1990, 5, 17));
        patient.describe(LocalDate.of(1990, 5, 17), Patient.Gender.FEMALE, "en", primaryTherapist);
        return persist(patient).id();
    }

    public void timeOff(long therapist, String from, String to) {
        transactions.runInNew(() -> persist(new TimeOff(therapist, new TimeSlot(local(from), local(to)), "leave")));
    }

    public void closeOn(String date) {
        transactions.runInNew(() -> {
            Site found = em.find(Site.class, site);
            found.closeOn(new ClosureDay(LocalDate.parse(date), "Holiday"));
        });
    }

    public <T> T persist(T entity) {
        em.persist(entity);
        em.flush();
        return entity;
    }

    /** An instant from the wall time of New York. */
    public static Instant local(String wallTime) {
        return LocalDateTime.parse(wallTime).atZone(NEW_YORK).toInstant();
    }

    /** Someone finds this time and holds it while they fill in the booking. */
    public void hold(long therapist, long room, String start, int minutes) {
        holds.hold(
                lead,
                new FreeTime(
                        local(start),
                        minutes,
                        new FreeTime.Ref(therapist, ""),
                        new FreeTime.Ref(room, ""),
                        new FreeTime.Ref(site, ""),
                        NEW_YORK));
    }

    /** Someone has held this time and gone away, until it ran out. */
    public void abandonHold(long therapist, long room, String start, int minutes) {
        hold(therapist, room, start, minutes);
        clock.advance(Holds.LENGTH);
    }

    /** CBT for 50 minutes with Ana in room 1. */
    public BookSession cbt(long therapist, String start) {
        return wish("CBT", therapist, start, 50, room1, ana);
    }

    public BookSession wish(
            String modality, long therapist, String start, int minutes, @Nullable Long room, long patient) {
        return new BookSession(
                modality, local(start), minutes, therapist, room, null, List.of(patient), RuleOverride.NONE);
    }

    /** How many rows of a table. */
    public long count(String table) {
        return transactions.inNew(() -> (Long)
                ((Number) em.createNativeQuery("select count(*) from " + table).getSingleResult()).longValue());
    }
}

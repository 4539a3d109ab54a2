package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.evenkeel.demo.DemoPatients.Client;
import org.evenkeel.demo.DemoPlaces.Place;
import org.evenkeel.demo.DemoStaff.Worker;
import org.evenkeel.identity.Actor;
import org.evenkeel.modality.Modality;
import org.evenkeel.patient.Patient;
import org.evenkeel.session.Occurrence;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.site.Room;

/**
 * The groups of the demo clinic, once a week each over the same weeks as all its sessions: open and closed, full ones with people
 * who wait, small ones, some with a co-facilitator; and one patient's weekly series. Their times are kept free of other sessions.
 */
final class DemoGroups {

    private static final int EXCUSED_OF_TEN = 4;

    /** A group with so early a cut-off always has its next date decided on, if it is too small. */
    private static final int A_WEEK = 7 * 24;

    /**
     * One of them.
     *
     * @param with username of the co-facilitator, or ""
     * @param weekday 1 for Monday
     * @param cutoffHours so long before a date its size counts
     */
    private record Plan(
            String name,
            String code,
            String lead,
            String with,
            String site,
            String room,
            int weekday,
            String start,
            int minutes,
            int seats,
            int minimum,
            int members,
            int waiting,
            boolean open,
            int cutoffHours) {

        Plan(
                String name,
                String code,
                String lead,
                String with,
                String site,
                String room,
                int weekday,
                String start,
                int minutes,
                int seats,
                int minimum,
                int members,
                int waiting,
                boolean open) {
            this(
                    name, code, lead, with, site, room, weekday, start, minutes, seats, minimum, members, waiting, open,
                    24);
        }
    }

    private static final List<Plan> PLANS = List.of(
            new Plan(
                    "Monday skills",
                    "DBT",
                    "okafor",
                    "lee",
                    "H",
                    "Lighthouse Room",
                    1,
                    "10:00",
                    60,
                    10,
                    4,
                    10,
                    3,
                    true),
            new Plan("Steps and thoughts", "CBT", "lee", "", "H", "Lighthouse Room", 3, "13:30", 90, 8, 3, 6, 0, true),
            new Plan(
                    "Staying on course",
                    "RPP",
                    "oneill",
                    "",
                    "H",
                    "Lighthouse Room",
                    5,
                    "14:00",
                    90,
                    12,
                    4,
                    9,
                    0,
                    true),
            new Plan(
                    "Thursday circle",
                    "SUPPORT",
                    "nowak",
                    "",
                    "H",
                    "Lighthouse Room",
                    4,
                    "17:00",
                    90,
                    14,
                    4,
                    12,
                    0,
                    true),
            new Plan("Both sides", "DUAL", "ruiz", "", "H", "Garden Room", 2, "09:00", 60, 6, 3, 6, 2, false),
            new Plan(
                    "What it does",
                    "EDU",
                    "abebe",
                    "",
                    "H",
                    "Lighthouse Room",
                    3,
                    "17:00",
                    60,
                    12,
                    5,
                    4,
                    0,
                    true,
                    A_WEEK),
            new Plan(
                    "Tuesday skills", "DBT", "ashby", "haddad", "M", "Canyon Room", 2, "12:00", 60, 10, 4, 8, 0, false),
            new Plan("Rest and breath", "STRESS", "tanaka", "", "M", "Canyon Room", 3, "14:30", 60, 8, 3, 5, 0, true),
            new Plan("Friday talk", "GRP", "begay", "", "M", "Canyon Room", 5, "10:00", 90, 10, 4, 10, 4, true),
            new Plan("First facts", "EDU", "abebe", "", "H", "Lighthouse Room", 4, "14:00", 60, 10, 3, 5, 0, true),
            new Plan("Weekly EMDR", "EMDR", "haddad", "", "M", "Room A", 1, "10:00", 80, 1, 1, 1, 0, false));

    /** A group with who is in it and who waits. */
    private record Group(
            Plan plan,
            Place place,
            Room room,
            Worker lead,
            List<Worker> with,
            List<Client> members,
            List<Client> waiting) {

        LocalTime start() {
            return LocalTime.parse(plan.start());
        }

        ZoneId zone() {
            return place.site().zone();
        }
    }

    private final EntityManager entities;
    private final Schedule schedule;
    private final Random random;
    private final Instant now;
    private final Actor desk;
    private final List<Group> groups = new ArrayList<>();
    private final List<Client> waitingForTimes = new ArrayList<>();

    /** @param desk who has booked them */
    DemoGroups(EntityManager entities, Schedule schedule, Random random, Instant now, Actor desk) {
        this.entities = entities;
        this.schedule = schedule;
        this.random = random;
        this.now = now;
        this.desk = desk;
    }

    /** Chooses who comes; each patient is in one group, or waits for one. */
    void plan(DemoPlaces places, List<Worker> workers, List<Client> clients) {
        List<Client> candidates = new ArrayList<>(clients.stream()
                .filter(c -> c.isBooked() && c.lastDay().equals(LocalDate.MAX))
                .toList());
        Collections.shuffle(candidates, random);
        Set<Patient> chosen = new HashSet<>();
        for (Plan plan : PLANS) {
            Place place = places.of(plan.site());
            Room room = place.rooms().stream()
                    .filter(r -> r.name().equals(plan.room()))
                    .findFirst()
                    .orElseThrow();
            List<Worker> with = plan.with().isEmpty() ? List.of() : List.of(worker(workers, plan.with()));
            groups.add(new Group(
                    plan,
                    place,
                    room,
                    worker(workers, plan.lead()),
                    with,
                    choose(candidates, place, plan.members(), chosen),
                    choose(candidates, place, plan.waiting(), chosen)));
        }
        waitingForTimes.addAll(choose(candidates, places.of("H"), 2, chosen));
    }

    private static Worker worker(List<Worker> workers, String username) {
        return workers.stream()
                .filter(w -> w.username().equals(username))
                .findFirst()
                .orElseThrow();
    }

    private static List<Client> choose(List<Client> candidates, Place place, int count, Set<Patient> chosen) {
        List<Client> some = candidates.stream()
                .filter(c -> c.place().equals(place) && !chosen.contains(c.patient()))
                .limit(count)
                .toList();
        some.forEach(c -> chosen.add(c.patient()));
        return some;
    }

    /** Keeps their times free in the timetable of the week. */
    void keepFree(DemoWeek week) {
        for (Group group : groups) {
            int weekday = group.plan().weekday();
            int minutes = group.plan().minutes();
            week.keep(group.lead().therapist(), weekday, group.start(), minutes);
            group.with().forEach(w -> week.keep(w.therapist(), weekday, group.start(), minutes));
            week.keep(
                    group.room(), weekday, group.start(), minutes + group.room().turnoverMinutes());
            group.members().forEach(m -> week.keep(m.patient(), weekday, group.start(), minutes));
        }
    }

    /** Writes the series with their sessions, enrolments and who waits. */
    void insert(Map<String, Modality> modalities) {
        for (Group group : groups) {
            insert(group, Objects.requireNonNull(modalities.get(group.plan().code())));
        }
        insertWaitingForTimes(List.of("CBT", "IND"), modalities);
        markAttendance();
    }

    private void insert(Group group, Modality modality) {
        LocalDate first = group.place()
                .today(now)
                .minusDays(DemoSessions.DAYS)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.of(group.plan().weekday())));
        LocalDate last = group.place().today(now).plusDays(DemoSessions.DAYS);
        long series = insertSeries(group, modality, first, last);
        Map<Long, Long> enrolments = insertEnrolments(group, series, first);
        List<Occurrence> wanted = new ArrayList<>();
        for (LocalDate date = first; !date.isAfter(last); date = date.plusWeeks(1)) {
            LocalDateTime wallTime = date.atTime(group.start());
            wanted.add(new Occurrence(
                    null,
                    wallTime,
                    TimeSlot.of(
                            wallTime.atZone(group.zone()).toInstant(),
                            group.plan().minutes()),
                    group.lead().therapist().id(),
                    group.with().stream().map(w -> w.therapist().id()).toList(),
                    group.room().id(),
                    group.members().stream().map(m -> m.patient().id()).toList()));
        }
        List<Judged> clear = schedule.judge(desk, modality.id(), group.plan().seats(), wanted).stream()
                .filter(j -> j.refusals().isEmpty())
                .toList();
        schedule.book(
                desk,
                new Schedule.Common(series, modality.id(), group.plan().seats(), enrolments, RuleOverride.NONE),
                clear);
        Sql.on(entities)
                .add(
                        "update session set booked_at = ? where series_id = ?",
                        now.minus(Duration.ofDays(DemoSessions.DAYS + 7L)),
                        series)
                .update();
        insertWaiting(group, series);
    }

    private long insertSeries(Group group, Modality modality, LocalDate first, LocalDate last) {
        Plan plan = group.plan();
        long id = next("series_seq");
        String day = DayOfWeek.of(plan.weekday()).name().substring(0, 2);
        Sql.on(entities)
                .add(
                        "insert into series (id, name, modality_id, site_id, room_id, therapist_id, rule, counts, first_at, minutes,"
                                + " capacity, minimum_size, cutoff_hours, open_to_new, created_at, created_by, version)"
                                + " values (?, ?, ?, ?, ?, ?, ?, 'DATES', ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                        id,
                        plan.name(),
                        modality.id(),
                        group.place().site().id(),
                        group.room().id(),
                        group.lead().therapist().id(),
                        "FREQ=WEEKLY;BYDAY=" + day + ";UNTIL=" + last.toString().replace("-", "") + "T235959",
                        first.atTime(group.start()),
                        plan.minutes(),
                        plan.seats(),
                        plan.minimum(),
                        plan.cutoffHours(),
                        plan.open(),
                        now.minus(Duration.ofDays(DemoSessions.DAYS + 7L)),
                        desk.accountId())
                .update();
        group.with().forEach(w -> Sql.on(entities)
                .add(
                        "insert into series_facilitator (series_id, therapist_id) values (?, ?)",
                        id,
                        w.therapist().id())
                .update());
        return id;
    }

    private Map<Long, Long> insertEnrolments(Group group, long series, LocalDate first) {
        Map<Long, Long> enrolments = new HashMap<>();
        for (Client member : group.members()) {
            long id = next("enrolment_seq");
            enrolments.put(member.patient().id(), id);
            Sql.on(entities)
                    .add(
                            "insert into enrolment (id, series_id, patient_id, from_date, enrolled_at, enrolled_by, version)"
                                    + " values (?, ?, ?, ?, ?, ?, 1)",
                            id,
                            series,
                            member.patient().id(),
                            first,
                            now.minus(Duration.ofDays(DemoSessions.DAYS + 5L)),
                            desk.accountId())
                    .update();
        }
        return enrolments;
    }

    private void insertWaiting(Group group, long series) {
        int place = 0;
        for (Client client : group.waiting()) {
            Instant since = now.minus(Duration.ofDays(16L - 4L * place));
            Sql.on(entities)
                    .add(
                            "insert into waitlist_entry (id, patient_id, series_id, weekdays, from_date, priority, waiting_since,"
                                    + " state, version) values (?, ?, ?, '', ?, ?, ?, 'WAITING', 1)",
                            next("waitlist_entry_seq"),
                            client.patient().id(),
                            series,
                            group.place().today(since),
                            place == 1 ? 2 : 3,
                            since)
                    .update();
            place++;
        }
    }

    /** One wants any time of CBT, the other one of counseling in the afternoon. */
    private void insertWaitingForTimes(List<String> codes, Map<String, Modality> modalities) {
        for (int i = 0; i < waitingForTimes.size(); i++) {
            Client client = waitingForTimes.get(i);
            Instant since = now.minus(Duration.ofDays(9L - 3L * i));
            Sql.on(entities)
                    .add(
                            "insert into waitlist_entry (id, patient_id, modality_id, site_id, weekdays, after_time, from_date,"
                                    + " priority, waiting_since, state, version) values (?, ?, ?, ?, '', ?, ?, ?, ?, 'WAITING', 1)",
                            next("waitlist_entry_seq"),
                            client.patient().id(),
                            Objects.requireNonNull(modalities.get(codes.get(i))).id(),
                            client.place().site().id(),
                            i == 0 ? null : LocalTime.NOON,
                            client.place().today(since),
                            i + 2,
                            since)
                    .update();
        }
    }

    /** What is over was attended, late at times; some did not come, and some of these had an excuse. */
    private void markAttendance() {
        record Past(long id, int minutes, Instant start) {}
        List<Past> past = Sql.on(entities)
                .add(
                        "select p.id, s.starts_at, s.ends_at from participant p join session s on s.id = p.session_id"
                                + " join patient pa on pa.id = p.patient_id where s.series_id is not null and s.ends_at <= ?"
                                + " order by s.starts_at, pa.record_number",
                        now)
                .list(r -> new Past(r.id(1), r.slot(2, 3).minutes(), r.instant(2)));
        for (Past one : past) {
            boolean came = random.nextInt(100) >= 11;
            int late = came && random.nextInt(100) < 12 ? 5 * (1 + random.nextInt(3)) : 0;
            Sql.on(entities)
                    .add(
                            "update participant set state = ?, late_minutes = ?, attended_minutes = ?, checked_in_at = ?,"
                                    + " excused = ? where id = ?",
                            came ? "ATTENDED" : "NO_SHOW",
                            late,
                            came ? (Integer) (one.minutes() - late) : null,
                            came ? one.start().plus(Duration.ofMinutes(late > 0 ? late : -5)) : null,
                            !came && random.nextInt(10) < EXCUSED_OF_TEN,
                            one.id())
                    .update();
        }
    }

    private long next(String sequence) {
        return Sql.on(entities)
                .add("select nextval('" + sequence + "')")
                .first(r -> r.id(1))
                .orElseThrow();
    }
}

package org.evenkeel.demo;

import static org.evenkeel.demo.DemoFixture.clinic;
import static org.evenkeel.demo.DemoFixture.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.session.FreeTimes;
import org.evenkeel.session.FreeTimesFound;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.MovableClock;
import org.evenkeel.testing.RecordingAudit;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo clinic keeps every promise that a real one would have to keep. */
class DemoClinicTest {
    private static final String NOON = "2027-03-03T16:30:00Z";

    private final RecordingAudit audit = new RecordingAudit();

    /** Weekdays, a weekend, late evening, both clock changes within four weeks, the turn of the year. */
    @ParameterizedTest
    @CsvSource({
        "H2, 2027-03-03T16:30:00Z",
        "POSTGRES, 2027-03-03T16:30:00Z",
        "H2, 2026-11-01T05:30:00Z",
        "H2, 2026-12-31T23:10:00Z",
        "POSTGRES, 2027-06-12T14:00:00Z",
        "H2, 2027-07-06T03:00:00Z",
        "H2, 2027-10-15T13:45:00Z"
    })
    void keepsAllPromisesOnEachDay(Database database, String now) {
        built(database, now);
        assertEquals(0, number(database, overlapping("a.therapist_id = b.therapist_id", "0")), "therapists");
        assertEquals(0, number(database, overlapping("a.room_id = b.room_id and a.takes_room", "a.turnover_minutes")));
        assertEquals(0, number(database, PATIENTS_TWICE), "patients");
        assertEquals(number(database, CLAIMED_MINUTES) / 5, number(database, "select count(*) from occupied"));
        assertEquals(
                0,
                number(
                        database,
                        "select count(*) from session s where (select count(*) from seat t where t.session_id = s.id) <> s.capacity"
                                + " or (select count(*) from participant p where p.session_id = s.id) > s.capacity"));
        Timetable timetable = new Timetable(database, Instant.parse(now));
        timetable.sessions().forEach(timetable::check);
        double utilisation = timetable.utilisation();
        assertTrue(utilisation > 0.70 && utilisation < 0.80, () -> "utilisation " + utilisation);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isAsLargeAsItShouldBe(Database database) {
        built(database, NOON);
        assertEquals(2, number(database, "select count(distinct zone) from site"));
        assertEquals(10, number(database, "select count(*) from room"));
        assertEquals(2, number(database, "select count(*) from room where telehealth"));
        assertEquals(14, number(database, "select count(*) from therapist"));
        assertEquals(200, number(database, "select count(*) from patient"));
        assertEquals(2, number(database, "select count(*) from patient where died_on is not null or not active"));
        assertEquals(1, number(database, "select count(*) from keep_apart"));
        assertTrue(number(database, "select count(*) from contact_point") > 300);
        assertEquals(10, number(database, "select count(*) from series where capacity > 1"));
        assertEquals(2, number(database, "select count(*) from series_facilitator"));
        assertEquals(11, number(database, "select count(*) from waitlist_entry"));
        assertTrue(number(database, "select count(*) from participant where excused") > 0);
        assertEquals(18, number(database, "select count(*) from account"));
        assertEquals(18, number(database, "select count(*) from api_token"));
        assertTrue(number(database, "select count(*) from session") > 2_000);
        assertTrue(number(database, "select count(*) from session where late_cancelled") > 20);
        assertEquals(1, number(database, "select count(*) from opt_out"));
        assertTrue(number(database, "select count(distinct patient_id) from consent") > 150);
        for (String outcome : List.of("SENT", "FAILED", "UNKNOWN", "EXPIRED", "VOIDED")) {
            assertTrue(number(database, "select count(*) from reminder where state = '" + outcome + "'") > 0, outcome);
        }
        assertEquals(
                0,
                number(
                        database,
                        "select count(*) from reminder where closed_at > cast('" + NOON
                                + "' as timestamp with time zone)"));
        for (String state :
                List.of("ATTENDED", "NO_SHOW", "CHECKED_IN", "CONFIRMED", "BOOKED", "LATE_CANCELLED", "CANCELLED")) {
            assertTrue(number(database, "select count(*) from participant where state = '" + state + "'") > 0, state);
        }
        assertEquals(1, audit.entries().size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void hasGroupsOfEveryKind(Database database) {
        built(database, NOON);
        String running =
                " from series g where g.capacity > 1 and exists (select 1 from session s where s.series_id = g.id"
                        + " and s.state = 'BOOKED' and s.starts_at > cast('" + NOON + "' as timestamp with time zone))";
        assertTrue(number(database, "select count(*)" + running) >= 8, "running");
        assertTrue(number(database, "select count(distinct g.modality_id)" + running) >= 4, "therapies");
        assertTrue(number(database, "select count(*)" + running + " and g.open_to_new") > 0, "open");
        assertTrue(number(database, "select count(*)" + running + " and not g.open_to_new") > 0, "closed");
        String full = " and not exists (select 1 from session s where s.series_id = g.id and s.state = 'BOOKED'"
                + " and s.starts_at > cast('" + NOON + "' as timestamp with time zone) and (select count(*) from"
                + " participant p where p.session_id = s.id and p.seat_number is not null) < g.capacity)";
        String awaited =
                " and exists (select 1 from waitlist_entry w where w.series_id = g.id and w.state = 'WAITING')";
        assertTrue(number(database, "select count(*)" + running + full + awaited) > 0, "full and waited for");
        assertTrue(
                number(
                                database,
                                "select count(*)" + running
                                        + " and exists (select 1 from series_facilitator f where f.series_id = g.id)")
                        > 0,
                "with a co-facilitator");
        assertEquals(
                0,
                number(
                        database,
                        "select count(*)" + running
                                + " and not exists (select 1 from session s join participant p on p.session_id"
                                + " = s.id where s.series_id = g.id and p.state = 'ATTENDED')"),
                "without attendance behind them");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void hasTimesForADemandingWish(Database database) {
        built(database, NOON);
        MovableClock clock = MovableClock.at(NOON);
        Settings settings =
                new Settings(database.entityManager(), database.transactions(), audit, new Gate(audit), clock);
        FreeTimes freeTimes = new FreeTimes(database.entityManager(), database.transactions(), settings, audit, clock);
        FreeTimesFound found = freeTimes.search(
                new Actor(1, "desk", Set.of(Role.DESK), null),
                new FreeTimesQuery(
                        "EMDR",
                        null,
                        LocalDate.of(2027, 3, 3),
                        LocalDate.of(2027, 3, 31),
                        null,
                        Therapist.Gender.FEMALE,
                        null,
                        Set.of(DayOfWeek.TUESDAY, DayOfWeek.THURSDAY),
                        LocalTime.of(16, 0),
                        null,
                        null,
                        null,
                        50));
        assertTrue(found.items().size() >= 4, () -> found.items().size() + " times");
        assertEquals(
                2, found.items().stream().map(t -> t.site().name()).distinct().count());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isTheSameEachTime(Database database) {
        built(database, NOON);
        List<String> first = content(database);
        built(database, NOON);
        assertEquals(first, content(database));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isBuiltOnceHoweverManyNodesStart(Database database) throws Exception {
        database.clean();
        DemoClinic clinic = clinic(database, audit, MovableClock.at(NOON));
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        List<Callable<Boolean>> starts = List.of(clinic::build, clinic::build, clinic::build);
        int built = 0;
        for (Future<Boolean> node : nodes.invokeAll(starts)) {
            built += node.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, built);
        assertEquals(200, number(database, "select count(*) from patient"));
        assertFalse(
                clinic(database, audit, MovableClock.at("2027-04-01T12:00:00Z")).build(), "on a later day's start");
        assertTrue(clinic.isBuilt());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aCrashLeavesNothing(Database database) {
        database.clean();
        AuditTrail crash = new AuditTrail() {
            @Override
            public void record(Actor actor, Entry entry) {
                throw new IllegalStateException("crash");
            }

            @Override
            public void recordApart(Actor actor, Entry entry) {
                throw new IllegalStateException("crash");
            }
        };
        DemoClinic crashing = clinic(database, crash, MovableClock.at(NOON));
        assertThrows(IllegalStateException.class, crashing::build);
        assertFalse(crashing.isBuilt());
        assertEquals(0, number(database, "select count(*) from site"));
        assertTrue(clinic(database, audit, MovableClock.at(NOON)).build());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void neverMixesWithOtherData(Database database) {
        database.clean();
        database.transactions().runInNew(() -> Sql.on(database.entityManager())
                .add(
                        "insert into site (id, name, zone, phone, active, version) values (1, 'North', 'UTC', '', true, 1)")
                .update());
        DemoClinic clinic = clinic(database, audit, MovableClock.at(NOON));
        assertFalse(clinic.build());
        assertFalse(clinic.isBuilt());
    }

    private void built(Database database, String now) {
        database.clean();
        assertTrue(clinic(database, audit, MovableClock.at(now)).build());
    }

    private static String overlapping(String same, String minutesAfter) {
        return "select count(*) from session a join session b on " + same + " and a.id <> b.id"
                + " where a.state = 'BOOKED' and b.state = 'BOOKED' and a.starts_at <= b.starts_at"
                + " and b.starts_at < a.ends_at + interval '1' minute * " + minutesAfter;
    }

    private static final String PATIENTS_TWICE =
            """
            select count(*) from participant p join session a on a.id = p.session_id
            join participant q on q.patient_id = p.patient_id and q.id <> p.id join session b on b.id = q.session_id
            where p.seat_number is not null and q.seat_number is not null
            and a.starts_at <= b.starts_at and b.starts_at < a.ends_at""";

    private static final String CLAIMED_MINUTES =
            """
            select sum(minutes * (1 + people) + case when takes_room then minutes + turnover_minutes else 0 end) from
            (select takes_room, (select count(*) from participant p where p.session_id = s.id and p.seat_number is not null)
            + (select count(*) from session_facilitator f where f.session_id = s.id) as people, turnover_minutes, extract(epoch from ends_at) / 60 - extract(epoch from starts_at) / 60 as minutes
            from session s where state = 'BOOKED') live""";

    /** Everything that does not change by itself from one seeding to the next: ids and what is encrypted do. */
    private static List<String> content(Database database) {
        return database.transactions().inNew(() -> {
            List<String> lines = new ArrayList<>(Sql.on(database.entityManager())
                    .add(
                            "select s.starts_at, s.ends_at, s.state, s.cancelled_at, s.cancel_reason, s.booked_at, t.family_name,"
                                    + " r.name, m.code, q.record_number, p.state, p.checked_in_at, p.late_minutes from session s"
                                    + " join therapist t on t.id = s.therapist_id join room r on r.id = s.room_id"
                                    + " join modality m on m.id = s.modality_id join participant p on p.session_id = s.id"
                                    + " join patient q on q.id = p.patient_id order by s.starts_at, t.family_name, s.state, q.record_number")
                    .list(r -> joined(r, 13)));
            lines.addAll(Sql.on(database.entityManager())
                    .add(
                            "select record_number, given_name, family_name, birth_date, gender, language, died_on, active from patient"
                                    + " order by record_number")
                    .list(r -> joined(r, 8)));
            return lines;
        });
    }

    private static String joined(Sql.Row row, int columns) throws java.sql.SQLException {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
            line.append(row.textOrNull(column)).append('|');
        }
        return line.toString();
    }

    /** What sessions must fit into, read back from the database. */
    private static final class Timetable {
        private record Hours(long therapist, long site, int weekday, LocalTime from, LocalTime to) {}

        private record Closure(long site, LocalDate date) {}

        private record Qualified(long therapist, long modality, LocalDate from, LocalDate to) {}

        private record Away(long therapist, Instant from, Instant to) {}

        private record Held(
                long id,
                long therapist,
                long site,
                long modality,
                boolean needsIt,
                ZonedDateTime from,
                ZonedDateTime to,
                boolean live,
                String state,
                LocalDate patientsLastDay) {}

        private final Instant now;
        private final List<Hours> working;
        private final List<Hours> opening;
        private final List<Closure> closures;
        private final List<Qualified> qualified;
        private final List<Away> away;
        private final List<Held> sessions;

        Timetable(Database database, Instant now) {
            this.now = now;
            working = list(
                    database,
                    "select therapist_id, site_id, weekday, starts_at, ends_at from working_hours",
                    r -> new Hours(r.id(1), r.id(2), r.number(3), r.time(4), r.time(5)));
            opening = list(
                    database,
                    "select site_id, weekday, opens_at, closes_at from opening_hours",
                    r -> new Hours(0, r.id(1), r.number(2), r.time(3), r.time(4)));
            closures =
                    list(database, "select site_id, closed_on from closure_day", r -> new Closure(r.id(1), r.date(2)));
            qualified = list(
                    database,
                    "select therapist_id, modality_id, valid_from, valid_to from qualification",
                    r -> new Qualified(
                            r.id(1), r.id(2), r.date(3), r.dateOrNull(4) == null ? LocalDate.MAX : r.date(4)));
            away = list(
                    database,
                    "select therapist_id, starts_at, ends_at from time_off",
                    r -> new Away(r.id(1), r.instant(2), r.instant(3)));
            sessions = list(
                    database,
                    "select s.id, s.therapist_id, s.site_id, s.modality_id, m.qualification, s.starts_at, s.ends_at, i.zone, s.state,"
                            + " p.state, q.died_on, r.site_id from session s join modality m on m.id = s.modality_id"
                            + " join site i on i.id = s.site_id join participant p on p.session_id = s.id"
                            + " join patient q on q.id = p.patient_id join room r on r.id = s.room_id",
                    r -> {
                        ZoneId zone = ZoneId.of(r.text(8));
                        assertEquals(r.id(3), r.id(12), "the room is at the site");
                        return new Held(
                                r.id(1),
                                r.id(2),
                                r.id(3),
                                r.id(4),
                                r.textOrNull(5) != null,
                                r.instant(6).atZone(zone),
                                r.instant(7).atZone(zone),
                                r.text(9).equals("BOOKED"),
                                r.text(10),
                                r.dateOrNull(11) == null ? LocalDate.MAX : r.date(11));
                    });
        }

        private static <T> List<T> list(Database database, String sql, Sql.Mapper<T> mapper) {
            return database.transactions()
                    .inNew(() -> Sql.on(database.entityManager()).add(sql).list(mapper));
        }

        List<Held> sessions() {
            return sessions;
        }

        void check(Held s) {
            String what = s.toString();
            LocalDate date = s.from().toLocalDate();
            assertTrue(working.stream().anyMatch(h -> h.therapist() == s.therapist() && covers(h, s)), what);
            assertTrue(opening.stream().anyMatch(h -> covers(h, s)), what);
            assertFalse(closures.contains(new Closure(s.site(), date)), what);
            assertTrue(
                    !s.needsIt()
                            || qualified.stream()
                                    .anyMatch(q -> q.therapist() == s.therapist()
                                            && q.modality() == s.modality()
                                            && !date.isBefore(q.from())
                                            && !date.isAfter(q.to())),
                    what);
            assertTrue(
                    away.stream()
                            .noneMatch(a -> a.therapist() == s.therapist()
                                    && a.from().isBefore(s.to().toInstant())
                                    && s.from().toInstant().isBefore(a.to())),
                    what);
            assertFalse(date.isAfter(s.patientsLastDay()), what);
            assertEquals(0, s.from().toEpochSecond() % 300, what);
            boolean marked = s.state().equals("ATTENDED") || s.state().equals("NO_SHOW");
            assertFalse(marked && s.to().toInstant().isAfter(now), what);
            assertFalse(s.state().equals("CHECKED_IN") && s.from().toInstant().isAfter(now.plusSeconds(900)), what);
            boolean open = s.state().equals("BOOKED") || s.state().equals("CONFIRMED");
            assertFalse(open && s.to().toInstant().isBefore(now.minusSeconds(3600)), what);
            assertEquals(s.live(), !s.state().endsWith("CANCELLED"), what);
        }

        private static boolean covers(Hours h, Held s) {
            return h.site() == s.site()
                    && h.weekday() == s.from().getDayOfWeek().getValue()
                    && !s.from().toLocalTime().isBefore(h.from())
                    && !s.to().toLocalTime().isAfter(h.to())
                    && s.from().toLocalDate().equals(s.to().toLocalDate());
        }

        /** Booked minutes of all that therapists are there to work, over the eight weeks. */
        double utilisation() {
            double work = 0;
            ZoneId zone = ZoneId.of("America/New_York");
            LocalDate today = LocalDate.ofInstant(now, zone);
            for (int day = -DemoSessions.DAYS; day <= DemoSessions.DAYS; day++) {
                LocalDate date = today.plusDays(day);
                Instant noon = date.atTime(12, 0).atZone(zone).toInstant();
                work += working.stream()
                        .filter(h -> h.weekday() == date.getDayOfWeek().getValue())
                        .filter(h -> !closures.contains(new Closure(h.site(), date)))
                        .filter(h -> away.stream()
                                .noneMatch(a -> a.therapist() == h.therapist()
                                        && !noon.isBefore(a.from())
                                        && noon.isBefore(a.to())))
                        .mapToInt(h -> (h.to().toSecondOfDay() - h.from().toSecondOfDay()) / 60)
                        .sum();
            }
            double booked = sessions.stream()
                    .filter(Held::live)
                    .collect(Collectors.toMap(
                            Held::id,
                            s -> (s.to().toEpochSecond() - s.from().toEpochSecond()) / 60,
                            (one, same) -> one))
                    .values()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return booked / work;
        }
    }
}

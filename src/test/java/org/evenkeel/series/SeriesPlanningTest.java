package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Qualification;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A series that is set up")
class SeriesPlanningTest {

    private static LocalDateTime at(String wallTime) {
        return LocalDateTime.parse(wallTime);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A1] keeps its wall time, has all its sessions, and its seats")
    void creates(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(3));

        List<Long> sessions = f.sessions(series);
        assertEquals(3, sessions.size());
        assertEquals(3, f.seats(sessions.get(0)));
        List<String> starts = f.clinic.transactions.inNew(() -> Sql.on(f.clinic.em)
                .add("select starts_at from session where series_id = ? order by starts_at", series)
                .list(r -> r.instant(1).toString()));
        assertEquals(List.of("2027-03-08T15:00:00Z", "2027-03-15T14:00:00Z", "2027-03-22T14:00:00Z"), starts);
        // 90 minutes for the therapist and 100 for the room with its turnover, three times.
        assertEquals(3 * (18 + 20), f.clinic.count("occupied"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A11] [A18] shows every conflict by date, of room, therapists and patients, and saves nothing until all are resolved")
    void conflicts(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        c.booking.book(c.desk, c.wish("CBT", c.lee, "2027-03-15T10:30", 50, c.room1, c.ana));
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-22T10:30", 50, c.room2, c.ana));
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-29T11:20", 50, c.telehealth, c.ben));
        SeriesWish wish = new SeriesWish(
                "DBT skills",
                "GRP",
                c.lee,
                List.of(),
                c.room2,
                Recurrence.of("FREQ=WEEKLY;BYDAY=MO;COUNT=4"),
                Series.Counting.DATES,
                at("2027-03-08T10:00"),
                90,
                3,
                2,
                24,
                true,
                List.of(c.ben),
                Map.of(),
                RuleOverride.NONE);

        SeriesPlan plan = f.planning.preview(c.desk, wish);
        assertEquals(
                List.of(
                        List.of(),
                        List.of(Rule.THERAPIST_TAKEN),
                        List.of(Rule.ROOM_TAKEN),
                        List.of(Rule.PATIENT_TAKEN)),
                plan.dates().stream()
                        .map(d -> d.refusals().stream().map(r -> r.rule()).toList())
                        .toList());
        assertThrows(Unresolved.class, () -> f.planning.create(c.desk, wish));
        assertEquals(0, c.count("series"));
        assertEquals(3, c.count("session"));

        SeriesWish resolved = wish.with(Map.of(
                at("2027-03-15T10:00"), Decision.SKIP,
                at("2027-03-22T10:00"), Decision.room(c.telehealth),
                at("2027-03-29T10:00"), Decision.moveTo(at("2027-03-30T10:00"))));
        long series = f.create(resolved);
        assertEquals(3, f.sessions(series).size());
        List<Long> rooms = c.transactions.inNew(() -> Sql.on(c.em)
                .add("select room_id from session where series_id = ? order by starts_at", series)
                .list(r -> r.id(1)));
        assertEquals(List.of(c.room2, c.telehealth, c.room2), rooms);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A11] [A17] shows that two of its own dates meet: in the room with its turnover, in therapists and in patients")
    void ownDates(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        // Monday 15 March is moved behind the one of the 8th, whose room is still being made ready.
        SeriesWish close = f.mondays(3).with(Map.of(at("2027-03-15T10:00"), Decision.moveTo(at("2027-03-08T11:30"))));
        assertEquals(List.of(List.of(), List.of("ROOM_TAKEN Room 2"), List.of()), against(f, close));
        assertThrows(Unresolved.class, () -> f.create(close));

        SeriesWish alone = f.mondays(3)
                .with(Map.of(
                        at("2027-03-15T10:00"), new Decision(false, at("2027-03-08T11:30"), null, null, c.telehealth)));
        assertEquals(List.of(List.of(), List.of(), List.of()), against(f, alone));

        // With another therapist, in another room: the patient is the same.
        SeriesWish patient = f.alone(c.ana, 2)
                .with(Map.of(
                        at("2027-03-15T10:00"),
                        new Decision(false, at("2027-03-08T10:30"), c.ruiz, null, c.telehealth)));
        assertEquals(List.of(List.of(), List.of("PATIENT_TAKEN Ana Reyes")), against(f, patient));

        SeriesWish onto = f.together("FREQ=WEEKLY;BYDAY=MO;COUNT=2")
                .with(Map.of(
                        at("2027-03-15T10:00"), new Decision(false, at("2027-03-08T10:30"), null, null, c.telehealth)));
        assertEquals(
                List.of(List.of(), List.of("THERAPIST_TAKEN Dr Lee", "THERAPIST_TAKEN Dr Ruiz")), against(f, onto));
        assertEquals(0, c.count("series"));
        f.create(alone);
    }

    private static List<List<String>> against(SeriesFixture f, SeriesWish wish) {
        return f.planning.preview(f.clinic.desk, wish).dates().stream()
                .map(date -> date.refusals().stream()
                        .filter(r -> r.rule().severity() == Rule.Severity.HARD)
                        .map(r -> r.rule() + " " + r.who())
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A11] [A19] is held without a co-facilitator who is away on a date, or with a substitute for them")
    void coFacilitatorAway(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        c.timeOff(c.ruiz, "2027-03-15T00:00", "2027-03-23T00:00");
        long okafor = c.transactions.inNew(() -> c.therapist("Dr", "Nia", "Okafor", Therapist.Gender.FEMALE));
        SeriesWish wish = f.together("FREQ=WEEKLY;BYDAY=MO;COUNT=3");
        assertEquals(List.of(List.of(), List.of("TIME_OFF Dr Ruiz"), List.of("TIME_OFF Dr Ruiz")), against(f, wish));
        SeriesWish decided = wish.with(Map.of(
                at("2027-03-15T10:00"), Decision.with(List.of()),
                at("2027-03-22T10:00"), Decision.with(List.of(okafor, okafor, c.lee))));
        assertEquals(List.of(List.of(), List.of(), List.of()), against(f, decided));
        List<Long> sessions = f.sessions(f.create(decided));
        assertEquals(
                List.of(List.of(c.ruiz), List.of(), List.of(okafor)),
                sessions.stream()
                        .map(id -> c.transactions.inNew(() -> Sql.on(c.em)
                                .add("select therapist_id from session_facilitator where session_id = ?", id)
                                .list(r -> r.id(1))))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A12] [A15] over a closure day keeps 12 dates, or goes on until 12 are held")
    void closure(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        f.clinic.closeOn("2027-03-22");
        SeriesWish wish = f.mondays(12);
        SeriesPlan plan = f.planning.preview(f.clinic.desk, wish);
        assertEquals(1, plan.conflicts().size());
        PlannedDate closed = plan.conflicts().get(0);
        assertEquals(at("2027-03-22T10:00"), closed.wallTime());
        assertEquals(Rule.SITE_CLOSED, closed.refusals().get(0).rule());

        Map<LocalDateTime, Decision> skip = Map.of(closed.wallTime(), Decision.SKIP);
        assertEquals(11, f.planning.preview(f.clinic.desk, wish.with(skip)).held());
        SeriesWish held = counting(wish.with(skip), Series.Counting.HELD);
        SeriesPlan longer = f.planning.preview(f.clinic.desk, held);
        assertEquals(12, longer.held());
        assertEquals(13, longer.dates().size());
        assertEquals(12, f.sessions(f.create(held)).size());
    }

    private static SeriesWish counting(SeriesWish w, Series.Counting counts) {
        return new SeriesWish(
                w.name(),
                w.modality(),
                w.therapistId(),
                w.coFacilitators(),
                w.roomId(),
                w.recurrence(),
                counts,
                w.first(),
                w.minutes(),
                w.capacity(),
                w.minimumSize(),
                w.cutoffHours(),
                w.open(),
                w.patientIds(),
                w.decisions(),
                w.override());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A2] lists a wall time that does not exist as a date to resolve, and tells of clock changes")
    void missingTime(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        SeriesWish nightly = f.group("FREQ=DAILY;COUNT=3");
        SeriesWish wish = new SeriesWish(
                "Night watch",
                "GRP",
                f.clinic.lee,
                List.of(),
                f.clinic.room2,
                nightly.recurrence(),
                Series.Counting.DATES,
                at("2027-03-13T02:30"),
                30,
                3,
                1,
                0,
                true,
                List.of(),
                Map.of(),
                new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "night watch"));
        SeriesPlan plan = f.planning.preview(f.clinic.desk, wish);
        PlannedDate missing = plan.dates().get(1);
        assertEquals(Rule.NO_SUCH_TIME, missing.refusals().get(0).rule());
        assertNull(missing.slot());
        assertThrows(Unresolved.class, () -> f.create(wish));
        SeriesWish moved = wish.with(Map.of(at("2027-03-14T02:30"), Decision.moveTo(at("2027-03-14T03:30"))));
        assertEquals(3, f.sessions(f.create(moved)).size());
        assertTrue(
                f.planning.preview(f.clinic.desk, f.mondays(2)).dates().get(1).clockChange());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A18] [A19] is refused where a co-facilitator is elsewhere or away, and takes their time")
    void coFacilitators(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-15T10:30", 50, c.room1, c.ana));
        c.timeOff(c.ruiz, "2027-03-22T00:00", "2027-03-23T00:00");
        SeriesWish wish = with(f.mondays(3), List.of(c.ruiz));
        SeriesPlan plan = f.planning.preview(c.desk, wish);
        assertEquals(
                List.of(Rule.THERAPIST_TAKEN),
                plan.dates().get(1).refusals().stream().map(r -> r.rule()).toList());
        assertEquals("Dr Ruiz", plan.dates().get(1).refusals().get(0).who());
        assertEquals(Rule.TIME_OFF, plan.dates().get(2).refusals().get(0).rule());
        f.create(wish.with(Map.of(at("2027-03-15T10:00"), Decision.SKIP, at("2027-03-22T10:00"), Decision.SKIP)));
        assertThrows(
                org.evenkeel.session.Refused.class,
                () -> c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-08T11:00", 50, c.room1, c.ana)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("may have a co-facilitator lead a date, on which they are not needed twice")
    void coFacilitatorLeads(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        c.timeOff(c.lee, "2027-03-15T00:00", "2027-03-16T00:00");
        SeriesWish wish =
                with(f.mondays(3), List.of(c.ruiz)).with(Map.of(at("2027-03-15T10:00"), Decision.therapist(c.ruiz)));
        assertTrue(f.planning.preview(c.desk, wish).isClear());
        long series = f.create(wish);
        assertEquals(List.of(c.lee, c.ruiz, c.lee), c.transactions.inNew(() -> Sql.on(c.em)
                .add("select therapist_id from session where series_id = ? order by starts_at", series)
                .list(r -> r.id(1))));
        assertEquals(2, c.count("session_facilitator"));
    }

    private static SeriesWish with(SeriesWish w, List<Long> coFacilitators) {
        return new SeriesWish(
                w.name(),
                w.modality(),
                w.therapistId(),
                coFacilitators,
                w.roomId(),
                w.recurrence(),
                w.counts(),
                w.first(),
                w.minutes(),
                w.capacity(),
                w.minimumSize(),
                w.cutoffHours(),
                w.open(),
                w.patientIds(),
                w.decisions(),
                w.override());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A20] flags the dates after a qualification lapses")
    void lapse(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long therapist = c.transactions.inNew(() -> {
            long id = c.therapist("Dr", "Amy", "Short", Therapist.Gender.FEMALE);
            long cbt = ((Number) c.em.createNativeQuery("select id from modality where code = 'CBT'")
                            .getSingleResult())
                    .longValue();
            c.em.find(Therapist.class, id)
                    .qualify(new Qualification(
                            c.em.find(Therapist.class, id),
                            cbt,
                            java.time.LocalDate.of(2020, 1, 1),
                            java.time.LocalDate.of(2027, 3, 15)));
            return id;
        });
        SeriesWish w = f.mondays(4);
        SeriesWish wish = new SeriesWish(
                "CBT group",
                "CBT",
                therapist,
                List.of(),
                c.room2,
                w.recurrence(),
                w.counts(),
                w.first(),
                90,
                3,
                2,
                24,
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE);
        SeriesPlan plan = f.planning.preview(c.desk, wish);
        assertEquals(
                List.of(true, true, false, false),
                plan.dates().stream().map(PlannedDate::isClear).toList());
        assertEquals(Rule.NOT_QUALIFIED, plan.dates().get(2).refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A31] into a room that is too small is refused with the numbers")
    void tooSmall(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        SeriesWish w = f.mondays(1);
        SeriesWish wish = new SeriesWish(
                w.name(),
                "GRP",
                f.clinic.lee,
                List.of(),
                f.clinic.room1,
                w.recurrence(),
                w.counts(),
                w.first(),
                90,
                3,
                2,
                24,
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE);
        PlannedDate date = f.planning.preview(f.clinic.desk, wish).dates().get(0);
        assertEquals(Rule.ROOM_UNFIT, date.refusals().get(0).rule());
        assertEquals(3, date.refusals().get(0).facts().get("needed"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("may be the weekly sessions of one patient, and keeps therapists to their own")
    void individual(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        SeriesWish w = f.mondays(8);
        SeriesWish wish = new SeriesWish(
                "EMDR",
                "EMDR",
                c.lee,
                List.of(),
                c.room1,
                w.recurrence(),
                w.counts(),
                w.first(),
                60,
                1,
                1,
                0,
                false,
                List.of(c.ana),
                Map.of(),
                RuleOverride.NONE);
        long series = f.planning.create(c.drLee, wish);
        assertEquals(8, f.sessions(series).size());
        assertEquals(1, c.count("enrolment"));
        assertThrows(NotAllowed.class, () -> f.planning.create(c.admin, f.mondays(1)));
        SeriesWish others = new SeriesWish(
                "EMDR",
                "EMDR",
                c.lee,
                List.of(),
                c.room1,
                w.recurrence(),
                w.counts(),
                at("2027-03-08T14:00"),
                60,
                1,
                1,
                0,
                false,
                List.of(c.ben),
                Map.of(),
                RuleOverride.NONE);
        assertThrows(NotAllowed.class, () -> f.planning.create(c.drLee, others));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("by a therapist gives no date to a colleague")
    void colleague(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        SeriesWish wish = f.mondays(2).with(Map.of(at("2027-03-15T10:00"), Decision.therapist(c.ruiz)));
        assertThrows(NotAllowed.class, () -> f.planning.preview(c.drLee, wish));
        assertThrows(NotAllowed.class, () -> f.planning.create(c.drLee, wish));
        assertEquals(
                List.of("REFUSED give a date away series[] DENIED", "REFUSED give a date away series[] DENIED"),
                c.audit.lines());
        assertEquals(0, c.count("series"));
        f.planning.create(c.drLee, wish.with(Map.of(at("2027-03-15T10:00"), Decision.therapist(c.lee))));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("takes a time that somebody held and left")
    void abandonedHold(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        f.clinic.abandonHold(f.clinic.lee, f.clinic.room2, "2027-03-15T10:00", 60);
        assertEquals(2, f.sessions(f.create(f.mondays(2))).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("against a soft rule needs a reason, and keeps it")
    void soft(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        SeriesWish w = f.mondays(2);
        SeriesWish early = new SeriesWish(
                w.name(),
                "GRP",
                f.clinic.lee,
                List.of(),
                f.clinic.room2,
                w.recurrence(),
                w.counts(),
                at("2027-03-08T07:00"),
                90,
                3,
                2,
                24,
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE);
        SeriesPlan plan = f.planning.preview(f.clinic.desk, early);
        assertTrue(plan.dates().get(0).isSoft());
        assertFalse(plan.isClear());
        assertThrows(Unresolved.class, () -> f.create(early));
        long series = f.create(early.with(new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "early birds")));
        assertEquals(2, f.sessions(series).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is previewed in as many statements for 60 dates as for 6, and saved in few more")
    void statements(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        f.planning.preview(f.clinic.desk, f.mondays(1));
        int few = database.statements(() -> f.planning.preview(f.clinic.desk, f.mondays(6)));
        int many = database.statements(() -> f.planning.preview(f.clinic.desk, f.mondays(60)));
        assertEquals(few, many);
        assertTrue(many <= 8, "statements: " + many);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("that cannot be meant is told so")
    void invalid(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        SeriesWish w = f.mondays(2);
        SeriesWish past = new SeriesWish(
                w.name(),
                "GRP",
                f.clinic.lee,
                List.of(),
                f.clinic.room2,
                w.recurrence(),
                w.counts(),
                at("2027-02-01T10:00"),
                90,
                3,
                2,
                24,
                true,
                List.of(),
                Map.of(),
                RuleOverride.NONE);
        assertThrows(Invalid.class, () -> f.create(past));
        assertThrows(Invalid.class, () -> f.create(with(w, List.of(f.clinic.lee))));
    }
}

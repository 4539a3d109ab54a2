package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenkeel.audit.Gate;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.PatientSessions;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Enrolment in a series")
class EnrolmentsTest {

    private static final LocalDate START = LocalDate.of(2027, 3, 1);

    private static List<Rule> rules(Refused refused) {
        return refused.refusals().stream().map(r -> r.rule()).toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("takes a seat in every date to come, once, and the last seat is the last")
    void fills(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(4));
        for (String name : List.of("A", "B", "C")) {
            f.enrol(series, f.patient(name));
        }
        f.sessions(series).forEach(s -> assertEquals(3, f.coming(s)));
        Refused full = assertThrows(Refused.class, () -> f.enrol(series, f.clinic.ana));
        assertEquals(List.of(Rule.SEAT_TAKEN), rules(full));
        assertEquals(3, full.refusals().get(0).facts().get("capacity"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A16] 50 at once for the last seat: exactly one gets it, 49 are refused")
    void lastSeat(Database database) throws Exception {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        f.enrol(series, f.patient("First"));
        f.enrol(series, f.patient("Second"));
        List<Long> patients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            patients.add(f.patient("P" + i));
        }
        ExecutorService desks = Executors.newFixedThreadPool(50);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (Long patient : patients) {
                answers.add(desks.submit(() -> {
                    start.await();
                    try {
                        f.enrol(series, patient);
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int won = 0;
            for (Future<Boolean> answer : answers) {
                won += answer.get(60, java.util.concurrent.TimeUnit.SECONDS) ? 1 : 0;
            }
            assertEquals(1, won);
        } finally {
            desks.shutdownNow();
        }
        f.sessions(series).forEach(s -> assertEquals(3, f.coming(s)));
        assertEquals(3, f.clinic.count("enrolment"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A18] against the patient's own session is refused with its name, date by date, and goes without that date")
    void ownSession(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-15T11:00", 50, c.room1, c.ana));
        Enrolments.Wish wish = Enrolments.Wish.of(c.ana, START);
        List<Enrolments.Obstacle> obstacles = f.enrolments.obstacles(c.desk, series, wish);
        assertEquals(1, obstacles.size());
        assertEquals(Rule.PATIENT_TAKEN, obstacles.get(0).refusal().rule());
        assertEquals(
                "Cognitive behavioral therapy",
                java.util.Objects.requireNonNull(obstacles.get(0).refusal().blockedBy())
                        .modality());
        assertThrows(Refused.class, () -> f.enrolments.enrol(c.desk, series, wish));
        f.enrolments.enrol(
                c.desk,
                series,
                new Enrolments.Wish(c.ana, START, Set.of(obstacles.get(0).sessionId()), RuleOverride.NONE));
        assertEquals(
                List.of(1, 0, 1), f.sessions(series).stream().map(f::coming).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A27] [A28] joins and leaves mid-series with history, and comes back a second time")
    void leavesAndReturns(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        long enrolment = f.enrol(series, c.ana);
        List<Long> freed = f.enrolments.end(c.desk, enrolment, LocalDate.of(2027, 3, 8), "moved away");
        assertEquals(3, freed.size());
        assertEquals(
                List.of(1, 0, 0, 0), f.sessions(series).stream().map(f::coming).toList());
        assertThrows(Refused.class, () -> f.enrolments.end(c.desk, enrolment, LocalDate.of(2027, 3, 15), "again"));
        f.enrolments.enrol(c.desk, series, Enrolments.Wish.of(c.ana, LocalDate.of(2027, 3, 22)));
        assertEquals(
                List.of(1, 0, 1, 1), f.sessions(series).stream().map(f::coming).toList());
        assertEquals(2, c.count("enrolment"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("that has ended leaves the dates that were attended with the patient, and no others")
    void ofWhoLeft(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        PatientSessions sessions = new PatientSessions(c.em, c.transactions, c.audit, new Gate(c.audit), c.clock);
        long enrolment = f.enrol(f.create(f.mondays(4)), c.ana);
        assertEquals(4, sessions.ahead(c.desk, c.ana, 0, 10).total());

        f.enrolments.end(c.desk, enrolment, LocalDate.of(2027, 3, 8), "moved away");

        assertEquals(1, sessions.ahead(c.desk, c.ana, 0, 10).total());
        c.clock.set("2027-06-01T12:00:00Z");
        assertEquals(0, sessions.ahead(c.desk, c.ana, 0, 10).total());
        assertEquals(1, sessions.past(c.desk, c.ana, 0, 10).total());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("twice at a time is refused")
    void twice(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        f.enrol(series, f.clinic.ana);
        Refused refused = assertThrows(Refused.class, () -> f.enrol(series, f.clinic.ana));
        assertEquals(List.of(Rule.ALREADY_ENROLLED), rules(refused));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A23] a lowered capacity drops nobody and lets nobody new in until it is undercut")
    void lowered(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(1));
        long session = f.sessions(series).get(0);
        List<Long> enrolments = new ArrayList<>();
        for (String name : List.of("A", "B", "C")) {
            enrolments.add(f.enrol(series, f.patient(name)));
        }
        c.transactions.runInNew(() -> c.seats.resize(List.of(session), 2));
        assertEquals(3, f.coming(session));
        assertEquals(3, f.seats(session));
        f.enrolments.end(c.desk, enrolments.get(0), START, "left");
        assertEquals(2, f.seats(session));
        assertThrows(Refused.class, () -> f.enrol(series, c.ana));
        f.enrolments.end(c.desk, enrolments.get(1), START, "left");
        assertEquals(2, f.seats(session));
        f.enrol(series, c.ana);
        assertEquals(2, f.coming(session));
        c.transactions.runInNew(() -> c.seats.resize(List.of(session), 4));
        assertEquals(4, f.seats(session));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A21] beyond the capacity is for the lead, with a reason, and never beyond the room")
    void overbook(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(1));
        for (String name : List.of("A", "B", "C")) {
            f.enrol(series, f.patient(name));
        }
        RuleOverride reason = new RuleOverride(Set.of(Rule.SEAT_TAKEN), "a sister who travels");
        Enrolments.Wish wish = new Enrolments.Wish(c.ana, START, Set.of(), reason);
        assertThrows(NotAllowed.class, () -> f.enrolments.enrol(c.desk, series, wish));
        f.enrolments.enrol(c.lead, series, wish);
        assertEquals(4, f.coming(f.sessions(series).get(0)));
        c.transactions.runInNew(() -> c.em.createNativeQuery("update room set capacity = 4 where id = " + c.room2)
                .executeUpdate());
        Refused refused = assertThrows(
                Refused.class,
                () -> f.enrolments.enrol(c.lead, series, new Enrolments.Wish(c.ben, START, Set.of(), reason)));
        assertEquals(List.of(Rule.ROOM_UNFIT), rules(refused));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A26] in a closed group ends with its first session, but for a reason")
    void closed(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        SeriesWish w = f.mondays(3);
        long series = f.create(new SeriesWish(
                w.name(),
                "GRP",
                c.lee,
                List.of(),
                c.room2,
                w.recurrence(),
                w.counts(),
                w.first(),
                90,
                3,
                2,
                24,
                false,
                List.of(),
                java.util.Map.of(),
                RuleOverride.NONE));
        f.enrol(series, c.ana);
        c.clock.set("2027-03-09T12:00:00Z");
        Refused refused = assertThrows(Refused.class, () -> f.enrol(series, c.ben));
        assertEquals(List.of(Rule.GROUP_CLOSED), rules(refused));
        f.enrolments.enrol(
                c.desk,
                series,
                new Enrolments.Wish(
                        c.ben, START, Set.of(), new RuleOverride(Set.of(Rule.GROUP_CLOSED), "came late from detox")));
        assertEquals(
                List.of(1, 2, 2), f.sessions(series).stream().map(f::coming).toList());

        long second = f.sessions(series).get(1);
        long guest = f.patient("Guest");
        Refused alsoRefused =
                assertThrows(Refused.class, () -> f.enrolments.addGuest(c.desk, second, guest, RuleOverride.NONE));
        assertEquals(List.of(Rule.GROUP_CLOSED), rules(alsoRefused));
        f.enrolments.addGuest(
                c.desk, second, guest, new RuleOverride(Set.of(Rule.GROUP_CLOSED), "a visitor from detox"));
        f.enrolments.cancelSeat(c.desk, second, c.ana);
        f.enrolments.addGuest(c.desk, second, c.ana, RuleOverride.NONE);
        assertEquals(3, f.coming(second), "its own people come to a date after all");
        assertTrue(c.audit.entries().stream()
                .anyMatch(e -> e.action().equals("GUEST") && e.detail().equals("overridden GROUP_CLOSED")));
    }

    private static SeriesWish closedGroup(SeriesFixture f, int dates) {
        SeriesWish w = f.mondays(dates);
        return new SeriesWish(
                w.name(),
                w.modality(),
                w.therapistId(),
                List.of(),
                w.roomId(),
                w.recurrence(),
                w.counts(),
                w.first(),
                w.minutes(),
                w.capacity(),
                w.minimumSize(),
                w.cutoffHours(),
                false,
                List.of(),
                java.util.Map.of(),
                RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A26] in a closed group ends with its first session, however often it was split since, or before")
    void closedAndSplit(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(closedGroup(f, 4));
        List<Long> ids = f.sessions(series);
        SeriesChange later = SeriesChange.time(java.time.LocalTime.of(11, 0));
        f.changes.change(c.desk, ids.get(1), SeriesChange.Scope.FOLLOWING, later);
        long second = f.partOf(series);
        f.enrol(second, c.ana);
        c.clock.set("2027-03-09T12:00:00Z");
        assertEquals(List.of(Rule.GROUP_CLOSED), rules(assertThrows(Refused.class, () -> f.enrol(second, c.ben))));
        f.changes.change(c.desk, ids.get(2), SeriesChange.Scope.FOLLOWING, SeriesChange.time(java.time.LocalTime.NOON));
        long third = f.partOf(second);
        assertEquals(List.of(Rule.GROUP_CLOSED), rules(assertThrows(Refused.class, () -> f.enrol(third, c.ben))));
        assertEquals(
                List.of(Rule.GROUP_CLOSED),
                rules(assertThrows(
                        Refused.class, () -> f.enrolments.addGuest(c.desk, ids.get(3), c.ben, RuleOverride.NONE))));
        f.enrolments.enrol(
                c.desk,
                third,
                new Enrolments.Wish(
                        c.ben, START, Set.of(), new RuleOverride(Set.of(Rule.GROUP_CLOSED), "came late from detox")));
        assertEquals(List.of(0, 1, 2, 2), ids.stream().map(f::coming).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] ends with the cut-off of each date, but for a reason, or for who waited before it")
    void pastTheCutOff(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long first = f.sessions(series).get(0);
        long early = f.patient("Early");
        long waiting = f.waitlist.add(c.desk, WaitlistWish.seat(early, series, START, 2));
        c.clock.set("2027-03-07T15:00:00Z");
        Enrolments.Wish wish = Enrolments.Wish.of(c.ana, START);
        List<Enrolments.Obstacle> told = f.enrolments.obstacles(c.desk, series, wish);
        assertEquals(List.of(first), told.stream().map(o -> o.sessionId()).toList());
        assertEquals(
                List.of(Rule.ENROLMENT_CLOSED),
                told.stream().map(o -> o.refusal().rule()).toList());
        assertEquals(
                List.of(Rule.ENROLMENT_CLOSED),
                rules(assertThrows(Refused.class, () -> f.enrolments.enrol(c.desk, series, wish))));
        assertEquals(
                List.of(Rule.ENROLMENT_CLOSED),
                rules(assertThrows(
                        Refused.class, () -> f.enrolments.addGuest(c.desk, first, c.ben, RuleOverride.NONE))));
        RuleOverride reason = new RuleOverride(Set.of(Rule.ENROLMENT_CLOSED), "a seat is free tonight");
        f.enrolments.addGuest(c.desk, first, c.ben, reason);
        f.enrolments.enrol(c.desk, series, new Enrolments.Wish(c.ana, START, Set.of(), reason));
        assertEquals(List.of(2, 1), f.sessions(series).stream().map(f::coming).toList());
        f.enrolments.cancelSeat(c.desk, first, c.ana);
        f.enrolments.addGuest(c.desk, first, c.ana, RuleOverride.NONE);
        f.waitlist.place(c.desk, waiting, START);
        assertEquals(List.of(3, 2), f.sessions(series).stream().map(f::coming).toList());
        assertTrue(c.audit.entries().stream()
                .anyMatch(e -> e.action().equals("GUEST") && e.detail().equals("overridden ENROLMENT_CLOSED")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] without the date whose cut-off has passed begins with the next one")
    void fromTheNextDate(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        c.clock.set("2027-03-08T12:00:00Z");
        f.enrolments.enrol(
                c.desk,
                series,
                new Enrolments.Wish(c.ana, START, Set.of(f.sessions(series).get(0)), RuleOverride.NONE));
        assertEquals(List.of(0, 1), f.sessions(series).stream().map(f::coming).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("of one patient alone: the sessions that they do not come to are cancelled, and the time is free")
    void alone(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.alone(c.ana, 3));
        List<Long> ids = f.sessions(series);
        f.enrolments.cancelSeat(c.desk, ids.get(0), c.ana);
        assertEquals(List.of("2027-03-15T10:00", "2027-03-22T10:00"), f.starts(series));
        long enrolment = f.groups.find(c.desk, "test", series).members().get(0).enrolmentId();
        f.enrolments.end(c.desk, enrolment, LocalDate.of(2027, 3, 15), "moved away");
        assertEquals(List.of("2027-03-15T10:00"), f.starts(series));
        long other = f.create(f.alone(c.ben, 1));
        assertEquals(List.of("2027-03-08T10:00"), f.starts(other));
        assertEquals(
                2,
                c.events.fired().stream()
                        .filter(e -> e.kind() == Change.Kind.CANCELLED)
                        .count());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A24] one seat for one week: a guest takes it and nothing else")
    void guest(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long first = f.sessions(series).get(0);
        List<Long> members = List.of(f.patient("A"), f.patient("B"), f.patient("C"));
        members.forEach(m -> f.enrol(series, m));
        assertThrows(Refused.class, () -> f.enrolments.addGuest(c.desk, first, c.ana, RuleOverride.NONE));
        f.enrolments.cancelSeat(c.desk, first, members.get(0));
        f.enrolments.addGuest(c.desk, first, c.ana, RuleOverride.NONE);
        assertEquals(List.of(3, 3), f.sessions(series).stream().map(f::coming).toList());
        assertEquals(3, c.count("enrolment"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A29] that is cancelled for one date touches nobody else")
    void cancelsOne(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        f.enrol(series, c.ana);
        f.enrol(series, c.ben);
        long first = f.sessions(series).get(0);
        f.enrolments.cancelSeat(c.desk, first, c.ana);
        assertEquals(List.of(1, 2), f.sessions(series).stream().map(f::coming).toList());
        List<String> states = c.transactions.inNew(() -> Sql.on(c.em)
                .add(
                        "select pa.given_name || ' ' || p.state from participant p join patient pa on pa.id = p.patient_id"
                                + " where p.session_id = ? order by 1",
                        first)
                .list(r -> r.text(1)));
        assertEquals(List.of("Ana CANCELLED", "Ben BOOKED"), states);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A32] of two who must be kept apart is refused without a name or a reason")
    void keptApart(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        f.enrol(series, c.ana);
        c.transactions.runInNew(() -> Sql.on(c.em)
                .add(
                        "insert into keep_apart (patient_id, other_id) values (?, ?)",
                        Math.min(c.ana, c.ben),
                        Math.max(c.ana, c.ben))
                .update());
        Refused refused = assertThrows(Refused.class, () -> f.enrol(series, c.ben));
        assertEquals(List.of(Rule.KEPT_APART), rules(refused));
        assertEquals("", refused.refusals().get(0).who());
        assertTrue(refused.refusals().get(0).facts().isEmpty());
        assertThrows(
                Refused.class,
                () -> f.enrolments.addGuest(c.desk, f.sessions(series).get(0), c.ben, RuleOverride.NONE));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("moves to another group in one step")
    void transfer(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long one = f.create(f.mondays(3));
        SeriesWish w = f.group("FREQ=WEEKLY;BYDAY=TU;COUNT=3");
        long two = f.create(w);
        long enrolment = f.enrol(one, c.ana);
        f.enrolments.transfer(
                c.desk, enrolment, two, Enrolments.Wish.of(c.ana, LocalDate.of(2027, 3, 15)), "suits her better");
        assertEquals(List.of(1, 0, 0), f.sessions(one).stream().map(f::coming).toList());
        assertEquals(List.of(0, 1, 1), f.sessions(two).stream().map(f::coming).toList());
        assertFalse(c.count("enrolment") != 2);
    }
}

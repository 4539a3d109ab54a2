package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.site.Site;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The waitlist")
class WaitlistTest {

    private static final LocalDate START = LocalDate.of(2027, 3, 1);

    private static List<Long> ids(List<WaitlistRow> rows) {
        return rows.stream().map(WaitlistRow::id).toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is in order of priority, then of how long they wait, and tells what they have missed")
    void order(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        long routine = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 3));
        c.clock.advance(Duration.ofMinutes(1));
        long soon = f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, START, 2));
        c.clock.advance(Duration.ofMinutes(1));
        long alsoSoon = f.waitlist.add(c.desk, WaitlistWish.seat(f.patient("Cy"), series, START, 2));
        c.clock.set("2027-03-16T12:00:00Z");
        List<WaitlistRow> rows = f.waitlist.list(c.desk, series, 0, 25).items();
        assertEquals(List.of(soon, alsoSoon, routine), ids(rows));
        assertEquals(2, rows.get(0).missed());
        Refused twice =
                assertThrows(Refused.class, () -> f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 1)));
        assertEquals(Rule.ALREADY_WAITING, twice.refusals().get(0).rule());
        f.waitlist.withdraw(c.desk, soon);
        assertEquals(
                List.of(alsoSoon, routine),
                ids(f.waitlist.list(c.desk, null, 0, 25).items()));
        assertThrows(NotAllowed.class, () -> f.waitlist.list(c.drLee, null, 0, 25));
        assertThrows(Invalid.class, () -> f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 4)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A24] keeps a seat for one person until it lapses by itself; a guest does not lose their place")
    void holds(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        long leaver = f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        f.enrol(series, f.patient("C"));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        Instant until = c.clock.instant().plus(Duration.ofHours(2));
        assertThrows(Refused.class, () -> f.waitlist.hold(c.desk, entry, until));
        f.enrolments.end(c.desk, leaver, START, "left");
        f.waitlist.hold(c.desk, entry, until);
        assertEquals(
                until, f.waitlist.list(c.desk, series, 0, 25).items().get(0).heldUntil());
        assertThrows(Refused.class, () -> f.enrol(series, c.ben));
        c.clock.advance(Duration.ofHours(3));
        f.enrolments.addGuest(c.desk, f.sessions(series).get(0), c.ana, RuleOverride.NONE);
        assertEquals(1, f.waitlist.list(c.desk, series, 0, 25).items().size());
        f.enrolments.cancelSeat(c.desk, f.sessions(series).get(0), c.ana);
        f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(1)));
        f.waitlist.place(c.desk, entry, START);
        assertEquals(List.of(3, 3), f.sessions(series).stream().map(f::coming).toList());
        assertTrue(f.waitlist.list(c.desk, series, 0, 25).items().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("knows on whose wall a seat is kept: where the group meets, whatever other sites there are")
    void zones(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long another = c.transactions.inNew(
                () -> c.persist(new Site("Bay House", ZoneId.of("America/Los_Angeles"), "555-0200"))
                        .id());
        long series = f.create(f.mondays(2));
        f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 1));
        f.waitlist.add(c.desk, new WaitlistWish(c.ben, null, "EMDR", null, another, Set.of(), null, null, START, 3));
        assertEquals(
                Arrays.asList(ClinicFixture.NEW_YORK, null),
                f.waitlist.list(c.desk, null, 0, 25).items().stream()
                        .map(WaitlistRow::zone)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("who is enrolled by name has the seat that was kept for them, and waits no longer")
    void enrolledByName(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        long time = f.waitlist.add(
                c.desk, new WaitlistWish(c.ana, null, "EMDR", null, null, Set.of(), null, null, START, 3));
        f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(2)));
        assertEquals(
                List.of(),
                f.enrolments.obstacles(c.desk, series, Enrolments.Wish.of(c.ana, START)),
                "the seat is kept for her");
        f.enrol(series, c.ana);
        assertEquals(List.of(3, 3), f.sessions(series).stream().map(f::coming).toList());
        assertEquals(List.of(time), ids(f.waitlist.list(c.desk, null, 0, 25).items()));
        assertTrue(c.audit.lines().stream().anyMatch(l -> l.startsWith("PLACED waitlist")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A21] a seat that is kept for someone stays when one beyond the capacity goes")
    void keptBeyondCapacity(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(1));
        f.enrol(series, f.patient("A"));
        long leaver = f.enrol(series, f.patient("B"));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(2)));
        RuleOverride overbook = new RuleOverride(Set.of(Rule.SEAT_TAKEN), "asked for");
        f.enrolments.enrol(c.lead, series, new Enrolments.Wish(f.patient("C"), START, Set.of(), overbook));
        f.enrolments.end(c.desk, leaver, START, "left");
        assertEquals(3, f.seats(f.sessions(series).get(0)));
        f.waitlist.place(c.desk, entry, START);
        assertEquals(List.of(3), f.sessions(series).stream().map(f::coming).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("what is refused is on record with the patient, and with what was asked for")
    void refusedOnRecord(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(1));
        for (String name : List.of("A", "B", "C")) {
            f.enrol(series, f.patient(name));
        }
        WaitlistWish wish = WaitlistWish.seat(c.ana, series, START, 2);
        long entry = f.waitlist.add(c.desk, wish);
        assertThrows(Refused.class, () -> f.waitlist.add(c.desk, wish));
        assertThrows(
                Refused.class,
                () -> f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(1))));
        assertThrows(Refused.class, () -> f.waitlist.place(c.desk, entry, START));
        assertEquals(
                List.of(List.of(), List.of(entry), List.of(entry)),
                c.audit.entries().stream()
                        .filter(e -> e.action().equals("REFUSED")
                                && e.subject().equals("waitlist")
                                && List.copyOf(e.patientIds()).equals(List.of(c.ana)))
                        .map(AuditTrail.Entry::subjectIds)
                        .map(List::copyOf)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A14] goes along with the part that continues, as do the seats that are kept in it")
    void splits(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        long other = f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, START, 3));
        Instant until = c.clock.instant().plus(Duration.ofHours(2));
        f.waitlist.hold(c.desk, entry, until);
        List<Long> ids = f.sessions(series);
        f.changes.change(c.desk, ids.get(2), Scope.FOLLOWING, SeriesChange.time(LocalTime.of(11, 0)));

        long part = f.partOf(series);
        assertEquals(List.of(), f.waitlist.list(c.desk, series, 0, 25).items());
        List<WaitlistRow> waiting = f.waitlist.list(c.desk, part, 0, 25).items();
        assertEquals(List.of(entry, other), ids(waiting));
        assertEquals(until, waiting.get(0).heldUntil());
        assertThrows(Refused.class, () -> f.enrol(part, c.ben), "the last seat is kept for Ana");
        f.enrolments.addGuest(c.desk, ids.get(0), c.ben, RuleOverride.NONE);
        f.waitlist.place(c.desk, entry, START);
        assertEquals(List.of(3, 3), f.sessions(part).stream().map(f::coming).toList());
        assertEquals(List.of(other), ids(f.waitlist.list(c.desk, part, 0, 25).items()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A16] 50 desks place the same person at once in the seat that is kept for them: exactly one does")
    void race(Database database) throws Exception {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(2)));
        ExecutorService desks = Executors.newFixedThreadPool(50);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(desks.submit(() -> {
                    start.await();
                    try {
                        f.waitlist.place(c.desk, entry, START);
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int won = 0;
            for (Future<Boolean> answer : answers) {
                won += answer.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertEquals(1, won);
        } finally {
            desks.shutdownNow();
        }
        assertEquals(3, c.count("enrolment"));
        assertEquals(List.of(3, 3), f.sessions(series).stream().map(f::coming).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("shows whom a time suits, and books it for them with one step")
    void times(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long mornings = f.waitlist.add(
                c.desk,
                new WaitlistWish(c.ana, null, "EMDR", null, null, Set.of(2, 4), null, LocalTime.NOON, START, 3));
        long afternoons = f.waitlist.add(
                c.desk, new WaitlistWish(c.ben, null, "EMDR", c.lee, null, Set.of(), LocalTime.NOON, null, START, 1));
        TimeSlot tuesday = TimeSlot.of(ClinicFixture.local("2027-03-09T10:00"), 60);
        TimeSlot later = TimeSlot.of(ClinicFixture.local("2027-03-09T13:00"), 60);
        TimeSlot monday = TimeSlot.of(ClinicFixture.local("2027-03-08T10:00"), 60);
        assertEquals(
                List.of(mornings),
                ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", tuesday, c.lee, c.site), 5)));
        assertEquals(
                List.of(afternoons),
                ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", later, c.lee, c.site), 5)));
        assertEquals(List.of(), ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", later, c.ruiz, c.site), 5)));
        assertEquals(List.of(), ids(f.waitlist.matches(c.desk, new Waitlist.Time("EMDR", monday, c.lee, c.site), 5)));
        assertEquals(List.of(), ids(f.waitlist.matches(c.desk, new Waitlist.Time("CBT", tuesday, c.lee, c.site), 5)));

        Waitlist.Time free = new Waitlist.Time(null, tuesday, c.lee, c.site);
        assertEquals(List.of(mornings), ids(f.waitlist.matches(c.desk, free, 5)), "whatever she is qualified for");
        assertEquals(1, f.waitlist.suited(c.desk, free));
        long nurse = c.transactions.inNew(() -> c.therapist("", "Nia", "Vale", Therapist.Gender.FEMALE));
        assertEquals(0, f.waitlist.suited(c.desk, new Waitlist.Time(null, tuesday, nurse, c.site)));
        assertThrows(NotAllowed.class, () -> f.waitlist.suited(c.drLee, free));

        f.waitlist.place(c.desk, mornings, tuesday, c.lee, c.room1);
        assertEquals(1, c.count("session"));
        assertThrows(Refused.class, () -> f.waitlist.place(c.desk, mornings, later, c.lee, c.room1));
        assertEquals(1, c.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("books a time that somebody held and left; one that is held just now is told as that")
    void heldTimes(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long ana = f.waitlist.add(
                c.desk, new WaitlistWish(c.ana, null, "EMDR", null, null, Set.of(), null, null, START, 3));
        long ben = f.waitlist.add(
                c.desk, new WaitlistWish(c.ben, null, "EMDR", null, null, Set.of(), null, null, START, 3));
        TimeSlot ten = TimeSlot.of(ClinicFixture.local("2027-03-09T10:00"), 60);
        c.abandonHold(c.lee, c.room1, "2027-03-09T10:00", 60);
        f.waitlist.place(c.desk, ana, ten, c.lee, c.room1);
        c.hold(c.ruiz, c.room2, "2027-03-09T10:00", 60);
        Refused held = assertThrows(Refused.class, () -> f.waitlist.place(c.desk, ben, ten, c.ruiz, c.room2));
        assertEquals(Rule.BEING_BOOKED, held.refusals().get(0).rule());
        assertEquals(1, c.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "offers a freed seat to the first who can take it: not to who must be kept apart, comes later or has one kept")
    void firstWhoCan(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        long member = f.patient("A");
        f.enrol(series, member);
        f.enrol(series, f.patient("B"));
        long apart = f.patient("C");
        f.keepApart(member, apart);
        long kept = f.waitlist.add(c.desk, WaitlistWish.seat(apart, series, START, 1));
        long later = f.waitlist.add(c.desk, WaitlistWish.seat(f.patient("D"), series, LocalDate.of(2027, 3, 10), 1));
        assertEquals(Optional.empty(), f.waitlist.first(c.desk, series, null));
        long ana = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        long ben = f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, START, 3));
        assertEquals(Optional.of(ana), f.waitlist.first(c.desk, series, null));

        List<Long> dates = f.sessions(series);
        assertEquals(Optional.of(ana), f.waitlist.first(c.desk, series, dates.get(0)));
        assertEquals(Optional.of(later), f.waitlist.first(c.desk, series, dates.get(1)), "from the 10th on");
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-08T10:30", 50, c.room1, c.ana));
        assertEquals(Optional.of(ben), f.waitlist.first(c.desk, series, dates.get(0)), "Ana has a session then");
        assertEquals(Optional.of(ana), f.waitlist.first(c.desk, series, null), "she can come to the others");
        f.enrolments.addGuest(c.desk, dates.get(1), c.ben, RuleOverride.NONE);
        assertEquals(Optional.empty(), f.waitlist.first(c.desk, series, dates.get(1)), "it is full now");
        assertThrows(NotAllowed.class, () -> f.waitlist.first(c.drLee, series, null));
        assertTrue(kept > 0);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A25] offers the seat of a date past its cut-off to who waited before it alone; a reason places others too")
    void firstInTime(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(2));
        List<Long> dates = f.sessions(series);
        c.clock.set("2027-03-07T16:00:00Z");
        long late = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 1));
        assertEquals(Optional.empty(), f.waitlist.first(c.desk, series, dates.get(0)));
        assertEquals(Optional.of(late), f.waitlist.first(c.desk, series, dates.get(1)));
        assertEquals(Optional.of(late), f.waitlist.first(c.desk, series, null), "she can come to the second");
        assertEquals(
                List.of(Rule.ENROLMENT_CLOSED),
                f.waitlist.attempt(c.desk, late, START, RuleOverride.NONE).obstacles().stream()
                        .map(o -> o.refusal().rule())
                        .toList());
        RuleOverride reason = new RuleOverride(Set.of(Rule.ENROLMENT_CLOSED), "referred today");
        assertEquals(List.of(), f.waitlist.attempt(c.desk, late, START, reason).obstacles());
        c.clock.set("2027-03-05T16:00:00Z");
        long inTime = f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, START, 2));
        c.clock.set("2027-03-07T17:00:00Z");
        assertEquals(Optional.of(inTime), f.waitlist.first(c.desk, series, dates.get(0)));
        f.waitlist.place(c.desk, late, START, Set.of(), reason);
        assertEquals(List.of(1, 1), dates.stream().map(f::coming).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A26] offers no seat in a closed group that has begun; a reason places who waits for one nevertheless")
    void firstInClosed(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        List<Long> dates = f.sessions(series);
        f.changes.change(c.desk, dates.get(0), SeriesChange.Scope.ALL_FUTURE, closed());
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 1));
        assertEquals(Optional.of(entry), f.waitlist.first(c.desk, series, null), "it has not begun");
        c.clock.set("2027-03-09T12:00:00Z");
        assertEquals(Optional.empty(), f.waitlist.first(c.desk, series, null));
        assertEquals(Optional.empty(), f.waitlist.first(c.desk, series, dates.get(1)));
        Refused refused = assertThrows(Refused.class, () -> f.waitlist.place(c.desk, entry, START));
        assertEquals(Rule.GROUP_CLOSED, refused.refusals().get(0).rule());
        RuleOverride overbooked = new RuleOverride(Set.of(Rule.GROUP_CLOSED, Rule.SEAT_TAKEN), "as agreed");
        assertThrows(NotAllowed.class, () -> f.waitlist.place(c.desk, entry, START, Set.of(), overbooked));
        RuleOverride reason = new RuleOverride(Set.of(Rule.GROUP_CLOSED), "as agreed");
        f.waitlist.place(c.desk, entry, START, Set.of(), reason);
        assertEquals(1, f.coming(dates.get(1)));
    }

    private static SeriesChange closed() {
        return new SeriesChange(
                null, null, 0, null, null, null, null, null, null, null, false, Set.of(), RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("tells by date what stands against placing someone, and places them without these dates")
    void placesWithout(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        List<Long> dates = f.sessions(series);
        f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        f.enrolments.addGuest(c.desk, dates.get(1), f.patient("C"), RuleOverride.NONE);
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-22T10:30", 50, c.room1, c.ana));
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, START, 2));
        Waitlist.Attempt attempt = f.waitlist.attempt(c.desk, entry, START, RuleOverride.NONE);
        assertEquals(
                List.of(dates.get(1) + " SEAT_TAKEN", dates.get(2) + " PATIENT_TAKEN"),
                attempt.obstacles().stream()
                        .map(o -> o.sessionId() + " " + o.refusal().rule())
                        .sorted()
                        .toList());
        assertEquals(3, attempt.dates());
        assertTrue(attempt.isPartly());
        assertThrows(Refused.class, () -> f.waitlist.place(c.desk, entry, START));
        f.waitlist.place(c.desk, entry, START, Set.of(dates.get(1), dates.get(2)), RuleOverride.NONE);
        assertEquals(List.of(3, 3, 2), dates.stream().map(f::coming).toList());
        assertTrue(f.waitlist.list(c.desk, series, 0, 25).items().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("keeps a seat from someone's first day on, in the dates that have one")
    void keepsWhatIsFree(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(4));
        List<Long> dates = f.sessions(series);
        f.enrol(series, f.patient("A"));
        f.enrol(series, f.patient("B"));
        f.enrolments.addGuest(c.desk, dates.get(2), f.patient("C"), RuleOverride.NONE);
        long entry = f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, LocalDate.of(2027, 3, 10), 2));
        assertEquals(2, f.waitlist.hold(c.desk, entry, c.clock.instant().plus(Duration.ofHours(2))));
        f.enrolments.addGuest(c.desk, dates.get(0), c.ben, RuleOverride.NONE);
        assertThrows(Refused.class, () -> f.enrolments.addGuest(c.desk, dates.get(1), c.ben, RuleOverride.NONE));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("keeps a time for one person, so that only they are placed in it, until it lapses by itself")
    void keepsTimes(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long ana = f.waitlist.add(c.desk, emdr(c.ana));
        long ben = f.waitlist.add(c.desk, emdr(c.ben));
        TimeSlot ten = TimeSlot.of(ClinicFixture.local("2027-03-09T10:00"), 60);
        Instant until = c.clock.instant().plus(Duration.ofHours(24));
        assertThrows(
                Invalid.class,
                () -> f.waitlist.hold(
                        c.desk, ana, ten, c.lee, c.room1, c.clock.instant().plus(Duration.ofHours(73))));
        assertEquals(until, f.waitlist.hold(c.desk, ana, ten, c.lee, c.room1, until));

        WaitlistRow row = f.waitlist.list(c.desk, null, 0, 25).items().get(0);
        assertEquals(until, row.heldUntil());
        WaitlistRow.Kept kept = Objects.requireNonNull(row.kept());
        assertEquals(
                List.of(ten, c.lee, c.room1),
                List.of(kept.slot(), kept.therapist().id(), kept.room().id()));
        Refused others = assertThrows(Refused.class, () -> f.waitlist.place(c.desk, ben, ten, c.lee, c.room1));
        assertEquals(Rule.BEING_BOOKED, others.refusals().get(0).rule());
        assertEquals(
                "This time is kept until Tue 2 Mar 2027 08:00 for someone who waits.",
                RefusalTexts.in(Locale.ENGLISH, Instant.EPOCH, ClinicFixture.NEW_YORK)
                        .of(others.refusals().get(0)));
        assertThrows(Refused.class, () -> f.waitlist.hold(c.desk, ben, ten, c.lee, c.room2, until));
        assertThrows(
                Refused.class,
                () -> c.booking.book(c.desk, c.wish("EMDR", c.lee, "2027-03-09T10:00", 60, c.room1, c.ben)));
        c.holds.release(c.desk);
        assertEquals(until, f.waitlist.list(c.desk, null, 0, 25).items().get(0).heldUntil(), "it is not the desk's");

        c.clock.advance(Duration.ofHours(25));
        assertEquals(null, f.waitlist.list(c.desk, null, 0, 25).items().get(0).kept());
        f.waitlist.place(c.desk, ben, ten, c.lee, c.room1);
        assertEquals(1, c.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("books the time that is kept for someone; who waits no longer keeps none")
    void booksKeptTimes(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long ana = f.waitlist.add(c.desk, emdr(c.ana));
        long ben = f.waitlist.add(c.desk, emdr(c.ben));
        TimeSlot ten = TimeSlot.of(ClinicFixture.local("2027-03-09T10:00"), 60);
        TimeSlot noon = TimeSlot.of(ClinicFixture.local("2027-03-09T12:00"), 60);
        Instant until = c.clock.instant().plus(Duration.ofHours(24));
        f.waitlist.hold(c.desk, ben, ten, c.lee, c.room1, until);
        f.waitlist.hold(c.desk, ben, noon, c.lee, c.room1, until);
        f.waitlist.hold(c.desk, ana, ten, c.lee, c.room1, until);
        f.waitlist.place(c.desk, ana, ten, c.lee, c.room1);
        f.waitlist.withdraw(c.desk, ben);
        assertEquals(0, c.count("hold"));
        c.booking.book(c.desk, c.wish("EMDR", c.lee, "2027-03-09T12:00", 60, c.room1, c.ben));
        assertEquals(2, c.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("the desk's own live hold does not stand in its way")
    void ownHold(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long ana = f.waitlist.add(c.desk, emdr(c.ana));
        c.hold(c.lee, c.room1, "2027-03-09T10:00", 60);
        TimeSlot ten = TimeSlot.of(ClinicFixture.local("2027-03-09T10:00"), 60);
        assertThrows(Refused.class, () -> f.waitlist.place(c.desk, ana, ten, c.lee, c.room1));
        f.waitlist.place(c.lead, ana, ten, c.lee, c.room1);
        assertEquals(0, c.count("hold"));
        c.hold(c.lee, c.room2, "2027-03-08T10:00", 60);
        assertEquals(2, f.sessions(f.planning.create(c.lead, f.mondays(2))).size());
    }

    private static WaitlistWish emdr(long patient) {
        return new WaitlistWish(patient, null, "EMDR", null, null, Set.of(), null, null, START, 3);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("counts as missed only dates since someone wished to come")
    void missedSinceTheirDay(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        f.waitlist.add(c.desk, WaitlistWish.seat(c.ana, series, LocalDate.of(2027, 3, 15), 2));
        f.waitlist.add(c.desk, WaitlistWish.seat(c.ben, series, LocalDate.of(2027, 4, 1), 2));
        long time = f.waitlist.add(c.desk, emdr(c.ana));
        c.clock.set("2027-03-16T12:00:00Z");
        List<WaitlistRow> rows = f.waitlist.list(c.desk, null, 0, 25).items();
        assertEquals(List.of(1, 0, 0), rows.stream().map(WaitlistRow::missed).toList());
        assertEquals(
                List.of(LocalDate.of(2027, 3, 15), LocalDate.of(2027, 4, 1), START),
                rows.stream().map(r -> r.without(ClinicFixture.NEW_YORK)).toList());
        assertEquals(time, rows.get(2).id());
    }
}

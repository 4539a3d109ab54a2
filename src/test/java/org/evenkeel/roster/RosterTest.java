package org.evenkeel.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionPage;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RosterTest {
    private static final LocalDate TUESDAY = LocalDate.of(2027, 3, 2);

    private static Roster roster(ClinicFixture clinic) {
        return new Roster(
                clinic.em,
                clinic.transactions,
                new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock),
                clinic.clock);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tellsWhatStandsAndWhatWasCancelled(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long ten = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"))
                .sessionId();
        long nine = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T09:00"))
                .sessionId();
        Change noon = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T12:00"));
        clinic.booking.cancel(clinic.desk, noon.sessionId(), noon.version(), "ill");
        Change slip = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T14:00"));
        clinic.booking.undo(clinic.desk, slip);
        clinic.booking.book(clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 50, null, clinic.ben));

        RosterDay day = roster(clinic).day(clinic.drLee, clinic.lee, TUESDAY);
        assertEquals("Dr Lee", day.therapist());
        assertEquals(
                List.of(nine, ten), day.sessions().stream().map(SessionView::id).toList());
        assertEquals(
                List.of(noon.sessionId()),
                day.cancelled().stream().map(SessionView::id).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A4] A session from 23:30 to 00:30 is in both days' rosters")
    void overMidnight(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        BookSession wish = clinic.wish("IND", clinic.lee, "2027-03-02T23:30", 60, clinic.room1, clinic.ana)
                .with(new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "night watch"));
        long night = clinic.booking.book(clinic.desk, wish).sessionId();
        for (LocalDate date : List.of(TUESDAY, TUESDAY.plusDays(1))) {
            RosterDay day = roster(clinic).day(clinic.drLee, clinic.lee, date);
            assertEquals(
                    List.of(night), day.sessions().stream().map(SessionView::id).toList());
        }
        assertEquals(
                List.of(),
                roster(clinic)
                        .day(clinic.drLee, clinic.lee, TUESDAY.plusDays(2))
                        .sessions());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("A day in pages: what stands, by start; each page's look is on record with what it shows")
    void isTakenInPages(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        List<Long> booked = new ArrayList<>();
        for (String time : List.of("09:00", "10:00", "12:00", "14:00", "15:00")) {
            booked.add(clinic.booking
                    .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T" + time))
                    .sessionId());
        }
        Change cancelled = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T13:00"));
        clinic.booking.cancel(clinic.desk, cancelled.sessionId(), cancelled.version(), "ill");

        Roster roster = roster(clinic);
        List<Long> seen = new ArrayList<>();
        SessionPage.Position after = null;
        do {
            SessionPage page = roster.page(clinic.drLee, clinic.lee, TUESDAY, after, 2);
            List<Long> ids = page.items().stream().map(SessionView::id).toList();
            assertEquals(ids, List.copyOf(last(clinic.audit.entries()).subjectIds()));
            seen.addAll(ids);
            after = page.next();
        } while (after != null);
        assertEquals(booked, seen);
        assertThrows(NotAllowed.class, () -> roster.page(clinic.drLee, clinic.ruiz, TUESDAY, null, 2));
        assertThrows(NotFound.class, () -> roster.page(clinic.desk, 999_999, TUESDAY, null, 2));
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void isForTheTherapistTheDeskAndTheLead(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Roster roster = roster(clinic);
        assertEquals("Dr Ruiz", roster.day(clinic.desk, clinic.ruiz, TUESDAY).therapist());
        assertEquals("Dr Ruiz", roster.day(clinic.lead, clinic.ruiz, TUESDAY).therapist());
        assertThrows(NotAllowed.class, () -> roster.day(clinic.drLee, clinic.ruiz, TUESDAY));
        assertThrows(NotAllowed.class, () -> roster.day(clinic.admin, clinic.ruiz, TUESDAY));
        assertThrows(NotFound.class, () -> roster.day(clinic.desk, 999_999, TUESDAY));
        assertThrows(NotAllowed.class, () -> roster.stamp(clinic.drLee, clinic.ruiz, TUESDAY));
        assertThrows(NotAllowed.class, () -> roster.stampOf(clinic.admin, 1));
        assertEquals(
                4,
                clinic.audit.lines().stream()
                        .filter(line -> line.equals("REFUSED roster session[] DENIED"))
                        .count());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("The stamp of a day, and of a session, is another one once a session has begun, and once it has ended")
    void stampTellsTheTime(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Roster roster = roster(clinic);
        long ten = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"))
                .sessionId();
        SessionView shown = roster.session(clinic.drLee, ten).session();
        Set<String> ofDay = new HashSet<>();
        Set<String> ofSession = new HashSet<>();
        for (String time : List.of("14:59:59", "15:00:00", "15:49:59", "15:50:00", "18:00:00")) {
            clinic.clock.set("2027-03-02T" + time + "Z");
            ofDay.add(roster.stamp(clinic.drLee, clinic.lee, TUESDAY));
            String stamp = roster.stampOf(clinic.drLee, ten);
            ofSession.add(stamp);
            assertEquals(Roster.stampOf(ten, shown.version(), shown.slot(), clinic.clock.instant()), stamp);
            assertEquals(
                    roster.stamp(clinic.drLee, clinic.lee, TUESDAY),
                    roster.stamped(clinic.drLee, clinic.lee, TUESDAY).stamp());
        }
        assertEquals(3, ofDay.size());
        assertEquals(3, ofSession.size());
    }
}

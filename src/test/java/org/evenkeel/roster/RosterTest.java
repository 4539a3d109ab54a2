package org.evenkeel.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
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
    void isForTheTherapistTheDeskAndTheLead(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Roster roster = roster(clinic);
        assertEquals("Dr Ruiz", roster.day(clinic.desk, clinic.ruiz, TUESDAY).therapist());
        assertEquals("Dr Ruiz", roster.day(clinic.lead, clinic.ruiz, TUESDAY).therapist());
        assertThrows(NotAllowed.class, () -> roster.day(clinic.drLee, clinic.ruiz, TUESDAY));
        assertThrows(NotAllowed.class, () -> roster.day(clinic.admin, clinic.ruiz, TUESDAY));
        assertThrows(NotFound.class, () -> roster.day(clinic.desk, 999_999, TUESDAY));
    }
}

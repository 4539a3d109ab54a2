package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.patient.KeepApart;
import org.evenkeel.series.KeptApartDates.Meeting;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Two who are to be kept apart, and were in a group together before")
class KeptApartDatesTest {

    private static final LocalTime ELEVEN = LocalTime.of(11, 0);

    /** Ana and Ben in four Mondays of a group; then they are kept apart. */
    private static final class Scene {
        final SeriesFixture f;
        final ClinicFixture c;
        final KeptApartDates dates;
        final long series;
        final List<Long> sessions;
        final long anas;
        final long bens;

        Scene(Database database) {
            f = new SeriesFixture(database);
            c = f.clinic;
            dates = new KeptApartDates(c.em, c.transactions, c.audit, c.clock);
            series = f.create(f.mondays(4));
            sessions = f.sessions(series);
            anas = f.enrol(series, c.ana);
            bens = f.enrol(series, c.ben);
            new KeepApart(c.em, c.transactions, new Gate(c.audit), c.audit).add(c.lead, c.ben, c.ana);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A32] are told to the lead with every date to come, until one of them has left")
    void told(Database database) {
        Scene s = new Scene(database);
        s.f.enrolments.cancelSeat(s.c.desk, s.sessions.get(1), s.c.ana);
        Meeting meeting = s.dates.of(s.c.lead, s.c.ana).get(0);
        assertEquals("DBT skills", meeting.name());
        assertEquals(s.c.ben, meeting.otherId());
        assertEquals(List.of(s.anas, s.bens), List.of(meeting.enrolmentId(), meeting.otherEnrolmentId()));
        assertEquals(
                List.of(s.sessions.get(0), s.sessions.get(2), s.sessions.get(3)),
                meeting.dates().stream().map(d -> d.sessionId()).toList());
        assertEquals(s.c.ana, s.dates.of(s.c.lead, s.c.ben).get(0).otherId());
        s.c.clock.set("2027-03-09T12:00:00Z");
        assertEquals(2, s.dates.of(s.c.lead, s.c.ben).get(0).dates().size());
        s.f.enrolments.end(s.c.lead, s.bens, LocalDate.of(2027, 3, 9), "moves on");
        assertEquals(List.of(), s.dates.of(s.c.lead, s.c.ana));
        for (Actor actor : List.of(s.c.desk, s.c.drLee, s.c.admin)) {
            assertThrows(NotAllowed.class, () -> s.dates.of(actor, s.c.ana));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A32] do not keep the desk from changing the group, but for who comes new")
    void changes(Database database) {
        Scene s = new Scene(database);
        s.f.changes.change(s.c.desk, s.sessions.get(0), Scope.ALL_FUTURE, SeriesChange.time(ELEVEN));
        s.c.booking.change(
                s.c.desk,
                s.sessions.get(3),
                s.f.groups.find(s.c.desk, "test", s.series).dates().get(3).version(),
                ChangeSession.move(ClinicFixture.local("2027-03-29T14:00"), null, RuleOverride.NONE));
        long third = s.f.patient("Third");
        s.f.enrol(s.series, third);
        assertEquals(List.of(3, 3, 3, 3), s.sessions.stream().map(s.f::coming).toList());
        s.f.enrolments.end(s.c.desk, s.bens, LocalDate.of(2027, 3, 8), "away");
        Refused refused = assertThrows(
                Refused.class, () -> s.f.enrolments.addGuest(s.c.desk, s.sessions.get(2), s.c.ben, RuleOverride.NONE));
        assertEquals(
                Set.of(Rule.KEPT_APART),
                Set.copyOf(refused.refusals().stream().map(r -> r.rule()).toList()));
    }
}

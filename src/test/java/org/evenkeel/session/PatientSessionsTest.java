package org.evenkeel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.evenkeel.audit.Gate;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Page;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The sessions of a patient")
class PatientSessionsTest {

    private static final class Scene {
        final ClinicFixture clinic;
        final PatientSessions sessions;

        Scene(Database database) {
            clinic = new ClinicFixture(database);
            sessions = new PatientSessions(
                    clinic.em, clinic.transactions, clinic.audit, new Gate(clinic.audit), clinic.clock);
        }

        Change book(long therapist, String start) {
            return clinic.booking.book(clinic.desk, clinic.cbt(therapist, start));
        }

        static List<Instant> starts(Page<SessionView> page) {
            return page.items().stream().map(s -> s.slot().start()).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("ahead are soonest first, past ones latest first, page by page; each look is on record")
    void pages(Database database) {
        Scene scene = new Scene(database);
        scene.book(scene.clinic.lee, "2027-03-02T10:00");
        scene.book(scene.clinic.lee, "2027-03-03T10:00");
        scene.book(scene.clinic.ruiz, "2027-03-08T10:00");
        scene.book(scene.clinic.ruiz, "2027-03-09T10:00");
        Change cancelled = scene.book(scene.clinic.ruiz, "2027-03-10T10:00");
        scene.clinic.booking.cancel(scene.clinic.desk, cancelled.sessionId(), cancelled.version(), "ill");
        Change undone = scene.book(scene.clinic.ruiz, "2027-03-11T10:00");
        scene.clinic.booking.undo(scene.clinic.desk, undone);
        scene.clinic.clock.set("2027-03-04T12:00:00Z");

        Page<SessionView> ahead = scene.sessions.ahead(scene.clinic.desk, scene.clinic.ana, 0, 1);
        Page<SessionView> rest = scene.sessions.ahead(scene.clinic.desk, scene.clinic.ana, 1, 1);
        Page<SessionView> past = scene.sessions.past(scene.clinic.desk, scene.clinic.ana, 0, 10);

        assertEquals(2, ahead.total());
        assertEquals(List.of(ClinicFixture.local("2027-03-08T10:00")), Scene.starts(ahead));
        assertEquals(List.of(ClinicFixture.local("2027-03-09T10:00")), Scene.starts(rest));
        assertEquals(
                List.of(
                        ClinicFixture.local("2027-03-10T10:00"),
                        ClinicFixture.local("2027-03-03T10:00"),
                        ClinicFixture.local("2027-03-02T10:00")),
                Scene.starts(past));
        assertEquals(
                List.of(scene.clinic.ana),
                List.copyOf(scene.clinic
                        .audit
                        .entries()
                        .get(scene.clinic.audit.entries().size() - 1)
                        .patientIds()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("who no longer comes is not told of it, though it takes place with another")
    void givenToAnother(Database database) {
        Scene scene = new Scene(database);
        ClinicFixture clinic = scene.clinic;
        Change booked = scene.book(clinic.lee, "2027-03-02T10:00");
        clinic.booking.change(
                clinic.desk,
                booked.sessionId(),
                booked.version(),
                new ChangeSession(null, null, null, null, null, List.of(clinic.ben), RuleOverride.NONE));

        assertEquals(0, scene.sessions.ahead(clinic.desk, clinic.ana, 0, 10).total());
        assertEquals(1, scene.sessions.ahead(clinic.desk, clinic.ben, 0, 10).total());
        assertTrue(scene.sessions.last(clinic.desk, clinic.ana).isEmpty());
        clinic.clock.set("2027-03-04T12:00:00Z");
        assertEquals(0, scene.sessions.past(clinic.desk, clinic.ana, 0, 10).total());
        assertEquals(1, scene.sessions.past(clinic.desk, clinic.ben, 0, 10).total());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("the last one is the latest that has begun, or else the next")
    void last(Database database) {
        Scene scene = new Scene(database);
        assertTrue(scene.sessions.last(scene.clinic.desk, scene.clinic.ana).isEmpty());
        scene.book(scene.clinic.ruiz, "2027-03-09T10:00");
        assertEquals(
                scene.clinic.ruiz,
                scene.sessions
                        .last(scene.clinic.desk, scene.clinic.ana)
                        .orElseThrow()
                        .therapist()
                        .id());
        scene.book(scene.clinic.lee, "2027-03-02T10:00");
        scene.clinic.clock.set("2027-03-04T12:00:00Z");
        assertEquals(
                scene.clinic.lee,
                scene.sessions
                        .last(scene.clinic.desk, scene.clinic.ana)
                        .orElseThrow()
                        .therapist()
                        .id());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a therapist sees own sessions alone, an administrator none")
    void reach(Database database) {
        Scene scene = new Scene(database);
        scene.book(scene.clinic.lee, "2027-03-02T10:00");
        scene.book(scene.clinic.ruiz, "2027-03-03T10:00");

        assertEquals(
                1,
                scene.sessions
                        .ahead(scene.clinic.drLee, scene.clinic.ana, 0, 10)
                        .total());
        assertThrows(NotAllowed.class, () -> scene.sessions.ahead(scene.clinic.admin, scene.clinic.ana, 0, 10));
        assertThrows(NotAllowed.class, () -> scene.sessions.last(scene.clinic.admin, scene.clinic.ana));
        assertEquals(
                2,
                scene.clinic.audit.entries().stream()
                        .filter(e ->
                                e.result().equals("DENIED") && e.patientIds().contains(scene.clinic.ana))
                        .count());
    }
}

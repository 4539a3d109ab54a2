package org.evenkeel.roster.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Settings;
import org.evenkeel.roster.Roster;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.session.web.LastChange;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.evenkeel.testing.SignedInAs;
import org.evenkeel.therapist.TherapistRegister;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MyDayBeanTest {
    private final ClinicFixture clinic = new ClinicFixture(Database.H2);

    @Test
    @DisplayName("turns away who is no therapist and may see none, on record")
    void whoMay() {
        assertThrows(NotAllowed.class, () -> page(clinic.admin));
        assertEquals(
                List.of("REFUSED see the day of a therapist access[] DENIED"),
                clinic.audit.lines().stream()
                        .filter(line -> line.startsWith("REFUSED"))
                        .toList());
    }

    /** The page without the words that a request before it has left. */
    private MyDayBean page() {
        return page(clinic.drLee);
    }

    private MyDayBean page(Actor reader) {
        MyDayBean page =
                new MyDayBean(
                        new Roster(
                                clinic.em,
                                clinic.transactions,
                                new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock),
                                clinic.clock),
                        new Attendance(clinic.em, clinic.transactions, clinic.audit, new Recorded<>(), clinic.clock),
                        clinic.booking,
                        new TherapistRegister() {},
                        new Settings(
                                clinic.em, clinic.transactions, clinic.audit, new Gate(clinic.audit), clinic.clock),
                        new SignedInAs(reader, clinic.audit),
                        new LastChange(),
                        clinic.clock) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected void takeUp() {}
                };
        page.open();
        return page;
    }

    @Test
    @DisplayName("What is pinned and which buttons it has stays as it was shown, however late the tap comes")
    void staysAsShown() {
        long nine = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-01T09:00"))
                .sessionId();
        long ten = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-01T10:00"))
                .sessionId();
        clinic.clock.set("2027-03-01T14:48:00Z");
        MyDayBean page = page();
        clinic.clock.set("2027-03-01T15:01:00Z");
        SessionView next = Objects.requireNonNull(page.getNext());
        assertEquals(nine, next.id());
        assertEquals(
                List.of(ten), page.getOthers().stream().map(SessionView::id).toList());
        assertTrue(page.isMarkable(next));
        assertFalse(page.isMarkable(page.getOthers().get(0)));
        assertTrue(page.isAwaited(page.getOthers().get(0)));
        assertEquals(12 * 60, page.secondsTo(page.getOthers().get(0)));

        assertEquals(ten, Objects.requireNonNull(page().getNext()).id());
    }
}

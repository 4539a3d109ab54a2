package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.GroupMerges;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For whoever goes to another group the appointment that they were told of has moved. */
class OtherGroupTest {
    private static final String MOVED = "Your appointment has changed: it is now Tue Mar 9, 10:00 AM."
            + " Your appointment Mon Mar 8, 10:00 AM is cancelled.";

    private final Duration undo = Duration.ofSeconds(10);

    /** Ana comes to the group of Mondays, and could come to the one of Tuesdays, both from March 8 on. */
    private static final class Clinic {
        final ReminderFixture f;
        final long mondays;
        final long tuesdays;
        final long enrolment;

        Clinic(Database database, Occasion... news) {
            f = ReminderFixture.aDayBefore(database);
            for (Occasion occasion : news) {
                f.rule(occasion);
            }
            f.clinic.clock.set(ClinicFixture.local("2027-03-01T08:01").toString());
            mondays = f.series.create(f.series.mondays(3));
            tuesdays = f.series.create(f.series.group("FREQ=WEEKLY;BYDAY=TU;COUNT=3"));
            enrolment = f.series.enrol(mondays, f.clinic.ana);
        }

        /** She is reminded of Monday on Sunday at ten; an hour later it is decided otherwise. */
        Clinic told() {
            f.sweepAt("2027-03-07T10:01");
            assertEquals(1, f.sms.accepted.size());
            f.clinic.clock.set(ClinicFixture.local("2027-03-07T11:00").toString());
            return this;
        }

        long transfer(long enrolmentId, long to) {
            return f.series.enrolments.transfer(
                    f.clinic.desk,
                    enrolmentId,
                    to,
                    Enrolments.Wish.of(f.clinic.ana, LocalDate.of(2027, 3, 8)),
                    "suits her better");
        }

        void merge(Scope scope) {
            f.series.merges.merge(
                    f.clinic.desk,
                    new GroupMerges.Wish(f.series.sessions(mondays).get(0), scope, Set.of()),
                    f.series.sessions(tuesdays).get(0),
                    "too few");
        }

        List<String> texts() {
            return f.sms.texts();
        }
    }

    private void later(Clinic c) {
        c.f.sweep();
        c.f.clinic.clock.advance(undo);
        c.f.sweep();
        c.f.clinic.clock.advance(undo);
        c.f.sweep();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("whoever goes to another group is told in one message what takes the place of what they knew")
    void transfer(Database database) {
        Clinic c = new Clinic(database, Occasion.MOVED, Occasion.CANCELLED).told();
        c.transfer(c.enrolment, c.tuesdays);
        c.f.sweep();
        assertEquals(1, c.texts().size(), "it may be a slip");
        later(c);
        assertEquals(2, c.texts().size(), () -> c.texts().toString());
        assertTrue(c.texts().get(1).startsWith(MOVED), () -> c.texts().toString());
        c.f.sweepAt("2027-03-08T10:01");
        assertEquals(3, c.texts().size(), () -> c.texts().toString());
        assertTrue(c.texts().get(2).startsWith("You have an appointment Tue Mar 9, 10:00 AM."));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("whoever was told that they are enrolled is not told so once more")
    void transferOfWhoWasToldOfTheEnrolment(Database database) {
        Clinic c = new Clinic(database, Occasion.BOOKED, Occasion.MOVED, Occasion.CANCELLED);
        c.f.sweepAt("2027-03-01T10:00");
        assertEquals(1, c.texts().size());
        c.f.clinic.clock.set(ClinicFixture.local("2027-03-04T11:00").toString());
        c.transfer(c.enrolment, c.tuesdays);
        later(c);
        later(c);
        assertEquals(2, c.texts().size(), () -> c.texts().toString());
        assertTrue(c.texts().get(1).startsWith(MOVED), () -> c.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("whoever knew of no date that is given up hears of the new one when it comes near")
    void transferOfWhoKnewNothing(Database database) {
        Clinic c = new Clinic(database, Occasion.MOVED, Occasion.CANCELLED);
        c.f.clinic.clock.set(ClinicFixture.local("2027-03-04T11:00").toString());
        c.transfer(c.enrolment, c.tuesdays);
        later(c);
        assertEquals(List.of(), c.texts());
        c.f.sweepAt("2027-03-08T10:01");
        assertEquals(1, c.texts().size(), () -> c.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("whoever goes there and back before anybody looks is told nothing")
    void thereAndBack(Database database) {
        Clinic c = new Clinic(database, Occasion.MOVED, Occasion.CANCELLED);
        c.f.sweepAt("2027-03-01T10:00");
        c.f.rule(Occasion.BEFORE, 7 * 24 * 60);
        c.f.sweepAt("2027-03-01T10:10");
        assertEquals(1, c.texts().size());
        c.f.clinic.clock.set(ClinicFixture.local("2027-03-02T11:00").toString());
        long there = c.transfer(c.enrolment, c.tuesdays);
        c.f.sweep();
        c.f.clinic.clock.advance(Duration.ofSeconds(3));
        c.transfer(there, c.mondays);
        later(c);
        later(c);
        assertEquals(1, c.texts().size(), () -> c.texts().toString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("a group that is merged into another tells who goes along the same, be it for once or from then on")
    void merge(Database database) {
        for (Scope scope : List.of(Scope.THIS, Scope.FOLLOWING)) {
            Clinic c = new Clinic(database, Occasion.MOVED, Occasion.CANCELLED).told();
            c.merge(scope);
            later(c);
            assertEquals(2, c.texts().size(), () -> c.texts().toString());
            assertTrue(c.texts().get(1).startsWith(MOVED), () -> c.texts().toString());
        }
    }
}

package org.evenkeel.series;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.LeavePlanning.Absence;
import org.evenkeel.session.LeavePlanning.Added;
import org.evenkeel.session.LeavePlanning.Affected;
import org.evenkeel.session.LeavePlanning.CannotBe;
import org.evenkeel.session.LeavePlanning.Decision;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.Session;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.Rooms;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.site.Sites;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Leave over sessions")
class LeaveTest {

    private static Absence week(long therapist) {
        return Absence.leave(therapist, new TimeSlot(local("2027-03-08T00:00"), local("2027-03-13T00:00")), "spring");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A13] lists them all with qualified and free substitutes, and does substitute, move and cancel in one go")
    void decides(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        long tuesday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-09T10:00")).sessionId();
        long friday = c.booking
                .book(c.desk, c.wish("IND", c.lee, "2027-03-12T10:00", 50, c.room1, c.ana))
                .sessionId();
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-09T10:30", 50, c.room2, c.ben));
        int before = c.events.fired().size();

        List<Affected> affected = c.leave.affected(c.desk, week(c.lee));
        assertEquals(
                List.of(monday, tuesday, friday),
                affected.stream().map(Affected::sessionId).toList());
        assertEquals(
                List.of("Dr Ruiz"),
                affected.get(0).substitutes().stream().map(s -> s.name()).toList());
        assertTrue(affected.get(1).substitutes().isEmpty(), "Dr Ruiz has a session then");

        Map<Long, Decision> decisions = new HashMap<>();
        decisions.put(monday, Decision.substitute(c.ruiz));
        decisions.put(tuesday, Decision.move(local("2027-03-15T10:00")));
        assertThrows(Invalid.class, () -> c.leave.apply(c.desk, week(c.lee), decisions));
        decisions.put(friday, Decision.CANCEL);
        c.leave.apply(c.desk, week(c.lee), decisions);

        assertEquals(
                List.of(c.ruiz + " BOOKED", c.lee + " BOOKED", c.lee + " CANCELLED"),
                c.transactions.inNew(() -> Sql.on(c.em)
                        .add("select therapist_id, state from session where id in")
                        .in(List.of(monday, tuesday, friday))
                        .add("order by id")
                        .list(r -> r.id(1) + " " + r.text(2))));
        assertEquals(1, c.count("time_off"));
        assertEquals(before + 3, c.events.fired().size(), "each session tells once");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A13] saves nothing when a decision is refused, such as a move into the leave itself")
    void refused(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        CannotBe refused = assertThrows(
                CannotBe.class,
                () -> c.leave.apply(c.desk, week(c.lee), Map.of(monday, Decision.move(local("2027-03-10T10:00")))));
        assertEquals(Rule.TIME_OFF, refused.refusals().get(0).rule());
        assertEquals(refused.refusals(), refused.against(monday));
        assertEquals(List.of(), refused.against(monday + 1));
        assertEquals(0, c.count("time_off"));
        assertThrows(NotAllowed.class, () -> c.leave.affected(c.drLee, week(c.lee)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("moves a session to a time that somebody held and left")
    void abandonedHold(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        c.abandonHold(c.lee, c.room1, "2027-03-15T10:00", 60);
        c.leave.apply(c.desk, week(c.lee), Map.of(monday, Decision.move(local("2027-03-15T10:00"))));
        assertEquals(1, c.count("time_off"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("moves nothing to a time that cannot be meant, and says of which session")
    void movedToThePast(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        for (String mistyped : List.of("2026-03-15T10:00", "2072-03-15T10:00", "2027-03-15T10:02")) {
            Map<Long, Decision> moved = Map.of(monday, Decision.move(local(mistyped)));
            Invalid invalid = assertThrows(Invalid.class, () -> c.leave.apply(c.desk, week(c.lee), moved), mistyped);
            assertEquals(Decision.startOf(monday), invalid.field());
        }
        assertEquals(0, c.count("time_off"));
        assertEquals(
                local("2027-03-08T10:00"),
                c.em.find(Session.class, monday).slot().start());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("goes against hours only with a reason, which is kept with the session and on record")
    void movedIntoTheNight(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        Map<Long, Decision> moved = Map.of(monday, Decision.move(local("2027-03-15T03:00")));
        CannotBe refused = assertThrows(CannotBe.class, () -> c.leave.apply(c.desk, week(c.lee), moved));
        assertTrue(refused.isSoft());
        assertEquals(Rule.OUTSIDE_HOURS, refused.against(monday).get(0).rule());
        assertEquals(0, c.count("time_off"));

        RuleOverride agreed = new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "Agreed with the patient");
        c.leave.apply(c.desk, week(c.lee), moved, agreed);

        Session night = c.em.find(Session.class, monday);
        assertEquals(local("2027-03-15T03:00"), night.slot().start());
        assertEquals("OUTSIDE_HOURS", night.overriddenRules().orElseThrow());
        assertEquals(
                "0 cancelled, overridden OUTSIDE_HOURS",
                c.audit.entries().get(c.audit.entries().size() - 1).detail());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A19] of a co-facilitator leaves the group standing")
    void coFacilitator(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.together("FREQ=WEEKLY;BYDAY=MO;COUNT=2"));
        Affected group = c.leave.affected(c.desk, week(c.ruiz)).get(0);
        assertFalse(group.leads());
        assertEquals(List.of("Dr Lee"), names(group.others()));
        assertEquals("DBT skills", group.title());
        c.leave.apply(c.desk, week(c.ruiz), Map.of(group.sessionId(), Decision.KEEP));
        assertEquals(2, f.starts(series).size());
        assertThrows(Invalid.class, () -> c.leave.apply(c.desk, week(c.lee), Map.of(group.sessionId(), Decision.KEEP)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A19] of a co-facilitator offers who is qualified and free instead; the lead stays")
    void anotherCoFacilitator(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long cbt = c.transactions.inNew(() -> Sql.on(c.em)
                .add("select id from modality where code = 'CBT'")
                .first(r -> r.id(1))
                .orElseThrow());
        long kim = c.transactions.inNew(() -> c.therapist("Dr", "Yun", "Kim", Therapist.Gender.FEMALE, cbt));
        c.transactions.inNew(() -> c.therapist("Dr", "Max", "Novak", Therapist.Gender.MALE));
        long busy = c.transactions.inNew(() -> c.therapist("Dr", "Ida", "Moss", Therapist.Gender.FEMALE, cbt));
        c.booking.book(c.desk, c.wish("IND", busy, "2027-03-08T10:30", 50, c.room1, c.ana));
        f.create(f.cbtTogether());
        Affected group = c.leave.affected(c.desk, week(c.ruiz)).get(0);
        assertEquals(List.of("Dr Kim"), names(group.substitutes()), "Dr Novak is not qualified, Dr Moss not free");

        c.leave.apply(c.desk, week(c.ruiz), Map.of(group.sessionId(), Decision.substitute(kim)));

        assertEquals(List.of(c.lee, kim), therapists(c, group.sessionId()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A13] of the one who leads a group offers its co-facilitator first, who then leads it")
    void theCoFacilitatorLeads(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        c.transactions.inNew(() -> c.therapist("Dr", "Adam", "Abel", Therapist.Gender.MALE));
        f.create(f.together("FREQ=WEEKLY;BYDAY=MO;COUNT=1"));
        Affected group = c.leave.affected(c.desk, week(c.lee)).get(0);
        assertTrue(group.leads());
        assertEquals(List.of("Dr Ruiz", "Dr Abel"), names(group.substitutes()));

        c.leave.apply(c.desk, week(c.lee), Map.of(group.sessionId(), Decision.substitute(c.ruiz)));

        assertEquals(List.of(c.ruiz), therapists(c, group.sessionId()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is refused over other time off, and then decides nothing")
    void overOtherTimeOff(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        c.timeOff(c.lee, "2027-03-12T00:00", "2027-03-20T00:00");
        Map<Long, Decision> cancelled = Map.of(monday, Decision.CANCEL);
        assertThrows(Invalid.class, () -> c.leave.apply(c.desk, week(c.lee), cancelled));
        assertEquals(List.of("BOOKED"), c.transactions.inNew(() -> Sql.on(c.em)
                .add("select state from session where id = ?", monday)
                .list(r -> r.text(1))));
    }

    private static List<String> names(List<Named> therapists) {
        return therapists.stream().map(Named::name).toList();
    }

    /** Who leads a session, and who facilitates it. */
    private static List<Long> therapists(ClinicFixture c, long session) {
        return c.transactions.inNew(() -> Sql.on(c.em)
                .add(
                        "select s.therapist_id, 0 from session s where s.id = ? union all"
                                + " select f.therapist_id, 1 from session_facilitator f where f.session_id = ? order by 2, 1",
                        session,
                        session)
                .list(r -> r.id(1)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A12] closure days likewise: what falls on them is moved or cancelled with the closure")
    void closure(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        long other = c.booking
                .book(c.desk, c.wish("CBT", c.ruiz, "2027-03-08T10:00", 50, c.room2, c.ben))
                .sessionId();
        Absence closed = Absence.closure(c.site, LocalDate.of(2027, 3, 8), "Founders' day");
        assertEquals(2, c.leave.affected(c.lead, closed).size());
        c.leave.apply(c.lead, closed, Map.of(monday, Decision.move(local("2027-03-09T10:00")), other, Decision.CANCEL));
        assertEquals(1, c.count("closure_day"));
        assertThrows(Refused.class, () -> c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A12] a closure day over a series skips a date, or adds the next free one at its end, and tells which")
    void closureExtends(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        ClinicFixture c = f.clinic;
        long series = f.create(f.mondays(3));
        f.enrol(series, c.ana);
        c.closeOn("2027-03-29");
        c.booking.book(c.desk, c.wish("CBT", c.lee, "2027-04-05T10:30", 50, c.room1, c.ben));
        Absence closed = Absence.closure(c.site, LocalDate.of(2027, 3, 15), "Founders' day");
        Affected group = c.leave.affected(c.lead, closed).get(0);
        assertEquals(series, group.seriesId());

        List<Added> added = c.leave.apply(c.lead, closed, Map.of(group.sessionId(), Decision.CANCEL_AND_EXTEND));

        assertEquals(
                List.of(local("2027-04-12T10:00")),
                added.stream().map(a -> a.slot().start()).toList());
        assertEquals(List.of("2027-03-08T10:00", "2027-03-22T10:00", "2027-04-12T10:00"), f.starts(series));
        assertEquals(1, f.coming(f.sessions(series).get(3)));
        Absence another = Absence.closure(c.site, LocalDate.of(2027, 3, 22), "Repairs");
        Affected second = c.leave.affected(c.lead, another).get(0);
        assertEquals(List.of(), c.leave.apply(c.lead, another, Map.of(second.sessionId(), Decision.CANCEL)));
        assertEquals(2, f.starts(series).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A12] adds nothing for a session that is of no series")
    void extendsOnlySeries(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        long monday = c.booking.book(c.desk, c.cbt(c.lee, "2027-03-08T10:00")).sessionId();
        Map<Long, Decision> extend = Map.of(monday, Decision.CANCEL_AND_EXTEND);
        assertThrows(Invalid.class, () -> c.leave.apply(c.desk, week(c.lee), extend));
        assertEquals(0, c.count("time_off"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A22] a closure day is not lost to a form of the site that was opened before it; another reason replaces its own")
    void closureAndTheFormOfTheSite(Database database) {
        ClinicFixture c = new SeriesFixture(database).clinic;
        LocalDate day = LocalDate.of(2027, 3, 8);
        SiteRegister register = new SiteRegister(
                new Sites(c.em),
                new Rooms(c.em),
                c.em,
                c.transactions,
                new Gate(c.audit),
                c.audit,
                new Recorded<>(),
                c.clock);
        Versioned<SiteDetails> form = register.find(c.lead, c.site);
        c.leave.apply(c.lead, Absence.closure(c.site, day, "Founders' day"), Map.of());
        assertThrows(Stale.class, () -> register.change(c.lead, c.site, form.version(), form.details()));
        c.leave.apply(c.lead, Absence.closure(c.site, day, "Repairs"), Map.of());
        assertEquals(
                List.of(new ClosureDay(day, "Repairs")),
                register.find(c.lead, c.site).details().closureDays());
        TimeSlot whole = new TimeSlot(
                day.atStartOfDay(ClinicFixture.NEW_YORK).toInstant(),
                day.plusDays(1).atStartOfDay(ClinicFixture.NEW_YORK).toInstant());
        assertEquals(
                List.of(new CalendarChanged(whole), new CalendarChanged(whole)),
                c.calendar.fired(),
                "boards are told, also of a day without sessions");
    }
}

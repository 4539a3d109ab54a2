package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionViewsTest {
    private static final RuleOverride ANY_HOURS =
            new RuleOverride(Set.of(Rule.OUTSIDE_HOURS, Rule.TOO_MANY_IN_A_ROW), "agreed with the therapist");

    private static SessionViews views(ClinicFixture clinic) {
        return new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tellsEverythingAboutASession(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        SessionView session = views(clinic).find(clinic.desk, "test", booked.sessionId());
        assertEquals("CBT", session.modality().code());
        assertEquals(local("2027-03-02T10:00"), session.slot().start());
        assertEquals(50, session.slot().minutes());
        assertEquals(new SessionView.Named(clinic.lee, "Dr Lee"), session.therapist());
        assertEquals(new SessionView.Place(clinic.room1, "Room 1", false), session.room());
        assertEquals(new SessionView.Located(clinic.site, "Harbor House", ClinicFixture.NEW_YORK), session.site());
        assertEquals(SessionState.BOOKED, session.state());
        assertEquals(booked.version(), session.version());
        SessionView.Attendee ana = session.attendee().orElseThrow();
        assertEquals("Ana Reyes", ana.name());
        assertEquals("P-AnaReyes", ana.recordNumber());
        assertEquals(ParticipantState.BOOKED, ana.state());
        assertFalse((session + " " + ana).contains("Ana"), "names stay out of logs");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A20] tells of a session that its lead's qualification has lapsed by then, by the calendar of its site")
    void tellsOfALapse(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        // 21:30 in New York is the day after in UTC.
        long late = clinic.booking
                .book(
                        clinic.desk,
                        new BookSession(
                                "CBT",
                                local("2027-03-02T21:30"),
                                50,
                                clinic.lee,
                                clinic.room1,
                                null,
                                List.of(clinic.ana),
                                ANY_HOURS))
                .sessionId();
        long free = clinic.booking
                .book(clinic.desk, clinic.wish("IND", clinic.lee, "2027-03-03T10:00", 50, clinic.room1, clinic.ana))
                .sessionId();

        assertFalse(views(clinic).find(clinic.desk, "test", late).unqualified());
        qualifiedUntil(clinic, LocalDate.of(2027, 3, 2));
        assertFalse(views(clinic).find(clinic.desk, "test", late).unqualified(), "the last day counts");
        qualifiedUntil(clinic, LocalDate.of(2027, 3, 1));
        assertTrue(views(clinic).find(clinic.desk, "test", late).unqualified());
        assertFalse(views(clinic).find(clinic.desk, "test", free).unqualified(), "anyone may give it");
        clinic.transactions.runInNew(
                () -> Sql.on(clinic.em).add("delete from qualification").update());
        assertTrue(views(clinic).find(clinic.desk, "test", late).unqualified());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A20] the first day of a qualification begins by the calendar of the site, wherever the database is")
    void firstDayOfAQualification(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        LocalDate first = LocalDate.of(2027, 3, 8);
        clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                .add("update qualification set valid_from = ? where therapist_id = ?", first, clinic.lee)
                .update());
        // In Tokyo the day begins before that of the database, in Honolulu after it.
        assertEquals(List.of(true, false), lapsed(clinic, "Asia/Tokyo", first));
        assertEquals(List.of(true, false), lapsed(clinic, "Pacific/Honolulu", first));
    }

    /** Whether a session at the end of the day before, and one at the day's start, is told as lapsed there. */
    private static List<Boolean> lapsed(ClinicFixture clinic, String zone, LocalDate day) {
        clinic.transactions.runInNew(
                () -> Sql.on(clinic.em).add("update site set zone = ?", zone).update());
        return Stream.of(day.minusDays(1).atTime(22, 0), day.atTime(1, 0))
                .map(wall -> {
                    Session.Placement placement = new Session.Placement(
                            clinic.transactions.inNew(() -> Sql.on(clinic.em)
                                    .add("select id from modality where code = 'CBT'")
                                    .first(r -> r.id(1))
                                    .orElseThrow()),
                            TimeSlot.of(wall.atZone(ZoneId.of(zone)).toInstant(), 50),
                            clinic.lee,
                            List.of(),
                            clinic.room1,
                            clinic.site,
                            0,
                            true);
                    return clinic.transactions
                            .inNew(() -> clinic.persist(Session.book(placement, 1, clinic.clock.instant(), 1L)))
                            .id();
                })
                .map(id -> views(clinic).find(clinic.desk, "test", id).unqualified())
                .toList();
    }

    private static void qualifiedUntil(ClinicFixture clinic, LocalDate date) {
        clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                .add("update qualification set valid_to = ? where therapist_id = ?", date, clinic.lee)
                .update());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keepsWhatWasCancelledAndOverridden(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change booked = clinic.booking.book(
                clinic.desk,
                new BookSession(
                        "CBT",
                        local("2027-03-02T18:00"),
                        50,
                        clinic.lee,
                        clinic.room1,
                        null,
                        List.of(clinic.ana),
                        ANY_HOURS));
        clinic.booking.cancel(clinic.desk, booked.sessionId(), booked.version(), "ill");
        SessionView session = views(clinic).find(clinic.desk, "test", booked.sessionId());
        assertEquals(SessionState.CANCELLED, session.state());
        assertEquals("ill", session.cancelReason());
        assertEquals(List.of(Rule.OUTSIDE_HOURS), session.overridden());
        assertEquals("agreed with the therapist", session.overrideReason());
        assertEquals(1, session.participants().size());
        assertFalse(session.isUndone());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void eachRoleSeesWhatItsWorkNeeds(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long own = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"))
                .sessionId();
        long other = clinic.booking
                .book(clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 50, clinic.room2, clinic.ben))
                .sessionId();
        SessionViews views = views(clinic);
        for (Actor all : List.of(clinic.desk, clinic.lead)) {
            assertEquals(other, views.find(all, "test", other).id());
            assertEquals(List.of(own, other), ids(views.list(all, "test", SessionFilter.ALL, null, 25)));
        }
        assertEquals(own, views.find(clinic.drLee, "test", own).id());
        assertEquals(List.of(own), ids(views.list(clinic.drLee, "test", SessionFilter.ALL, null, 25)));
        assertEquals(
                List.of(), ids(views.list(clinic.drLee, "test", SessionFilter.ALL.withPatient(clinic.ben), null, 25)));
        assertThrows(NotAllowed.class, () -> views.find(clinic.drLee, "test", other));
        assertThrows(
                NotAllowed.class,
                () -> views.list(clinic.drLee, "test", SessionFilter.ALL.withTherapist(clinic.ruiz), null, 25));
        Actor nobody = new Actor(9, "stray", Set.of(Role.THERAPIST), null);
        for (Actor none : List.of(clinic.admin, nobody)) {
            assertThrows(NotAllowed.class, () -> views.find(none, "test", own));
            assertThrows(NotAllowed.class, () -> views.list(none, "test", SessionFilter.ALL, null, 25));
        }
        assertThrows(NotFound.class, () -> views.find(clinic.desk, "test", 999_999));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void everyLookAndEveryRefusalIsOnRecord(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long id = clinic.booking
                .book(clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 50, null, clinic.ben))
                .sessionId();
        SessionViews views = views(clinic);
        views.find(clinic.desk, "panel", id);
        Entry viewed = last(clinic);
        assertEquals("VIEWED", viewed.action());
        assertEquals("panel", viewed.purpose());
        assertEquals(List.of(id), List.copyOf(viewed.subjectIds()));
        assertEquals(List.of(clinic.ben), List.copyOf(viewed.patientIds()));
        views.list(clinic.desk, "api/sessions", SessionFilter.ALL, null, 25);
        assertEquals(List.of(clinic.ben), List.copyOf(last(clinic).patientIds()));
        assertThrows(NotAllowed.class, () -> views.find(clinic.drLee, "panel", id));
        assertEquals("DENIED", last(clinic).result());
        assertEquals(List.of(id), List.copyOf(last(clinic).subjectIds()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aListTakesTheSameStatementsHoweverLong(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        book(clinic, 24);
        SessionViews views = views(clinic);
        SessionFilter march = SessionFilter.onDates(LocalDate.of(2027, 3, 1), LocalDate.of(2027, 3, 31));
        int few = database.statements(() -> views.list(clinic.desk, "test", march, null, 2));
        int many = database.statements(() -> views.list(clinic.desk, "test", march, null, 500));
        assertEquals(few, many);
        assertTrue(many <= 2, "statements beside the audit entry: " + many);
        assertEquals(1, database.statements(() -> views.list(clinic.desk, "test", SessionFilter.ALL, null, 500)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void pagesFollowEachOtherWithoutGapOrRepetition(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        List<Long> all = book(clinic, 7);
        SessionViews views = views(clinic);
        List<Long> seen = new ArrayList<>();
        SessionPage page = views.list(clinic.desk, "test", SessionFilter.ALL, null, 3);
        seen.addAll(ids(page));
        // A booking before the place where the list stands moves nothing.
        clinic.booking.book(clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-01T09:30", 50, null, clinic.ben));
        while (page.next() != null) {
            page = views.list(clinic.desk, "test", SessionFilter.ALL, page.next(), 3);
            seen.addAll(ids(page));
        }
        assertEquals(all, seen);
        assertNull(views.list(clinic.desk, "test", SessionFilter.ALL, null, 8).next());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void filtersByEverythingItOffers(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long lees = clinic.booking
                .book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"))
                .sessionId();
        Change booked = clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-03T10:00", 50, clinic.room2, clinic.ben));
        long ruizs = booked.sessionId();
        clinic.booking.cancel(clinic.desk, ruizs, booked.version(), "ill");
        SessionFilter[] filters = {
            SessionFilter.ALL.withTherapist(clinic.lee),
            SessionFilter.ALL.withPatient(clinic.ana),
            SessionFilter.ALL.withState(SessionState.BOOKED),
            new SessionFilter(null, null, null, clinic.room1, null, null, null),
            new SessionFilter(null, local("2027-03-02T10:01"), null, null, null, clinic.site, null),
            new SessionFilter(null, LocalDate.of(2027, 3, 2), null, null, null, clinic.site, null),
        };
        SessionViews views = views(clinic);
        for (SessionFilter filter : filters) {
            assertEquals(List.of(lees), ids(views.list(clinic.desk, "test", filter, null, 25)), filter::toString);
        }
        assertEquals(
                List.of(ruizs),
                ids(views.list(
                        clinic.desk,
                        "test",
                        new SessionFilter(local("2027-03-02T10:50"), null, null, null, null, null, null),
                        null,
                        25)),
                "what ends at the first instant does not overlap");
        assertEquals(
                List.of(),
                ids(views.list(
                        clinic.desk,
                        "test",
                        new SessionFilter(LocalDate.of(2027, 3, 2), null, null, null, null, 999_999L, null),
                        null,
                        25)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void thoseOfAPatientAreThoseTheyComeToAndThoseThatWereCancelled(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        Change kept = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        Change cancelled = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        clinic.booking.cancel(clinic.desk, cancelled.sessionId(), cancelled.version(), "ill");
        Change given = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-04T10:00"));
        clinic.booking.change(
                clinic.desk,
                given.sessionId(),
                given.version(),
                new ChangeSession(null, null, null, null, null, List.of(clinic.ben), RuleOverride.NONE));
        SessionViews views = views(clinic);
        assertEquals(
                List.of(kept.sessionId(), cancelled.sessionId()),
                ids(views.list(clinic.desk, "test", SessionFilter.ALL.withPatient(clinic.ana), null, 25)));
        assertEquals(
                List.of(given.sessionId()),
                ids(views.list(clinic.desk, "test", SessionFilter.ALL.withPatient(clinic.ben), null, 25)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aCancelledOneNamesWhoCameToItAtTheEnd(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        ChangeSession toBen = new ChangeSession(null, null, null, null, null, List.of(clinic.ben), RuleOverride.NONE);
        Change given = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T10:00"));
        given = clinic.booking.change(clinic.desk, given.sessionId(), given.version(), toBen);
        clinic.booking.cancel(clinic.desk, given.sessionId(), given.version(), "ill");
        Change kept = clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
        kept = clinic.booking.change(clinic.desk, kept.sessionId(), kept.version(), toBen);
        kept = clinic.booking.undo(clinic.desk, kept);
        clinic.booking.cancel(clinic.desk, kept.sessionId(), kept.version(), "ill");

        assertEquals(List.of(clinic.ben), named(clinic, given.sessionId()));
        assertEquals(List.of(clinic.ana), named(clinic, kept.sessionId()), "the change was undone");
        SessionViews views = views(clinic);
        assertEquals(
                List.of(kept.sessionId()),
                ids(views.list(clinic.desk, "test", SessionFilter.ALL.withPatient(clinic.ana), null, 25)));
        assertEquals(
                List.of(given.sessionId()),
                ids(views.list(clinic.desk, "test", SessionFilter.ALL.withPatient(clinic.ben), null, 25)));
    }

    private static List<Long> named(ClinicFixture clinic, long session) {
        return views(clinic).find(clinic.desk, "test", session).participants().stream()
                .map(SessionView.Attendee::patientId)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A4] A session over midnight is found from both dates, in the zone of its site")
    void overMidnight(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        long night = clinic.booking
                .book(
                        clinic.desk,
                        clinic.wish("IND", clinic.lee, "2027-03-02T23:30", 60, clinic.room1, clinic.ana)
                                .with(ANY_HOURS))
                .sessionId();
        SessionViews views = views(clinic);
        for (String date : List.of("2027-03-02", "2027-03-03")) {
            LocalDate day = LocalDate.parse(date);
            assertEquals(
                    List.of(night),
                    ids(views.list(clinic.desk, "test", SessionFilter.onDates(day, day), null, 25)),
                    date);
        }
        for (String date : List.of("2027-03-01", "2027-03-04")) {
            LocalDate day = LocalDate.parse(date);
            assertEquals(
                    List.of(), ids(views.list(clinic.desk, "test", SessionFilter.onDates(day, day), null, 25)), date);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A7] A date means the day on the wall of each site")
    void twoZones(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        long room = clinic.transactions.inNew(() -> {
            Site site = clinic.persist(new Site("Sumida House", tokyo, "555-0101"));
            List<OpeningHours> open = new ArrayList<>();
            for (int day = 1; day <= 7; day++) {
                open.add(new OpeningHours(day, LocalTime.of(0, 0), LocalTime.MIDNIGHT));
            }
            site.openAt(open);
            return clinic.persist(new Room(site, "Room T", 2, 0, false)).id();
        });
        Instant nineInTokyo =
                LocalDate.of(2027, 3, 3).atTime(9, 0).atZone(tokyo).toInstant();
        long there = clinic.booking
                .book(
                        clinic.desk,
                        new BookSession("IND", nineInTokyo, 50, clinic.lee, room, null, List.of(clinic.ana), ANY_HOURS))
                .sessionId();
        SessionViews views = views(clinic);
        LocalDate second = LocalDate.of(2027, 3, 2);
        assertEquals(
                List.of(),
                ids(views.list(clinic.desk, "test", SessionFilter.onDates(second, second), null, 25)),
                "it is the evening of the 2nd in New York, but the session is in Tokyo");
        LocalDate third = LocalDate.of(2027, 3, 3);
        assertEquals(
                List.of(there), ids(views.list(clinic.desk, "test", SessionFilter.onDates(third, third), null, 25)));
    }

    @Test
    void refusesAStretchThatEndsBeforeItStarts() {
        LocalDate day = LocalDate.of(2027, 3, 2);
        assertThrows(Invalid.class, () -> SessionFilter.onDates(day, day.minusDays(1)));
        Instant now = Instant.parse("2027-03-02T10:00:00Z");
        assertThrows(Invalid.class, () -> new SessionFilter(now, now, null, null, null, null, null));
    }

    private static List<Long> book(ClinicFixture clinic, int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String start = "2027-03-" + String.format("%02d", 2 + i / 4) + "T" + String.format("%02d", 9 + i % 4 * 2);
            ids.add(clinic.booking
                    .book(
                            clinic.desk,
                            clinic.wish("IND", clinic.lee, start + ":00", 50, clinic.room1, clinic.ana)
                                    .with(ANY_HOURS))
                    .sessionId());
        }
        return ids;
    }

    private static List<Long> ids(SessionPage page) {
        return page.items().stream().map(SessionView::id).toList();
    }

    private static Entry last(ClinicFixture clinic) {
        List<Entry> entries = clinic.audit.entries();
        return entries.get(entries.size() - 1);
    }
}

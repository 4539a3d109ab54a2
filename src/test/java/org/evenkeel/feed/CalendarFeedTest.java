package org.evenkeel.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Setting;
import org.evenkeel.identity.Settings;
import org.evenkeel.series.SeriesFixture;
import org.evenkeel.session.Change;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A therapist's calendar, read by a library that has no part in writing it. */
@DisplayName("A therapist's calendar on their own device")
class CalendarFeedTest {

    private static final class Fixture {
        final SeriesFixture series;
        final ClinicFixture clinic;
        final Settings settings;
        final CalendarFeeds feeds;
        final FeedReader reader;

        Fixture(Database database) {
            series = new SeriesFixture(database);
            clinic = series.clinic;
            Gate gate = new Gate(clinic.audit);
            settings = new Settings(clinic.em, clinic.transactions, clinic.audit, gate, clinic.clock);
            feeds = new CalendarFeeds(clinic.em, clinic.transactions, clinic.audit, gate, clinic.clock);
            reader = new FeedReader(clinic.em, clinic.transactions, settings, clinic.audit, clinic.clock);
            clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                    .add("insert into account_role (account_id, role) values (4, 'THERAPIST')")
                    .update());
        }

        Change book(String start) {
            return clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, start));
        }

        String text(String token) {
            return Objects.requireNonNull(reader.read(token, null).orElseThrow().text());
        }

        /** The events, by UID. */
        Map<String, VEvent> events(String token) {
            String text = text(token);
            List<ICalendar> parsed = Biweekly.parse(text).all();
            assertEquals(1, parsed.size());
            assertTrue(
                    parsed.get(0).getEvents().isEmpty()
                            || parsed.get(0).validate(ICalVersion.V2_0).isEmpty(),
                    text);
            return parsed.get(0).getEvents().stream()
                    .collect(Collectors.toMap(
                            e -> e.getUid().getValue(),
                            e -> e,
                            (a, b) -> {
                                throw new AssertionError("twice " + a.getUid());
                            },
                            TreeMap::new));
        }

        VEvent only(String token) {
            Map<String, VEvent> events = events(token);
            assertEquals(1, events.size());
            return events.values().iterator().next();
        }
    }

    private static Instant start(VEvent event) {
        return event.getDateStart().getValue().toInstant();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A45] a session that is moved keeps its UID, raises its SEQUENCE, and says nothing but \"Busy\"")
    void movedKeepsItsUid(Database database) {
        Fixture f = new Fixture(database);
        Change booked = f.book("2027-03-02T10:00");
        String token = f.feeds.create(f.clinic.drLee);
        VEvent before = f.only(token);
        assertEquals(ClinicFixture.local("2027-03-02T10:00"), start(before));
        assertEquals(
                ClinicFixture.local("2027-03-02T10:50"),
                before.getDateEnd().getValue().toInstant());
        assertEquals("Busy", before.getSummary().getValue());
        assertEquals("CONFIRMED", before.getStatus().getValue());

        f.clinic.clock.advance(Duration.ofHours(1));
        Change moved = f.clinic.booking.change(
                f.clinic.desk,
                booked.sessionId(),
                booked.version(),
                ChangeSession.move(ClinicFixture.local("2027-03-03T14:00"), null, RuleOverride.NONE));
        VEvent after = f.only(token);
        assertEquals(before.getUid().getValue(), after.getUid().getValue());
        assertTrue(after.getSequence().getValue() > before.getSequence().getValue());
        assertTrue(after.getDateTimeStamp()
                .getValue()
                .after(before.getDateTimeStamp().getValue()));
        assertEquals(ClinicFixture.local("2027-03-03T14:00"), start(after));

        f.clinic.booking.cancel(f.clinic.desk, moved.sessionId(), moved.version(), "ill");
        VEvent cancelled = f.only(token);
        assertEquals("CANCELLED", cancelled.getStatus().getValue());
        assertTrue(cancelled.getSequence().getValue() > after.getSequence().getValue());
        f.clinic.clock.advance(Duration.ofDays(15));
        assertEquals(Map.of(), f.events(token));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A45] an address that is revoked stops at once, and so do those of an account that is no therapist's any more")
    void revokedStops(Database database) {
        Fixture f = new Fixture(database);
        String kept = f.feeds.create(f.clinic.drLee);
        f.clinic.clock.advance(Duration.ofSeconds(1));
        String token = f.feeds.create(f.clinic.drLee);
        assertTrue(f.reader.read(token, null).isPresent());
        CalendarFeed newest = f.feeds.mine(f.clinic.drLee).get(0);
        assertTrue(newest.usedOn().isPresent());
        f.feeds.revoke(f.clinic.drLee, newest.id());
        assertEquals(Optional.empty(), f.reader.read(token, null));
        assertEquals(Optional.empty(), f.reader.read("no such token", null));
        assertEquals(1, f.feeds.mine(f.clinic.drLee).size());
        assertTrue(f.reader.read(kept, null).isPresent());
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update account set active = false where id = 4")
                .update());
        assertEquals(Optional.empty(), f.reader.read(kept, null));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("belongs to its therapist alone, and the database knows only the hash of its token")
    void isOnesOwn(Database database) {
        Fixture f = new Fixture(database);
        assertThrows(NotAllowed.class, () -> f.feeds.create(f.clinic.desk));
        assertThrows(NotAllowed.class, () -> f.feeds.mine(f.clinic.lead));
        String token = f.feeds.create(f.clinic.drLee);
        long id = f.feeds.mine(f.clinic.drLee).get(0).id();
        var other = new org.evenkeel.identity.Actor(
                77, "other", Set.of(org.evenkeel.identity.Role.THERAPIST), f.clinic.ruiz);
        assertThrows(NotFound.class, () -> f.feeds.revoke(other, id));
        assertEquals(43, token.length());
        f.clinic.transactions.runInNew(() -> assertFalse(Sql.on(f.clinic.em)
                .add("select 1 from calendar_feed where token_hash = ?", token)
                .exists()));
        f.book("2027-03-02T10:00");
        f.clinic.booking.book(
                f.clinic.desk, f.clinic.wish("CBT", f.clinic.ruiz, "2027-03-02T12:00", 50, null, f.clinic.ben));
        assertEquals(ClinicFixture.local("2027-03-02T10:00"), start(f.only(token)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("shows initials only where the centre allows it, and that is on record")
    void initials(Database database) {
        Fixture f = new Fixture(database);
        f.book("2027-03-02T10:00");
        String token = f.feeds.create(f.clinic.drLee);
        int before = f.clinic.audit.lines().size();
        assertEquals("Busy", f.only(token).getSummary().getValue());
        assertEquals(before, f.clinic.audit.lines().size());
        f.settings.change(f.clinic.admin, f.settings.all(), Map.of(Setting.FEED_INITIALS, "yes"));
        assertEquals("A. R.", f.only(token).getSummary().getValue());
        var exported = f.clinic.audit.entries().get(f.clinic.audit.entries().size() - 1);
        assertEquals("EXPORTED", exported.action());
        assertEquals(Set.of(f.clinic.ana), Set.copyOf(exported.patientIds()));
        assertFalse(f.text(token).contains("Reyes"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is sent again only when it has changed")
    void hasATag(Database database) {
        Fixture f = new Fixture(database);
        Change booked = f.book("2027-03-02T10:00");
        String token = f.feeds.create(f.clinic.drLee);
        FeedReader.Answer first = f.reader.read(token, null).orElseThrow();
        f.clinic.clock.advance(Duration.ofHours(2));
        assertNull(f.reader.read(token, first.tag()).orElseThrow().text());
        f.clinic.booking.cancel(f.clinic.desk, booked.sessionId(), booked.version(), "ill");
        FeedReader.Answer second = f.reader.read(token, first.tag()).orElseThrow();
        assertNotEquals(first.tag(), second.tag());
        assertTrue(second.text() != null);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("keeps a weekly group at its wall time over both clock changes of the year (experiment 9)")
    void keepsWallTime(Database database) {
        Fixture f = new Fixture(database);
        f.series.create(f.series.mondays(40));
        String token = f.feeds.create(f.clinic.drLee);
        List<Instant> starts = f.events(token).values().stream()
                .map(CalendarFeedTest::start)
                .sorted()
                .toList();
        assertTrue(starts.size() > 20);
        for (Instant start : starts) {
            assertEquals(
                    LocalTime.of(10, 0),
                    LocalDateTime.ofInstant(start, ClinicFixture.NEW_YORK).toLocalTime());
        }
        assertEquals(ClinicFixture.local("2027-03-08T10:00"), starts.get(0));
        f.clinic.clock.set("2027-10-01T12:00:00Z");
        Set<Integer> hoursInUtc = f.events(token).values().stream()
                .map(e -> start(e).atZone(java.time.ZoneOffset.UTC).getHour())
                .collect(Collectors.toSet());
        assertEquals(Set.of(14, 15), hoursInUtc);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("takes as many statements for a year of sessions as for none")
    void statementsAreConstant(Database database) {
        Fixture f = new Fixture(database);
        String token = f.feeds.create(f.clinic.drLee);
        f.text(token);
        int without = database.statements(() -> f.text(token));
        f.series.create(f.series.mondays(30));
        assertEquals(without, database.statements(() -> f.text(token)));
        f.settings.change(f.clinic.admin, f.settings.all(), Map.of(Setting.FEED_INITIALS, "yes"));
        f.text(token);
        assertEquals(without + 1, database.statements(() -> f.text(token)));
    }
}

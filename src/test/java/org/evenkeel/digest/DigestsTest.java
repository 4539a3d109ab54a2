package org.evenkeel.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.evenkeel.audit.Gate;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Channel;
import org.evenkeel.reminder.Delivery;
import org.evenkeel.reminder.Delivery.Outcome;
import org.evenkeel.reminder.Departure;
import org.evenkeel.reminder.Gateway;
import org.evenkeel.reminder.Outgoing;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Tomorrow by e-mail")
class DigestsTest {

    /** A mail server that does what a test wants. */
    private static final class MailServer implements Gateway {
        final List<Outgoing> asked = new CopyOnWriteArrayList<>();
        Function<Outgoing, Outcome> answer = message -> Outcome.ACCEPTED;
        boolean reachable = true;

        @Override
        public Channel channel() {
            return Channel.EMAIL;
        }

        @Override
        public Line open() throws IOException {
            if (!reachable) {
                throw new IOException("Nobody answers");
            }
            return new Line() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public Delivery send(Outgoing message, Departure departure) {
                    asked.add(message);
                    return Delivery.of(answer.apply(message));
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class Fixture {
        final Map<String, String> variables =
                new ConcurrentHashMap<>(Map.of("public.address", "https://visits.example.org"));
        final MailServer server = new MailServer();
        final ClinicFixture clinic;
        final DigestWishes wishes;

        Fixture(Database database) {
            clinic = new ClinicFixture(database);
            wishes = new DigestWishes(
                    clinic.em,
                    clinic.transactions,
                    new ContactVault("a secret for tests"),
                    clinic.audit,
                    new Gate(clinic.audit));
            clinic.transactions.runInNew(() -> Sql.on(clinic.em)
                    .add("insert into account_role (account_id, role) values (4, 'THERAPIST')")
                    .update());
        }

        Digests node() {
            Configuration configuration = new Configuration(name -> Optional.ofNullable(variables.get(name)));
            DigestOutbox outbox = new DigestOutbox(
                    clinic.em,
                    clinic.transactions,
                    new ContactVault("a secret for tests"),
                    configuration,
                    clinic.clock);
            return new Digests(
                    outbox,
                    new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock),
                    configuration,
                    server);
        }

        void book(String start) {
            clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, start));
        }

        void wantAtSix() {
            wishes.want(clinic.drLee, "lee@example.org", LocalTime.of(18, 0));
        }

        void runAt(String wallTime) {
            clinic.clock.set(ClinicFixture.local(wallTime).toString());
            node().run();
        }

        String last() {
            return wishes.last(clinic.drLee)
                    .map(l -> l.about() + " " + l.state())
                    .orElse("none");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("goes out once, at the chosen time, with counts, times and initials alone")
    void goesOutOnce(Database database) {
        Fixture f = new Fixture(database);
        f.book("2027-03-02T10:00");
        f.book("2027-03-02T09:00");
        f.runAt("2027-03-01T18:00");
        assertEquals(List.of(), f.server.asked);
        f.wantAtSix();
        f.runAt("2027-03-01T17:59");
        assertEquals(List.of(), f.server.asked);
        f.runAt("2027-03-01T18:01");
        f.runAt("2027-03-01T18:02");
        f.node().run();
        assertEquals(1, f.server.asked.size());
        Outgoing sent = f.server.asked.get(0);
        assertEquals("lee@example.org", sent.to());
        assertEquals("Tomorrow: 2 appointments", sent.subject());
        assertEquals(
                "Tuesday, March 2, 2027: 2 appointments, first 9:00 AM\n\n9:00 AM  A. R.\n10:00 AM  A. R.\n\n"
                        + "You asked for this message. Change or stop it: https://visits.example.org/identity/account\n",
                sent.body());
        assertEquals("2027-03-02 SENT", f.last());
        assertTrue(f.clinic.audit.lines().stream().anyMatch(line -> line.startsWith("VIEWED digest session")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("waits for a mail server that is down, but not beyond the day, and says what became of it")
    void waits(Database database) {
        Fixture f = new Fixture(database);
        f.book("2027-03-02T10:00");
        f.wantAtSix();
        f.server.reachable = false;
        f.runAt("2027-03-01T18:01");
        assertEquals("none", f.last());
        f.server.reachable = true;
        f.server.answer = m -> Outcome.NOT_NOW;
        f.runAt("2027-03-01T18:02");
        assertEquals("2027-03-02 WAITING", f.last());
        f.runAt("2027-03-01T18:03");
        assertEquals(1, f.server.asked.size());
        f.server.answer = m -> Outcome.ACCEPTED;
        f.runAt("2027-03-01T18:08");
        assertEquals("2027-03-02 SENT", f.last());
        f.runAt("2027-03-02T00:30");
        assertEquals(2, f.server.asked.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is never sent again when its answer or its node was lost")
    void isNeverSentAgain(Database database) {
        Fixture f = new Fixture(database);
        f.book("2027-03-02T10:00");
        f.wantAtSix();
        f.server.answer = m -> {
            throw new AssertionError("The node is gone");
        };
        assertThrows(AssertionError.class, () -> f.runAt("2027-03-01T18:01"));
        assertEquals("2027-03-02 SENDING", f.last());
        f.server.answer = m -> Outcome.ACCEPTED;
        f.runAt("2027-03-01T18:02");
        f.runAt("2027-03-01T18:10");
        assertEquals("2027-03-02 UNKNOWN", f.last());
        assertEquals(1, f.server.asked.size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is not sent for a day without appointments, to who stopped it, or to who may not sign in any more")
    void isNotSent(Database database) {
        Fixture f = new Fixture(database);
        f.wantAtSix();
        f.runAt("2027-03-01T18:01");
        assertEquals("2027-03-02 EMPTY", f.last());
        f.clinic.clock.advance(Duration.ofDays(-1));
        f.clinic.clock.set("2027-03-02T13:00:00Z");
        f.book("2027-03-03T10:00");
        f.wishes.stop(f.clinic.drLee);
        assertFalse(f.wishes.mine(f.clinic.drLee).isPresent());
        f.runAt("2027-03-02T18:01");
        f.wantAtSix();
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update account set active = false where id = 4")
                .update());
        f.runAt("2027-03-02T18:02");
        assertEquals(List.of(), f.server.asked);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("does not go out a second time from yesterday's backup (experiment 13)")
    void notFromABackup(Database database) {
        Fixture f = new Fixture(database);
        f.book("2027-03-02T10:00");
        f.wantAtSix();
        f.variables.put("restored.at", ClinicFixture.local("2027-03-01T20:00").toString());
        f.runAt("2027-03-01T20:01");
        assertEquals(List.of(), f.server.asked);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("is each therapist's own, at an address that is one, which the database cannot read")
    void isOnesOwn(Database database) {
        Fixture f = new Fixture(database);
        assertThrows(NotAllowed.class, () -> f.wishes.want(f.clinic.desk, "a@example.org", LocalTime.NOON));
        assertEquals(
                "address",
                assertThrows(Invalid.class, () -> f.wishes.want(f.clinic.drLee, "nonsense", LocalTime.NOON))
                        .field());
        f.wantAtSix();
        assertEquals(
                "lee@example.org", f.wishes.mine(f.clinic.drLee).orElseThrow().address());
        f.clinic.transactions.runInNew(() -> assertFalse(Sql.on(f.clinic.em)
                .add("select 1 from digest_wish where sealed like '%example%'")
                .exists()));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("costs as many statements for many who do not get it now as for one")
    void statementsAreConstant(Database database) {
        Fixture f = new Fixture(database);
        f.wantAtSix();
        f.clinic.clock.set(ClinicFixture.local("2027-03-01T12:00").toString());
        Digests node = f.node();
        assertEquals(4, database.statements(node::run));
    }
}

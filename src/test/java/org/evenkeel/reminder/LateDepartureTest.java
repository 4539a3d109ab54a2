package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evenkeel.reminder.Outbox.Claimed;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Experiment 11: a message whose text has not begun to leave in time")
class LateDepartureTest {

    /** Ana's message of the day before two sessions, claimed. Time goes on by a tenth of a second whenever somebody looks. */
    private static final class Late {
        final ReminderFixture f;
        final AtomicLong time = new AtomicLong();
        final long session;
        final Claimed claimed;

        Late(Database database) {
            f = ReminderFixture.aDayBefore(database);
            f.nanos = () -> time.addAndGet(Duration.ofMillis(100).toNanos());
            f.consents.give(f.clinic.desk, f.clinic.ana, Channel.SMS, Disclosure.NAMES, false);
            f.ana("2027-03-03T10:00");
            session = f.ana("2027-03-03T14:00");
            f.clinic.clock.set(ClinicFixture.local("2027-03-02T10:01").toString());
            f.planner.plan(f.clinic.clock.instant());
            List<Claimed> all = f.clinic.transactions.inNew(
                    () -> f.outbox.claim(f.outbox.due(List.of(Channel.SMS), f.clinic.clock.instant())));
            claimed = all.get(0);
            assertEquals(List.of("SENDING", "SENDING"), f.outcomes());
            pass();
        }

        void pass() {
            time.addAndGet(Departure.LATEST.toNanos());
        }

        Departure renewed() {
            return f.clinic.transactions.inNew(() -> f.outbox.renewed(claimed));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("may do so for as long again, if all that it tells of still stands")
    void stands(Database database) {
        Late late = new Late(database);
        assertFalse(late.claimed.departure().isOpen());
        Departure renewed = late.renewed();
        assertTrue(renewed.isOpen());
        late.pass();
        assertFalse(renewed.isOpen());
        assertTrue(late.renewed().isOpen());
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("takenBack")
    @DisplayName("never may once any of it was taken back")
    void never(Database database, String what, Consumer<Late> takesBack) {
        Late late = new Late(database);
        takesBack.accept(late);
        assertFalse(late.renewed().isOpen(), what);
    }

    static Stream<Arguments> takenBack() {
        return Stream.of(Database.values())
                .flatMap(d -> Stream.of(
                        of(d, "one of its sessions is cancelled", l -> l.f.cancel(l.session)),
                        of(d, "one of its sessions is moved", l -> l.f.move(l.session, "2027-03-03T15:00")),
                        of(d, "STOP", l -> l.f.consents.optOut(l.f.lookup("+1 555 0111"), Consents.How.STOP)),
                        of(
                                d,
                                "the consent ends",
                                l -> l.f.consents.withdraw(l.f.clinic.desk, l.f.clinic.ana, Channel.SMS)),
                        of(d, "the consent goes less far", l -> l.f.agree(l.f.clinic.ana, Channel.SMS)),
                        of(d, "there is another address", l -> l.f.phone(l.f.clinic.ana, "+1 555 0999")),
                        of(d, "the rule is off", l -> sql(l, "update reminder_rule set active = false")),
                        of(d, "the patient has died", l -> sql(l, "update patient set died_on = date '2027-03-01'")),
                        of(d, "its lease is over", l -> {
                            l.f.clinic.clock.advance(Outbox.LEASE.plusSeconds(1));
                            l.f.clinic.transactions.runInNew(
                                    () -> l.f.outbox.sweepAway(Set.of(), l.f.clinic.clock.instant()));
                        })));
    }

    private static Arguments of(Database database, String what, Consumer<Late> takesBack) {
        return Arguments.of(database, what, takesBack);
    }

    private static void sql(Late late, String change) {
        late.f.clinic.transactions.runInNew(
                () -> Sql.on(late.f.clinic.em).add(change).update());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Database.class)
    @DisplayName("waits for whoever is just taking it back, and never may then")
    void waits(Database database) throws Exception {
        Late late = new Late(database);
        ReminderFixture f = late.f;
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        f.nanos = () -> {
            locked.countDown();
            Race.await(goOn);
            return late.time.addAndGet(Duration.ofSeconds(1).toNanos());
        };
        Future<?> stop =
                ReminderFixture.THREADS.submit(() -> f.consents.optOut(f.lookup("+1 555 0111"), Consents.How.STOP));
        Race.await(locked);
        Future<Departure> renewed = ReminderFixture.THREADS.submit(late::renewed);
        goOn.countDown();
        stop.get(30, TimeUnit.SECONDS);
        assertEquals(Departure.NEVER, renewed.get(30, TimeUnit.SECONDS));
    }
}

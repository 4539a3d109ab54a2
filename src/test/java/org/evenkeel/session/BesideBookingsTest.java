package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.series.SeriesExtension;
import org.evenkeel.session.LeavePlanning.Absence;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.Rooms;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.site.Sites;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all bookings of a site are judged by changes while one of them is under way: neither misses the other. */
@DisplayName("A closure or a change of zone beside a booking")
class BesideBookingsTest {

    private static final ZoneId DENVER = ZoneId.of("America/Denver");
    private static final LocalDate WEDNESDAY = LocalDate.of(2027, 3, 3);
    /** How long one that was begun first waits for the other, which should wait for it. */
    private static final long PATIENCE_MILLIS = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a closure sees the session that was being booked")
    void closureAfterBooking(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);

        Throwable refused = failure(whileBooking(clinic, () -> close(clinic, clinic.transactions)));

        assertEquals("closureDays", assertInstanceOf(Invalid.class, refused).field());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a closure with decisions sees the session that was being booked")
    void planAfterBooking(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);

        Throwable refused = failure(whileBooking(clinic, () -> plan(clinic, clinic.transactions)));

        assertEquals("decisions", assertInstanceOf(Invalid.class, refused).field());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A8] a change of zone moves the session that was being booked")
    void zoneAfterBooking(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);

        whileBooking(clinic, () -> changeZone(clinic, clinic.transactions)).get(30, TimeUnit.SECONDS);

        Session session =
                clinic.em.find(Session.class, clinic.events.fired().get(0).sessionId());
        assertEquals(
                LocalDateTime.parse("2027-03-03T10:00").atZone(DENVER).toInstant(),
                session.slot().start());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a booking sees the closure that was being entered")
    void bookingAfterClosure(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);

        Throwable refused = failure(bookWhile(clinic, transactions -> close(clinic, transactions)));

        assertEquals(
                Rule.SITE_CLOSED,
                assertInstanceOf(Refused.class, refused).refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a booking sees the closure that was being entered with decisions")
    void bookingAfterPlan(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);

        Throwable refused = failure(bookWhile(clinic, transactions -> plan(clinic, transactions)));

        assertEquals(
                Rule.SITE_CLOSED,
                assertInstanceOf(Refused.class, refused).refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A8] a booking sees the zone that was being changed: it is 08:00 there now, before hours")
    void bookingAfterZone(Database database) throws Exception {
        ClinicFixture clinic = new ClinicFixture(database);

        Throwable refused = failure(bookWhile(clinic, transactions -> changeZone(clinic, transactions)));

        assertEquals(
                Rule.OUTSIDE_HOURS,
                assertInstanceOf(Refused.class, refused).refusals().get(0).rule());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "[A4] a day is not closed over a session from the evening before, nor over one until the morning after")
    void closureOverMidnight(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        RuleOverride late = new RuleOverride(Set.of(Rule.OUTSIDE_HOURS), "by telephone");
        clinic.booking.book(
                clinic.desk,
                new BookSession(
                        "CBT",
                        local("2027-03-02T23:30"),
                        60,
                        clinic.lee,
                        clinic.room1,
                        null,
                        List.of(clinic.ana),
                        late));
        assertThrows(Invalid.class, () -> close(clinic, clinic.transactions));

        clinic.booking.book(
                clinic.desk,
                new BookSession(
                        "CBT",
                        local("2027-03-04T23:00"),
                        60,
                        clinic.lee,
                        clinic.room1,
                        null,
                        List.of(clinic.ana),
                        late));
        SiteRegister register = register(clinic, clinic.transactions);
        Versioned<SiteDetails> site = register.find(clinic.lead, clinic.site);
        register.change(clinic.lead, clinic.site, site.version(), closed(site.details(), LocalDate.of(2027, 3, 5)));
    }

    // --- what changes beside ----------------------------------------------------------------------------------------

    private static SiteRegister register(ClinicFixture clinic, Transactions transactions) {
        return new SiteRegister(
                new Sites(clinic.em),
                new Rooms(clinic.em),
                clinic.em,
                transactions,
                new Gate(clinic.audit),
                clinic.audit,
                new Recorded<>(),
                clinic.clock);
    }

    private static Object close(ClinicFixture clinic, Transactions transactions) {
        Versioned<SiteDetails> site = register(clinic, clinic.transactions).find(clinic.lead, clinic.site);
        register(clinic, transactions)
                .change(clinic.lead, clinic.site, site.version(), closed(site.details(), WEDNESDAY));
        return site;
    }

    private static SiteDetails closed(SiteDetails details, LocalDate date) {
        return new SiteDetails(
                details.name(),
                details.zone(),
                details.phone(),
                details.placeInMessages(),
                details.active(),
                details.openingHours(),
                Stream.concat(details.closureDays().stream(), Stream.of(new ClosureDay(date, "Holiday")))
                        .toList());
    }

    private static Object plan(ClinicFixture clinic, Transactions transactions) {
        Absence closure = Absence.closure(clinic.site, WEDNESDAY, "Holiday");
        new LeavePlanning(
                        clinic.em,
                        transactions,
                        clinic.schedule,
                        new SeriesExtension(clinic.em, clinic.schedule, clinic.clock),
                        clinic.audit,
                        new Recorded<>(),
                        clinic.clock)
                .apply(clinic.lead, closure, Map.of());
        return closure;
    }

    private static Object changeZone(ClinicFixture clinic, Transactions transactions) {
        long version = register(clinic, clinic.transactions)
                .find(clinic.lead, clinic.site)
                .version();
        return new ZoneChange(
                        clinic.em,
                        transactions,
                        new Availability(clinic.em),
                        clinic.audit,
                        new Recorded<>(),
                        new Recorded<>(),
                        clinic.clock)
                .apply(clinic.lead, clinic.site, version, DENVER);
    }

    // --- who is first -----------------------------------------------------------------------------------------------

    /** Begins a booking, and what is beside it while that has written its session and not yet committed. */
    private Future<Object> whileBooking(ClinicFixture clinic, Callable<Object> beside) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        clinic.events.observedBy(event -> {
            written.countDown();
            awaitPatiently(other);
        });
        Future<Change> booking =
                threads.submit(() -> clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00")));
        written.await();
        Future<Object> second = threads.submit(() -> {
            try {
                return beside.call();
            } finally {
                other.countDown();
            }
        });
        booking.get(30, TimeUnit.SECONDS);
        return second;
    }

    /** Something of a site's that is done in transactions. */
    private interface Beside {
        Object in(Transactions transactions);
    }

    /** Begins what is beside, and a booking while that has written and not yet committed. */
    private Future<Object> bookWhile(ClinicFixture clinic, Beside beside) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        Transactions pausing = new Transactions() {
            @Override
            public <T> T inNew(Supplier<T> work) {
                return clinic.transactions.inNew(() -> {
                    T done = work.get();
                    clinic.em.flush();
                    written.countDown();
                    awaitPatiently(other);
                    return done;
                });
            }
        };
        Future<Object> first = threads.submit(() -> beside.in(pausing));
        written.await();
        Future<Object> booking = threads.submit(() -> {
            try {
                return clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-03T10:00"));
            } finally {
                other.countDown();
            }
        });
        first.get(30, TimeUnit.SECONDS);
        return booking;
    }

    private static void awaitPatiently(CountDownLatch latch) {
        try {
            boolean done = latch.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertFalse(done, "it did not wait");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Throwable failure(Future<Object> future) throws InterruptedException, TimeoutException {
        try {
            return assertInstanceOf(Throwable.class, future.get(30, TimeUnit.SECONDS), "it was not refused");
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }
}

package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenkeel.identity.Actor;
import org.evenkeel.platform.Hourly;
import org.evenkeel.series.Groups;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnsweringTest {

    /** An API without HTTP: each request has an answering of its own, as in the server. */
    private static final class Api {
        final ClinicFixture clinic;
        final IdempotentAnswers answers;
        final SessionViews sessions;
        final Groups groups;
        private final ThreadLocal<Answering> request = new ThreadLocal<>();

        Api(Database database) {
            clinic = new ClinicFixture(database);
            answers = new IdempotentAnswers(clinic.em, clinic.transactions, clinic.clock);
            sessions = new SessionViews(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
            groups = new Groups(clinic.em, clinic.transactions, clinic.audit, clinic.clock);
            clinic.events.observedBy(change -> request.get().on(change));
        }

        Answer book(Actor actor, String key, BookSession wish) {
            return post(actor, 201, key, wish.toString(), () -> clinic.booking.book(actor, wish));
        }

        Answer cancel(Actor actor, String key, Answer session, String reason) {
            return post(
                    actor,
                    200,
                    key,
                    reason,
                    () -> clinic.booking.cancel(actor, session.id(), session.version(), reason));
        }

        Answer post(Actor actor, int status, String key, String body, Runnable change) {
            Answering answering = new Answering(sessions, groups, answers);
            request.set(answering);
            return answering.to(actor, status, named(actor, key, body), change);
        }
    }

    private static IdempotencyKey named(Actor actor, String key, String body) {
        IdempotencyKey named =
                IdempotencyKey.of(actor.accountId(), key, "/api/sessions", body.getBytes(StandardCharsets.UTF_8));
        if (named == null) {
            throw new IllegalArgumentException("A key");
        }
        return named;
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRepeatIsToldTheFirstAnswer(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        Answer first = api.book(api.clinic.desk, "one", wish);
        assertEquals(201, first.status());
        assertTrue(first.body().contains("\"name\":\"Ana Reyes\""), first.body());
        // Even though it has been moved since.
        api.clinic.booking.cancel(api.clinic.desk, first.id(), first.version(), "ill");
        assertEquals(first, api.book(api.clinic.desk, "one", wish));
        assertEquals(1, api.clinic.count("session"));
        assertEquals(
                "VIEWED",
                api.clinic
                        .audit
                        .entries()
                        .get(api.clinic.audit.entries().size() - 1)
                        .action());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anotherRequestUnderTheSameKeyIsRefused(Database database) {
        Api api = new Api(database);
        api.book(api.clinic.desk, "one", api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00"));
        BookSession other = api.clinic.cbt(api.clinic.lee, "2027-03-02T12:00");
        Invalid invalid = assertThrows(Invalid.class, () -> api.book(api.clinic.desk, "one", other));
        assertEquals(IdempotencyKey.HEADER, invalid.field());
        assertEquals(1, api.clinic.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void keysBelongToTheirAccount(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        api.book(api.clinic.desk, "one", wish);
        assertThrows(Refused.class, () -> api.book(api.clinic.lead, "one", wish), "a request of its own");
        assertThrows(NotAllowed.class, () -> api.book(api.clinic.admin, "one", wish));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRefusalIsNotKept(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        Answer inTheWay = api.book(api.clinic.desk, "first", wish);
        assertThrows(Refused.class, () -> api.book(api.clinic.desk, "second", wish));
        api.cancel(api.clinic.desk, "third", inTheWay, "ill");
        assertNotEquals(inTheWay.id(), api.book(api.clinic.desk, "second", wish).id());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Key and booking are kept together or not at all")
    void whatFailsLeavesNothing(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        Answering answering = new Answering(api.sessions, api.groups, api.answers);
        api.clinic.events.observedBy(change -> {
            answering.on(change);
            throw new IllegalStateException("The server dies before the commit");
        });
        assertThrows(
                IllegalStateException.class,
                () -> answering.to(
                        api.clinic.desk,
                        201,
                        named(api.clinic.desk, "one", "body"),
                        () -> api.clinic.booking.book(api.clinic.desk, wish)));
        assertEquals(0, api.clinic.count("session"));
        assertEquals(0, api.clinic.count("idempotent_answer"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aCancellationIsRepeatedWithoutHarm(Database database) {
        Api api = new Api(database);
        Answer booked = api.book(api.clinic.desk, "one", api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00"));
        Answer cancelled = api.cancel(api.clinic.desk, "two", booked, "ill");
        assertEquals(cancelled, api.cancel(api.clinic.desk, "two", booked, "ill"));
        assertTrue(cancelled.body().contains("\"state\":\"CANCELLED\""));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void afterADayAKeyIsForgotten(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-10T10:00");
        Answer first = api.book(api.clinic.desk, "one", wish);
        api.clinic.clock.advance(Duration.ofHours(23));
        assertEquals(first, api.book(api.clinic.desk, "one", wish));
        api.clinic.clock.advance(Duration.ofHours(2));
        assertThrows(Refused.class, () -> api.book(api.clinic.desk, "one", wish));
        api.clinic.booking.cancel(api.clinic.desk, first.id(), first.version(), "ill");
        Answer second = api.book(api.clinic.desk, "one", wish);
        assertNotEquals(first.id(), second.id());
        assertEquals(second, api.book(api.clinic.desk, "one", wish));
        api.clinic.clock.advance(Duration.ofHours(25));
        api.answers.clean(new Hourly(api.clinic.clock.instant()));
        assertEquals(0, api.clinic.count("idempotent_answer"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Of requests with one key that come at once, one books and the others are told of it")
    void oneKeyAtOnce(Database database) throws Exception {
        Api api = new Api(database);
        for (int round = 0; round < 10; round++) {
            String key = "round " + round;
            BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-" + (10 + round) + "T10:00");
            if (wish.start().atZone(ClinicFixture.NEW_YORK).getDayOfWeek().getValue() > 5) {
                continue;
            }
            long before = api.clinic.count("session");
            List<Object> outcomes = atOnce(8, i -> api.book(api.clinic.desk, key, wish));
            assertEquals(1, outcomes.stream().distinct().count(), () -> "outcomes " + outcomes);
            assertTrue(outcomes.get(0) instanceof Answer, () -> "outcomes " + outcomes);
            assertEquals(before + 1, api.clinic.count("session"));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void oneKeyForSeveralRequestsAtOnceBooksOne(Database database) throws Exception {
        Api api = new Api(database);
        for (int round = 0; round < 5; round++) {
            String key = "round " + round;
            String date = "2027-03-" + (15 + round);
            long before = api.clinic.count("session");
            List<Object> outcomes = atOnce(
                    4, i -> api.book(api.clinic.desk, key, api.clinic.cbt(api.clinic.lee, date + "T1" + i + ":00")));
            assertEquals(1, outcomes.stream().filter(o -> o instanceof Answer).count(), () -> "outcomes " + outcomes);
            assertEquals(3, outcomes.stream().filter(o -> o instanceof Invalid).count(), () -> "outcomes " + outcomes);
            assertEquals(before + 1, api.clinic.count("session"));
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void withoutAKeyTheAnswerCostsOneStatement(Database database) {
        Api api = new Api(database);
        ClinicFixture plain = api.clinic;
        api.request.set(new Answering(api.sessions, api.groups, api.answers));
        plain.booking.book(plain.desk, plain.cbt(plain.lee, "2027-03-02T09:00"));
        int booking =
                database.statements(() -> plain.booking.book(plain.desk, plain.cbt(plain.lee, "2027-03-02T11:00")));
        Answering answering = new Answering(api.sessions, api.groups, api.answers);
        api.request.set(answering);
        int answered = database.statements(() -> answering.to(
                plain.desk, 201, null, () -> plain.booking.book(plain.desk, plain.cbt(plain.lee, "2027-03-02T13:00"))));
        assertEquals(booking + 1, answered);
    }

    @Test
    void aKeyIsVisibleAscii() {
        byte[] body = {};
        for (String wrong : List.of("", " ", "é", "a\nb", "x".repeat(201))) {
            assertThrows(Invalid.class, () -> IdempotencyKey.of(1, wrong, "/", body), wrong);
        }
        assertEquals(named(api1(), "a", "x"), named(api1(), " a ", "x"));
        assertNotEquals(named(api1(), "a", "x").hash(), named(api1(), "a", "y").hash());
    }

    private static Actor api1() {
        return new Actor(1, "desk", java.util.Set.of(), null);
    }

    @FunctionalInterface
    private interface Request {
        Answer send(int number);
    }

    /** What each of the requests came to: an answer or an exception. */
    private static List<Object> atOnce(int count, Request request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    go.await();
                    try {
                        return request.send(number);
                    } catch (RuntimeException e) {
                        return e;
                    }
                }));
            }
            go.countDown();
            List<Object> outcomes = new ArrayList<>();
            for (Future<Object> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } finally {
            threads.shutdown();
        }
    }
}

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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evenkeel.availability.Taken;
import org.evenkeel.identity.Actor;
import org.evenkeel.platform.Hourly;
import org.evenkeel.series.Groups;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.Change;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.Holds;
import org.evenkeel.session.LostRaces;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;
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
            clinic.events.observedBy(change -> {
                Answering answering = request.get();
                if (answering != null) {
                    answering.on(change);
                }
            });
        }

        Answer book(Actor actor, @Nullable String key, BookSession wish) {
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

        Answer post(Actor actor, int status, @Nullable String key, String body, Runnable change) {
            Answering answering = new Answering(sessions, groups, answers);
            request.set(answering);
            return answering.to(actor, status, key == null ? null : named(actor, key, body), change);
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
        assertEquals(409, api.book(api.clinic.lead, "one", wish).status(), "a request of its own");
        assertThrows(NotAllowed.class, () -> api.book(api.clinic.admin, "one", wish));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("A refusal is the first answer too: a repeat is told it even when the time is free by then")
    void aRefusalIsKept(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        Answer inTheWay = api.book(api.clinic.desk, "first", wish);
        Answer refused = api.book(api.clinic.desk, "second", wish);
        assertEquals(409, refused.status());
        assertTrue(refused.body().contains("\"reason\":\"THERAPIST_TAKEN\""), refused.body());
        api.cancel(api.clinic.desk, "third", inTheWay, "ill");
        assertEquals(refused, api.book(api.clinic.desk, "second", wish));
        assertEquals(1, api.clinic.count("session"));
        assertNotEquals(inTheWay.id(), api.book(api.clinic.desk, "fourth", wish).id());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anotherRequestUnderTheKeyOfARefusalIsRefused(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        api.book(api.clinic.desk, "first", wish);
        api.book(api.clinic.desk, "second", wish);
        BookSession other = api.clinic.cbt(api.clinic.lee, "2027-03-02T12:00");
        Invalid invalid = assertThrows(Invalid.class, () -> api.book(api.clinic.desk, "second", other));
        assertEquals(IdempotencyKey.HEADER, invalid.field());
        assertEquals(1, api.clinic.count("session"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "A refusal that ends by itself is not kept: the key that met a colleague's hold books when that is over")
    void whatEndsByItselfIsNotKept(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        api.clinic.hold(api.clinic.lee, api.clinic.room1, "2027-03-02T10:00", 50);
        Refused held = assertThrows(Refused.class, () -> api.book(api.clinic.desk, "one", wish));
        assertEquals("BEING_BOOKED", held.ruleNames());
        assertEquals(0, api.clinic.count("idempotent_answer"));
        api.clinic.clock.advance(Holds.LENGTH.plusSeconds(1));
        assertEquals(201, api.book(api.clinic.desk, "one", wish).status());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Nor is one for want of a room, where the last one is only held")
    void wantOfARoomThatIsOnlyHeldIsNotKept(Database database) {
        Api api = new Api(database);
        ClinicFixture c = api.clinic;
        long kim = c.transactions.inNew(() -> c.therapist("Ms", "Sun", "Kim", Therapist.Gender.FEMALE));
        BookSession wish = c.wish("CBT", c.lee, "2027-03-02T10:00", 50, null, c.ana);
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-02T10:00", 50, c.room2, c.ben));
        c.hold(kim, c.room1, "2027-03-02T10:00", 50);
        Refused held = assertThrows(Refused.class, () -> api.book(c.desk, "one", wish));
        assertEquals("NO_FREE_ROOM BEING_BOOKED", held.ruleNames());
        assertEquals(0, c.count("idempotent_answer"));
        c.clock.advance(Holds.LENGTH.plusSeconds(1));
        assertEquals(201, api.book(c.desk, "one", wish).status());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void wantOfARoomIsKeptWhereAllAreTaken(Database database) {
        Api api = new Api(database);
        ClinicFixture c = api.clinic;
        long kim = c.transactions.inNew(() -> c.therapist("Ms", "Sun", "Kim", Therapist.Gender.FEMALE));
        long cy = c.transactions.inNew(() -> c.patient("Cy", "Young", null));
        c.booking.book(c.desk, c.wish("IND", kim, "2027-03-02T10:00", 50, c.room1, cy));
        c.booking.book(c.desk, c.wish("CBT", c.ruiz, "2027-03-02T10:00", 50, c.room2, c.ben));
        BookSession wish = c.wish("CBT", c.lee, "2027-03-02T10:00", 50, null, c.ana);
        Answer refused = api.book(c.desk, "one", wish);
        assertTrue(refused.body().contains("\"reason\":\"NO_FREE_ROOM\""), refused.body());
        assertEquals(1, c.count("idempotent_answer"));
        assertEquals(refused, api.book(c.desk, "one", wish));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("Nor is one of a race that was lost to the end, whatever it is called")
    void aLostRaceIsNotKept(Database database) {
        Api api = new Api(database);
        Refused lost = assertThrows(
                Refused.class,
                () -> api.post(
                        api.clinic.desk,
                        201,
                        "one",
                        "body",
                        () -> LostRaces.retried(
                                api.clinic.transactions,
                                () -> {
                                    throw new Taken(new IllegalStateException("Another was quicker"));
                                },
                                Rule.SEAT_TAKEN)));
        assertEquals("SEAT_TAKEN", lost.ruleNames());
        assertEquals(0, api.clinic.count("idempotent_answer"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("What was not executed is not kept: not allowed, not to be meant, stale, or failed")
    void onlyWhatTheRulesDecidedIsKept(Database database) {
        Api api = new Api(database);
        BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T10:00");
        Answer booked = api.book(api.clinic.desk, "one", wish);
        assertThrows(NotAllowed.class, () -> api.book(api.clinic.admin, "two", wish));
        BookSession past = api.clinic.cbt(api.clinic.lee, "2020-03-02T10:00");
        assertThrows(Invalid.class, () -> api.book(api.clinic.desk, "two", past));
        Answer stale = new Answer(200, Answer.SESSIONS, booked.id(), booked.version() + 1, "");
        assertThrows(Stale.class, () -> api.cancel(api.clinic.desk, "two", stale, "ill"));
        assertThrows(
                IllegalStateException.class,
                () -> api.post(api.clinic.desk, 201, "two", "body", () -> {
                    throw new IllegalStateException("The database is away");
                }));
        assertEquals(1, api.clinic.count("idempotent_answer"));
        assertThrows(Refused.class, () -> api.book(api.clinic.desk, null, wish), "without a key nothing is kept");
        assertEquals(1, api.clinic.count("idempotent_answer"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("One key many times at once, while the time is taken and freed: one answer, and never two sessions")
    void oneKeyAtOnceForATimeThatComesAndGoes(Database database) throws Exception {
        Api api = new Api(database);
        for (int round = 0; round < 10; round++) {
            String key = "round " + round;
            BookSession wish = api.clinic.cbt(api.clinic.lee, "2027-03-02T1" + round % 5 + ":00");
            Change inTheWay = api.clinic.booking.book(api.clinic.lead, wish);
            long before = api.clinic.count("session");
            List<Object> outcomes = atOnce(8, i -> {
                if (i == 0) {
                    api.clinic.booking.cancel(api.clinic.lead, inTheWay.sessionId(), inTheWay.version(), "ill");
                }
                return api.book(api.clinic.desk, key, wish);
            });
            List<Object> answers = outcomes.stream()
                    .filter(o -> !(o instanceof Refused passing && passing.isPassing()))
                    .distinct()
                    .toList();
            assertEquals(1, answers.size(), () -> "outcomes " + outcomes);
            Answer told = (Answer) answers.get(0);
            assertEquals(told, api.book(api.clinic.desk, key, wish));
            assertEquals(before + (told.isRefusal() ? 0 : 1), api.clinic.count("session"));
            if (!told.isRefusal()) {
                api.cancel(api.clinic.desk, key + " cancelled", told, "ill");
            }
        }
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
        Answer second = api.book(api.clinic.desk, "one", wish);
        assertEquals(409, second.status(), "carried out anew, and the first session is in the way");
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
        int booking = fewest(
                database,
                start -> plain.booking.book(plain.desk, plain.cbt(plain.lee, start)),
                "2027-03-02T11:00",
                "2027-03-03T11:00");
        Answering answering = new Answering(api.sessions, api.groups, api.answers);
        api.request.set(answering);
        int answered = fewest(
                database,
                start -> answering.to(
                        plain.desk, 201, null, () -> plain.booking.book(plain.desk, plain.cbt(plain.lee, start))),
                "2027-03-02T13:00",
                "2027-03-03T13:00");
        assertEquals(booking + 1, answered);
    }

    /** One of two may draw new numbers for rows from the database. */
    private static int fewest(Database database, Consumer<String> work, String... starts) {
        return Stream.of(starts)
                .mapToInt(start -> database.statements(() -> work.accept(start)))
                .min()
                .orElseThrow();
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

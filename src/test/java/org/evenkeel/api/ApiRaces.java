package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.RunningServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Experiments 1 and 2 over HTTP: many clients at once want what only one can have. {@code -Dexperiment.rounds=50} for the whole of it.
 * A ledger of what was acknowledged is compared with the database in the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiRaces {
    private static final String SESSIONS = "/api/sessions";
    private static final int ROUNDS = Integer.getInteger("experiment.rounds", 1);
    private static final int CLIENTS = 50;
    private static final int ON_A_DAY = 4;

    private static final int DESKS = 100;

    private final Database kind;

    private RunningServer server;
    private @Nullable RunningServer other;
    private Client desk;
    /** One of each node, for entrants to take turns. */
    private List<Client> desks;

    private List<Long> patients;
    private List<Long> therapists;
    private int days;
    private int elsewhere;
    private final Set<Long> acknowledged = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    ApiRaces(Database kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() {
        server = RunningServer.start(kind);
        desk = Client.of(server, "desk");
        desks = List.of(desk);
        if (kind == Database.POSTGRES) {
            RunningServer beside = server.startBeside();
            other = beside;
            desks = List.of(desk, Client.of(beside, "desk"));
        }
        patients = Wish.patients(Client.of(server, "lead"));
        therapists = desk.all("/api/therapists?limit=500").stream()
                .filter(therapist ->
                        therapist.getJsonArray("modalities").toString().contains("IND"))
                .map(therapist -> therapist.getJsonNumber("id").longValueExact())
                .toList();
    }

    /** What every race must leave behind. */
    @AfterAll
    void nothingOverlapsAndEverythingAcknowledgedIsThere() throws SQLException {
        try (RunningServer raced = server;
                RunningServer beside = other) {
            Set<Long> booked = new HashSet<>();
            Map<String, Map<OffsetDateTime, OffsetDateTime>> taken = new HashMap<>();
            for (JsonObject session :
                    desk.all(SESSIONS + "?limit=500&state=BOOKED&from=" + LocalDate.now(ZoneOffset.UTC))) {
                booked.add(session.getJsonNumber("id").longValueExact());
                Stream.of("therapist" + Wish.id(session, "therapist"), "patient" + patient(session))
                        .forEach(who -> take(taken, who, session));
            }
            assertTrue(booked.containsAll(acknowledged));
            raced.stop();
            if (beside != null) {
                beside.stop();
            }
            for (String resource : List.of(
                    "a.therapist_id = b.therapist_id",
                    "a.takes_room and b.takes_room and a.room_id = b.room_id",
                    "exists (select 1 from participant p join participant q on q.patient_id = p.patient_id"
                            + " where p.session_id = a.id and q.session_id = b.id"
                            + " and p.seat_number is not null and q.seat_number is not null)")) {
                assertEquals(0, overlaps(resource), resource);
            }
        }
    }

    private static void take(Map<String, Map<OffsetDateTime, OffsetDateTime>> taken, String who, JsonObject session) {
        OffsetDateTime start = OffsetDateTime.parse(session.getString("start"));
        OffsetDateTime end = OffsetDateTime.parse(session.getString("end"));
        Map<OffsetDateTime, OffsetDateTime> times = taken.computeIfAbsent(who, k -> new TreeMap<>());
        times.forEach(
                (from, to) -> assertFalse(from.isBefore(end) && start.isBefore(to), () -> who + " twice at " + start));
        times.put(start, end);
    }

    private int overlaps(String resource) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from session a join session b on b.id > a.id"
                        + " and a.starts_at < b.ends_at and b.starts_at < a.ends_at"
                        + " where a.state = 'BOOKED' and b.state = 'BOOKED' and " + resource)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    // --- races ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("[A16] 50 bookings of one therapist's time at once: one is made, 49 are told what is taken")
    void oneTherapist() {
        for (int round = 0; round < ROUNDS; round++) {
            JsonObject free = freeTime();
            oneWins("THERAPIST_TAKEN", race(i -> book(i, Wish.anywhere(free, patients.get(i)))));
        }
    }

    @Test
    @DisplayName(
            "[A16] A hundred desks want one therapist's time at once: one gets it, and nobody meets a failure of ours")
    void hundredDesks() {
        JsonObject free = freeTime();
        List<Client.Reply> replies = race(DESKS, i -> book(i, Wish.anywhere(free, patients.get(i % patients.size()))));
        assertEquals(1, acknowledge(replies), replies::toString);
        replies.stream().filter(reply -> reply.status() != 201).forEach(reply -> {
            if (reply.status() == 503) {
                assertEquals("3", reply.header("Retry-After"));
            } else {
                reply.problem(409);
            }
        });
    }

    @Test
    @DisplayName("[A16] 50 bookings of one room at once, with whomever: one is made")
    void oneRoom() {
        for (int round = 0; round < ROUNDS; round++) {
            JsonObject free = freeTime();
            List<Client.Reply> replies = race(i -> book(
                    i,
                    overriding(
                            Wish.of(free, patients.get(i)).add("therapist", therapists.get(i % therapists.size())))));
            oneWins("ROOM_TAKEN", replies);
        }
    }

    @Test
    @DisplayName("[A16] 50 bookings of one patient's time at once, with whomever: one is made")
    void onePatient() {
        for (int round = 0; round < ROUNDS; round++) {
            JsonObject free = freeTime();
            long patient = patients.get(round);
            List<Client.Reply> replies = race(i -> book(
                    i,
                    overriding(Wish.anywhere(free, patient).add("therapist", therapists.get(i % therapists.size())))));
            oneWins("PATIENT_TAKEN", replies);
        }
    }

    @Test
    @DisplayName("[A16] 50 bookings that overlap in part at once: those that are made do not touch each other")
    void partialOverlaps() {
        for (int round = 0; round < ROUNDS; round++) {
            JsonObject free = freeTime();
            OffsetDateTime start = OffsetDateTime.parse(free.getString("start"));
            List<Client.Reply> replies = race(i -> book(
                    i,
                    overriding(Wish.anywhere(free, patients.get(i))
                            .add("start", start.plusMinutes(5L * (i % 19)).toString()))));
            // 5 x 18 minutes of starts have room for one or two of 50 minutes.
            long made = acknowledge(replies);
            assertTrue(made == 1 || made == 2, () -> "made " + made);
            assertEquals(
                    CLIENTS - made,
                    replies.stream().filter(reply -> reply.status() == 409).count());
        }
    }

    @Test
    @DisplayName("[A16] Sessions moved to one time at once: one gets there, the others stay where they were")
    void movesToOneTime() {
        for (int round = 0; round < ROUNDS; round++) {
            JsonObject target = freeTime();
            List<Client.Reply> sessions = IntStream.range(0, 12)
                    .mapToObj(i -> bookedElsewhere(patients.get(i)))
                    .toList();
            String patch = Json.createObjectBuilder(target)
                    .remove("site")
                    .add("therapist", Wish.id(target, "therapist"))
                    .add("room", Wish.id(target, "room"))
                    .build()
                    .toString();
            List<Client.Reply> replies = race(sessions.size(), i -> patch(i, sessions.get(i), patch));
            List<Client.Reply> moved =
                    replies.stream().filter(reply -> reply.status() == 200).toList();
            assertEquals(1, moved.size(), replies::toString);
            assertEquals(target.getString("start"), moved.get(0).json().getString("start"));
            replies.stream()
                    .filter(reply -> reply.status() != 200)
                    .forEach(reply -> assertTrue(Set.of("THERAPIST_TAKEN", "ROOM_TAKEN")
                            .contains(reply.problem(409).getString("reason"))));
            sessions.stream()
                    .filter(session -> session.id() != moved.get(0).id())
                    .forEach(session -> assertEquals(
                            session.etag(), desk.get(address(session)).is(200).etag()));
        }
    }

    @Test
    @DisplayName("[A16] Two sessions that want each other's time at once: neither a failure nor an overlap")
    void swaps() {
        for (int round = 0; round < 5 * ROUNDS; round++) {
            Client.Reply one = bookedElsewhere(patients.get(0));
            Client.Reply two = bookedElsewhere(patients.get(0));
            List<Client.Reply> replies = race(2, i -> i == 0 ? patch(i, one, timeOf(two)) : patch(i, two, timeOf(one)));
            replies.forEach(reply -> reply.problem(409));
        }
    }

    @Test
    @DisplayName("[A22] One session changed by many who read the same version: one does, the others are stale")
    void oneVersion() {
        for (int round = 0; round < ROUNDS; round++) {
            Client.Reply session = bookedElsewhere(patients.get(0));
            List<Client.Reply> changed =
                    race(20, i -> patch(i, session, "{\"minutes\":" + (i % 2 == 0 ? 45 : 40) + "}"));
            assertEquals(1, count(changed, 200), changed::toString);
            assertEquals(19, count(changed, 412), changed::toString);
            String etag = desk.get(address(session)).is(200).etag();
            List<Client.Reply> cancelled = race(
                    20, i -> at(i).post(address(session) + "/cancellation", "{\"reason\":\"ill\"}", "If-Match", etag));
            assertEquals(1, count(cancelled, 200), cancelled::toString);
            assertEquals(19, count(cancelled, 412), cancelled::toString);
            acknowledged.remove(session.id());
        }
    }

    @Test
    @DisplayName("Confirmed many times at once under one key: one session, and everybody is told of it")
    void oneKey() {
        for (int round = 0; round < ROUNDS; round++) {
            String body = Wish.anywhere(freeTime(), patients.get(0)).build().toString();
            String key = "race-" + kind + "-" + round;
            List<Client.Reply> replies = race(20, i -> at(i).post(SESSIONS, body, "Idempotency-Key", key));
            assertEquals(20, count(replies, 201), replies::toString);
            assertEquals(1, replies.stream().map(Client.Reply::text).distinct().count());
            acknowledged.add(replies.get(0).id());
        }
    }

    @Test
    @DisplayName("[A16] 50 want the last seat of a group at once: one gets it, 49 are told that it is taken")
    void lastSeat() {
        long therapist = therapists.get(0);
        for (int round = 0; round < ROUNDS; round++) {
            Client.Reply group = group(therapist, round);
            String session = SESSIONS + "/"
                    + group.json().getJsonArray("dates").getJsonObject(0).getJsonNumber("session");
            desk.post(session + "/participants", "{\"patient\":" + patients.get(CLIENTS) + "}")
                    .is(201);
            String enrolments = "/api/series/" + group.id() + "/enrolments";
            List<Client.Reply> replies = race(i -> {
                String patient = "{\"patient\":" + patients.get(i);
                return i % 2 == 0
                        ? at(i / 2).post(enrolments, patient + ",\"from\":\"" + LocalDate.now(ZoneOffset.UTC) + "\"}")
                        : at(i / 2).post(session + "/participants", patient + "}");
            });
            assertEquals(1, count(replies, 201), replies::toString);
            replies.stream()
                    .filter(reply -> reply.status() != 201)
                    .forEach(reply ->
                            assertEquals("SEAT_TAKEN", reply.problem(409).getString("reason"), reply::toString));
            assertEquals(
                    2,
                    desk.get(session)
                            .is(200)
                            .json()
                            .getJsonArray("participants")
                            .size());
        }
    }

    /** One evening of a group of two, on a day of its own that nobody else books. */
    private Client.Reply group(long therapist, int round) {
        long room = desk.all("/api/rooms").stream()
                .filter(one -> one.getString("name").equals("Lighthouse Room"))
                .findFirst()
                .orElseThrow()
                .getJsonNumber("id")
                .longValueExact();
        JsonObjectBuilder wish = Json.createObjectBuilder()
                .add("name", "Race " + round)
                .add("modality", "EDU")
                .add("therapist", therapist)
                .add("room", room)
                .add("rule", "FREQ=DAILY;COUNT=1")
                .add("first", LocalDate.now(ZoneOffset.UTC).plusDays(900L + round) + "T18:00")
                .add("minutes", 60)
                .add("capacity", 2);
        return desk.post("/api/series", overriding(wish).build().toString()).is(201);
    }

    // --- how they are run -------------------------------------------------------------------------------------------

    private interface Entrant {
        Client.Reply go(int number);
    }

    private static List<Client.Reply> race(Entrant entrant) {
        return race(CLIENTS, entrant);
    }

    /** So many threads that start at once; bounded in time. */
    private static List<Client.Reply> race(int entrants, Entrant entrant) {
        CountDownLatch start = new CountDownLatch(entrants);
        ExecutorService threads = Executors.newFixedThreadPool(entrants);
        try {
            List<Callable<Client.Reply>> all = new ArrayList<>();
            for (int i = 0; i < entrants; i++) {
                int number = i;
                all.add(() -> {
                    start.countDown();
                    start.await();
                    return entrant.go(number);
                });
            }
            List<Client.Reply> replies = new ArrayList<>();
            for (Future<Client.Reply> reply : threads.invokeAll(all, 90, TimeUnit.SECONDS)) {
                replies.add(reply.get());
            }
            return replies;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Exactly one was made; each of the others is refused with a reason and what is in the way, one at least with this. */
    private void oneWins(String reason, List<Client.Reply> replies) {
        assertEquals(1, acknowledge(replies), replies::toString);
        Set<String> reasons = new HashSet<>();
        replies.stream().filter(reply -> reply.status() != 201).forEach(reply -> {
            JsonObject problem = reply.problem(409);
            problem.getJsonArray("refusals")
                    .getValuesAs(JsonObject.class)
                    .forEach(refusal -> reasons.add(refusal.getString("reason")));
            assertTrue(problem.containsKey("alternatives"), problem::toString);
        });
        assertTrue(reasons.contains(reason), reasons::toString);
    }

    private long acknowledge(List<Client.Reply> replies) {
        List<Client.Reply> made =
                replies.stream().filter(reply -> reply.status() == 201).toList();
        made.forEach(reply -> acknowledged.add(reply.id()));
        return made.size();
    }

    private static long count(List<Client.Reply> replies, int status) {
        return replies.stream().filter(reply -> reply.status() == status).count();
    }

    // --- what they want ---------------------------------------------------------------------------------------------

    /** The first free time of a day of its own, so that nothing stands beside it. */
    private JsonObject freeTime() {
        for (; ; ) {
            LocalDate date = LocalDate.now(ZoneOffset.UTC).plusDays(40 + days++);
            List<JsonObject> found = desk.get(
                            "/api/free-times?modality=IND&minutes=50&limit=1&from=" + date + "&to=" + date)
                    .is(200)
                    .items();
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
    }

    /** Where an entrant is: one after the other at another node, as far as there are several. */
    private Client at(int entrant) {
        return desks.get(entrant % desks.size());
    }

    private Client.Reply book(int entrant, JsonObjectBuilder wish) {
        return at(entrant).post(SESSIONS, wish.build().toString());
    }

    /** A time far from those that are raced for. Several share a day: nobody books more than five years ahead. */
    private JsonObject freeTimeElsewhere(long patient) {
        for (; ; ) {
            LocalDate date = LocalDate.now(ZoneOffset.UTC).plusDays(1000 + elsewhere++ / ON_A_DAY);
            List<JsonObject> found = desk.get("/api/free-times?modality=IND&minutes=50&limit=1&from=" + date + "&to="
                            + date + "&patient=" + patient)
                    .is(200)
                    .items();
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
    }

    private Client.Reply bookedElsewhere(long patient) {
        Client.Reply booked =
                book(0, Wish.anywhere(freeTimeElsewhere(patient), patient)).is(201);
        acknowledged.add(booked.id());
        return booked;
    }

    private Client.Reply patch(int entrant, Client.Reply session, String patch) {
        return at(entrant).patch(address(session), patch, "If-Match", session.etag());
    }

    private static String address(Client.Reply session) {
        return SESSIONS + "/" + session.id();
    }

    private static String timeOf(Client.Reply session) {
        return "{\"start\":\"" + session.json().getString("start") + "\"}";
    }

    private static long patient(JsonObject session) {
        return Wish.id(session.getJsonArray("participants").getJsonObject(0), "patient");
    }

    /** Soft rules are not what is raced for. */
    private static JsonObjectBuilder overriding(JsonObjectBuilder wish) {
        JsonArrayBuilder rules = Json.createArrayBuilder().add("OUTSIDE_HOURS").add("TOO_MANY_IN_A_ROW");
        return wish.add(
                "override", Json.createObjectBuilder().add("rules", rules).add("reason", "a race"));
    }
}

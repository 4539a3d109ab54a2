package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API as its clients meet it: over HTTP, on the demo clinic. */
@OwnServer
class ApiIT {
    private static final String SESSIONS = "/api/sessions";

    private static RunningServer server;
    private static Client desk;
    private static Client lead;
    private static Iterator<Long> patients;

    @BeforeAll
    static void start() {
        server = RunningServer.api();
        desk = Client.of(server, "desk");
        lead = Client.of(server, "lead");
        patients = Wish.patients(lead).iterator();
    }

    /** Someone whom no other test books: tests meet on the therapists' and rooms' time alone, and take what is free then. */
    private static long somebody() {
        return patients.next();
    }

    private static Client.Reply book() {
        return desk.post(SESSIONS, wish().build().toString()).is(201);
    }

    private static JsonObjectBuilder wish() {
        long patient = somebody();
        return Wish.of(Wish.freeTime(desk, patient), patient);
    }

    // --- who asks ---------------------------------------------------------------------------------------------------

    @Test
    void nothingWithoutAToken() {
        for (Client stranger : List.of(
                Client.without(server),
                Client.with(server, "Bearer nonsense"),
                Client.with(server, "Bearer "),
                Client.with(server, "Basic ZGVzazpkZW1vLWV2ZW5rZWVs"),
                Client.with(server, "demo-token-desk"))) {
            for (String path : List.of("/api/sites", SESSIONS, "/api/patients?search=ana", "/api/nothing", "/api")) {
                Client.Reply reply = stranger.get(path);
                reply.problem(401);
                assertTrue(reply.header("WWW-Authenticate").startsWith("Bearer"), path);
            }
            stranger.post(SESSIONS, "{}").problem(401);
        }
        Client.without(server).get("/api/sites?access_token=demo-token-desk").problem(401);
    }

    @Test
    void answersAreNotToBeKeptByAnybody() {
        assertEquals("no-store", desk.get("/api/patients?search=ana").is(200).header("Cache-Control"));
        assertEquals("nosniff", desk.get("/api/sites").is(200).header("X-Content-Type-Options"));
    }

    // --- what goes wrong --------------------------------------------------------------------------------------------

    @Test
    void whatGoesWrongIsTold() {
        desk.get("/api/nothing").problem(404);
        desk.get("/api/sessions/999999999").problem(404);
        desk.get("/api/sessions/abc").problem(404);
        desk.patch("/api/sessions/999999999", "{}", "If-Match", "\"1\"").problem(404);
        desk.post("/api/sessions/999999999/cancellation", "{\"reason\":\"x\"}", "If-Match", "\"1\"")
                .problem(404);
        Client.Reply wrongMethod = desk.send("DELETE", "/api/sites", null);
        wrongMethod.problem(405);
        assertTrue(wrongMethod.header("Allow").contains("GET"));
        desk.send("GET", "/api/sites", null, "Accept", "text/html").problem(406);
        desk.post(SESSIONS, "modality=CBT", "Content-Type", "application/x-www-form-urlencoded")
                .problem(415);
        desk.post(SESSIONS, "{}", "Content-Type", "text/plain").problem(415);
        assertTrue(desk.post(SESSIONS, "{\"modality\": CBT}")
                .problem(400)
                .getString("detail")
                .contains("line 1, column 1"));
        desk.post(SESSIONS, "{").problem(400);
        desk.post(SESSIONS, "").problem(400);
        desk.post(SESSIONS, " ".repeat(70_000)).problem(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modality  | \"NOPE\"",
                "modality  | 7",
                "modality  | \"\"",
                "start     | \"2099-01-04T10:00:00\"",
                "start     | \"2020-01-06T10:00:00Z\"",
                "start     | \"2090-01-06T10:00:00Z\"",
                "start     | \"tomorrow\"",
                "minutes   | 0",
                "minutes   | 52",
                "minutes   | 1000",
                "minutes   | \"50\"",
                "minutes   | 50.5",
                "therapist | 999999999",
                "therapist | \"1\"",
                "room      | 999999999",
                "patients  | []",
                "patients  | [999999999]",
                "patients  | [1, 2]",
                "patients  | 1",
                "override  | \"please\"",
            })
    void whatCannotBeMeantNamesItsMember(String member, String value) {
        JsonObject whole = wish().build();
        StringBuilder json = new StringBuilder("{\"" + member + "\":" + value);
        whole.forEach((name, v) -> {
            if (!name.equals(member)) {
                json.append(",\"").append(name).append("\":").append(v);
            }
        });
        JsonObject problem = desk.post(SESSIONS, json.append('}').toString()).problem(422);
        assertEquals(member, problem.getString("field"), problem::toString);
    }

    @Test
    void membersThatAreMissingOrUnknownAreNamed() {
        for (String member : List.of("modality", "start", "minutes", "therapist", "patients")) {
            String body = wish().remove(member).build().toString();
            assertEquals(member, desk.post(SESSIONS, body).problem(422).getString("field"));
        }
        String misspelt = wish().add("pateints", 1).build().toString();
        assertEquals("pateints", desk.post(SESSIONS, misspelt).problem(422).getString("field"));
        desk.post(SESSIONS, "[]").problem(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/sessions?limit=501",
                "/api/sessions?limit=0",
                "/api/sessions?limit=x",
                "/api/sessions?from=yesterday",
                "/api/sessions?from=2027-03-02&to=2027-03-01",
                "/api/sessions?from=2027-03-02T10:00:00",
                "/api/sessions?therapist=lee",
                "/api/sessions?state=GONE",
                "/api/sessions?cursor=nonsense",
                "/api/therapists?cursor=nonsense",
                "/api/roster?therapist=1",
                "/api/roster?date=2027-03-02",
                "/api/roster?therapist=1&date=soon",
                "/api/free-times",
                "/api/free-times?modality=NOPE",
                "/api/free-times?modality=IND&weekday=XX",
                "/api/free-times?modality=IND&gender=any",
                "/api/free-times?modality=IND&minutes=7",
                "/api/free-times?modality=IND&after=25:00",
                "/api/free-times?modality=IND&from=2027-03-02&to=2027-03-01",
                "/api/free-times?modality=IND&from=2027-01-01&to=2027-12-31",
                "/api/patients?search=ab",
                "/api/patients",
                "/api/patients?search=%00%00%00",
                "/api/therapists?search=%00",
                "/api/rooms?site=x",
            })
    void addressesThatCannotBeMeant(String path) {
        desk.get(path).problem(422);
    }

    // --- a session's life -------------------------------------------------------------------------------------------

    @Test
    void aSessionIsBookedReadMovedAndCancelled() {
        long patient = somebody();
        JsonObject free = Wish.freeTime(desk, patient);
        JsonObject wish = Wish.of(free, patient).build();
        Client.Reply booked = desk.post(SESSIONS, wish.toString()).is(201);
        String address = SESSIONS + "/" + booked.id();
        assertEquals(server.address() + address, booked.header("Location"));
        JsonObject session = booked.json();
        assertEquals("IND", session.getString("modality"));
        assertEquals(free.getString("start"), session.getString("start"), "with the site's offset");
        assertEquals(
                50,
                ChronoUnit.MINUTES.between(
                        OffsetDateTime.parse(session.getString("start")),
                        OffsetDateTime.parse(session.getString("end"))));
        assertEquals(free.getJsonObject("therapist"), session.getJsonObject("therapist"));
        assertEquals(free.getJsonObject("room"), session.getJsonObject("room"));
        assertEquals(
                free.getJsonObject("site").getString("name"),
                session.getJsonObject("site").getString("name"));
        assertEquals("BOOKED", session.getString("state"));
        JsonObject participant = session.getJsonArray("participants").getJsonObject(0);
        assertEquals(patient, Wish.id(participant, "patient"));
        assertEquals("BOOKED", participant.getString("state"));

        Client.Reply read = desk.get(address).is(200);
        assertEquals(booked.etag(), read.etag());
        assertTrue(read.etag().matches("\"\\d+\""), read.etag());

        Client.Reply moved = desk.patch(
                        address,
                        "{\"minutes\":30}",
                        "If-Match",
                        read.etag(),
                        "Content-Type",
                        "application/merge-patch+json")
                .is(200);
        assertEquals(30, moved.json().getInt("minutes"));
        assertEquals(free.getString("start"), moved.json().getString("start"));
        assertNotEquals(read.etag(), moved.etag());

        Client.Reply cancelled = desk.post(
                        address + "/cancellation", "{\"reason\":\"patient is ill\"}", "If-Match", moved.etag())
                .is(200);
        assertEquals("CANCELLED", cancelled.json().getString("state"));
        assertEquals("patient is ill", cancelled.json().getString("cancelReason"));
        Client.Reply gone = desk.get(address).is(200);
        assertEquals(cancelled.etag(), gone.etag());
        assertEquals("CANCELLED", gone.json().getString("state"));

        JsonObject twice = desk.post(address + "/cancellation", "{\"reason\":\"again\"}", "If-Match", gone.etag())
                .problem(409);
        assertEquals("NOT_CHANGEABLE", twice.getString("reason"));
        desk.patch(address, "{\"minutes\":50}", "If-Match", gone.etag()).problem(409);
        desk.post(SESSIONS, wish.toString()).is(201);
    }

    @Test
    void aRoomIsPickedIfNoneIsNamed() {
        long patient = somebody();
        JsonObject free = Wish.freeTime(desk, patient);
        Client.Reply booked = desk.post(
                        SESSIONS, Wish.anywhere(free, patient).build().toString())
                .is(201);
        assertTrue(Wish.id(booked.json(), "room") > 0);
    }

    @Test
    @DisplayName("[A22] Whoever has read an older version is refused, and told the current one")
    void staleChangesAreRefused() {
        Client.Reply booked = book();
        String address = SESSIONS + "/" + booked.id();
        Client.Reply first = desk.patch(address, "{\"minutes\":30}", "If-Match", booked.etag())
                .is(200);
        for (String stale : List.of(booked.etag(), "W/" + first.etag(), "\"nonsense\"", "7")) {
            Client.Reply refused = desk.patch(address, "{\"minutes\":40}", "If-Match", stale);
            refused.problem(412);
            assertEquals(first.etag(), refused.header("ETag"));
            desk.post(address + "/cancellation", "{\"reason\":\"x\"}", "If-Match", stale)
                    .problem(412);
        }
        for (String without : List.of(address, address + "/cancellation")) {
            String method = without.equals(address) ? "PATCH" : "POST";
            desk.send(method, without, "{\"reason\":\"x\"}").problem(428);
            desk.send(method, without, "{\"reason\":\"x\"}", "If-Match", "*").problem(428);
        }
        assertEquals(30, desk.get(address).json().getInt("minutes"));
    }

    @Test
    void aPatchTakesNothingAway() {
        Client.Reply booked = book();
        String address = SESSIONS + "/" + booked.id();
        JsonObject problem = desk.patch(address, "{\"room\":null}", "If-Match", booked.etag())
                .problem(422);
        assertEquals("room", problem.getString("field"));
        desk.patch(address, "[]", "If-Match", booked.etag()).problem(422);
        desk.patch(address, "{\"id\":1}", "If-Match", booked.etag()).problem(422);
        for (String reason : List.of("{}", "{\"reason\":\" \"}", "{\"reason\":\"" + "x".repeat(201) + "\"}")) {
            assertEquals(
                    "reason",
                    desk.post(address + "/cancellation", reason, "If-Match", booked.etag())
                            .problem(422)
                            .getString("field"));
        }
    }

    // --- refusals ---------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("[A18] A refusal names what is taken, by which session, until when, and ways out that work")
    void aRefusalHasWaysOut() {
        long second = somebody();
        JsonObject free = Wish.freeTime(desk, second);
        Client.Reply booked = desk.post(
                        SESSIONS, Wish.of(free, somebody()).build().toString())
                .is(201);
        JsonObject problem =
                desk.post(SESSIONS, Wish.of(free, second).build().toString()).problem(409);
        assertEquals("THERAPIST_TAKEN", problem.getString("reason"));
        JsonObject blockedBy = problem.getJsonObject("blockedBy");
        assertEquals(booked.id(), blockedBy.getJsonNumber("session").longValueExact());
        assertEquals("IND", blockedBy.getString("modality"));
        assertEquals(booked.json().getString("start"), blockedBy.getString("start"));
        assertEquals(booked.json().getString("end"), blockedBy.getString("end"));
        assertFalse(problem.toString().contains("\"patient"), "never who attends it");
        JsonObject alternatives = problem.getJsonObject("alternatives");
        List<JsonObject> ways = Stream.of("otherTimes", "sameTime")
                .flatMap(name -> alternatives.getJsonArray(name).getValuesAs(JsonObject.class).stream())
                .toList();
        assertFalse(ways.isEmpty(), problem::toString);
        desk.post(SESSIONS, Wish.of(ways.get(0), second).build().toString()).is(201);
    }

    @Test
    void softRulesTakeAReason() {
        long patient = somebody();
        JsonObject free = Wish.freeTime(desk, patient);
        String late = OffsetDateTime.parse(free.getString("start"))
                .withHour(23)
                .withMinute(0)
                .toString();
        JsonObjectBuilder wish = Wish.of(free, patient).add("start", late);
        JsonObject asked = wish.build();
        JsonObject problem = desk.post(SESSIONS, asked.toString()).problem(409);
        assertEquals("OUTSIDE_HOURS", problem.getString("reason"));
        assertEquals("SOFT", problem.getJsonArray("refusals").getJsonObject(0).getString("severity"));
        JsonObject override = Json.createObjectBuilder()
                .add("rules", Json.createArrayBuilder().add("OUTSIDE_HOURS"))
                .add("reason", "agreed with everybody")
                .build();
        Client.Reply booked =
                desk.post(SESSIONS, with(asked, "override", override)).is(201);
        assertEquals("OUTSIDE_HOURS", booked.json().getJsonArray("overrides").getString(0));
        assertEquals("agreed with everybody", booked.json().getString("overrideReason"));

        for (String wrong : List.of(
                "{\"rules\":[\"OUTSIDE_HOURS\"]}",
                "{\"rules\":[\"OUTSIDE_HOURS\"],\"reason\":\" \"}",
                "{\"rules\":[\"NOPE\"],\"reason\":\"x\"}",
                "{\"rules\":[\"THERAPIST_TAKEN\"],\"reason\":\"x\"}")) {
            JsonObject invalid = desk.post(
                            SESSIONS,
                            with(
                                    asked,
                                    "override",
                                    Json.createReader(new java.io.StringReader(wrong))
                                            .readObject()))
                    .problem(422);
            assertTrue(invalid.getString("field").startsWith("override."), invalid::toString);
        }
    }

    private static String with(JsonObject object, String name, JsonValue value) {
        return Json.createObjectBuilder(object).add(name, value).build().toString();
    }

    // --- idempotency ------------------------------------------------------------------------------------------------

    @Test
    void aRepeatIsToldTheFirstAnswer() {
        String body = wish().build().toString();
        String key = UUID.randomUUID().toString();
        Client.Reply first = desk.post(SESSIONS, body, "Idempotency-Key", key).is(201);
        Client.Reply repeat = desk.post(SESSIONS, body, "Idempotency-Key", key).is(201);
        assertEquals(first.text(), repeat.text());
        assertEquals(first.etag(), repeat.etag());
        assertEquals(first.header("Location"), repeat.header("Location"));
        JsonObject other = desk.post(SESSIONS, body.replace("50", "30"), "Idempotency-Key", key)
                .problem(422);
        assertEquals("Idempotency-Key", other.getString("field"));
        lead.post(SESSIONS, body, "Idempotency-Key", key).problem(409);

        String cancellation = SESSIONS + "/" + first.id() + "/cancellation";
        String cancelKey = UUID.randomUUID().toString();
        String[] headers = {"If-Match", first.etag(), "Idempotency-Key", cancelKey};
        Client.Reply cancelled =
                desk.post(cancellation, "{\"reason\":\"ill\"}", headers).is(200);
        assertEquals(
                cancelled.text(),
                desk.post(cancellation, "{\"reason\":\"ill\"}", headers).is(200).text());
        assertEquals(
                first.text(),
                desk.post(SESSIONS, body, "Idempotency-Key", key).is(201).text());
    }

    @Test
    void aRefusalIsTheFirstAnswerToo() {
        long patient = somebody();
        JsonObject free = Wish.freeTime(desk, patient);
        Client.Reply inTheWay = desk.post(
                        SESSIONS, Wish.of(free, somebody()).build().toString())
                .is(201);
        String body = Wish.of(free, patient).build().toString();
        String key = UUID.randomUUID().toString();
        Client.Reply refused = desk.post(SESSIONS, body, "Idempotency-Key", key);
        assertEquals(
                "THERAPIST_TAKEN", refused.problem(409).getString("reason"), "as it is told without a key: " + refused);
        assertEquals("/api/sessions", refused.json().getString("instance"));
        desk.post(SESSIONS + "/" + inTheWay.id() + "/cancellation", "{\"reason\":\"ill\"}", "If-Match", inTheWay.etag())
                .is(200);
        Client.Reply repeat = desk.post(SESSIONS, body, "Idempotency-Key", key);
        repeat.problem(409);
        assertEquals(refused.text(), repeat.text());
        JsonObject other = desk.post(SESSIONS, body.replace("50", "30"), "Idempotency-Key", key)
                .problem(422);
        assertEquals("Idempotency-Key", other.getString("field"));
        desk.post(SESSIONS, body, "Idempotency-Key", UUID.randomUUID().toString())
                .is(201);
    }

    @Test
    void ofRequestsWithOneKeyAtOnceOneBooksAndTheOthersAreTold() {
        for (int round = 0; round < 5; round++) {
            String body = wish().build().toString();
            String key = UUID.randomUUID().toString();
            List<CompletableFuture<Client.Reply>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(desk.postAsync(SESSIONS, body, "Idempotency-Key", key));
            }
            Set<String> answers = new HashSet<>();
            sent.forEach(reply -> answers.add(reply.join().is(201).text()));
            assertEquals(1, answers.size(), answers::toString);
        }
    }

    // --- lists ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {"therapists", "rooms", "modalities", "sites", "patients?search=son", "sessions?state=BOOKED"})
    void listsArePaged(String list) {
        String path = "/api/" + list;
        List<JsonObject> large = desk.get(path + (list.contains("?") ? "&" : "?") + "limit=500")
                .is(200)
                .items();
        assertFalse(large.isEmpty());
        List<JsonObject> some = large.subList(0, Math.min(8, large.size()));
        List<JsonObject> seen = new ArrayList<>();
        String next = path + (list.contains("?") ? "&" : "?") + "limit=3";
        while (next != null && seen.size() < some.size()) {
            Client.Reply page = desk.get(next).is(200);
            assertTrue(page.items().size() <= 3);
            seen.addAll(page.items());
            next = page.next();
            assertTrue(next == null || next.startsWith("/api/") && next.contains("limit=3"), next);
        }
        assertEquals(some, seen.subList(0, some.size()));
        Client.Reply usual = desk.get(path).is(200);
        assertEquals(Math.min(25, large.size()), usual.items().size());
        assertEquals(large.size() <= 25, usual.next() == null);
    }

    @Test
    void theLastPageHasNoNext() {
        assertEquals(large("/api/therapists?limit=500"), desk.all("/api/therapists?limit=4"));
        assertNull(desk.get("/api/sites?limit=500").next());
    }

    private static List<JsonObject> large(String path) {
        return desk.get(path).is(200).items();
    }

    @Test
    void sessionsAreFilteredByTimeTherapistRoomPatientAndSite() {
        JsonObject session = book().json();
        long id = session.getJsonNumber("id").longValueExact();
        String date = session.getString("start").substring(0, 10);
        JsonObject patient = session.getJsonArray("participants").getJsonObject(0);
        for (String filter : List.of(
                "therapist=" + Wish.id(session, "therapist"),
                "room=" + Wish.id(session, "room"),
                "patient=" + Wish.id(patient, "patient"),
                "site=" + Wish.id(session, "site"))) {
            for (String time : List.of(
                    "from=" + date + "&to=" + date,
                    "from=" + session.getString("start") + "&to=" + session.getString("end"),
                    "from=" + session.getString("start").replace("+", "%2B"))) {
                List<JsonObject> found = desk.all(SESSIONS + "?limit=500&" + filter + "&" + time);
                assertTrue(
                        found.stream().anyMatch(s -> s.getJsonNumber("id").longValueExact() == id),
                        filter + " " + time);
            }
        }
        assertTrue(desk.get(SESSIONS + "?therapist=999999999").is(200).items().isEmpty());
        String end = session.getString("end");
        assertTrue(
                desk.all(SESSIONS + "?limit=500&therapist=" + Wish.id(session, "therapist") + "&from=" + end).stream()
                        .noneMatch(s -> s.getJsonNumber("id").longValueExact() == id));
    }

    @Test
    void aRosterIsATherapistsDay() {
        JsonObject session = book().json();
        String path = "/api/roster?therapist=" + Wish.id(session, "therapist") + "&date="
                + session.getString("start").substring(0, 10);
        Client.Reply roster = desk.get(path).is(200);
        assertNull(roster.next());
        assertTrue(roster.items().stream().anyMatch(s -> s.getJsonNumber("id").equals(session.getJsonNumber("id"))));
        desk.get("/api/roster?therapist=999999999&date=2027-03-02").problem(404);
    }

    @Test
    void aRosterIsPagedLikeAnyList() {
        Map<String, List<JsonObject>> days = desk.all("/api/sessions?limit=500&state=BOOKED&therapist=1").stream()
                .collect(Collectors.groupingBy(
                        session -> session.getString("start").substring(0, 10)));
        String date = days.entrySet().stream()
                .max(Comparator.comparing(day -> day.getValue().size()))
                .orElseThrow()
                .getKey();
        String path = "/api/roster?therapist=1&date=" + date;
        List<JsonObject> whole = desk.get(path + "&limit=500").is(200).items();
        assertTrue(whole.size() > 2, whole::toString);
        Client.Reply first = desk.get(path + "&limit=2").is(200);
        assertEquals(whole.subList(0, 2), first.items());
        assertTrue(String.valueOf(first.next()).startsWith("/api/roster?"), first::toString);
        assertEquals(whole, desk.all(path + "&limit=2"));
        assertNull(desk.get(path + "&limit=" + whole.size()).is(200).next());
        desk.get(path + "&limit=501").problem(422);
        desk.get(path + "&cursor=nonsense").problem(422);
    }

    // --- free times -------------------------------------------------------------------------------------------------

    @Test
    void freeTimesObeyTheWishesAndCanBeBooked() {
        List<JsonObject> found = desk.get(
                        Wish.freeTimes("&weekday=TUE,4&after=13:00&before=17:00&gender=female&limit=40"))
                .is(200)
                .items();
        assertFalse(found.isEmpty());
        for (JsonObject time : found) {
            assertEquals(Set.of("start", "minutes", "therapist", "room", "site"), time.keySet());
            for (String name : List.of("therapist", "room", "site")) {
                assertEquals(Set.of("id", "name"), time.getJsonObject(name).keySet());
            }
            OffsetDateTime start = OffsetDateTime.parse(time.getString("start"));
            assertTrue(Set.of(2, 4).contains(start.getDayOfWeek().getValue()), time::toString);
            assertTrue(start.getHour() >= 13, time::toString);
            assertFalse(start.plusMinutes(50).toLocalTime().isAfter(LocalTime.of(17, 0)), time::toString);
        }
        desk.post(SESSIONS, Wish.of(found.get(0), somebody()).build().toString())
                .is(201);
    }

    @Test
    void freeTimesArePagedBestFirst() {
        String path = Wish.freeTimes("&weekday=TUE&after=13:00&patient=" + somebody());
        List<JsonObject> best = desk.get(path + "&limit=500").is(200).items();
        assertTrue(best.size() > 25, best::toString);
        Client.Reply usual = desk.get(path).is(200);
        assertEquals(best.subList(0, 25), usual.items());
        assertNotNull(usual.next());
        List<JsonObject> seen = new ArrayList<>();
        String next = path + "&limit=7";
        for (int page = 0; page < 3; page++) {
            Client.Reply reply = desk.get(next).is(200);
            assertTrue(reply.json().getJsonArray("relax").isEmpty());
            seen.addAll(reply.items());
            next = String.valueOf(reply.next());
        }
        assertEquals(best.subList(0, 21), seen);
        Client.Reply beyond = desk.get(path + "&cursor=1000000").is(200);
        assertTrue(beyond.items().isEmpty() && beyond.next() == null, beyond::toString);
        desk.get(path + "&cursor=nonsense").problem(422);
    }

    @Test
    void whenThereIsNoneItSaysWhatToRelax() {
        // Some work on Sundays, nobody at night.
        JsonObject one = onlyRelaxation(Wish.freeTimes("&weekday=SUN&after=22:00"));
        assertEquals(Set.of("wish", "gains"), one.keySet());
        assertEquals("after", one.getString("wish"));
        assertTrue(one.getInt("gains") > 0);

        // Nobody speaks Italian either.
        JsonObject two = onlyRelaxation(Wish.freeTimes("&language=it&after=22:00"));
        assertEquals(Set.of("wish", "and", "gains"), two.keySet());
        assertEquals(Set.of("language", "after"), Set.of(two.getString("wish"), two.getString("and")));
        assertTrue(two.getInt("gains") > 0);

        // Nobody gives MAT at the weekend.
        LocalDate saturday =
                LocalDate.now(ZoneOffset.UTC).plusDays(45).with(TemporalAdjusters.next(DayOfWeek.SATURDAY));
        JsonObject later =
                onlyRelaxation("/api/free-times?modality=MAT&from=" + saturday + "&to=" + saturday.plusDays(1));
        assertEquals(Set.of("wish", "to", "gains"), later.keySet());
        assertEquals("to", later.getString("wish"));
        assertEquals(saturday.plusDays(3).toString(), later.getString("to"));
        assertEquals(
                later.getInt("gains"),
                desk.get("/api/free-times?modality=MAT&limit=500&from=" + saturday + "&to=" + later.getString("to"))
                        .is(200)
                        .items()
                        .size());
    }

    private static JsonObject onlyRelaxation(String path) {
        JsonObject none = desk.get(path).is(200).json();
        assertTrue(none.getJsonArray("items").isEmpty(), path);
        assertEquals(1, none.getJsonArray("relax").size(), path);
        return none.getJsonArray("relax").getJsonObject(0);
    }

    // --- patients ---------------------------------------------------------------------------------------------------

    @Test
    void patientsAreFoundByPartOfANameInAnyCaseWithoutAccents() {
        JsonObject accented = lead.get("/api/patients?limit=500").items().stream()
                .filter(p -> !p.getString("name").chars().allMatch(c -> c < 128))
                .findFirst()
                .orElseThrow();
        String name = accented.getString("name");
        String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
        List<String> searches = new ArrayList<>(List.of(
                plain.toUpperCase(java.util.Locale.ROOT),
                plain.toLowerCase(java.util.Locale.ROOT),
                name,
                accented.getString("recordNumber")));
        Stream.of(plain.split(" ", -1))
                .filter(part -> part.length() >= 4)
                .forEach(part -> searches.add(part.substring(1, 4)));
        for (String search : searches) {
            String path = "/api/patients?limit=500&search="
                    + java.net.URLEncoder.encode(search, java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(desk.get(path).is(200).items().contains(accented), search);
        }
        for (String pattern : List.of("%25", "_____", "%25%25%25")) {
            desk.get("/api/patients?search=" + pattern).problem(422);
            assertTrue(
                    lead.get("/api/patients?search=" + pattern).is(200).items().isEmpty(), pattern);
        }
    }

    // --- its description --------------------------------------------------------------------------------------------

    @Test
    void whatIsReadKnowsTheParametersThatAreDescribedAndNoOthers() {
        JsonObject document =
                Client.without(server).get("/openapi?format=json").is(200).json();
        JsonObject shared = document.getJsonObject("components").getJsonObject("parameters");
        Client admin = Client.of(server, "admin");
        document.getJsonObject("paths").forEach((path, item) -> {
            JsonObject operation = item.asJsonObject().getJsonObject("get");
            if (operation == null || path.contains("{")) {
                return;
            }
            Client client = path.startsWith("/api/audit") ? admin : desk;
            JsonObject unknown = client.get(path + "?pateint=1").problem(422);
            assertEquals("pateint", unknown.getString("field"), path);
            Set<String> named = new HashSet<>();
            for (JsonObject parameter : operation.getJsonArray("parameters").getValuesAs(JsonObject.class)) {
                String reference = parameter.getString("$ref", "");
                named.add((reference.isEmpty()
                                ? parameter
                                : shared.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1)))
                        .getString("name"));
            }
            String possible = unknown.getString("detail").replaceAll(".*are |\\.$", "");
            assertEquals(named, Set.of(possible.split(", ", -1)), path);
        });
    }

    @Test
    void isReadyForWhoeverAsks() {
        JsonObject ready = Client.without(server).get("/health/ready").is(200).json();
        assertEquals("UP", ready.getString("status"));
    }

    @Test
    void theDescriptionIsServed() {
        JsonObject document =
                Client.without(server).get("/openapi?format=json").is(200).json();
        JsonObject paths = document.getJsonObject("paths");
        assertTrue(paths.containsKey("/api/sessions/{id}/cancellation"), paths::toString);
        assertEquals(
                "bearer",
                document.getJsonObject("components")
                        .getJsonObject("securitySchemes")
                        .getJsonObject("token")
                        .getString("scheme"));
        assertTrue(document.getJsonObject("components").getJsonObject("schemas").containsKey("Problem"));
    }
}

package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.evenkeel.testing.HttpVisitor;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may, over HTTP: every operation of the API asked by every role, by nobody, and with a token that has been revoked. */
@OwnServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiRolesIT {
    private static final String SESSIONS = "/api/sessions";
    private static final String SERIES = "/api/series";

    private RunningServer server;
    private Client desk;
    private Client lead;
    private Client admin;
    private Client lee;
    private Client stranger;
    private Client revoked;
    private long leeId;
    private long otherId;
    private long ownSeries;
    private long otherSeries;
    private int weeks;
    private Iterator<Long> caseload;
    private Iterator<Long> strangers;

    @BeforeAll
    void start() {
        server = RunningServer.api();
        desk = Client.of(server, "desk");
        lead = Client.of(server, "lead");
        admin = Client.of(server, "admin");
        lee = Client.of(server, "lee");
        stranger = Client.without(server);
        revoked = Client.with(server, "Bearer " + revokedToken(server));
        leeId = therapist("Lee");
        otherId = therapist("Ruiz");
        List<Long> own = Wish.patients(lee);
        caseload = own.iterator();
        strangers = Wish.patients(lead).stream()
                .filter(patient -> !own.contains(patient))
                .iterator();
        ownSeries = series("Steps%20and%20thoughts");
        otherSeries = series("Tuesday%20skills");
    }

    /** @param call made by each in turn; what it needs is prepared by the desk */
    private record Row(String operation, String asked, Call call, int byDesk, int byLead, int byAdmin, int byLee) {

        @Override
        public String toString() {
            return operation + " " + asked;
        }
    }

    private interface Call {
        Client.Reply by(Client client);
    }

    private static Row get(String operation, String path, int desk, int lead, int admin, int lee) {
        return new Row(operation, path, client -> client.get(path), desk, lead, admin, lee);
    }

    private Stream<Row> table() {
        String times = Wish.freeTimes("");
        return Stream.of(
                get("listSessions", SESSIONS, 200, 200, 403, 200),
                get("listSessions", SESSIONS + "?therapist=" + leeId, 200, 200, 403, 200),
                get("listSessions", SESSIONS + "?therapist=" + otherId, 200, 200, 403, 403),
                new Row("findSession", "own", c -> c.get(address(session(leeId))), 200, 200, 403, 200),
                new Row("findSession", "another's", c -> c.get(address(session(otherId))), 200, 200, 403, 403),
                new Row("bookSession", "own", c -> c.post(SESSIONS, wish(leeId, caseload.next())), 201, 201, 403, 201),
                new Row(
                        "bookSession",
                        "for a patient of others",
                        c -> c.post(SESSIONS, wish(leeId, strangers.next())),
                        201,
                        201,
                        403,
                        403),
                new Row(
                        "bookSession",
                        "with another",
                        c -> c.post(SESSIONS, wish(otherId, strangers.next())),
                        201,
                        201,
                        403,
                        403),
                new Row("changeSession", "own", c -> patch(c, session(leeId), "{\"minutes\":45}"), 200, 200, 403, 200),
                new Row(
                        "changeSession",
                        "another's",
                        c -> patch(c, session(otherId), "{\"minutes\":45}"),
                        200,
                        200,
                        403,
                        403),
                new Row(
                        "changeSession",
                        "own, to a patient of others",
                        c -> patch(c, session(leeId), "{\"patients\":[" + strangers.next() + "]}"),
                        200,
                        200,
                        403,
                        403),
                new Row("cancelSession", "own", c -> cancel(c, session(leeId)), 200, 200, 403, 200),
                new Row("cancelSession", "another's", c -> cancel(c, session(otherId)), 200, 200, 403, 403),
                get("listSeries", SERIES, 200, 200, 403, 200),
                get("listSeries", SERIES + "?free=true&modality=CBT", 200, 200, 403, 200),
                new Row(
                        "listSeries",
                        "with a free seat for a patient of others",
                        c -> c.get(SERIES + "?free=true&modality=CBT&patient=" + strangers.next()),
                        200,
                        200,
                        403,
                        403),
                get("findSeries", SERIES + "/" + ownSeries, 200, 200, 403, 200),
                get("findSeries", SERIES + "/" + otherSeries, 200, 200, 403, 403),
                new Row("previewSeries", "own", c -> c.post(SERIES + "/preview", series(leeId)), 200, 200, 403, 200),
                new Row(
                        "previewSeries",
                        "another's",
                        c -> c.post(SERIES + "/preview", series(otherId)),
                        200,
                        200,
                        403,
                        403),
                new Row("createSeries", "own", c -> c.post(SERIES, series(leeId)), 201, 201, 403, 201),
                new Row(
                        "createSeries",
                        "own, for a patient of others",
                        c -> c.post(SERIES, series(leeId, strangers.next())),
                        201,
                        201,
                        403,
                        403),
                new Row("createSeries", "another's", c -> c.post(SERIES, series(otherId)), 201, 201, 403, 403),
                new Row("enrol", "own", c -> enrol(c, group(leeId), caseload.next()), 201, 201, 403, 201),
                new Row(
                        "enrol",
                        "own, a patient of others",
                        c -> enrol(c, group(leeId), strangers.next()),
                        201,
                        201,
                        403,
                        403),
                new Row("enrol", "another's", c -> enrol(c, group(otherId), strangers.next()), 201, 201, 403, 403),
                get("listWaitlist", SERIES + "/" + ownSeries + "/waitlist", 200, 200, 403, 403),
                new Row("joinWaitlist", "own", c -> await(c, group(leeId), strangers.next()), 201, 201, 403, 403),
                new Row("addGuest", "own", c -> guest(c, group(leeId), caseload.next()), 201, 201, 403, 201),
                new Row(
                        "addGuest",
                        "own, a patient of others",
                        c -> guest(c, group(leeId), strangers.next()),
                        201,
                        201,
                        403,
                        403),
                new Row("addGuest", "another's", c -> guest(c, group(otherId), strangers.next()), 201, 201, 403, 403),
                new Row("giveSeatBack", "own", c -> leave(c, leeId), 200, 200, 403, 200),
                new Row("giveSeatBack", "another's", c -> leave(c, otherId), 200, 200, 403, 403),
                new Row("markAttendance", "own", c -> attend(c, leeId), 403, 200, 403, 200),
                new Row("markAttendance", "another's", c -> attend(c, otherId), 403, 200, 403, 403),
                new Row("markAllAttendance", "own", c -> attendAll(c, leeId), 403, 200, 403, 200),
                new Row("markAllAttendance", "another's", c -> attendAll(c, otherId), 403, 200, 403, 403),
                get("roster", "/api/roster?date=2027-03-15&therapist=" + leeId, 200, 200, 403, 200),
                get("roster", "/api/roster?date=2027-03-15&therapist=" + otherId, 200, 200, 403, 403),
                get("findFreeTimes", times, 200, 200, 403, 200),
                new Row(
                        "findFreeTimes",
                        "for a patient of others",
                        c -> c.get(times + "&patient=" + strangers.next()),
                        200,
                        200,
                        403,
                        403),
                get("listTherapists", "/api/therapists", 200, 200, 200, 200),
                get("listRooms", "/api/rooms", 200, 200, 200, 200),
                get("listModalities", "/api/modalities", 200, 200, 200, 200),
                get("listSites", "/api/sites", 200, 200, 200, 200),
                get("searchPatients", "/api/patients?search=ana", 200, 200, 403, 200),
                get("searchPatients", "/api/patients", 422, 200, 403, 200),
                get("verifyAudit", "/api/audit/verification", 403, 403, 200, 403));
    }

    @ParameterizedTest
    @MethodSource("table")
    void isAskedByEveryRole(Row row) {
        assertEquals(
                List.of(row.byDesk(), row.byLead(), row.byAdmin(), row.byLee(), 401, 401),
                Stream.of(desk, lead, admin, lee, stranger, revoked)
                        .map(client -> status(row.call().by(client)))
                        .toList(),
                "desk, lead, admin, lee, nobody, revoked");
    }

    private static int status(Client.Reply reply) {
        if (reply.status() >= 400) {
            reply.problem(reply.status());
        }
        return reply.status();
    }

    @Test
    void theTableNamesEveryOperation() {
        Set<String> described = new TreeSet<>();
        JsonObject paths = stranger.get("/openapi?format=json").is(200).json().getJsonObject("paths");
        paths.values().forEach(path -> path.asJsonObject().forEach((method, operation) -> {
            if (!method.equals("parameters")) {
                described.add(operation.asJsonObject().getString("operationId"));
            }
        }));
        Set<String> asked = new TreeSet<>();
        table().forEach(row -> asked.add(row.operation()));
        assertEquals(described, asked);
    }

    @Test
    void aTherapistSeesOwnSessionsAndTheOwnCaseloadOnly() {
        session(otherId);
        List<JsonObject> sessions = lee.all(SESSIONS + "?limit=500");
        assertFalse(sessions.isEmpty());
        sessions.forEach(session -> assertTrue(
                Wish.id(session, "therapist") == leeId
                        || session.getJsonArray("coFacilitators").getValuesAs(JsonObject.class).stream()
                                .anyMatch(t -> t.getJsonNumber("id").longValueExact() == leeId),
                "leads or co-facilitates it"));

        Set<Long> seen = new HashSet<>(Wish.patients(lee));
        assertTrue(seen.size() < Wish.patients(lead).size());
        Map<Boolean, List<JsonObject>> all = lead.get("/api/patients?limit=500").is(200).items().stream()
                .collect(java.util.stream.Collectors.partitioningBy(
                        patient -> seen.contains(patient.getJsonNumber("id").longValueExact())));
        JsonObject own = all.getOrDefault(true, List.of()).get(0);
        JsonObject foreign = all.getOrDefault(false, List.of()).get(0);
        assertEquals(List.of(own), search(lee, own));
        assertEquals(List.of(), search(lee, foreign));
        assertEquals(List.of(foreign), search(desk, foreign));

        lee.get(Wish.freeTimes("&limit=100"))
                .is(200)
                .items()
                .forEach(time -> assertEquals(leeId, Wish.id(time, "therapist")));
    }

    @Test
    void aTherapistIsToldThatARoomIsTakenButNotByWhomAndForWhat() {
        long patient = caseload.next();
        JsonObject free = free(otherId, strangers.next());
        JsonObject taken = desk.post(
                        SESSIONS, Wish.of(free, strangers.next()).build().toString())
                .is(201)
                .json();
        JsonObject wish = Wish.of(free, patient)
                .add("therapist", leeId)
                .add(
                        "override",
                        Json.createObjectBuilder()
                                .add(
                                        "rules",
                                        Json.createArrayBuilder()
                                                .add("OUTSIDE_HOURS")
                                                .add("TOO_MANY_IN_A_ROW"))
                                .add("reason", "a free room is known of"))
                .build();
        JsonObject problem = lee.post(SESSIONS, wish.toString()).problem(409);
        assertEquals("ROOM_TAKEN", problem.getString("reason"), problem::toString);
        assertEquals(
                Set.of("session", "start", "end"),
                problem.getJsonObject("blockedBy").keySet());
        for (String secret : List.of(
                taken.getJsonObject("therapist").getString("name"),
                "Individual",
                taken.getJsonArray("participants")
                        .getJsonObject(0)
                        .getJsonObject("patient")
                        .getString("name"))) {
            assertFalse(problem.toString().contains(secret), problem::toString);
        }
    }

    private static List<JsonObject> search(Client client, JsonObject patient) {
        return client.get("/api/patients?search=" + patient.getString("recordNumber"))
                .is(200)
                .items();
    }

    // --- what rows need ---------------------------------------------------------------------------------------------

    private long therapist(String familyName) {
        return desk.get("/api/therapists?search=" + familyName)
                .is(200)
                .items()
                .get(0)
                .getJsonNumber("id")
                .longValueExact();
    }

    private JsonObject free(long therapist, long patient) {
        return desk.get(Wish.freeTimes("&limit=1&therapist=" + therapist + "&patient=" + patient))
                .is(200)
                .items()
                .get(0);
    }

    private String wish(long therapist, long patient) {
        return Wish.of(free(therapist, patient), patient).build().toString();
    }

    /** A new session with that therapist. */
    private Client.Reply session(long therapist) {
        return desk.post(SESSIONS, wish(therapist, strangers.next())).is(201);
    }

    private long series(String name) {
        return desk.get(SERIES + "?name=" + name)
                .is(200)
                .items()
                .get(0)
                .getJsonNumber("id")
                .longValueExact();
    }

    /** A group of one date, on a Monday of its own far beyond what others book. */
    private String series(long therapist, long... patients) {
        LocalDate monday = LocalDate.now(ZoneOffset.UTC)
                .plusDays(1_100 + 7L * weeks++)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        JsonArrayBuilder enrolled = Json.createArrayBuilder();
        LongStream.of(patients).forEach(enrolled::add);
        return Json.createObjectBuilder()
                .add("name", "Asked by every role")
                .add("modality", "EDU")
                .add("therapist", therapist)
                .add("room", lighthouse())
                .add("rule", "FREQ=WEEKLY;COUNT=1")
                .add("first", monday + "T10:00")
                .add("minutes", 60)
                .add("capacity", 14)
                .add("patients", enrolled)
                .build()
                .toString();
    }

    private long lighthouse() {
        return desk.all("/api/rooms").stream()
                .filter(room -> room.getString("name").equals("Lighthouse Room"))
                .findFirst()
                .orElseThrow()
                .getJsonNumber("id")
                .longValueExact();
    }

    private Client.Reply group(long therapist) {
        return desk.post(SERIES, series(therapist)).is(201);
    }

    private static String from(long patient) {
        return "{\"patient\":" + patient + ",\"from\":\"" + LocalDate.now(ZoneOffset.UTC) + "\"}";
    }

    private static Client.Reply enrol(Client client, Client.Reply group, long patient) {
        return client.post(SERIES + "/" + group.id() + "/enrolments", from(patient));
    }

    private static Client.Reply await(Client client, Client.Reply group, long patient) {
        return client.post(SERIES + "/" + group.id() + "/waitlist", from(patient));
    }

    private static String date(Client.Reply group) {
        return SESSIONS + "/"
                + group.json().getJsonArray("dates").getJsonObject(0).getJsonNumber("session");
    }

    private static Client.Reply guest(Client client, Client.Reply group, long patient) {
        return client.post(date(group) + "/participants", "{\"patient\":" + patient + "}");
    }

    /** Gives back the seat of a patient who is enrolled. */
    private Client.Reply leave(Client client, long therapist) {
        long patient = strangers.next();
        Client.Reply group = desk.post(SERIES, series(therapist, patient)).is(201);
        return client.send("DELETE", date(group) + "/participants/" + patient, null);
    }

    /** Marks somebody in a session that is over. */
    private Client.Reply attend(Client client, long therapist) {
        Client.Reply session = past.computeIfAbsent(therapist, this::past);
        Client.Reply read = desk.get(address(session)).is(200);
        long participant = read.json()
                .getJsonArray("participants")
                .getJsonObject(0)
                .getJsonNumber("id")
                .longValueExact();
        return client.post(
                address(session) + "/attendance",
                "{\"participant\":" + participant + ",\"state\":\"ATTENDED\"}",
                "If-Match",
                read.etag());
    }

    /** Marks everybody in a session that is over. */
    private Client.Reply attendAll(Client client, long therapist) {
        Client.Reply session = past.computeIfAbsent(therapist, this::past);
        Client.Reply read = desk.get(address(session)).is(200);
        return client.post(address(session) + "/attendance/all", "{}", "If-Match", read.etag());
    }

    private final Map<Long, Client.Reply> past = new HashMap<>();

    private Client.Reply past(long therapist) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        long id = desk.get(SESSIONS + "?state=BOOKED&limit=1&from=" + today.minusDays(20) + "&to=" + today.minusDays(2)
                        + "&therapist=" + therapist)
                .is(200)
                .items()
                .get(0)
                .getJsonNumber("id")
                .longValueExact();
        return desk.get(SESSIONS + "/" + id).is(200);
    }

    private static String address(Client.Reply session) {
        return SESSIONS + "/" + session.id();
    }

    private static Client.Reply patch(Client client, Client.Reply session, String patch) {
        return client.patch(address(session), patch, "If-Match", session.etag());
    }

    private static Client.Reply cancel(Client client, Client.Reply session) {
        return client.post(address(session) + "/cancellation", "{\"reason\":\"ill\"}", "If-Match", session.etag());
    }

    /** Made, used and revoked on the page of an account. */
    private static String revokedToken(RunningServer server) {
        HttpVisitor visitor = new HttpVisitor(server.address());
        visitor.signIn("desk2", "demo-evenkeel");
        HttpResponse<String> made = visitor.submit(
                visitor.get("/identity/account"), "newTokenForm", "createToken", Map.of("name", "to be revoked"));
        HttpResponse<String> page = visitor.get(visitor.location(made));
        String token = first("id=\"newToken\"[^>]*value=\"([^\"]*)\"", page.body());
        Client client = Client.with(server, "Bearer " + token);
        client.get("/api/patients?search=ana").is(200);
        String button = first("<input[^>]*name=\"([^\"]*revoke)\"[^>]*to be revoked", page.body());
        visitor.submit(page, "tokens", button, Map.of());
        return token;
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}

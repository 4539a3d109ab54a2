package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evenkeel.testing.HttpVisitor;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may, over HTTP: every operation of the API asked by every role, by nobody, and with a token that has been revoked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiRolesIT {
    private static final String SESSIONS = "/api/sessions";

    private RunningServer server;
    private Client desk;
    private Client lead;
    private Client admin;
    private Client lee;
    private Client stranger;
    private Client revoked;
    private long leeId;
    private long otherId;
    private Iterator<Long> caseload;
    private Iterator<Long> strangers;

    @BeforeAll
    void start() {
        server = RunningServer.demo();
        desk = Client.of(server, "desk");
        lead = Client.of(server, "lead");
        admin = Client.of(server, "admin");
        lee = Client.of(server, "lee");
        stranger = Client.without(server);
        revoked = Client.with(server, "Bearer " + revokedToken(server));
        leeId = therapist("Lee");
        otherId = therapist("Okafor");
        List<Long> own = Wish.patients(lee);
        caseload = own.iterator();
        strangers = Wish.patients(lead).stream()
                .filter(patient -> !own.contains(patient))
                .iterator();
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
        sessions.forEach(session -> assertEquals(leeId, Wish.id(session, "therapist")));

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

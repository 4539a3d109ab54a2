package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series, seats and attendance as clients of the API meet them: over HTTP, on the demo clinic, on weeks that nobody else books. */
@OwnServer
class ApiSeriesIT {
    private static final String SERIES = "/api/series";
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime TEN = LocalTime.of(10, 0);

    private static Client desk;
    private static Client lead;
    private static Client okafor;
    private static Iterator<Long> patients;
    private static long okaforId;
    private static long leeId;
    private static long lighthouse;
    private static long garden;
    private static int blocks;

    @BeforeAll
    static void start() {
        RunningServer server = RunningServer.api();
        desk = Client.of(server, "desk");
        lead = Client.of(server, "lead");
        okafor = Client.of(server, "okafor");
        patients = Wish.patients(lead).iterator();
        okaforId = only("/api/therapists?search=Okafor");
        leeId = only("/api/therapists?search=Lee");
        lighthouse = room("Lighthouse Room");
        garden = room("Garden Room");
    }

    private static long only(String path) {
        return desk.get(path).is(200).items().get(0).getJsonNumber("id").longValueExact();
    }

    private static long room(String name) {
        return desk.all("/api/rooms").stream()
                .filter(room -> room.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getJsonNumber("id")
                .longValueExact();
    }

    /** The first Monday of weeks that are this test's own. */
    private static LocalDate mondays() {
        return LocalDate.now(ZoneOffset.UTC)
                .plusDays(120 + 84L * blocks++)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    }

    /** For what is not saved. */
    private static LocalDate someday() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(400).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    }

    /** A group of two on Mondays at ten with Dr Okafor. */
    private static JsonObjectBuilder wish(LocalDate first, int count) {
        return Json.createObjectBuilder()
                .add("name", "Group of " + first)
                .add("modality", "EDU")
                .add("therapist", okaforId)
                .add("room", lighthouse)
                .add("rule", "FREQ=WEEKLY;BYDAY=MO;COUNT=" + count)
                .add("first", first.atTime(TEN).toString())
                .add("minutes", 60)
                .add("capacity", 2);
    }

    private static Client.Reply create(JsonObjectBuilder wish) {
        return desk.post(SERIES, wish.build().toString());
    }

    private static String address(Client.Reply series) {
        return SERIES + "/" + series.id();
    }

    private static String patient(long id) {
        return "{\"patient\":" + id + "}";
    }

    private static String from(long patient, LocalDate date) {
        return "{\"patient\":" + patient + ",\"from\":\"" + date + "\"}";
    }

    private static List<JsonObject> dates(Client.Reply reply) {
        return reply.json().getJsonArray("dates").getValuesAs(JsonObject.class);
    }

    private static String session(Client.Reply series, int number) {
        return "/api/sessions/" + dates(series).get(number).getJsonNumber("session");
    }

    private static List<Long> who(Client.Reply session) {
        return session.json().getJsonArray("participants").getValuesAs(JsonObject.class).stream()
                .map(participant -> Wish.id(participant, "patient"))
                .sorted()
                .toList();
    }

    private static Set<String> reasons(JsonObject date) {
        return Set.copyOf(date.getJsonArray("refusals").getValuesAs(JsonObject.class).stream()
                .map(refusal -> refusal.getString("reason"))
                .toList());
    }

    private static void block(long therapist, long room, LocalDate date) {
        JsonObjectBuilder session = Json.createObjectBuilder()
                .add("modality", "IND")
                .add(
                        "start",
                        date.atTime(TEN).atZone(NEW_YORK).toOffsetDateTime().toString())
                .add("minutes", 50)
                .add("therapist", therapist)
                .add("room", room)
                .add("patients", Json.createArrayBuilder().add(patients.next()));
        desk.post("/api/sessions", session.build().toString()).is(201);
    }

    // --- dates ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "[A11] Every date is judged before anything is saved; what is in the way is moved, given another therapist, or skipped")
    void conflictsAndDecisions() {
        LocalDate first = mondays();
        block(okaforId, garden, first.plusWeeks(1));
        block(leeId, lighthouse, first.plusWeeks(3));
        JsonObject wish = wish(first, 6).build();

        Client.Reply preview = desk.post(SERIES + "/preview", wish.toString()).is(200);
        assertEquals(6, dates(preview).size());
        assertEquals(6, preview.json().getInt("held"));
        assertEquals(Set.of("THERAPIST_TAKEN"), reasons(dates(preview).get(1)));
        assertEquals(Set.of("ROOM_TAKEN"), reasons(dates(preview).get(3)));
        for (int clear : List.of(0, 2, 4, 5)) {
            assertEquals(Set.of(), reasons(dates(preview).get(clear)), preview::toString);
        }

        JsonObject problem = desk.post(SERIES, wish.toString()).problem(409);
        assertEquals("urn:evenkeel:problem:unresolved", problem.getString("type"));
        assertTrue(problem.getString("detail").startsWith("2 of 6 dates"), problem::toString);
        List<JsonObject> refused = problem.getJsonArray("dates").getValuesAs(JsonObject.class);
        assertEquals(dates(preview), refused);
        assertEquals(
                "IND",
                refused.get(1)
                        .getJsonArray("refusals")
                        .getJsonObject(0)
                        .getJsonObject("blockedBy")
                        .getString("modality"));
        assertEquals(List.of(), desk.get(SERIES + "?name=Group%20of%20" + first).items());

        JsonArrayBuilder decisions = Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("date", refused.get(1).getString("date"))
                        .add("movedTo", first.plusWeeks(1).atTime(11, 0).toString()))
                .add(Json.createObjectBuilder()
                        .add("date", refused.get(3).getString("date"))
                        .add("room", garden))
                .add(Json.createObjectBuilder()
                        .add("date", refused.get(4).getString("date"))
                        .add("therapist", leeId))
                .add(Json.createObjectBuilder()
                        .add("date", refused.get(5).getString("date"))
                        .add("skip", true));
        Client.Reply made = create(Json.createObjectBuilder(wish).add("decisions", decisions))
                .is(201);
        assertTrue(made.header("Location").endsWith(address(made)), made.header("Location"));
        List<JsonObject> dates = dates(made);
        assertEquals(5, dates.size());
        assertEquals(
                LocalTime.of(11, 0),
                OffsetDateTime.parse(dates.get(1).getString("start")).toLocalTime());
        assertEquals(garden, Wish.id(dates.get(3), "room"));
        assertEquals(leeId, Wish.id(dates.get(4), "therapist"));
        Client.Reply found = desk.get(address(made)).is(200);
        assertEquals(made.json(), found.json());
        assertEquals(made.etag(), found.etag());
        desk.get(session(made, 4)).is(200);
    }

    @Test
    @DisplayName("[A1] Over a clock change the wall time stays, and the date after it is told")
    void wallTime() {
        Instant change = NEW_YORK.getRules()
                .nextTransition(mondays().atStartOfDay(NEW_YORK).toInstant())
                .getInstant();
        LocalDate first = LocalDate.ofInstant(change, NEW_YORK)
                .with(TemporalAdjusters.previous(DayOfWeek.TUESDAY))
                .minusWeeks(1);
        JsonObject wish =
                wish(first, 0).add("rule", "FREQ=WEEKLY;BYDAY=TU;COUNT=4").build();
        List<JsonObject> planned =
                dates(desk.post(SERIES + "/preview", wish.toString()).is(200));
        assertEquals(
                List.of(false, false, true, false),
                planned.stream().map(date -> date.getBoolean("clockChange")).toList());
        List<OffsetDateTime> starts = dates(desk.post(SERIES, wish.toString()).is(201)).stream()
                .map(date -> OffsetDateTime.parse(date.getString("start")))
                .toList();
        assertEquals(
                Set.of(TEN),
                Set.copyOf(starts.stream()
                        .map(OffsetDateTime::toLocalTime)
                        .distinct()
                        .toList()));
        assertEquals(starts.get(0).getOffset(), starts.get(1).getOffset());
        assertNotEquals(starts.get(1).getOffset(), starts.get(2).getOffset());
    }

    @Test
    @DisplayName("[A6] Months in which the rule has no date are told before anything is saved")
    void gaps() {
        LocalDate first = LocalDate.of(mondays().getYear() + 1, 1, 31);
        Client.Reply plan = desk.post(
                        SERIES + "/preview",
                        wish(first, 0)
                                .add("rule", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3")
                                .build()
                                .toString())
                .is(200);
        assertEquals(
                List.of("-01-31", "-03-31", "-05-31"),
                dates(plan).stream()
                        .map(date -> date.getString("date").substring(4, 10))
                        .toList());
        assertEquals(
                "[\"" + first.getYear() + "-02\",\"" + first.getYear() + "-04\"]",
                plan.json().getJsonArray("gaps").toString());
    }

    @Test
    @DisplayName("[A15] \"12 dates\" and \"12 held\" differ once one is skipped, as the client says")
    void counts() {
        LocalDate first = mondays();
        String skipped = Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("date", first.plusWeeks(1).atTime(TEN).toString())
                        .add("skip", true))
                .build()
                .toString();
        for (String counts : List.of("DATES", "HELD")) {
            JsonObjectBuilder wish = wish(first, 12)
                    .add("counts", counts)
                    .add(
                            "decisions",
                            Json.createReader(new java.io.StringReader(skipped)).readArray());
            assertEquals(
                    counts.equals("HELD") ? 12 : 11,
                    desk.post(SERIES + "/preview", wish.build().toString())
                            .is(200)
                            .json()
                            .getInt("held"));
        }
    }

    // --- seats ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "[A24] [A29] Enrolled to full, one waits; a seat given back for one date goes to a guest, who waits on; nobody else is touched")
    void seats() {
        LocalDate first = mondays();
        Client.Reply series = create(wish(first, 3)).is(201);
        long ana = patients.next();
        long ben = patients.next();
        long cleo = patients.next();
        desk.post(address(series) + "/enrolments", from(ana, first)).is(201);
        Client.Reply full =
                desk.post(address(series) + "/enrolments", from(ben, first)).is(201);
        assertEquals(2, full.json().getJsonArray("enrolments").size());
        assertEquals(
                List.of(2, 2, 2),
                dates(full).stream().map(d -> d.getInt("coming")).toList());

        JsonObject refused =
                desk.post(address(series) + "/enrolments", from(cleo, first)).problem(409);
        assertEquals("SEAT_TAKEN", refused.getString("reason"));
        assertEquals(
                "ALREADY_ENROLLED",
                desk.post(address(series) + "/enrolments", from(ana, first))
                        .problem(409)
                        .getString("reason"));
        desk.post(address(series) + "/waitlist", from(cleo, first)).is(201);
        assertEquals(
                "ALREADY_WAITING",
                desk.post(address(series) + "/waitlist", from(cleo, first))
                        .problem(409)
                        .getString("reason"));
        assertEquals(
                "ALREADY_ENROLLED",
                desk.post(address(series) + "/waitlist", from(ana, first))
                        .problem(409)
                        .getString("reason"));

        String second = session(full, 1);
        assertEquals("SEAT_TAKEN", guest(desk, second, cleo).problem(409).getString("reason"));
        Client.Reply left =
                desk.send("DELETE", second + "/participants/" + ana, null).is(200);
        assertEquals(List.of(ben), who(left));
        desk.send("DELETE", second + "/participants/" + ana, null).problem(404);
        assertEquals(List.of(Math.min(ana, ben), Math.max(ana, ben)), who(desk.get(session(full, 0))));
        Client.Reply guest = guest(desk, second, cleo).is(201);
        assertTrue(who(guest).containsAll(List.of(ben, cleo)));
        assertTrue(guest.header("Location").endsWith(second), guest.header("Location"));
        assertEquals("SEAT_TAKEN", guest(desk, second, ana).problem(409).getString("reason"));

        List<JsonObject> waiting = desk.all(address(series) + "/waitlist");
        assertEquals(1, waiting.size());
        assertEquals(cleo, Wish.id(waiting.get(0), "patient"));
        Client.Reply now = desk.get(address(series)).is(200);
        assertEquals(2, now.json().getJsonArray("enrolments").size());
        assertEquals(
                List.of(2, 2, 2),
                dates(now).stream().map(d -> d.getInt("coming")).toList());
    }

    private static Client.Reply guest(Client client, String session, long patient) {
        return client.post(session + "/participants", patient(patient));
    }

    @Test
    @DisplayName(
            "[A21] A seat beyond the capacity is the lead's to give, with a reason; never one that the room does not have")
    void overbooked() {
        LocalDate first = mondays();
        Client.Reply series = create(wish(first, 2)
                        .add("room", garden)
                        .add("capacity", 6)
                        .add("patients", Json.createArrayBuilder(List.of(patients.next(), patients.next()))))
                .is(201);
        Client.Reply small = create(wish(first.plusWeeks(2), 1)
                        .add("patients", Json.createArrayBuilder(List.of(patients.next(), patients.next()))))
                .is(201);
        String over = "{\"patient\":" + patients.next()
                + ",\"override\":{\"rules\":[\"SEAT_TAKEN\"],\"reason\":\"agreed with the lead\"}}";
        desk.post(session(small, 0) + "/participants", over).problem(403);
        assertEquals(
                3,
                who(lead.post(session(small, 0) + "/participants", over).is(201))
                        .size());
        for (int i = 0; i < 4; i++) {
            guest(desk, session(series, 0), patients.next()).is(201);
        }
        assertEquals(
                "ROOM_UNFIT",
                lead.post(session(series, 0) + "/participants", over)
                        .problem(409)
                        .getString("reason"));
    }

    @Test
    @DisplayName("[A18] A patient's own session against their group is a conflict that names it")
    void ownSession() {
        LocalDate first = mondays();
        long patient = patients.next();
        Client.Reply series = create(wish(first, 2)).is(201);
        JsonObjectBuilder own = Json.createObjectBuilder()
                .add("modality", "IND")
                .add(
                        "start",
                        first.plusWeeks(1)
                                .atTime(TEN)
                                .atZone(NEW_YORK)
                                .toOffsetDateTime()
                                .toString())
                .add("minutes", 50)
                .add("therapist", leeId)
                .add("patients", Json.createArrayBuilder().add(patient));
        long session =
                desk.post("/api/sessions", own.build().toString()).is(201).id();
        JsonObject problem =
                desk.post(address(series) + "/enrolments", from(patient, first)).problem(409);
        assertEquals("PATIENT_TAKEN", problem.getString("reason"));
        assertEquals(
                session,
                problem.getJsonObject("blockedBy").getJsonNumber("session").longValueExact());
        String without = "{\"patient\":" + patient + ",\"from\":\"" + first + "\",\"without\":["
                + dates(series).get(1).getJsonNumber("session") + "]}";
        Client.Reply enrolled =
                desk.post(address(series) + "/enrolments", without).is(201);
        assertEquals(
                List.of(1, 0),
                dates(enrolled).stream().map(d -> d.getInt("coming")).toList());
    }

    @Test
    @DisplayName(
            "[A22] The tag of a series changes with whatever is told of it: who is enrolled, who comes, its dates; and with nothing else")
    void tagOfASeries() {
        LocalDate first = mondays();
        long patient = patients.next();
        Client.Reply series = create(wish(first, 2)).is(201);
        Set<String> tags = new HashSet<>(List.of(series.etag()));
        assertEquals(series.etag(), desk.get(address(series)).is(200).etag());
        String enrol = from(patient, first);
        Client.Reply enrolled = desk.post(address(series) + "/enrolments", enrol, IdempotencyKey.HEADER, "tagged-once")
                .is(201);
        assertTrue(tags.add(enrolled.etag()), "enrolled");
        assertEquals(enrolled.etag(), desk.get(address(series)).is(200).etag());
        assertEquals(enrolled.etag(), lead.get(address(series)).is(200).etag());
        desk.send("DELETE", session(series, 0) + "/participants/" + patient, null)
                .is(200);
        assertTrue(tags.add(desk.get(address(series)).is(200).etag()), "a seat is given back");
        guest(desk, session(series, 1), patients.next()).is(201);
        assertTrue(tags.add(desk.get(address(series)).is(200).etag()), "a guest");
        Client.Reply date = desk.get(session(series, 1)).is(200);
        desk.post(session(series, 1) + "/cancellation", "{\"reason\":\"ill\"}", "If-Match", date.etag())
                .is(200);
        assertTrue(tags.add(desk.get(address(series)).is(200).etag()), "a date is off");
        assertEquals(
                enrolled.etag(),
                desk.post(address(series) + "/enrolments", enrol, IdempotencyKey.HEADER, "tagged-once")
                        .is(201)
                        .etag(),
                "the first answer, as it was");
    }

    // --- attendance -------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("[A30] Attendance before the start is refused")
    void notBeforeTheStart() {
        Client.Reply series = create(wish(mondays(), 1)
                        .add("patients", Json.createArrayBuilder().add(patients.next())))
                .is(201);
        Client.Reply session = lead.get(session(series, 0)).is(200);
        String mark = mark(session, "ATTENDED", "");
        assertEquals(
                "TOO_EARLY",
                lead.post(session(series, 0) + "/attendance", mark, "If-Match", session.etag())
                        .problem(409)
                        .getString("reason"));
        assertEquals(session.json(), lead.get(session(series, 0)).json());
    }

    private static String mark(Client.Reply session, String state, String more) {
        long participant = session.json()
                .getJsonArray("participants")
                .getJsonObject(0)
                .getJsonNumber("id")
                .longValueExact();
        return "{\"participant\":" + participant + ",\"state\":\"" + state + "\"" + more + "}";
    }

    @Test
    @DisplayName("[A30] Late and left early are minutes; a mark is based on what was read, and is corrected by who may")
    void attendance() {
        String path = past();
        Client.Reply read = okafor.get(path).is(200);
        String late = mark(read, "ATTENDED", ",\"lateMinutes\":10,\"minutes\":35");
        okafor.post(path + "/attendance", late).problem(428);
        Client.Reply marked =
                okafor.post(path + "/attendance", late, "If-Match", read.etag()).is(200);
        assertNotEquals(read.etag(), marked.etag());
        JsonObject who = marked.json().getJsonArray("participants").getJsonObject(0);
        assertEquals("ATTENDED", who.getString("state"));
        assertEquals(10, who.getInt("lateMinutes"));
        assertEquals(35, who.getInt("attendedMinutes"));
        Client.Reply stale = okafor.post(path + "/attendance", mark(read, "NO_SHOW", ""), "If-Match", read.etag());
        stale.problem(412);
        assertEquals(marked.etag(), stale.etag());
        desk.post(path + "/attendance", mark(read, "NO_SHOW", ""), "If-Match", marked.etag())
                .problem(403);
        Client.Reply excused = lead.post(path + "/attendance", mark(read, "EXCUSED", ""), "If-Match", marked.etag())
                .is(200);
        assertEquals(
                "NO_SHOW",
                excused.json().getJsonArray("participants").getJsonObject(0).getString("state"));
        for (String bad : List.of(",\"lateMinutes\":60", ",\"lateMinutes\":-1", ",\"minutes\":0", ",\"minutes\":999")) {
            JsonObject problem = lead.post(
                            path + "/attendance", mark(read, "ATTENDED", bad), "If-Match", excused.etag())
                    .problem(422);
            assertTrue(bad.contains(problem.getString("field")), problem::toString);
        }
        assertEquals(
                "state",
                lead.post(path + "/attendance", mark(read, "SLEPT", ""), "If-Match", excused.etag())
                        .problem(422)
                        .getString("field"));
    }

    @Test
    @DisplayName(
            "[A30] All were present but for the exceptions: one change, of what was read, told once however often it is sent")
    void allPresentButForTheExceptions() {
        String path = past(1);
        String all = path + "/attendance/all";
        Client.Reply read = okafor.get(path).is(200);
        List<Long> people = read.json().getJsonArray("participants").getValuesAs(JsonObject.class).stream()
                .map(who -> who.getJsonNumber("id").longValueExact())
                .toList();
        String exceptions = "{\"exceptions\":[{\"participant\":" + people.get(0)
                + ",\"state\":\"EXCUSED\"},{\"participant\":" + people.get(1)
                + ",\"state\":\"ATTENDED\",\"lateMinutes\":10}]}";
        okafor.post(all, exceptions).problem(428);
        desk.post(all, exceptions, "If-Match", read.etag()).problem(403);
        Client.Reply marked = okafor.post(all, exceptions, "If-Match", read.etag(), IdempotencyKey.HEADER, "all-once")
                .is(200);
        List<JsonObject> came = marked.json().getJsonArray("participants").getValuesAs(JsonObject.class);
        assertEquals("NO_SHOW", came.get(0).getString("state"));
        assertTrue(came.get(0).getBoolean("excused"));
        assertEquals(10, came.get(1).getInt("lateMinutes"));
        assertEquals("ATTENDED", came.get(1).getString("state"));
        assertTrue(
                came.stream().allMatch(who -> List.of("ATTENDED", "NO_SHOW").contains(who.getString("state"))),
                "nobody is left to be marked");
        assertEquals(
                marked.json(),
                okafor.post(all, exceptions, "If-Match", read.etag(), IdempotencyKey.HEADER, "all-once")
                        .is(200)
                        .json());
        okafor.post(all, "{}", "If-Match", read.etag()).problem(412);
        Client.Reply again = lead.post(all, "{}", "If-Match", marked.etag()).is(200);
        assertEquals(
                came.stream().map(who -> who.getString("state")).toList(),
                again.json().getJsonArray("participants").getValuesAs(JsonObject.class).stream()
                        .map(who -> who.getString("state"))
                        .toList(),
                "what is marked stays");
        for (String bad : List.of("CHECKED_IN", "UNKNOWN", "SLEPT")) {
            String wish = "{\"exceptions\":[{\"participant\":" + people.get(0) + ",\"state\":\"" + bad + "\"}]}";
            String field =
                    lead.post(all, wish, "If-Match", again.etag()).problem(422).getString("field");
            assertTrue(field.endsWith("state"), field);
        }
        String one = "{\"participant\":" + people.get(0) + ",\"state\":\"NO_SHOW\"}";
        lead.post(all, "{\"exceptions\":[" + one + "," + one + "]}", "If-Match", again.etag())
                .problem(422);
        lead.post(all, "{\"exceptions\":[{\"participant\":999999999,\"state\":\"NO_SHOW\"}]}", "If-Match", again.etag())
                .problem(404);
    }

    /** A session of Dr Okafor's Mondays that is over. */
    private static String past() {
        return past(0);
    }

    /** @param skip how many of them to leave to others */
    private static String past(int skip) {
        long id = only(SERIES + "?name=Monday%20skills");
        return dates(desk.get(SERIES + "/" + id).is(200)).stream()
                .filter(date -> date.getString("state").equals("BOOKED")
                        && OffsetDateTime.parse(date.getString("end"))
                                .toInstant()
                                .isBefore(Instant.now())
                        && date.getInt("coming") > 1)
                .skip(skip)
                .map(date -> "/api/sessions/" + date.getJsonNumber("session"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("Of a session that is over no seat is given or given back")
    void seatsOfThePast() {
        String path = past();
        long member = Wish.id(
                desk.get(path).is(200).json().getJsonArray("participants").getJsonObject(0), "patient");
        assertEquals(
                "NOT_CHANGEABLE",
                guest(desk, path, patients.next()).problem(409).getString("reason"));
        assertEquals(
                "NOT_CHANGEABLE",
                desk.send("DELETE", path + "/participants/" + member, null)
                        .problem(409)
                        .getString("reason"));
    }

    // --- requests ---------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("A series that is sent twice under one key is set up once; another body under it is refused")
    void idempotency() {
        LocalDate first = mondays();
        String key = UUID.randomUUID().toString();
        String body = wish(first, 2).build().toString();
        Client.Reply one = desk.post(SERIES, body, "Idempotency-Key", key).is(201);
        Client.Reply two = desk.post(SERIES, body, "Idempotency-Key", key).is(201);
        assertEquals(one.text(), two.text());
        assertEquals(one.header("Location"), two.header("Location"));
        assertEquals(1, desk.all(SERIES + "?name=Group%20of%20" + first).size());
        desk.post(SERIES, wish(first, 3).build().toString(), "Idempotency-Key", key)
                .problem(422);

        String enrol = from(patients.next(), first);
        String enrolKey = UUID.randomUUID().toString();
        Client.Reply enrolled = desk.post(address(one) + "/enrolments", enrol, "Idempotency-Key", enrolKey)
                .is(201);
        assertEquals(
                enrolled.text(),
                desk.post(address(one) + "/enrolments", enrol, "Idempotency-Key", enrolKey)
                        .is(201)
                        .text());
        String guest = patient(patients.next());
        String guestKey = UUID.randomUUID().toString();
        Client.Reply seated = desk.post(session(one, 0) + "/participants", guest, "Idempotency-Key", guestKey)
                .is(201);
        assertEquals(
                seated.text(),
                desk.post(session(one, 0) + "/participants", guest, "Idempotency-Key", guestKey)
                        .is(201)
                        .text());
        String waits = from(patients.next(), first);
        String waitKey = UUID.randomUUID().toString();
        desk.post(address(one) + "/waitlist", waits, "Idempotency-Key", waitKey).is(201);
        desk.post(address(one) + "/waitlist", waits, "Idempotency-Key", waitKey).is(201);
        assertEquals(1, desk.all(address(one) + "/waitlist").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name           | \"\"",
                "name           | 7",
                "modality       | \"NOPE\"",
                "modality       | null",
                "therapist      | 999999999",
                "coFacilitators | [999999999]",
                "coFacilitators | \"Lee\"",
                "room           | 999999999",
                "rule           | \"every Monday\"",
                "rule           | \"FREQ=WEEKLY;BYDAY=MO\"",
                "rule           | \"FREQ=HOURLY;COUNT=3\"",
                "rule           | \"FREQ=WEEKLY;COUNT=0\"",
                "rule           | \"FREQ=WEEKLY;COUNT=100000\"",
                "rule           | \"FREQ=WEEKLY;BYDAY=XX;COUNT=3\"",
                "rule           | \"\"",
                "counts         | \"SOME\"",
                "first          | \"2027-03-08\"",
                "first          | \"2027-03-08T10:00:00-05:00\"",
                "first          | \"2020-03-09T10:00\"",
                "minutes        | 7",
                "minutes        | -5",
                "capacity       | 0",
                "capacity       | 101",
                "capacity       | 1",
                "minimumSize    | 3",
                "cutoffHours    | -1",
                "patients       | [1,1]",
                "patients       | [999999999]",
                "open           | \"yes\"",
                "decisions      | 7",
                "colour         | 7"
            })
    void whatCannotBeMeantIsNamed(String field, String sent) {
        JsonObject wish = wish(someday(), 2).build();
        JsonObject bad = Json.createObjectBuilder(wish)
                .add(
                        field,
                        Json.createReader(new java.io.StringReader("[" + sent + "]"))
                                .readArray()
                                .get(0))
                .build();
        for (String path : List.of(SERIES, SERIES + "/preview")) {
            JsonObject problem = desk.post(path, bad.toString()).problem(422);
            assertEquals(field, problem.getString("field"), problem::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "modality", "therapist", "room", "rule", "first", "minutes", "capacity"})
    void whatIsMissingIsNamed(String field) {
        JsonObject less = wish(someday(), 2).remove(field).build();
        assertEquals(field, desk.post(SERIES, less.toString()).problem(422).getString("field"));
    }

    @Test
    void unknownIdsAreNotFound() {
        long patient = patients.next();
        String from = from(patient, LocalDate.now(ZoneOffset.UTC));
        for (String id : List.of("999999999", "abc", "-1", "99999999999999999999")) {
            desk.get(SERIES + "/" + id).problem(404);
            desk.get(SERIES + "/" + id + "/waitlist").problem(404);
            desk.post(SERIES + "/" + id + "/waitlist", from).problem(404);
            desk.post(SERIES + "/" + id + "/enrolments", from).problem(404);
            desk.post("/api/sessions/" + id + "/participants", patient(patient)).problem(404);
            desk.send("DELETE", "/api/sessions/" + id + "/participants/" + patient, null)
                    .problem(404);
            lead.post(
                            "/api/sessions/" + id + "/attendance",
                            "{\"participant\":1,\"state\":\"NO_SHOW\"}",
                            "If-Match",
                            "\"1\"")
                    .problem(404);
        }
        Client.Reply series = create(wish(mondays(), 1)).is(201);
        String nobody = from(999_999_999, LocalDate.now(ZoneOffset.UTC));
        for (String list : List.of("/enrolments", "/waitlist")) {
            assertEquals("patient", field(desk.post(address(series) + list, nobody)), list);
            assertEquals("from", field(desk.post(address(series) + list, "{\"patient\":1,\"from\":\"soon\"}")), list);
            assertEquals("from", field(desk.post(address(series) + list, patient(1))), list);
        }
        assertEquals("patient", field(guest(desk, session(series, 0), 999_999_999)));
        assertEquals(
                "priority",
                field(desk.post(
                        address(series) + "/waitlist",
                        "{\"patient\":" + patient + ",\"from\":\"2027-01-01\",\"priority\":9}")));
        desk.send("DELETE", session(series, 0) + "/participants/" + patient, null)
                .problem(404);
        Client.Reply session = lead.get(session(series, 0)).is(200);
        lead.send("PUT", address(series), "{}").problem(405);
        assertFalse(session.etag().isEmpty());
    }

    private static String field(Client.Reply reply) {
        return reply.problem(422).getString("field");
    }

    // --- a free seat ------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("The next group with a free seat that a patient can attend is offered, and can be joined as it stands")
    void freeSeat() {
        LocalDate first = mondays();
        long patient = patients.next();
        Client.Reply series = create(wish(first, 3)).is(201);
        String path = SERIES + "?free=true&modality=EDU&limit=100&patient=" + patient + "&from=" + first;
        JsonObject offered = desk.all(path).stream()
                .filter(one -> one.getJsonNumber("id").longValueExact() == series.id())
                .findFirst()
                .orElseThrow();
        assertEquals(dates(series).get(0).getString("start"), offered.getString("nextStart"));
        assertEquals(3, offered.getInt("datesLeft"));
        List<String> starts =
                desk.all(path).stream().map(one -> one.getString("nextStart")).toList();
        assertEquals(
                starts.stream()
                        .sorted(java.util.Comparator.comparing(OffsetDateTime::parse))
                        .toList(),
                starts);
        desk.post(address(series) + "/enrolments", from(patient, first)).is(201);
        assertFalse(ids(desk.all(path)).contains(series.id()));

        assertEquals("modality", field(desk.get(SERIES + "?free=true")));
        assertEquals("modality", field(desk.get(SERIES + "?free=true&modality=NOPE")));
        assertEquals("patient", field(desk.get(SERIES + "?free=true&modality=EDU&patient=999999999")));
        assertEquals("patient", field(desk.get(SERIES + "?patient=1")));
        assertEquals("from", field(desk.get(SERIES + "?free=true&modality=EDU&from=soon")));
        assertEquals("free", field(desk.get(SERIES + "?free=maybe")));
        assertEquals("name", field(desk.get(SERIES + "?free=true&modality=EDU&name=x")));
    }

    // --- lists ------------------------------------------------------------------------------------------------------

    @Test
    void listsArePaged() {
        List<JsonObject> all = desk.get(SERIES + "?limit=500").is(200).items();
        assertTrue(all.size() >= 10, () -> all.size() + " series");
        List<JsonObject> byThrees = new ArrayList<>();
        for (String next = SERIES + "?limit=3"; next != null; ) {
            Client.Reply page = desk.get(next).is(200);
            assertTrue(page.items().size() <= 3);
            byThrees.addAll(page.items());
            next = page.next();
        }
        List<Long> known = ids(all);
        assertEquals(known, ids(byThrees).stream().filter(known::contains).toList());

        JsonObject skills = desk.get(SERIES + "?name=monday%20SKILLS&modality=DBT&therapist=" + leeId)
                .is(200)
                .items()
                .get(0);
        assertEquals("Monday skills", skills.getString("name"));
        assertEquals(10, skills.getInt("seats"));
        assertTrue(skills.getInt("waiting") >= 3);
        assertTrue(LocalDateTime.parse(skills.getString("nextStart").substring(0, 19))
                .isAfter(LocalDate.now(ZoneOffset.UTC).minusDays(1).atStartOfDay()));
        String waitlist = SERIES + "/" + skills.getJsonNumber("id") + "/waitlist";
        Client.Reply two = desk.get(waitlist + "?limit=2").is(200);
        assertEquals(2, two.items().size());
        Client.Reply rest = desk.get(Objects.requireNonNull(two.next())).is(200);
        assertEquals(desk.all(waitlist + "?limit=1"), desk.all(waitlist));
        assertNull(rest.next());
        List<Integer> priorities =
                desk.all(waitlist).stream().map(one -> one.getInt("priority")).toList();
        assertEquals(priorities.stream().sorted().toList(), priorities);

        assertEquals("limit", field(desk.get(SERIES + "?limit=0")));
        assertEquals("cursor", field(desk.get(SERIES + "?cursor=x")));
        assertEquals("modalty", field(desk.get(SERIES + "?modalty=DBT")));
    }

    private static List<Long> ids(List<JsonObject> items) {
        return items.stream()
                .map(item -> item.getJsonNumber("id").longValueExact())
                .toList();
    }
}

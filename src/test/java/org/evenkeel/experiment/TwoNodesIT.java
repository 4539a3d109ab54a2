package org.evenkeel.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Experiments 11 and 4: two nodes on one PostgreSQL. While one sends, patients and the desk stop and cancel at the other; then the one that
 * is sending 500 reminders is killed.
 */
@DisplayName("Two nodes, of which the one that sends is raced and then killed")
@OwnServer
class TwoNodesIT {
    private static final int MESSAGES = 500;
    private static final int BEFORE_THE_KILL = 100;
    private static final long FIRST = 5_000_000;

    /** Those that are raced, and how many of them are stopped or cancelled. */
    private static final int RACED = 120;

    private static final int TAKEN_BACK = 40;
    private static final long FIRST_RACED = 6_000_000;

    /** As {@code ReminderDispatch} has it: so many at once from one node. */
    private static final int LINES = 4;

    /** What each of its lines may have claimed and not sent when it dies. */
    private static final int CLAIMED_AHEAD = 8;

    private static final String TOKEN = "secret";
    private static final String PUBLIC = "https://visits.example.org";
    private static final String ONE = "+15550000001";
    private static final String OTHER = "+15550000002";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A provider of text messages: takes its time, and writes down who sent what to whom. */
    private static final class Provider implements AutoCloseable {
        record Taken(String from, String to, String body, long at) {}

        final List<Taken> taken = new CopyOnWriteArrayList<>();
        final AtomicInteger atOnce = new AtomicInteger();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        volatile int pause = 20;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;

        Provider() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::take);
            server.start();
        }

        private void take(HttpExchange exchange) throws IOException {
            try (exchange) {
                Map<String, String> form =
                        form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                work(form);
                byte[] answer = ("{\"sid\": \"SM" + taken.size() + "-" + form.get("To") + "\"}").getBytes(UTF_8);
                exchange.sendResponseHeaders(201, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }

        /** Done before it is answered: whoever has the answer may already send the next one. */
        private void work(Map<String, String> form) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                taken.add(new Taken(
                        form.getOrDefault("From", ""),
                        form.getOrDefault("To", ""),
                        form.getOrDefault("Body", ""),
                        System.nanoTime()));
                pause(pause);
            } finally {
                atOnce.decrementAndGet();
            }
        }

        private static Map<String, String> form(String body) {
            Map<String, String> form = new HashMap<>();
            Arrays.stream(body.split("&"))
                    .map(field -> field.split("=", 2))
                    .forEach(field -> form.put(field[0], URLDecoder.decode(field[1], UTF_8)));
            return form;
        }

        /** To whom messages of this experiment have gone. */
        List<Taken> ours() {
            return of(FIRST, MESSAGES);
        }

        List<Taken> of(long first, int count) {
            return taken.stream()
                    .filter(t -> t.to().compareTo(number(first)) >= 0 && t.to().compareTo(number(first + count)) < 0)
                    .toList();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName(
            "[A37] 500 messages: none leaves after it was stopped or cancelled at the other node, each is delivered at most once, none is missing but those that are unknown, and one node sends at a time")
    void eachAtMostOnce(TestReporter reporter) throws Exception {
        try (Provider provider = new Provider();
                RunningServer one = RunningServer.start(Database.POSTGRES, settings(provider, ONE));
                RunningServer other = one.startBeside(settings(provider, OTHER))) {
            try (Connection connection = one.connect()) {
                furnish(connection);
                race(provider, connection, one, other);
                makeDue(connection, FIRST, MESSAGES);
            }
            await(() -> provider.ours().size() >= BEFORE_THE_KILL);
            Set<String> senders = senders(provider.ours());
            assertEquals(1, senders.size(), senders::toString);
            boolean firstSends = senders.contains(ONE);
            (firstSends ? one : other).kill9();
            long killed = System.nanoTime();
            int before = provider.ours().size();
            await(() -> provider.ours().size() > before);
            Duration takeover = Duration.ofNanos(System.nanoTime() - killed);
            RunningServer left = firstSends ? other : one;
            try (Connection connection = left.connect()) {
                await(() -> count(connection, "PENDING") == 0);
                // What the dead node was sending is unknown when its lease is over: that is brought forward.
                execute(
                        connection,
                        "update reminder set lease_until = current_timestamp - interval '1' second"
                                + " where state = 'SENDING' and id >= " + FIRST);
                await(() -> count(connection, "SENDING") == 0);
                compare(provider, connection, reporter, takeover);
            }
            assertTrue(provider.mostAtOnce.get() <= LINES, provider.mostAtOnce::toString);
            assertEquals(
                    Set.of(firstSends ? OTHER : ONE),
                    senders(provider.ours().subList(before, provider.ours().size())));
        }
    }

    /** What the desk or a patient takes back while it may be leaving. */
    private static void race(Provider provider, Connection connection, RunningServer one, RunningServer other)
            throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (RunningServer node : List.of(one, other)) {
            assertEquals(200, stop(client, node, "+17770000000"), "the first takes long");
            assertEquals(404, cancel(client, node, 1_000_000_000));
        }
        provider.pause = 100;
        makeDue(connection, FIRST_RACED, RACED);
        await(() -> !provider.of(FIRST_RACED, RACED).isEmpty());
        boolean firstSends = senders(provider.of(FIRST_RACED, RACED)).contains(ONE);
        RunningServer idle = firstSends ? other : one;
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        ExecutorService hands = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < TAKEN_BACK; i++) {
            long id = FIRST_RACED + i * (RACED / TAKEN_BACK);
            boolean stops = i % 2 == 0;
            all.add(hands.submit(() -> {
                assertEquals(200, stops ? stop(client, idle, number(id)) : cancel(client, idle, id));
                return acknowledged.put(number(id), System.nanoTime());
            }));
        }
        hands.shutdown();
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        await(() -> isNone(connection, "PENDING") && isNone(connection, "SENDING"));
        provider.pause = 20;
        List<Provider.Taken> reminders = provider.of(FIRST_RACED, RACED).stream()
                .filter(t -> t.body().contains("You have an appointment"))
                .toList();
        assertEquals(
                List.of(),
                reminders.stream()
                        .filter(t -> t.at() > acknowledged.getOrDefault(t.to(), Long.MAX_VALUE))
                        .map(Provider.Taken::to)
                        .toList(),
                "left after it was taken back");
        assertTrue(reminders.size() >= RACED - TAKEN_BACK, () -> reminders.size() + " left");
        assertTrue(reminders.size() < RACED, "nothing was taken back in time: no race");
    }

    private static boolean isNone(Connection connection, String state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select 1 from reminder where id >= ? and id < ? and occasion = 'BEFORE' and state = ?")) {
            statement.setLong(1, FIRST_RACED);
            statement.setLong(2, FIRST_RACED + RACED);
            statement.setString(3, state);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    /** As the provider calls it, signed. */
    private static int stop(HttpClient client, RunningServer node, String from) throws Exception {
        Map<String, String> fields = new TreeMap<>(Map.of("Body", "STOP", "From", from, "MessageSid", "in" + from));
        StringBuilder signed = new StringBuilder(PUBLIC + "/sms/incoming");
        fields.forEach((name, value) -> signed.append(name).append(value));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), "HmacSHA1"));
        String form = fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return status(
                client,
                HttpRequest.newBuilder(node.resolve("/sms/incoming"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "X-Twilio-Signature",
                                Base64.getEncoder()
                                        .encodeToString(
                                                mac.doFinal(signed.toString().getBytes(UTF_8))))
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static int cancel(HttpClient client, RunningServer node, long session) throws Exception {
        return status(
                client,
                HttpRequest.newBuilder(node.resolve("/api/sessions/" + session + "/cancellation"))
                        .header("Authorization", "Bearer demo-token-desk")
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"1\"")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"ill\"}")));
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void compare(Provider provider, Connection connection, TestReporter reporter, Duration takeover)
            throws SQLException {
        List<String> delivered =
                provider.ours().stream().map(Provider.Taken::to).toList();
        Set<String> distinct = new HashSet<>(delivered);
        assertEquals(
                List.of(),
                distinct.stream()
                        .filter(to -> Collections.frequency(delivered, to) > 1)
                        .toList(),
                "delivered twice");
        Map<String, String> states = states(connection);
        assertEquals(MESSAGES, states.size());
        assertEquals(Set.of(), difference(Set.copyOf(states.values()), Set.of("SENT", "UNKNOWN")));
        Set<String> sent = numbers(states, "SENT");
        Set<String> unknown = numbers(states, "UNKNOWN");
        assertEquals(Set.of(), difference(sent, distinct), "said to be sent");
        assertEquals(Set.of(), difference(distinct, states.keySet()), "nobody asked for");
        assertTrue(unknown.size() <= LINES * CLAIMED_AHEAD, () -> unknown.size() + " unknown");
        reporter.publishEntry(Map.of(
                "messages", Integer.toString(MESSAGES),
                "delivered", Integer.toString(distinct.size()),
                "sent", Integer.toString(sent.size()),
                "unknown", Integer.toString(unknown.size()),
                "ms from the kill to the next message", Long.toString(takeover.toMillis())));
    }

    private static Map<String, String> settings(Provider provider, String from) {
        return Map.of(
                "sms.url", "http://127.0.0.1:" + provider.server.getAddress().getPort() + "/Messages.json",
                "sms.account", "AC1",
                "sms.token", TOKEN,
                "sms.from", from,
                "public.address", PUBLIC);
    }

    private static Set<String> senders(List<Provider.Taken> taken) {
        return taken.stream().map(Provider.Taken::from).collect(Collectors.toSet());
    }

    // --- what is due ------------------------------------------------------------------------------------------------

    /** A site where it is noon. */
    private static void furnish(Connection connection) throws SQLException {
        OffsetDateTime now = OffsetDateTime.now(Clock.systemUTC());
        execute(
                connection,
                "insert into site (id, name, zone, phone, active, version) values (" + FIRST + ", 'Far Away', '"
                        + zoneOfNoon(now) + "', '555-0100', true, 1)");
        execute(
                connection,
                "insert into room (id, site_id, name, capacity, turnover_minutes, telehealth, active, version)"
                        + " values (" + FIRST + ", " + FIRST + ", '1', 2, 0, false, true, 1)");
        execute(
                connection,
                "insert into therapist (id, title, given_name, family_name, gender, active, version) values (" + FIRST
                        + ", '', 'Far', 'Away', 'OTHER', true, 1)");
    }

    /** In one transaction, so that no sweep sees a part of it. */
    private static void makeDue(Connection connection, long first, int count) throws SQLException {
        connection.setAutoCommit(false);
        OffsetDateTime now = OffsetDateTime.now(Clock.systemUTC());
        OffsetDateTime start = now.truncatedTo(ChronoUnit.HOURS).plusHours(22);
        ContactVault vault = new ContactVault("evenkeel-demo-key");
        for (long id = first; id < first + count; id++) {
            String number = number(id);
            update(
                    connection,
                    "insert into patient (id, record_number, given_name, family_name, search_name, family_search_name,"
                            + " gender, language, active, version) values (?, ?, 'Far', 'Away', 'far away', 'away', 'OTHER',"
                            + " 'en', true, 1)",
                    id,
                    "FAR-" + id);
            update(
                    connection,
                    "insert into contact_point (id, patient_id, kind, sealed, lookup) values (?, ?, 'PHONE', ?, ?)",
                    id,
                    id,
                    vault.seal(id, number),
                    vault.lookup(new Contact(Contact.Kind.PHONE, number)));
            update(
                    connection,
                    "insert into consent (patient_id, channel, disclosure, frequent, given_at, is_current)"
                            + " values (?, 'SMS', 'LEAST', false, ?, true)",
                    id,
                    now.minusDays(9));
            update(
                    connection,
                    "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at,"
                            + " turnover_minutes, takes_room, capacity, state, late_cancelled, revision, booked_at, version)"
                            + " select ?, min(id), " + FIRST + ", " + FIRST + ", " + FIRST
                            + ", ?, ?, 0, true, 1, 'BOOKED', false,"
                            + " 1, ?, 1 from modality",
                    id,
                    start,
                    start.plusHours(1),
                    now.minusDays(9));
            update(connection, "insert into seat (session_id, number) values (?, 1)", id);
            update(
                    connection,
                    "insert into participant (id, session_id, patient_id, seat_number, state, late_minutes, version)"
                            + " values (?, ?, ?, 1, 'BOOKED', 0, 1)",
                    id,
                    id,
                    id);
            update(
                    connection,
                    "insert into reminder (id, session_id, revision, rule_id, lead_minutes, channel, patient_id, occasion,"
                            + " due_at, send_at, state, attempts) values (?, ?, 1, 1, 1440, 'SMS', ?, 'BEFORE', ?, ?, 'PENDING', 0)",
                    id,
                    id,
                    id,
                    now,
                    now);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static String number(long id) {
        return "+1777" + id;
    }

    private static String zoneOfNoon(OffsetDateTime now) {
        int ahead = 12 - now.withOffsetSameInstant(ZoneOffset.UTC).getHour();
        return "Etc/GMT" + (ahead > 0 ? "-" : "+") + Math.abs(ahead);
    }

    // --- the database afterwards ------------------------------------------------------------------------------------

    private static int count(Connection connection, String state) throws SQLException {
        return (int) states(connection).values().stream().filter(state::equals).count();
    }

    /** By the number that a reminder is for. */
    private static Map<String, String> states(Connection connection) throws SQLException {
        Map<String, String> states = new ConcurrentHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id, state from reminder where id >= " + FIRST + " and id < " + (FIRST + MESSAGES))) {
            while (rows.next()) {
                states.put(number(rows.getLong(1)), rows.getString(2));
            }
        }
        return states;
    }

    private static Set<String> numbers(Map<String, String> states, String state) {
        return states.entrySet().stream()
                .filter(e -> e.getValue().equals(state))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> difference(Set<String> from, Set<String> without) {
        Set<String> rest = new HashSet<>(from);
        rest.removeAll(without);
        return rest;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws SQLException;
    }

    /** Servers are other processes: there is nothing to wait on but what they have done. */
    private static void await(Condition condition) throws SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < until, "nothing happens any more");
            pause(100);
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

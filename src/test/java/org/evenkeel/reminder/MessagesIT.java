package org.evenkeel.reminder;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.evenkeel.api.Client;
import org.evenkeel.testing.Browser;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.HttpVisitor;
import org.evenkeel.testing.OwnServer;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The application with a real mail server and a provider of text messages: one patient is told by e-mail, another by text message, and
 * both answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OwnServer
class MessagesIT {
    private static final String ADDRESS = "https://visits.example.org";
    private static final String TOKEN = "a shared token";
    private static final String FIGURES = "for those who read figures";

    private GreenMail mail;
    private SmsDouble provider;
    private RunningServer server;
    private int tlsPort;
    private Told byMail;
    private Told byText;

    /** A reminder, and whom and what it is for. */
    private record Told(long reminder, long session, long patient) {}

    @BeforeAll
    void start() throws Exception {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        provider = new SmsDouble();
        try (ServerSocket free = new ServerSocket(0)) {
            tlsPort = free.getLocalPort();
        }
        server = RunningServer.start(
                Database.POSTGRES,
                Map.ofEntries(
                        Map.entry("public.address", ADDRESS),
                        Map.entry("mail.host", "127.0.0.1"),
                        Map.entry("mail.port", Integer.toString(mail.getSmtp().getPort())),
                        Map.entry("mail.tls", "none"),
                        Map.entry("mail.from", "visits@example.org"),
                        Map.entry("sms.url", provider.url().toString()),
                        Map.entry("sms.account", "AC1"),
                        Map.entry("sms.token", TOKEN),
                        Map.entry("sms.from", "+15550100100"),
                        Map.entry("metrics.password", FIGURES),
                        // what the demo clinic would send as soon as it is there
                        Map.entry("restored.at", Instant.now().toString()),
                        Map.entry("https.port", Integer.toString(tlsPort))));
        run("update consent set is_current = null, ended_at = current_timestamp where is_current = true");
        run("update site set zone = ?, place_in_messages = '12 Pier Street'", daytime());
        byMail = due(Channel.EMAIL, Disclosure.PLACE, 0);
        byText = due(Channel.SMS, Disclosure.LEAST, byMail.patient());
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
        mail.stop();
    }

    @Test
    @Order(1)
    @DisplayName("the sweep sends each what they have agreed to, once")
    void isSent() throws Exception {
        assertTrue(mail.waitForIncomingEmail(60_000, 1));
        await(
                "select count(*) from reminder where state = 'SENT' and id in (?, ?)",
                2,
                byMail.reminder(),
                byText.reminder());
        assertEquals(1, mail.getReceivedMessages().length);
        assertEquals(1, provider.asked.size());
        MimeMessage message = mail.getReceivedMessages()[0];
        assertTrue(message.getContentType().startsWith("multipart/mixed"), message.getContentType());
        assertEquals(List.of(), Betrayal.in(text()));
        assertTrue(text().contains("12 Pier Street"));
        assertEquals(List.of(), Betrayal.in(provider.asked.get(0).toString()));
        assertEquals(
                ADDRESS + "/sms/status?m=" + byText.reminder(),
                provider.asked.get(0).get("StatusCallback"));
    }

    @ParameterizedTest(name = "[A46] the link shows a time and no more at {0} pixels, and a look changes nothing")
    @ValueSource(ints = {360, 1280})
    @Order(2)
    void showsNoMore(int width) throws SQLException {
        try (Browser window = Browser.open(server, width, 740)) {
            Page page = window.go(link("answer"));
            assertThat(page).hasTitle("Your appointment");
            assertThat(page.locator("h2")).hasCount(1);
            window.axe();
            page.locator("summary").click();
            window.axe();
            fits(page);
            assertEquals(List.of(), Betrayal.in(page.content()));
            window.go(link("stop"));
            assertThat(page).hasTitle("Your appointment");
            window.axe();
            fits(page);
            assertEquals(List.of(), Betrayal.in(page.content()));
        }
        assertEquals("BOOKED", participant(byMail));
        HttpResponse<String> answer = new HttpVisitor(server.address()).get(link("answer"));
        assertTrue(answer.headers().firstValue("Cache-Control").orElse("").startsWith("no-store"));
        assertEquals(List.of("no-referrer"), answer.headers().allValues("Referrer-Policy"));
        String headers = new TreeMap<>(answer.headers().map()).toString();
        assertEquals(List.of(), Betrayal.in(headers), headers);
    }

    @Test
    @Order(3)
    @DisplayName("without any script a patient confirms, asks for another time, and cancels")
    void isAnswered() throws SQLException {
        try (Browser window = Browser.open(server, options -> options.setJavaScriptEnabled(false))) {
            Page page = window.go(link("answer"));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("I will come"))
                    .click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Thank you. We expect you.");
            assertEquals("CONFIRMED", participant(byMail));
            page.locator("summary").click();
            page.getByText("Call me about another time").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Thank you. We will call you about another time.");
            page.locator("summary").click();
            page.getByText("Cancel this appointment").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are not expected.");
            assertEquals("CANCELLED", participant(byMail));
            assertThat(page.getByRole(AriaRole.BUTTON)).hasCount(0);
        }
    }

    @Test
    @Order(4)
    @DisplayName("[A41] the button of a mail program opts out at once, and so does the page")
    void isStopped() throws SQLException {
        HttpVisitor program = new HttpVisitor(server.address());
        assertEquals(
                200,
                program.post(link("stop"), Map.of("List-Unsubscribe", "One-Click"))
                        .statusCode());
        assertEquals(1, number("select count(*) from opt_out where how = 'LINK'"));
        run("delete from opt_out");
        try (Browser window = Browser.open(server, 360, 740)) {
            Page page = window.go(link("stop"));
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You will get no more messages.");
            window.axe();
        }
        assertEquals(1, number("select count(*) from opt_out where how = 'LINK'"));
    }

    @Test
    @Order(5)
    @DisplayName("a link that nobody knows leads to the same page whatever it was for, in the language of the browser")
    void isUnknown() {
        HttpVisitor visitor = new HttpVisitor(server.address());
        List<String> pages = new ArrayList<>();
        for (String path : List.of("/answer?t=x", "/answer", "/stop?t=" + "y".repeat(43), "/stop")) {
            HttpResponse<String> answer = visitor.get(path);
            assertEquals(404, answer.statusCode());
            assertEquals(List.of(), Betrayal.in(answer.body()));
            pages.add(HttpVisitor.text(answer));
        }
        assertEquals(1, pages.stream().distinct().count(), pages.toString());
        assertTrue(HttpVisitor.text(visitor.get("/answer?t=x", "Accept-Language", "es-MX"))
                .contains("ya no es válido"));
        assertEquals(404, visitor.post("/answer", Map.of("t", "x", "NO", "1")).statusCode());
    }

    @Test
    @Order(7)
    @DisplayName("/metrics tells one who signs in for it what was sent, delivered and confirmed")
    void isCounted() throws Exception {
        for (Channel channel : Channel.values()) {
            int sent = number(
                    "select count(*) from reminder where channel = ? and state = 'SENT' and carried_by is null"
                            + " and closed_at > current_timestamp - interval '1' day",
                    channel.name());
            assertTrue(sent > 0);
            assertEquals(sent, metric(channel, "sent"));
        }
        assertEquals(
                number("select count(*) from reminder where channel = 'SMS' and carried_by is null and answer = 'YES'"
                        + " and closed_at > current_timestamp - interval '1' day"),
                metric(Channel.SMS, "confirmed"));
        int delivered = number("select count(delivered_at) from reminder where channel = 'SMS' and carried_by is null"
                + " and closed_at > current_timestamp - interval '1' day");
        assertTrue(delivered > 0);
        assertEquals(delivered, metric(Channel.SMS, "delivered"));
        assertTrue(metric(Channel.SMS, "confirmed") > 0);
        assertTrue(metrics().contains("# HELP evenkeel_messages Messages to patients in the last 24 hours"));
    }

    private int metric(Channel channel, String outcome) throws Exception {
        Matcher line = Pattern.compile("evenkeel_messages\\{(?=[^}]*channel=\"" + channel + "\")(?=[^}]*outcome=\""
                        + outcome + "\")[^}]*} ([0-9.]+)")
                .matcher(metrics());
        assertTrue(line.find(), outcome);
        return (int) Double.parseDouble(line.group(1));
    }

    /** Over TLS, with whatever certificate the server has. */
    private String metrics() throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Trusting()}, null);
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://127.0.0.1:" + tlsPort + "/metrics").toURL().openConnection();
        connection.setSSLSocketFactory(tls.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true);
        connection.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(("metrics:" + FIGURES).getBytes(UTF_8)));
        assertEquals(200, connection.getResponseCode());
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    @Order(8)
    @DisplayName("experiment 6: while the provider hangs, the board is shown and a session is cancelled")
    void isNotWaitedFor() throws Exception {
        HttpVisitor desk = new HttpVisitor(server.address());
        desk.signIn("desk", "demo-evenkeel");
        provider.status = SmsDouble.HANGS;
        int before = provider.asked.size();
        Told hanging = due(1_000_010, Channel.SMS, Disclosure.LEAST, byMail.patient());
        await("select count(*) from reminder where state = 'SENDING' and id = ?", 1, hanging.reminder());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (provider.asked.size() == before && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(before + 1, provider.asked.size());

        assertEquals(200, desk.get("/board").statusCode());
        Client api = Client.of(server, "desk");
        String session = "/api/sessions/"
                + number("select min(id) from session where state = 'BOOKED' and capacity = 1"
                        + " and starts_at > current_timestamp + interval '2' day and id <> " + hanging.session());
        api.post(
                        session + "/cancellation",
                        "{\"reason\":\"ill\"}",
                        "If-Match",
                        api.get(session).is(200).etag())
                .is(200);
        assertEquals(
                1,
                number("select count(*) from reminder where state = 'SENDING' and id = ?", hanging.reminder()),
                "it hangs still");
        await("select count(*) from reminder where state = 'UNKNOWN' and id = ?", 1, hanging.reminder());
    }

    @Test
    @Order(6)
    @DisplayName("the provider tells what was delivered and what a patient writes, and nobody else does")
    void isCalledBack() throws SQLException {
        HttpVisitor caller = new HttpVisitor(server.address());
        Map<String, String> status = Map.of("MessageSid", "SM1", "MessageStatus", "delivered");
        String path = "/sms/status?m=" + byText.reminder();
        assertEquals(404, caller.post("/sms/status", status).statusCode());
        assertEquals(403, caller.post(path, status).statusCode());
        assertEquals(403, caller.post(path, status, "X-Twilio-Signature", "x").statusCode());
        assertEquals(204, signed(caller, path, status).statusCode());
        assertEquals(
                1,
                number("select count(*) from reminder where delivered_at is not null and id = ?", byText.reminder()));

        String phone = String.valueOf(provider.asked.get(0).get("To"));
        HttpResponse<String> answer =
                signed(caller, "/sms/incoming", Map.of("MessageSid", "SM2", "From", phone, "Body", "YES"));
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("<Response><Message>Thank you. See you "), answer.body());
        assertEquals("CONFIRMED", participant(byText));
        assertEquals(405, caller.get("/sms/incoming").statusCode());
    }

    private static HttpResponse<String> signed(HttpVisitor caller, String path, Map<String, String> fields) {
        return caller.post(path, fields, "X-Twilio-Signature", SmsCallbacks.signature(TOKEN, ADDRESS + path, fields));
    }

    private static void fits(Page page) {
        assertEquals(
                0,
                ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                        .intValue());
    }

    /** The path of a link in the e-mail. */
    private String link(String page) {
        Matcher link = Pattern.compile(Pattern.quote(ADDRESS) + "(/" + page + "\\?t=[A-Za-z0-9_-]{43})")
                .matcher(text());
        assertTrue(link.find(), "no link to " + page);
        return link.group(1);
    }

    private String text() {
        try {
            var parts = (jakarta.mail.internet.MimeMultipart) mail.getReceivedMessages()[0].getContent();
            return String.valueOf(parts.getBodyPart(0).getContent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A zone where it is noon, so that it is no quiet hour whenever this runs. */
    private static String daytime() {
        int offset = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        return offset > 0 ? "Etc/GMT-" + offset : "Etc/GMT+" + -offset;
    }

    /**
     * A reminder that is due now, of a session in some days, for a patient who is reached by that channel alone; and who has had no
     * message today in the demo clinic's story, which would keep this one for tomorrow.
     */
    private Told due(Channel channel, Disclosure disclosure, long otherPatient) throws SQLException {
        return due(1_000_000 + channel.ordinal(), channel, disclosure, otherPatient);
    }

    private Told due(long reminder, Channel channel, Disclosure disclosure, long otherPatient) throws SQLException {
        String kind = channel.contact().name();
        try (Connection connection = server.connect();
                PreparedStatement find = connection.prepareStatement(
                        "select s.id, p.patient_id from session s join participant p on p.session_id = s.id and p.state = 'BOOKED'"
                                + " join patient x on x.id = p.patient_id and x.language = 'en' and x.active"
                                + " join contact_point c on c.patient_id = p.patient_id and c.kind = '" + kind + "'"
                                + " where s.state = 'BOOKED' and s.capacity = 1 and s.starts_at > current_timestamp + interval '3' day"
                                + " and p.patient_id <> " + otherPatient
                                + " and not exists (select 1 from reminder m where m.patient_id = p.patient_id"
                                + " and m.state = 'SENT' and m.closed_at > current_timestamp - interval '1' day)"
                                + " and not exists (select 1 from contact_point o"
                                + " where o.lookup = c.lookup and o.patient_id <> c.patient_id) order by s.starts_at limit 1");
                ResultSet rows = find.executeQuery()) {
            assertTrue(rows.next());
            Told told = new Told(reminder, rows.getLong(1), rows.getLong(2));
            run(
                    "insert into consent (patient_id, channel, disclosure, frequent, given_at, is_current)"
                            + " values (?, ?, ?, true, current_timestamp, true)",
                    told.patient(),
                    channel.name(),
                    disclosure.name());
            run(
                    "insert into reminder (id, session_id, revision, rule_id, lead_minutes, channel, patient_id, occasion, due_at,"
                            + " send_at, state, attempts) select ?, id, revision, 1, 1440, ?, ?, 'BEFORE', current_timestamp,"
                            + " current_timestamp, 'PENDING', 0 from session where id = ?",
                    told.reminder(),
                    channel.name(),
                    told.patient(),
                    told.session());
            return told;
        }
    }

    private String participant(Told told) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement find =
                        connection.prepareStatement("select state from participant where session_id = ?")) {
            find.setLong(1, told.session());
            try (ResultSet rows = find.executeQuery()) {
                assertTrue(rows.next());
                return rows.getString(1);
            }
        }
    }

    /** The server is another process: there is nothing to wait on but what it writes. */
    private void await(String query, int expected, Object... values) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (number(query, values) != expected && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertEquals(expected, number(query, values));
    }

    private int number(String query, Object... values) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement statement = prepared(connection, query, values);
                ResultSet rows = statement.executeQuery()) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }

    private void run(String sql, Object... values) throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}

package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.evenkeel.reminder.Delivery.Outcome;

/** Hands text messages to a provider over HTTP: a form with account and token, in the form that Twilio has made common. */
final class SmsGateway implements Gateway {
    private static final System.Logger LOG = System.getLogger(SmsGateway.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A connection that was not used for so long may be dead without saying so, and a message over it would be lost sight of. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Too many at once, or closed for a while: the provider has not looked at it. */
    private static final Set<Integer> BUSY = Set.of(408, 425, 429, 503);

    /** Account, token or address are wrong: no fault of the number. */
    private static final Set<Integer> ABOUT_US = Set.of(401, 403, 404, 405);

    private final SmsSettings settings;
    private HttpClient client = newClient();
    private long lastUsed = System.nanoTime();

    SmsGateway(SmsSettings settings) {
        this.settings = settings;
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private synchronized HttpClient client() {
        if (System.nanoTime() - lastUsed > IDLE.toNanos()) {
            client = newClient();
        }
        lastUsed = System.nanoTime();
        return client;
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    /** Nothing to open: each message is a request. */
    @Override
    public Line open() {
        return new Line() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public Delivery send(Outgoing message, Departure departure) {
                return post(message, departure);
            }

            @Override
            public void close() {}
        };
    }

    private Delivery post(Outgoing message, Departure departure) {
        Form form = new Form(fields(message), departure);
        try {
            return delivery(message, client().send(request(form), BodyHandlers.ofString()));
        } catch (IOException | RuntimeException e) {
            return failed(message, e, form);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(message, e, form);
        }
    }

    private String fields(Outgoing message) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", settings.phones().international(message.to()));
        form.put("From", settings.from());
        form.put("Body", message.body());
        if (settings.callback() != null) {
            form.put("StatusCallback", settings.callback() + SmsCallbacks.of(message.reminderId()));
        }
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpRequest request(Form form) {
        String credentials =
                Base64.getEncoder().encodeToString((settings.account() + ":" + settings.token()).getBytes(UTF_8));
        return HttpRequest.newBuilder(settings.url())
                .timeout(settings.patience())
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .header("Accept", "application/json")
                .header("User-Agent", "Appointments")
                .POST(form)
                .build();
    }

    private static Delivery delivery(Outgoing message, HttpResponse<String> answer) {
        int status = answer.statusCode();
        Delivery delivery;
        if (status >= 200 && status < 300) {
            delivery = accepted(answer.body());
        } else if (BUSY.contains(status) || ABOUT_US.contains(status)) {
            delivery = Delivery.of(Outcome.NOT_NOW);
        } else {
            delivery = Delivery.of(status >= 400 && status < 500 ? Outcome.REFUSED : Outcome.UNKNOWN);
        }
        if (delivery.outcome() != Outcome.ACCEPTED) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Reminder {0} was not taken: HTTP {1}",
                    message.reminderId(),
                    Integer.toString(status));
        }
        return delivery;
    }

    /** With what the provider calls it; an answer without a name for the message is none. */
    private static Delivery accepted(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject answer = reader.readObject();
            String sid = answer.getString("sid", "");
            return sid.isBlank() ? Delivery.of(Outcome.UNKNOWN) : Delivery.accepted(sid);
        } catch (JsonException | ClassCastException e) {
            return Delivery.of(Outcome.UNKNOWN);
        }
    }

    private static Delivery failed(Outgoing message, Exception e, Form form) {
        LOG.log(
                System.Logger.Level.INFO,
                "Reminder {0} was not taken: {1}",
                message.reminderId(),
                e.getClass().getSimpleName());
        return Delivery.of(form.stop() ? Outcome.UNKNOWN : Outcome.NOT_NOW);
    }

    /**
     * The text on its way. It remembers whether the connection has taken it, for until then nothing but the account has left, and what
     * would leave too late does not.
     */
    private static final class Form implements BodyPublisher {
        private static final Flow.Subscription NOTHING = new Flow.Subscription() {
            @Override
            public void request(long parts) {}

            @Override
            public void cancel() {}
        };

        private final BodyPublisher text;
        private final Departure departure;
        private boolean leaving;
        private boolean over;

        Form(String text, Departure departure) {
            this.text = BodyPublishers.ofString(text);
            this.departure = departure;
        }

        @Override
        public long contentLength() {
            return text.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> connection) {
            if (leaves()) {
                text.subscribe(connection);
            } else {
                connection.onSubscribe(NOTHING);
                connection.onError(new IOException("Too late"));
            }
        }

        private synchronized boolean leaves() {
            boolean now = !over && departure.isOpen();
            leaving |= now;
            return now;
        }

        /** None of it leaves from now on; whether any of it may have before. */
        synchronized boolean stop() {
            over = true;
            return leaving;
        }
    }
}

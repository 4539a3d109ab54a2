package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.evenkeel.testing.RunningServer;
import org.jspecify.annotations.Nullable;

/** Speaks to the API of a running server, as one of the accounts of the demo clinic. */
public final class Client {
    static final String JSON = "application/json";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final RunningServer server;
    private final @Nullable String authorization;

    private Client(RunningServer server, @Nullable String authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    public static Client of(RunningServer server, String account) {
        return new Client(server, "Bearer demo-token-" + account);
    }

    public static Client without(RunningServer server) {
        return new Client(server, null);
    }

    public static Client with(RunningServer server, String authorization) {
        return new Client(server, authorization);
    }

    /** What the server said. */
    public record Reply(int status, HttpHeaders headers, String text) {

        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        }

        public List<JsonObject> items() {
            return json().getJsonArray("items").getValuesAs(JsonObject.class);
        }

        /** The address of the next page; null at the end. */
        public @Nullable String next() {
            return json().get("next") == JsonValue.NULL ? null : json().getString("next");
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public String etag() {
            return header("ETag");
        }

        public long id() {
            return json().getJsonNumber("id").longValueExact();
        }

        /** Checks the status; tells what came instead. */
        public Reply is(int expected) {
            assertEquals(expected, status, this::toString);
            return this;
        }

        /** Checks that it is a problem as RFC 9457 has it. */
        public JsonObject problem(int expected) {
            is(expected);
            assertEquals("application/problem+json", header("Content-Type").replaceFirst(";.*", ""), this::toString);
            assertEquals(expected, json().getInt("status"), this::toString);
            for (String member : List.of("type", "title", "detail")) {
                assertEquals(false, json().getString(member).isBlank(), this::toString);
            }
            return json();
        }

        @Override
        public String toString() {
            return status + " " + text;
        }
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Reply patch(String path, String body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    /** All items of a list, page by page. */
    public List<JsonObject> all(String path) {
        List<JsonObject> items = new ArrayList<>();
        for (String next = path; next != null; ) {
            Reply page = get(next).is(200);
            items.addAll(page.items());
            next = page.next();
        }
        return items;
    }

    public Reply send(String method, String path, @Nullable String body, String... headers) {
        try {
            return reply(HTTP.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<Reply> getAsync(String path) {
        return HTTP.sendAsync(request("GET", path, null), HttpResponse.BodyHandlers.ofString())
                .thenApply(Client::reply);
    }

    CompletableFuture<Reply> postAsync(String path, String body, String... headers) {
        return HTTP.sendAsync(request("POST", path, body, headers), HttpResponse.BodyHandlers.ofString())
                .thenApply(Client::reply);
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", JSON);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }
}

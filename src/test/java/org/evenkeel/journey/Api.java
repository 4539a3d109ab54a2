package org.evenkeel.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.testing.RunningServer;

/** Just enough of an API client for journeys and experiments. */
public final class Api {

    private static final String DESK = "demo-token-desk";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Api() {}

    /** The answer to a GET, as the front desk asks. */
    static JsonObject read(RunningServer server, String path) {
        HttpResponse<String> answer = send(asking(server, DESK, path));
        assertEquals(200, answer.statusCode(), answer::body);
        return object(answer.body());
    }

    /** The answer to a POST that creates something, as the front desk asks. */
    static JsonObject create(RunningServer server, String path, JsonObject body) {
        HttpResponse<String> answer = post(server, DESK, path, body.toString());
        assertEquals(201, answer.statusCode(), answer::body);
        return object(answer.body());
    }

    private static JsonObject object(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** The body of the answer to a GET. */
    public static String get(RunningServer server, String token, String path) {
        return send(asking(server, token, path)).body();
    }

    private static HttpRequest.Builder asking(RunningServer server, String token, String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }

    /** The answer to a POST of JSON. */
    public static HttpResponse<String> post(RunningServer server, String token, String path, String json) {
        return send(HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The first text member of that name. */
    public static String text(String json, String member) {
        return first(json, "\"" + member + "\"\\s*:\\s*\"([^\"]*)\"");
    }

    /** The first number member of that name. */
    public static long number(String json, String member) {
        return Long.parseLong(first(json, "\"" + member + "\"\\s*:\\s*(\\d+)"));
    }

    private static String first(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in " + json);
        }
        return matcher.group(1);
    }
}

package org.evenkeel.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser without a screen and without scripts: keeps cookies, follows no redirect, sends forms that it has been given. */
public final class HttpVisitor {
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final String server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** @param server its address, such as {@code http://127.0.0.1:9080} */
    public HttpVisitor(String server) {
        this.server = server;
    }

    /** The cookies it has, by name; to be changed at will. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Sends a body as a form. */
    public HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Fills in the form of a page and presses one of its buttons. */
    public HttpResponse<String> submit(
            HttpResponse<String> page, String form, String button, Map<String, String> fields, String... headers) {
        String html = form(page, form);
        Map<String, String> all = hidden(html);
        all.putAll(fields);
        all.put(button, "x");
        return post(attributes(html.substring(0, html.indexOf('>'))).getOrDefault("action", ""), all, headers);
    }

    /** Signs in by the form; the answer is a redirect if that went well. */
    public HttpResponse<String> signIn(String username, String password) {
        return submit(get("/login"), "login", "logIn", Map.of("username", username, "password", password));
    }

    /** Where an answer leads, without the server's address; "" if nowhere. */
    public String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("").replace(server, "");
    }

    /** What was set as a cookie by an answer, with all its attributes. */
    public static Optional<String> setCookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .reduce((first, last) -> last);
    }

    /** What people read of a page. */
    public static String text(HttpResponse<String> page) {
        return page.body()
                .replaceAll("(?s)<(script|style)\\b.*?</\\1>", " ")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String form(HttpResponse<String> page, String id) {
        Matcher form = Pattern.compile("(?s)<form id=\"" + Pattern.quote(id) + "\".*?</form>")
                .matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("No form " + id + " in " + page.statusCode() + " " + text(page));
        }
        return form.group();
    }

    private static Map<String, String> hidden(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        INPUT.matcher(form).results().map(input -> attributes(input.group())).forEach(attributes -> {
            @Nullable String name = attributes.get("name");
            if (name != null && List.of("hidden", "text").contains(attributes.getOrDefault("type", "text"))) {
                fields.put(name, attributes.getOrDefault("value", ""));
            }
        });
        return fields;
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTE.matcher(tag).results().forEach(found -> attributes.put(found.group(1), found.group(2)));
        return attributes;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        String value = pair.substring(pair.indexOf('=') + 1);
        if (value.isEmpty() || value.equals("\"\"")) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

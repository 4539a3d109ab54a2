package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A provider of text messages that can refuse, hang and lose its answer, with a ledger of what it was asked. */
final class SmsDouble implements AutoCloseable {

    /** The status of an answer that never comes, and of a connection that ends without one. */
    static final int HANGS = -1;

    static final int LOSES_ITS_ANSWER = -2;

    final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile int status = 201;
    volatile String answer = "{\"sid\":\"SM1\",\"status\":\"queued\"}";

    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;

    SmsDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(ReminderFixture.THREADS);
        server.createContext("/Messages.json", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/Messages.json");
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        asked.add(form);
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        if (status == HANGS) {
            await();
        }
        if (status > 0) {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void await() {
        try {
            if (!closed.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody has closed it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}

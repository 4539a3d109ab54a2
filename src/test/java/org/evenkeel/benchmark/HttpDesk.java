package org.evenkeel.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.evenkeel.session.BookSession;

/** A program that uses the API of a running server with the desk's token. Plain: it shares the cores with what it measures. */
final class HttpDesk {
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;
    private static final int EMPTY = 5;

    private final String address;
    private final Clinic clinic;

    HttpDesk(String address, Clinic clinic) {
        this.address = address;
        this.clinic = clinic;
    }

    void book() throws Exception {
        post(clinic.nextFree(), CREATED);
    }

    void isRefused() throws Exception {
        post(clinic.taken(), CONFLICT);
    }

    private void post(BookSession wish, int expected) throws IOException {
        String body =
                """
                {"modality": "%s", "start": "%s", "minutes": %d, "therapist": %d, "room": %d, "patients": [%d]}"""
                        .formatted(
                                wish.modality(),
                                wish.start().atZone(Clinic.ZONE).toOffsetDateTime(),
                                wish.minutes(),
                                wish.therapistId(),
                                wish.roomId(),
                                wish.patientIds().get(0));
        HttpURLConnection connection = connection("/api/sessions");
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        answer(connection, expected);
    }

    /** All sessions of the day with 80 of them, as JSON. */
    void board() throws Exception {
        day(clinic.boardDay());
    }

    /** The same of a day with none: what it costs to ask, to be let in, and to have it written down. */
    void emptyBoard() throws Exception {
        day(clinic.today().plusYears(EMPTY));
    }

    private void day(LocalDate date) throws IOException {
        String day = "/api/sessions?site=%d&limit=500&from=%s&to=%s"
                .formatted(
                        Clinic.FIRST,
                        date.atStartOfDay(Clinic.ZONE).toInstant(),
                        date.plusDays(1).atStartOfDay(Clinic.ZONE).toInstant());
        answer(connection(day), OK);
    }

    /** One therapist's free times from tomorrow, for a week, as JSON. */
    void week() throws Exception {
        String query = "/api/free-times?modality=%s&therapist=%d&from=%s&to=%s"
                .formatted(
                        Clinic.MODALITY,
                        Clinic.FIRST + 7,
                        clinic.today().plusDays(1),
                        clinic.today().plusDays(7));
        answer(connection(query), OK);
    }

    private HttpURLConnection connection(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer demo-token-desk");
        return connection;
    }

    /** Reads all of the answer, so that the connection is kept for the next request. */
    private static void answer(HttpURLConnection connection, int expected) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream()) {
            String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status != expected) {
                throw new AssertionError(status + " " + body);
            }
        }
    }
}

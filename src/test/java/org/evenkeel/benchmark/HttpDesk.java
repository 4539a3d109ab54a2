package org.evenkeel.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.evenkeel.session.BookSession;

/** A program that uses the API of a running server with the desk's token, on a connection of its own. */
final class HttpDesk {
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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

    private void post(BookSession wish, int expected) throws IOException, InterruptedException {
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
        send(
                HttpRequest.newBuilder(URI.create(address + "/api/sessions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                expected);
    }

    /** All sessions of the day with 80 of them, as JSON. */
    void board() throws Exception {
        String day = "/api/sessions?site=%d&limit=500&from=%s&to=%s"
                .formatted(
                        Clinic.FIRST,
                        clinic.boardDay().atStartOfDay(Clinic.ZONE).toInstant(),
                        clinic.boardDay().plusDays(1).atStartOfDay(Clinic.ZONE).toInstant());
        send(HttpRequest.newBuilder(URI.create(address + day)), OK);
    }

    /** One therapist's free times from tomorrow, for a week, as JSON. */
    void week() throws Exception {
        String query = "/api/free-times?modality=%s&therapist=%d&from=%s&to=%s"
                .formatted(
                        Clinic.MODALITY,
                        Clinic.FIRST + 7,
                        clinic.today().plusDays(1),
                        clinic.today().plusDays(7));
        send(HttpRequest.newBuilder(URI.create(address + query)), OK);
    }

    private void send(HttpRequest.Builder request, int expected) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                request.header("Authorization", "Bearer demo-token-desk").build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
    }
}

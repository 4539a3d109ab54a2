package org.evenkeel.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a change of a session or a series, or its refusal.
 *
 * @param status 201 if something was made, 200 if it was changed, 409 if the rules refuse it
 * @param about the collection that it belongs to: {@code sessions} or {@code series}; {@code refusal} tells of neither
 * @param id of the session or series
 * @param body JSON
 */
record Answer(int status, String about, long id, long version, String body) {

    static final String SESSIONS = "sessions";
    static final String SERIES = "series";

    private static final String REFUSAL = "refusal";

    static Answer refusal(Problem problem) {
        return new Answer(problem.status(), REFUSAL, 0, 0, JsonText.of(problem));
    }

    boolean isRefusal() {
        return about.equals(REFUSAL);
    }

    Response response() {
        if (isRefusal()) {
            return Response.status(status)
                    .type(Problem.MEDIA_TYPE)
                    .entity(body.getBytes(StandardCharsets.UTF_8))
                    .build();
        }
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, about.equals(SERIES) ? EntityTags.of(body) : EntityTags.of(version))
                .entity(body.getBytes(StandardCharsets.UTF_8));
        if (status == Response.Status.CREATED.getStatusCode()) {
            // Below the address of the API.
            response.location(URI.create(about + "/" + id));
        }
        return response.build();
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return status + " " + about + " " + id;
    }
}

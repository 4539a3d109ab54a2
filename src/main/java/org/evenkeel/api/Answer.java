package org.evenkeel.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a change of a session.
 *
 * @param status 201 if it was made, 200 if it was changed
 * @param body JSON
 */
record Answer(int status, long sessionId, long version, String body) {

    Response response() {
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, EntityTags.of(version))
                .entity(body.getBytes(StandardCharsets.UTF_8));
        if (status == Response.Status.CREATED.getStatusCode()) {
            // Below the address of the API.
            response.location(URI.create("sessions/" + sessionId));
        }
        return response.build();
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return status + " session " + sessionId;
    }
}

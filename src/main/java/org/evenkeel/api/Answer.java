package org.evenkeel.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * The answer to a change of a session.
 *
 * @param status 201 if it was made, 200 if it was changed
 * @param body JSON
 */
record Answer(int status, long sessionId, long version, String body) {

    Response response() {
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.ETAG, EntityTags.of(version))
                .entity(body);
        if (status == Response.Status.CREATED.getStatusCode()) {
            response.location(URI.create("/api/sessions/" + sessionId));
        }
        return response.build();
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return status + " session " + sessionId;
    }
}

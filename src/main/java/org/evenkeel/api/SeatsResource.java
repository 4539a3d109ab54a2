package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.series.Enrolments;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in one session: guests, and seats given back. Each answers with the session as it stands then. Its path is longer
 * than that of {@link SessionsResource}, so that it takes no request of that.
 */
@Path("sessions/{id}/participants")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SeatsResource {

    private Enrolments enrolments;
    private Answering answering;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected SeatsResource() {}

    @Inject
    public SeatsResource(Enrolments enrolments, Answering answering, SignedIn signedIn) {
        this.enrolments = enrolments;
        this.answering = answering;
        this.signedIn = signedIn;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response addGuest(
            @PathParam("id") String id,
            InputStream sent,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        Actor actor = signedIn.actor();
        long session = Parameters.pathId("session", id);
        byte[] json = JsonBody.bytes(sent);
        return answering
                .to(actor, 201, IdempotencyKey.of(actor, key, uri, json), () -> {
                    SeriesWishes.Guest guest = SeriesWishes.guest(json);
                    enrolments.addGuest(actor, session, guest.patientId(), guest.override());
                })
                .response();
    }

    @DELETE
    @Path("{patient}")
    public Response giveBack(@PathParam("id") String id, @PathParam("patient") String patient) {
        Actor actor = signedIn.actor();
        long session = Parameters.pathId("session", id);
        long who = Parameters.pathId("patient", patient);
        return answering
                .to(actor, 200, null, () -> enrolments.cancelSeat(actor, session, who))
                .response();
    }
}

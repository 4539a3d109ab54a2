package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.session.Booking;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionPage;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.jspecify.annotations.Nullable;

/** Sessions: listed, read, booked, changed and cancelled. */
@Path("sessions")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SessionsResource {

    static final String MERGE_PATCH = "application/merge-patch+json";

    private Booking booking;
    private SessionViews sessions;
    private Answering answering;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected SessionsResource() {}

    @Inject
    public SessionsResource(Booking booking, SessionViews sessions, Answering answering, SignedIn signedIn) {
        this.booking = booking;
        this.sessions = sessions;
        this.answering = answering;
        this.signedIn = signedIn;
    }

    @GET
    public SessionList list(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(
                uri,
                "from",
                "to",
                "therapist",
                "room",
                "patient",
                "site",
                "state",
                Parameters.LIMIT,
                Parameters.CURSOR);
        SessionFilter filter = new SessionFilter(
                parameters.momentOrNull("from"),
                parameters.momentOrNull("to"),
                parameters.idOrNull("therapist"),
                parameters.idOrNull("room"),
                parameters.idOrNull("patient"),
                parameters.idOrNull("site"),
                parameters.constantOrNull("state", SessionState.class));
        SessionPage page = sessions.list(
                signedIn.actor(), Answering.PURPOSE, filter, SessionList.after(parameters), parameters.limit());
        return SessionList.of(page, parameters);
    }

    @GET
    @Path("{id}")
    public Response find(@PathParam("id") String id) {
        SessionView session = sessions.find(signedIn.actor(), Answering.PURPOSE, Parameters.pathId("session", id));
        return Response.ok(SessionDocument.of(session))
                .header(HttpHeaders.ETAG, EntityTags.of(session.version()))
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response book(
            InputStream sent, @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @Context UriInfo uri) {
        Actor actor = signedIn.actor();
        byte[] json = JsonBody.bytes(sent);
        return answering
                .to(
                        actor,
                        201,
                        IdempotencyKey.of(actor, key, uri, json),
                        () -> booking.book(actor, Wishes.booking(json)))
                .response();
    }

    @PATCH
    @Path("{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    public Response change(
            @PathParam("id") String id, InputStream sent, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Actor actor = signedIn.actor();
        long session = Parameters.pathId("session", id);
        long version = EntityTags.expected(ifMatch);
        ChangeSession wish = Wishes.change(JsonBody.bytes(sent));
        return answering
                .to(actor, 200, null, () -> booking.change(actor, session, version, wish))
                .response();
    }

    @POST
    @Path("{id}/cancellation")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response cancel(
            @PathParam("id") String id,
            InputStream sent,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        AskedOfSession asked = AskedOfSession.of(signedIn.actor(), id, sent, ifMatch, key, uri);
        return answering
                .to(
                        asked,
                        () -> booking.cancel(
                                asked.actor(), asked.session(), asked.version(), Wishes.cancellation(asked.json())))
                .response();
    }
}

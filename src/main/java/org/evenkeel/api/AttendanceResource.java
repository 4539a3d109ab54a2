package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
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
import org.evenkeel.session.Attendance;
import org.jspecify.annotations.Nullable;

/** How the participants of one session came; answers with the session as it stands then. */
@Path("sessions/{id}/attendance")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AttendanceResource {

    private Attendance attendance;
    private Answering answering;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected AttendanceResource() {}

    @Inject
    public AttendanceResource(Attendance attendance, Answering answering, SignedIn signedIn) {
        this.attendance = attendance;
        this.answering = answering;
        this.signedIn = signedIn;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response attend(
            @PathParam("id") String id,
            InputStream sent,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        AskedOfSession asked = AskedOfSession.of(signedIn.actor(), id, sent, ifMatch, key, uri);
        return answering.to(asked, () -> mark(asked)).response();
    }

    @POST
    @Path("all")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response attendAll(
            @PathParam("id") String id,
            InputStream sent,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        AskedOfSession asked = AskedOfSession.of(signedIn.actor(), id, sent, ifMatch, key, uri);
        return answering
                .to(
                        asked,
                        () -> attendance.attendAll(
                                asked.actor(), asked.session(), asked.version(), SeriesWishes.exceptions(asked.json())))
                .response();
    }

    private void mark(AskedOfSession asked) {
        SeriesWishes.Attended who = SeriesWishes.attended(asked.json());
        Actor actor = asked.actor();
        long session = asked.session();
        long version = asked.version();
        long participant = who.participantId();
        switch (who.state()) {
            case CHECKED_IN -> attendance.arrive(actor, session, version, participant);
            case ATTENDED -> attendance.attend(actor, session, version, participant, who.lateMinutes(), who.minutes());
            case NO_SHOW -> attendance.miss(actor, session, version, participant);
            case EXCUSED -> attendance.excuse(actor, session, version, participant);
            case UNKNOWN -> attendance.clear(actor, session, version, participant);
        }
    }
}

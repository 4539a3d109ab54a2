package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.Groups;
import org.evenkeel.series.SeriesPlanning;
import org.evenkeel.series.Waitlist;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** Series: previewed, set up, listed and read; who is enrolled in them, and who waits. */
@Path("series")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SeriesResource {

    private static final String PURPOSE = "api/series";

    private SeriesPlanning planning;
    private Enrolments enrolments;
    private Waitlist waitlist;
    private Groups groups;
    private Answering answering;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected SeriesResource() {}

    @Inject
    public SeriesResource(
            SeriesPlanning planning,
            Enrolments enrolments,
            Waitlist waitlist,
            Groups groups,
            Answering answering,
            SignedIn signedIn) {
        this.planning = planning;
        this.enrolments = enrolments;
        this.waitlist = waitlist;
        this.groups = groups;
        this.answering = answering;
        this.signedIn = signedIn;
    }

    @GET
    public SeriesList list(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(
                uri,
                "therapist",
                "site",
                "modality",
                "name",
                "free",
                "patient",
                "from",
                Parameters.LIMIT,
                Parameters.CURSOR);
        Groups.Page page = parameters.flag("free") ? withFreeSeat(parameters) : byName(parameters);
        int read = parameters.offset() + page.items().size();
        return new SeriesList(
                page.items().stream().map(SeriesList::item).toList(),
                page.more() ? parameters.next(Integer.toString(read)) : null);
    }

    private Groups.Page byName(Parameters parameters) {
        for (String name : List.of("patient", "from")) {
            if (parameters.textOrNull(name) != null) {
                throw new Invalid(name, "invalid.api.onlyWithFree", name);
            }
        }
        return groups.list(
                signedIn.actor(),
                new Groups.Filter(
                        parameters.idOrNull("therapist"),
                        parameters.idOrNull("site"),
                        parameters.textOrNull("modality"),
                        null,
                        null,
                        parameters.textOrNull("name")),
                parameters.offset(),
                parameters.limit());
    }

    private Groups.Page withFreeSeat(Parameters parameters) {
        if (parameters.textOrNull("name") != null) {
            throw new Invalid("name", "invalid.api.notWithFree");
        }
        LocalDate from = parameters.dateOrNull("from");
        return groups.withFreeSeat(
                signedIn.actor(),
                new Groups.SeatWish(
                        parameters.text("modality"),
                        parameters.idOrNull("site"),
                        parameters.idOrNull("therapist"),
                        parameters.idOrNull("patient"),
                        from),
                parameters.offset(),
                parameters.limit());
    }

    @GET
    @Path("{id}")
    public Response find(@PathParam("id") String id) {
        GroupView group = groups.find(signedIn.actor(), PURPOSE, Parameters.pathId("series", id));
        String document = JsonText.of(SeriesDocument.of(group));
        return Response.ok(document.getBytes(StandardCharsets.UTF_8))
                .header(HttpHeaders.ETAG, EntityTags.of(document))
                .build();
    }

    @POST
    @Path("preview")
    @Consumes(MediaType.APPLICATION_JSON)
    public SeriesPlanDocument preview(InputStream sent) {
        return SeriesPlanDocument.of(planning.preview(signedIn.actor(), SeriesWishes.series(JsonBody.bytes(sent))));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            InputStream sent, @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @Context UriInfo uri) {
        Actor actor = signedIn.actor();
        byte[] json = JsonBody.bytes(sent);
        return answering
                .to(
                        actor,
                        201,
                        IdempotencyKey.of(actor, key, uri, json),
                        Answer.SERIES,
                        () -> planning.create(actor, SeriesWishes.series(json)))
                .response();
    }

    @POST
    @Path("{id}/enrolments")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response enrol(
            @PathParam("id") String id,
            InputStream sent,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        Actor actor = signedIn.actor();
        long series = Parameters.pathId("series", id);
        byte[] json = JsonBody.bytes(sent);
        return answering
                .to(
                        actor,
                        201,
                        IdempotencyKey.of(actor, key, uri, json),
                        Answer.SERIES,
                        () -> enrolments.enrol(actor, series, SeriesWishes.enrolment(json)))
                .response();
    }

    @GET
    @Path("{id}/waitlist")
    public WaitlistDocument waiting(@PathParam("id") String id, @Context UriInfo uri) {
        Parameters parameters = Parameters.of(uri, Parameters.LIMIT, Parameters.CURSOR);
        Waitlist.Page page = waitlist.list(
                signedIn.actor(), Parameters.pathId("series", id), parameters.offset(), parameters.limit());
        int read = parameters.offset() + page.items().size();
        return new WaitlistDocument(
                page.items().stream().map(WaitlistDocument::item).toList(),
                page.more() ? parameters.next(Integer.toString(read)) : null);
    }

    @POST
    @Path("{id}/waitlist")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response await(
            @PathParam("id") String id,
            InputStream sent,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        Actor actor = signedIn.actor();
        long series = Parameters.pathId("series", id);
        byte[] json = JsonBody.bytes(sent);
        return answering
                .to(
                        actor,
                        201,
                        IdempotencyKey.of(actor, key, uri, json),
                        Answer.SERIES,
                        () -> waitlist.add(actor, SeriesWishes.waiting(series, json)))
                .response();
    }
}

package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.roster.Roster;
import org.evenkeel.session.SessionPage;

/** A therapist's day. */
@Path("roster")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RosterResource {

    private Roster roster;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected RosterResource() {}

    @Inject
    public RosterResource(Roster roster, SignedIn signedIn) {
        this.roster = roster;
        this.signedIn = signedIn;
    }

    @GET
    public SessionList day(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(uri, "therapist", "date", Parameters.LIMIT, Parameters.CURSOR);
        SessionPage page = roster.page(
                signedIn.actor(),
                parameters.id("therapist"),
                parameters.date("date"),
                SessionList.after(parameters),
                parameters.limit());
        return SessionList.of(page, parameters);
    }
}

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
import org.evenkeel.shared.Page;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.site.SiteRow;

/** Sites. */
@Path("sites")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SitesResource {

    private SiteRegister sites;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected SitesResource() {}

    @Inject
    public SitesResource(SiteRegister sites, SignedIn signedIn) {
        this.sites = sites;
        this.signedIn = signedIn;
    }

    @GET
    public SiteList list(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(uri, Parameters.LIMIT, Parameters.CURSOR);
        Page<SiteRow> page = sites.list(signedIn.actor(), parameters.offset(), parameters.limit());
        return new SiteList(
                page.items().stream().map(SitesResource::item).toList(),
                parameters.next(page.items().size(), page.total()));
    }

    private static SiteList.Item item(SiteRow row) {
        return new SiteList.Item(row.id(), row.name(), row.zone().getId(), row.phone(), row.active());
    }
}

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
import org.evenkeel.site.RoomRow;
import org.evenkeel.site.SiteRegister;

/** Rooms. */
@Path("rooms")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RoomsResource {

    private SiteRegister sites;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected RoomsResource() {}

    @Inject
    public RoomsResource(SiteRegister sites, SignedIn signedIn) {
        this.sites = sites;
        this.signedIn = signedIn;
    }

    @GET
    public RoomList list(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(uri, "site", Parameters.LIMIT, Parameters.CURSOR);
        Page<RoomRow> page =
                sites.rooms(signedIn.actor(), parameters.idOrNull("site"), parameters.offset(), parameters.limit());
        return new RoomList(
                page.items().stream().map(RoomsResource::item).toList(),
                parameters.next(page.items().size(), page.total()));
    }

    private static RoomList.Item item(RoomRow row) {
        return new RoomList.Item(
                row.id(),
                row.name(),
                new Ref(row.siteId(), row.siteName()),
                row.capacity(),
                row.turnoverMinutes(),
                row.telehealth(),
                row.active());
    }
}

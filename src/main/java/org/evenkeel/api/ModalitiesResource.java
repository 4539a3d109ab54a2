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
import org.evenkeel.modality.ModalityDetails;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.shared.Page;

/** Modalities: the therapies that the centre offers. */
@Path("modalities")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ModalitiesResource {

    private ModalityRegister modalities;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected ModalitiesResource() {}

    @Inject
    public ModalitiesResource(ModalityRegister modalities, SignedIn signedIn) {
        this.modalities = modalities;
        this.signedIn = signedIn;
    }

    @GET
    public ModalityList list(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(uri, Parameters.LIMIT, Parameters.CURSOR);
        Page<ModalityRow> page = modalities.list(signedIn.actor(), parameters.offset(), parameters.limit());
        return new ModalityList(
                page.items().stream().map(row -> item(row.details())).toList(),
                parameters.next(page.items().size(), page.total()));
    }

    private static ModalityList.Item item(ModalityDetails modality) {
        return new ModalityList.Item(
                modality.code(),
                modality.name(),
                modality.format(),
                modality.defaultMinutes(),
                modality.qualification().isEmpty() ? null : modality.qualification(),
                modality.active());
    }
}

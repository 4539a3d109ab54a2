package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.shared.Page;
import org.evenkeel.therapist.TherapistRegister;
import org.evenkeel.therapist.TherapistRow;

/** Therapists. */
@Path("therapists")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TherapistsResource {

    private TherapistRegister therapists;
    private ModalityRegister modalities;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected TherapistsResource() {}

    @Inject
    public TherapistsResource(TherapistRegister therapists, ModalityRegister modalities, SignedIn signedIn) {
        this.therapists = therapists;
        this.modalities = modalities;
        this.signedIn = signedIn;
    }

    @GET
    public TherapistList list(@Context UriInfo uri) {
        Actor actor = signedIn.actor();
        Parameters parameters = Parameters.of(uri, "search", Parameters.LIMIT, Parameters.CURSOR);
        String search = parameters.textOrNull("search");
        Page<TherapistRow> page =
                therapists.list(actor, search == null ? "" : search, parameters.offset(), parameters.limit());
        Map<Long, String> codes = modalities.list(actor, 0, Integer.MAX_VALUE).items().stream()
                .collect(Collectors.toMap(ModalityRow::id, row -> row.details().code()));
        return new TherapistList(
                page.items().stream().map(row -> item(row, codes)).toList(),
                parameters.next(page.items().size(), page.total()));
    }

    private static TherapistList.Item item(TherapistRow row, Map<Long, String> codes) {
        List<String> qualified = row.modalityIds().stream()
                .map(codes::get)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new TherapistList.Item(
                row.id(),
                row.displayName(),
                row.givenName(),
                row.familyName(),
                row.gender(),
                row.languages(),
                qualified,
                row.active());
    }
}

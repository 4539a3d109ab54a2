package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Page;

/** The search for patients. */
@Path("patients")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PatientsResource {

    private static final String SEARCH = "search";

    private PatientRegister patients;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected PatientsResource() {}

    @Inject
    public PatientsResource(PatientRegister patients, SignedIn signedIn) {
        this.patients = patients;
        this.signedIn = signedIn;
    }

    @GET
    public PatientList search(@Context UriInfo uri) {
        Actor actor = signedIn.actor();
        Parameters parameters = Parameters.of(uri, SEARCH, Parameters.LIMIT, Parameters.CURSOR);
        String typed = parameters.textOrNull(SEARCH);
        String search = typed == null ? "" : typed;
        boolean tooShort = patients.isTooShort(actor, search);
        Page<PatientRow> page = patients.search(actor, search, "api/patients", parameters.offset(), parameters.limit());
        if (tooShort && page.items().isEmpty()) {
            throw new Invalid(SEARCH, "invalid.api.searchTooShort");
        }
        return new PatientList(
                page.items().stream().map(PatientsResource::item).toList(),
                parameters.next(page.items().size(), page.total()));
    }

    private static PatientList.Item item(PatientRow row) {
        return new PatientList.Item(row.id(), row.displayName(), row.recordNumber(), row.birthDate(), row.bookable());
    }
}

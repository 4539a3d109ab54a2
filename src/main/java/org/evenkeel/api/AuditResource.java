package org.evenkeel.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.evenkeel.audit.AuditVerifier;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.shared.Invalid;

/** The audit chain, for administrators. */
@Path("/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private final AuditVerifier verifier;
    private final SignedIn signedIn;

    @Inject
    public AuditResource(AuditVerifier verifier, SignedIn signedIn) {
        this.verifier = verifier;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected AuditResource() {
        this(null, null);
    }

    /** @param anchor a head of the chain as an older log line has it: its length, a dash, its code */
    @GET
    @Path("/verification")
    public AuditVerifier.Verification verify(@Context UriInfo uri) {
        String anchor = Parameters.of(uri, "anchor").textOrNull("anchor");
        return verifier.verify(signedIn.actor(), anchor == null ? null : parsed(anchor));
    }

    private static AuditVerifier.Anchor parsed(String anchor) {
        if (!anchor.matches("\\d{1,18}-[0-9a-f]{64}")) {
            throw new Invalid("anchor", "invalid.api.anchor");
        }
        int dash = anchor.indexOf('-');
        return new AuditVerifier.Anchor(Long.parseLong(anchor.substring(0, dash)), anchor.substring(dash + 1));
    }
}

package org.evenkeel.platform.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What the error page says. */
@Named("failure")
@RequestScoped
public class FailurePage {
    private static final Set<Integer> KNOWN = Set.of(403, 404, 409, Failure.EXPIRED, 503);

    private final Failure failure;

    @Inject
    public FailurePage(HttpServletRequest request) {
        Failure attached = Failure.attachedTo(request);
        this.failure = attached == null ? Failure.asked(null, null) : attached;
    }

    /** For the keys of its texts: "403", "404", "409", "440", "500" or "503". */
    public String getKind() {
        return Integer.toString(KNOWN.contains(failure.status()) ? failure.status() : 500);
    }

    /** The number under which the log has it; "" if there is none. */
    public String getReference() {
        return failure.reference();
    }
}

package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Caller;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.shared.NotAllowed;

/** The caller whom {@link SignInMechanism} has let in with the current request, be it of a page or of the API. */
@RequestScoped
public class CurrentCaller implements SignedIn {
    private static final String ATTRIBUTE = Caller.class.getName();

    private final HttpServletRequest request;
    private final Gate gate;

    @Inject
    public CurrentCaller(HttpServletRequest request, Gate gate) {
        this.request = request;
        this.gate = gate;
    }

    @SuppressWarnings("NullAway")
    protected CurrentCaller() {
        this(null, null);
    }

    @Override
    public Actor actor() {
        return caller().orElseThrow(() -> new NotAllowed("without signing in")).actor();
    }

    @Override
    public void require(String action, Role... any) {
        gate.require(actor(), action, any);
    }

    /** Empty if nobody is signed in. */
    public Optional<Caller> caller() {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    static void attach(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}

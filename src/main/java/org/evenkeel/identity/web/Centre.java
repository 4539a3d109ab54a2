package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.evenkeel.identity.Settings;

/** The centre, as pages ask for it. */
@Named
@RequestScoped
public class Centre {
    private final Settings settings;

    @Inject
    public Centre(Settings settings) {
        this.settings = settings;
    }

    @SuppressWarnings("NullAway")
    protected Centre() {
        this(null);
    }

    /** What the centre calls itself. */
    public String getName() {
        return settings.centreName();
    }
}

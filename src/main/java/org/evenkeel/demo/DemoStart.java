package org.evenkeel.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.evenkeel.platform.Configuration;
import org.evenkeel.platform.Console;
import org.evenkeel.platform.DatabaseReady;

/** Builds the demo clinic at the start, where it is wanted, and says how to sign in to it. */
@ApplicationScoped
public class DemoStart {
    private DemoClinic clinic;
    private Configuration configuration;

    @SuppressWarnings("NullAway.Init")
    protected DemoStart() {}

    @Inject
    public DemoStart(DemoClinic clinic, Configuration configuration) {
        this.clinic = clinic;
        this.configuration = configuration;
    }

    void start(@Observes DatabaseReady ready) {
        if (!ready.demoData()) {
            return;
        }
        clinic.build();
        if (clinic.isBuilt()) {
            Console.say(
                    """

                    The demo clinic, at %s
                      Accounts:  desk, desk2 (front desk)  lead (clinical lead)  admin  lee, ruiz, okafor, ... (therapists)
                      Password:  %s
                      API:       Authorization: Bearer %sdesk, and so on for each account
                    """
                            .formatted(configuration.address(), DemoAccounts.PASSWORD, DemoAccounts.TOKEN));
        }
    }
}

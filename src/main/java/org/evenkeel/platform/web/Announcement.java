package org.evenkeel.platform.web;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.evenkeel.platform.Configuration;
import org.evenkeel.platform.Console;

/** The last line at the start: where the application answers. */
@WebListener
public class Announcement implements ServletContextListener {

    @Inject
    private Configuration configuration;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Console.say("Evenkeel answers at " + configuration.address());
    }
}

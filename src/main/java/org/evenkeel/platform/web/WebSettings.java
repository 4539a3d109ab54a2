package org.evenkeel.platform.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.evenkeel.platform.Configuration;

/** Settings of the web application that follow the operator's variables, which web.xml cannot read. */
public class WebSettings implements ServletContextListener {
    private static final String STAGE = "jakarta.faces.PROJECT_STAGE";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Configuration configuration = new Configuration(ConfigProvider.getConfig());
        ServletContext context = event.getServletContext();
        context.setInitParameter(STAGE, configuration.text("faces.stage").orElse("Production"));
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        cookie.setSecure(configuration.flag("cookie.secure").orElse(true));
        cookie.setAttribute("SameSite", "Lax");
    }
}

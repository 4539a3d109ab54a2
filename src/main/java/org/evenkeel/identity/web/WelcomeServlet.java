package org.evenkeel.identity.web;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.identity.SignedIn;

/** The root address: sends everyone to the page that their work starts with. */
public class WelcomeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    public WelcomeServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(request.getContextPath() + Landing.of(signedIn.actor()));
    }
}

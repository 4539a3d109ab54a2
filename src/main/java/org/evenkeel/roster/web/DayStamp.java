package org.evenkeel.roster.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.roster.Roster;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** Answers open pages of a therapist's day, or of a session, that ask whether anything has changed: a few characters, and nobody's name. */
@WebServlet("/myday/stamp")
public class DayStamp extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Roster roster;

    @Inject
    private transient SignedIn signedIn;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String session = request.getParameter("session");
            String stamp = session == null
                    ? roster.stamp(
                            signedIn.actor(),
                            Long.parseLong(text(request.getParameter("therapist"))),
                            LocalDate.parse(text(request.getParameter("date"))))
                    : roster.stampOf(signedIn.actor(), Long.parseLong(session));
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print(stamp);
        } catch (NotFound e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (NotAllowed e) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } catch (NumberFormatException | DateTimeParseException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static String text(@Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }
}

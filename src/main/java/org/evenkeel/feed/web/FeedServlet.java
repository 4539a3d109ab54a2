package org.evenkeel.feed.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.feed.FeedReader;

/**
 * A therapist's calendar, {@code /feed/<token>.ics}, for programs that cannot sign in: whoever has the address may read it. What
 * is no address, was revoked, or never was one, gets one and the same answer.
 */
@WebServlet("/feed/*")
public class FeedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern ADDRESS = Pattern.compile("/([A-Za-z0-9_-]{43})\\.ics");

    @Inject
    private transient FeedReader feeds;

    @SuppressWarnings("NullAway.Init")
    public FeedServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<FeedReader.Answer> found =
                token(request).flatMap(t -> feeds.read(t, request.getHeader("If-None-Match")));
        if (found.isEmpty()) {
            // Not by sendError, which would write the address into the log.
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print("Not found");
            return;
        }
        FeedReader.Answer answer = found.get();
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("ETag", answer.tag());
        if (answer.text() == null) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("text/calendar;charset=UTF-8");
        response.getWriter().print(answer.text());
    }

    private static Optional<String> token(HttpServletRequest request) {
        String path = request.getPathInfo();
        Matcher address = ADDRESS.matcher(path == null ? "" : path);
        return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
    }
}

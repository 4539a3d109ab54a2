package org.evenkeel.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.evenkeel.platform.web.ApiRequest;
import org.evenkeel.platform.web.Failure;
import org.evenkeel.shared.Phrases;

/** The answer to a request that nobody is signed in for, or of which that is not to be known now. */
final class Challenge {
    private static final String LOGIN = "/login";

    private Challenge() {}

    /** 401 as problem details (RFC 9457). */
    static void api(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"evenkeel\"");
        write(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"Send a valid API token: Authorization: Bearer <token>\"}");
    }

    /** 503: the database, which knows who is signed in, cannot be asked. Pages get a sentence, which needs no database either. */
    static void busy(HttpServletRequest request, HttpServletResponse response) {
        boolean api = ApiRequest.is(request);
        String busy = Phrases.in(api ? Locale.ENGLISH : request.getLocale()).of("failure.busy");
        response.setIntHeader("Retry-After", Failure.RETRY_SECONDS);
        write(
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                api ? "application/problem+json" : "text/plain",
                api
                        ? "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\""
                                + busy + "\"}"
                        : busy);
    }

    /**
     * Sends the browser to the login page, which sends it back later.
     *
     * @param ended whether it had been signed in
     */
    static void page(HttpServletRequest request, HttpServletResponse response, boolean ended) {
        String login = request.getContextPath() + LOGIN + query(wanted(request), ended);
        if (Background.hasHeader(request)) {
            write(response, HttpServletResponse.SC_UNAUTHORIZED, "text/plain", "");
        } else if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            write(
                    response,
                    HttpServletResponse.SC_OK,
                    "text/xml",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                            + login.replace("&", "&amp;") + "\"/></partial-response>");
        } else {
            redirect(response, login);
        }
    }

    private static void redirect(HttpServletResponse response, String address) {
        try {
            response.sendRedirect(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to come back to: the page asked for or, if something was sent, the page that it was sent from. */
    private static Optional<String> wanted(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return LocalPath.ofReferer(request.getHeader("Referer"), request.getHeader("Host"));
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String query = request.getQueryString();
        return LocalPath.of(query == null ? path : path + "?" + query);
    }

    private static String query(Optional<String> wanted, boolean ended) {
        String to = wanted.map(path -> "to=" + URLEncoder.encode(path, StandardCharsets.UTF_8))
                .orElse("");
        String why = ended ? "ended=true" : "";
        String both = to.isEmpty() || why.isEmpty() ? to + why : to + "&" + why;
        return both.isEmpty() ? "" : "?" + both;
    }

    private static void write(HttpServletResponse response, int status, String type, String body) {
        try {
            response.setStatus(status);
            response.setContentType(type);
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(body);
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

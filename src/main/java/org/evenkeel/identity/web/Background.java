package org.evenkeel.identity.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells requests that nobody touched the screen for: polling, a push connection, and what a push has rendered again. They say so by the
 * header {@code X-Background} or the parameter {@code evenkeel.background=true}, and never prolong a session. A request that falsely says so
 * harms nobody but its own session.
 */
final class Background {
    private static final String FORM = "application/x-www-form-urlencoded";

    private Background() {}

    static boolean is(HttpServletRequest request) {
        return hasHeader(request)
                || isParameterReadable(request) && "true".equals(request.getParameter("evenkeel.background"));
    }

    /** Whether it is one that no page waits for, so that a page in answer is of no use. */
    static boolean hasHeader(HttpServletRequest request) {
        return request.getHeader("X-Background") != null || "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** An upload is left to whoever expects it. */
    private static boolean isParameterReadable(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || type.startsWith(FORM);
    }
}

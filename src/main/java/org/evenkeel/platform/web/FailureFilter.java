package org.evenkeel.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Goes on to {@link FailureServlet} once a request has failed. It stands around everything else: a page that has failed must be done with
 * before another can tell of it, and what the server itself would log of an error may quote names.
 */
public class FailureFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException e) {
            note(request, e.getRootCause() == null ? e : e.getRootCause());
        } catch (RuntimeException e) {
            note(request, e);
        }
        if (Failure.attachedTo(request) != null && !response.isCommitted()) {
            response.reset();
            request.getRequestDispatcher(FailureServlet.ADDRESS).forward(request, response);
        }
    }

    private static void note(HttpServletRequest request, Throwable error) {
        Failure failure = Failure.of(error);
        FailureLog.write(failure, request, ApiRequest.path(request), error);
        failure.attachTo(request);
    }
}

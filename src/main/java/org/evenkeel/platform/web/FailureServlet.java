package org.evenkeel.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers for whatever failed: pages get a page, the API gets problem details. Both say a reference number and nothing else. A partial
 * request of Faces is sent here by redirect, with the number in the address.
 */
public class FailureServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PAGE = "/WEB-INF/errorpages/failure.xhtml";
    private static final String NO_LINK_PAGE = "/WEB-INF/errorpages/nolink.xhtml";

    /** The address for failures that are already in the log. */
    static final String ADDRESS = "/failure";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Failure failure = failureOf(request);
        String path = originalPath(request);
        failure.attachTo(request);
        SecurityHeaders.apply(request, response);
        response.setStatus(failure.status());
        if (failure.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setIntHeader("Retry-After", Failure.RETRY_SECONDS);
        }
        if (ApiRequest.isApi(path)) {
            response.setContentType("application/problem+json");
            response.getWriter()
                    .write("{\"type\":\"about:blank\",\"status\":" + failure.status() + ",\"title\":\"Request failed\","
                            + "\"instance\":\"urn:evenkeel:failure:" + failure.reference() + "\"}");
        } else {
            String page = LinkedPages.has(path) ? NO_LINK_PAGE : PAGE;
            request.getRequestDispatcher(page).forward(new ErrorPageRequest(request, page), response);
        }
    }

    private static Failure failureOf(HttpServletRequest request) {
        Failure known = Failure.attachedTo(request);
        if (known != null) {
            return known;
        }
        Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status == null) {
            return Failure.asked(request.getParameter("status"), request.getParameter("reference"));
        }
        if (isHidden(originalPath(request))) {
            status = HttpServletResponse.SC_NOT_FOUND;
        }
        @Nullable Throwable error = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        boolean unexplained = status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR && error != null;
        Failure failure = unexplained ? Failure.of(error) : Failure.of(status);
        FailureLog.write(failure, request, originalPath(request), error);
        return failure;
    }

    /** What the server keeps to itself, and has its own way of refusing. */
    private static boolean isHidden(String path) {
        return path.startsWith("/WEB-INF") || path.startsWith("/META-INF");
    }

    private static String originalPath(HttpServletRequest request) {
        String uri = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String forwarded = (String) request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH);
        return uri != null
                ? uri.substring(request.getContextPath().length())
                : forwarded != null ? forwarded : ApiRequest.path(request);
    }

    /** For Faces: a plain request of the error page, whatever form or page had been asked for. */
    private static final class ErrorPageRequest extends HttpServletRequestWrapper {

        private final String page;

        private ErrorPageRequest(HttpServletRequest request, String page) {
            super(request);
            this.page = page;
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getServletPath() {
            return page;
        }

        @Override
        public @Nullable String getPathInfo() {
            return null;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return "Faces-Request".equals(name) ? null : super.getHeader(name);
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }
    }
}

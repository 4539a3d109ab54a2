package org.evenkeel.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives each whole page that answers a form a fresh nonce for its scripts. PrimeFaces wants every form to send back the nonce of the page
 * it was on, which only its own script does: pages without that script, and browsers without any, could not send a form. A partial answer
 * goes into the page that is there, and so keeps the nonce that its script sends. {@link PageNonceListener} does the other half.
 */
public class PageNonce extends HttpFilter {
    private static final long serialVersionUID = 1L;
    static final String PARAMETER = "primefaces.nonce";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean wholePage = "POST".equals(request.getMethod())
                && !"partial/ajax".equals(request.getHeader("Faces-Request"))
                && !ApiRequest.is(request);
        chain.doFilter(wholePage ? new Fresh(request) : request, response);
    }

    private static final class Fresh extends HttpServletRequestWrapper {
        private final String nonce =
                Base64.getEncoder().encodeToString(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));

        private Fresh(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getParameter(String name) {
            return PARAMETER.equals(name) ? nonce : super.getParameter(name);
        }
    }
}

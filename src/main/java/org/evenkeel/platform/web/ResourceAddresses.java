package org.evenkeel.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses addresses of resources that climb out of their library, name another server, or ask for a library that is not here, before
 * Faces sees them (MyFaces CVE-2026-68536).
 */
public class ResourceAddresses extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");
    private static final Set<String> LIBRARIES_OF_OTHERS =
            Set.of("jakarta.faces", "primefaces", "omnifaces", "myfaces");
    private static final String OURS = "/resources/";

    private final Set<String> libraries = new HashSet<>(LIBRARIES_OF_OTHERS);

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        Set<String> directories = config.getServletContext().getResourcePaths(OURS);
        if (directories != null) {
            directories.stream()
                    .filter(path -> path.endsWith("/"))
                    .map(path -> path.substring(OURS.length(), path.length() - 1))
                    .forEach(libraries::add);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = ApiRequest.path(request);
        String name = path.substring(path.indexOf('/', 1) + 1);
        if (isAcceptable(name, request)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private boolean isAcceptable(String name, HttpServletRequest request) {
        String library = request.getParameter("ln");
        return isPlain(name)
                && isPlain(request.getRequestURI().substring(1))
                && (library == null || libraries.contains(library))
                && isAbsentOrPlain(request.getParameter("con"))
                && isAbsentOrPlain(request.getParameter("loc"))
                && isAbsentOrPlain(request.getParameter("v"));
    }

    private static boolean isAbsentOrPlain(@Nullable String value) {
        return value == null || isPlain(value);
    }

    /** Names of letters, digits, dots, dashes and single slashes, none of them a way up. */
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches() && !name.contains("..");
    }
}

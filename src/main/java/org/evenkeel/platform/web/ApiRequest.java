package org.evenkeel.platform.web;

import jakarta.servlet.http.HttpServletRequest;

/** Tells the API from the pages, by the path that the server has decoded and matched, not by the one that was sent. */
public final class ApiRequest {
    private static final String API = "/api";

    private ApiRequest() {}

    public static boolean is(HttpServletRequest request) {
        return isApi(path(request));
    }

    /** The path within the application, decoded, without parameters. */
    public static String path(HttpServletRequest request) {
        String more = request.getPathInfo();
        return more == null ? request.getServletPath() : request.getServletPath() + more;
    }

    static boolean isApi(String path) {
        return path.equals(API) || path.startsWith(API + "/");
    }
}

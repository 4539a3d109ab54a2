package org.evenkeel.reminder.web;

import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What the pages that messages link to have in common. */
final class LinkPages {
    private LinkPages() {}

    /** The secret that a page is opened by; "" if there is none. */
    static String token(HttpServletRequest request) {
        String given = request.getParameter("t");
        return given == null ? "" : given;
    }

    /** After a form, so that to reload the page sends nothing again. */
    static void again(HttpServletRequest request, String page, String token) throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.getExternalContext()
                .redirect(request.getContextPath() + page + "?t=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        faces.responseComplete();
    }
}

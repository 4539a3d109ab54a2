package org.evenkeel.identity.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.evenkeel.platform.Configuration;

/** The cookie that keeps a browser signed in: a random token, unreadable to scripts, gone when the browser closes. */
@ApplicationScoped
public class LoginCookie {
    static final String NAME = "evenkeel";
    private static final int LONGEST = 100;

    private final boolean secure;

    /** The cookie is only sent over TLS, unless the variable {@code cookie.secure} says false, as the demo on loopback may. */
    @Inject
    public LoginCookie(Configuration configuration) {
        this.secure = configuration.flag("cookie.secure").orElse(true);
    }

    protected LoginCookie() {
        this.secure = true;
    }

    Optional<String> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME))
                        .map(Cookie::getValue)
                        .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
                        .findFirst();
    }

    void write(HttpServletResponse response, String token) {
        response.addCookie(cookie(token));
    }

    void clear(HttpServletResponse response) {
        Cookie gone = cookie("");
        gone.setMaxAge(0);
        response.addCookie(gone);
    }

    private Cookie cookie(String value) {
        Cookie cookie = new Cookie(NAME, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }
}

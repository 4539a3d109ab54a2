package org.evenkeel.identity.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** Keeps what pages remember of a browser (the HTTP session) with the account it belongs to: nobody inherits another's. */
final class BrowserState {
    private static final String OWNER = "org.evenkeel.account";

    private BrowserState() {}

    /** At login: a new id for the owner's, none of anyone else's. */
    static void claim(HttpServletRequest request, long accountId) {
        HttpSession session = request.getSession(false);
        if (session != null && isOwner(session, accountId)) {
            request.changeSessionId();
        } else {
            if (session != null) {
                session.invalidate();
            }
            request.getSession(true).setAttribute(OWNER, accountId);
        }
    }

    /** At each request: drops what is someone else's. */
    static void check(HttpServletRequest request, long accountId) {
        HttpSession session = request.getSession(false);
        if (session == null || !isOwner(session, accountId)) {
            if (session != null) {
                session.invalidate();
            }
            request.getSession(true).setAttribute(OWNER, accountId);
        }
    }

    static void drop(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    private static boolean isOwner(HttpSession session, long accountId) {
        return Long.valueOf(accountId).equals(session.getAttribute(OWNER));
    }
}

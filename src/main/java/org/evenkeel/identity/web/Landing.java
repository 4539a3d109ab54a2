package org.evenkeel.identity.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;

/** The page that someone starts with: what their work needs first. */
public final class Landing {
    private static final Map<Role, String> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put(Role.DESK, "/board");
        PAGES.put(Role.THERAPIST, "/myday");
        PAGES.put(Role.LEAD, "/board");
        PAGES.put(Role.ADMIN, "/identity/accounts");
    }

    private Landing() {}

    /** The path of the first of their roles' pages. */
    public static String of(Actor actor) {
        return PAGES.entrySet().stream()
                .filter(page -> actor.has(page.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("/identity/account");
    }
}

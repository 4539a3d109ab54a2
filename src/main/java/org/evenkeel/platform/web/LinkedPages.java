package org.evenkeel.platform.web;

import java.util.Set;

/**
 * The pages that links in messages to patients lead to. Their address is a secret that they are opened by, so it is told to nobody; whoever
 * posts to them has it, and brings no cookies; and whatever they say, they say nothing of what this application is.
 */
final class LinkedPages {
    private static final Set<String> PATHS = Set.of("/answer", "/answer.xhtml", "/stop", "/stop.xhtml");
    private static final String CALLBACKS = "/sms/";

    private LinkedPages() {}

    /** @param path within the application */
    static boolean has(String path) {
        return PATHS.contains(path) || path.startsWith(CALLBACKS);
    }
}

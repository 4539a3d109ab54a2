package org.evenkeel.shared;

/** The signed-in user may not do or see this (403). The message names the action, never the data. */
public class NotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String action) {
        super("Not allowed: " + action);
    }
}

package org.evenkeel.shared;

/** There is no such thing, or none that the reader may know of (404). */
public class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotFound(String what, Object id) {
        super("No " + what + " " + id);
    }
}

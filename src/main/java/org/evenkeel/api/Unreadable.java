package org.evenkeel.api;

/** A request that HTTP itself has a status for, before anybody has looked at what it means. */
class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int BAD_REQUEST = 400;
    static final int TOO_LARGE = 413;
    static final int PRECONDITION_REQUIRED = 428;

    private final int status;

    /** @param detail for the user; never what was sent */
    Unreadable(int status, String detail) {
        super(detail);
        this.status = status;
    }

    int status() {
        return status;
    }
}

package org.evenkeel.shared;

/** What was asked for cannot be meant, such as a time in the past (422). The message says what to do, in words for the user. */
public class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field the name of the input it is about, as in the API, or "" */
    public Invalid(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}

package org.evenkeel.availability;

/**
 * The database refused a claim because another one stands. On PostgreSQL the transaction is dead with it: let it roll back
 * and find out what is in the way in a new one.
 */
public class Taken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Taken(Throwable cause) {
        super("Already taken", cause);
    }
}

package org.evenkeel.availability;

/**
 * Something that can be in one place at a time. The key is {@code id * 4 + kind}, so that a therapist, a room and a patient
 * with the same id are three resources and one number is enough for the database.
 */
public record Resource(long key) {

    public static Resource therapist(long id) {
        return new Resource(id * 4);
    }

    public static Resource room(long id) {
        return new Resource(id * 4 + 1);
    }

    public static Resource patient(long id) {
        return new Resource(id * 4 + 2);
    }
}

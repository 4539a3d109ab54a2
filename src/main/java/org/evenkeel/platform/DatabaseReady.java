package org.evenkeel.platform;

/**
 * Fired once at each start, synchronously and outside any transaction, when the database is migrated and JPA may be used.
 * Whoever has to do something with the database at the start observes this and not {@code Startup}; the application does not
 * report itself ready before all observers have returned, and does not start if one throws. Several nodes may be starting at once.
 *
 * @param demoData whether the demo clinic is to be there
 */
public record DatabaseReady(boolean demoData) {}

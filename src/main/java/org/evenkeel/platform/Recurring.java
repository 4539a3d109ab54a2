package org.evenkeel.platform;

import java.time.Duration;

/**
 * Work that has to be done again and again, on one node of all at a time. Every bean of this type is scheduled when the database is
 * ready; it runs on a managed thread, outside any transaction. What it throws is logged, and it is due again the next time.
 */
public interface Recurring {

    /** Its name in the database; never reused for something else. */
    String name();

    /** From one start to the next; whole seconds. What takes longer is not started a second time meanwhile. */
    Duration every();

    void run();
}

package org.evenkeel.reminder;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/** The sessions that a transaction has changed, and that a message may be leaving about. */
@TransactionScoped
class ChangedSessions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeSet<Long> ids = new TreeSet<>();

    void add(long sessionId) {
        ids.add(sessionId);
    }

    /** All of them, once: from then on there are none. */
    Set<Long> take() {
        Set<Long> taken = Set.copyOf(ids);
        ids.clear();
        return taken;
    }
}

package org.evenkeel.testing;

import java.util.ArrayList;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.identity.Actor;

/** Keeps what would have been written, and can refuse to write, as a full disk does. */
public final class RecordedAudit implements AuditTrail {
    private final List<Entry> entries = new ArrayList<>();
    private boolean broken;

    @Override
    public synchronized void record(Actor actor, Entry entry) {
        if (broken) {
            throw new IllegalStateException("No audit line can be written");
        }
        entries.add(entry);
    }

    @Override
    public void recordApart(Actor actor, Entry entry) {
        record(actor, entry);
    }

    public void breakDown() {
        broken = true;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** "ACTION purpose subject[ids] RESULT" of each. */
    public synchronized List<String> lines() {
        return entries.stream()
                .map(entry -> entry.action() + " " + entry.purpose() + " " + entry.subject() + entry.subjectIds() + " "
                        + entry.result())
                .toList();
    }
}

package org.evenkeel.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.identity.Actor;

/** Keeps audit entries in memory, for tests of features that are not about the trail itself. */
public final class RecordingAudit implements AuditTrail {

    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean broken;

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** "ACTION purpose subject[ids] RESULT" of each. */
    public List<String> lines() {
        return entries().stream()
                .map(entry -> entry.action() + " " + entry.purpose() + " " + entry.subject() + entry.subjectIds() + " "
                        + entry.result())
                .toList();
    }

    /** From now on nothing can be written, as on a full disk. */
    public void breakDown() {
        broken = true;
    }

    @Override
    public void record(Actor actor, Entry entry) {
        if (broken) {
            throw new IllegalStateException("No audit line can be written");
        }
        entries.add(entry);
    }

    @Override
    public void recordApart(Actor actor, Entry entry) {
        record(actor, entry);
    }
}

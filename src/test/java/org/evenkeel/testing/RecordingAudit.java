package org.evenkeel.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.identity.Actor;

/** Keeps audit entries in memory, for tests of features that are not about the trail itself. */
public final class RecordingAudit implements AuditTrail {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void record(Actor actor, Entry entry) {
        entries.add(entry);
    }

    @Override
    public void recordApart(Actor actor, Entry entry) {
        entries.add(entry);
    }
}

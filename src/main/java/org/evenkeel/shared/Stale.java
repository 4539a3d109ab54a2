package org.evenkeel.shared;

/** Someone else changed it since it was read (412; acceptance case A22). */
public class Stale extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long currentVersion;

    public Stale(String what, long currentVersion) {
        super(what + " was changed meanwhile");
        this.currentVersion = currentVersion;
    }

    public long currentVersion() {
        return currentVersion;
    }
}

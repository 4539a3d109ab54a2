package org.evenkeel.patient;

/**
 * What became of a line, or would.
 *
 * @param line from 1
 * @param who the name it gives, or ""
 * @param detail why, or what was noticed; or ""
 */
public record ImportOutcome(int line, Kind kind, String who, String detail) {

    /** What became of it. */
    public enum Kind {
        CREATED,
        CHANGED,
        SKIPPED,
        REFUSED
    }

    static ImportOutcome refused(int line, String who, String why) {
        return new ImportOutcome(line, Kind.REFUSED, who, why);
    }

    /** The line's number alone: names stay out of logs. */
    @Override
    public String toString() {
        return "line " + line + " " + kind;
    }
}

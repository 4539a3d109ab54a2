package org.evenkeel.session.web;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.util.Optional;
import org.evenkeel.session.Change;
import org.jspecify.annotations.Nullable;

/**
 * The last change that was made in a browser, on whichever page: the one that "undo" takes back, as long as the centre's undo seconds
 * allow. It outlasts its page, so that it can be taken back from another date too.
 */
@SessionScoped
public class LastChange implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable Change change;
    private int number;
    private String why = "undo.none.never";

    /** @return the number by which "undo" beside it names it, so that it takes back no later one */
    public synchronized int remember(Change made) {
        change = made;
        return ++number;
    }

    /** The change; empty if there is none, see {@link #why()}. */
    synchronized Optional<Change> find() {
        return Optional.ofNullable(change);
    }

    /** It was taken back; if it is the last one, there is none from now on, since nothing is taken back twice. */
    public synchronized void takenBack(Change made) {
        if (made.equals(change)) {
            change = null;
            why = "undo.none.takenBack";
        }
    }

    /** Something was done that is more than one change of one session: from now on there is none. */
    synchronized void forget() {
        change = null;
        number++;
        why = "undo.none.several";
    }

    /** Where there is none, the key of the text that tells why. */
    synchronized String why() {
        return why;
    }

    /** Whether there has been another change since the one of that number. */
    synchronized boolean isAfter(int asked) {
        return number > asked;
    }
}

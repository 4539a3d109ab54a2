package org.evenkeel.session.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;
import org.evenkeel.session.Change;
import org.jspecify.annotations.Nullable;

/** The last change that was made on a page, whichever part of the page made it: the one that "undo" takes back. */
@Named
@ViewScoped
public class LastChange implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable Change change;

    public void remember(Change made) {
        change = made;
    }

    /** The change; from now on there is none, since nothing is taken back twice. */
    public Optional<Change> forget() {
        Change made = change;
        change = null;
        return Optional.ofNullable(made);
    }
}

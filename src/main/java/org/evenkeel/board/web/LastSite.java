package org.evenkeel.board.web;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Whose board the user has looked at last: a board whose address names no site is of that one. */
@SessionScoped
public class LastSite implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable Long id;

    /** Null until a board was shown. */
    public @Nullable Long id() {
        return id;
    }

    public void remember(long site) {
        id = site;
    }
}

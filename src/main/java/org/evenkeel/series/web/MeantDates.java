package org.evenkeel.series.web;

import java.io.Serializable;
import java.util.List;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** A page about some dates of a series: which are meant, seen from one of them, and why something is done with them. */
public abstract class MeantDates implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable Long sessionId;
    private Scope scope = Scope.THIS;
    private String reason = "";

    /** Those that can be meant here. */
    public abstract List<Scope> getScopes();

    long existing() {
        if (sessionId == null) {
            throw new NotFound("session", "");
        }
        return sessionId;
    }

    public @Nullable Long getSessionId() {
        return sessionId;
    }

    public void setSessionId(@Nullable Long sessionId) {
        this.sessionId = sessionId;
    }

    public Scope getScope() {
        return scope;
    }

    public void setScope(@Nullable Scope scope) {
        this.scope = scope != null && getScopes().contains(scope) ? scope : Scope.THIS;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}

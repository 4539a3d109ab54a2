package org.evenkeel.session.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.session.PatientSessions;
import org.evenkeel.session.SessionView;
import org.evenkeel.shared.Page;
import org.jspecify.annotations.Nullable;

/** The part of a patient's page that lists their sessions: those ahead, and those behind, ten at a time. */
@Named("patientHistory")
@ViewScoped
public class PatientHistoryBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 10;

    private final transient PatientSessions sessions;
    private final transient SignedIn signedIn;

    private int aheadPage = 1;
    private int pastPage = 1;
    private transient @Nullable Page<SessionView> ahead;
    private transient @Nullable Page<SessionView> past;

    @Inject
    public PatientHistoryBean(PatientSessions sessions, SignedIn signedIn) {
        this.sessions = sessions;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected PatientHistoryBean() {
        this(null, null);
    }

    /** The sessions ahead of a patient, on the page that is shown. */
    public Page<SessionView> ahead(long patientId) {
        Page<SessionView> read = ahead;
        if (read == null) {
            read = sessions.ahead(signedIn.actor(), patientId, (aheadPage - 1) * PAGE, PAGE);
            ahead = read;
        }
        return read;
    }

    /** The sessions behind a patient, on the page that is shown. */
    public Page<SessionView> past(long patientId) {
        Page<SessionView> read = past;
        if (read == null) {
            read = sessions.past(signedIn.actor(), patientId, (pastPage - 1) * PAGE, PAGE);
            past = read;
        }
        return read;
    }

    /** Reads anew, such as after a booking. */
    public void refresh() {
        ahead = null;
        past = null;
    }

    /** @param by 1 for the next page, -1 for the one before */
    public void turnAhead(int by) {
        aheadPage = Math.max(1, aheadPage + by);
        ahead = null;
    }

    /** @param by 1 for the next page, -1 for the one before */
    public void turnPast(int by) {
        pastPage = Math.max(1, pastPage + by);
        past = null;
    }

    public int getAheadPage() {
        return aheadPage;
    }

    public int getPastPage() {
        return pastPage;
    }

    /** How many pages so many sessions fill. */
    public long pages(long total) {
        return Math.max(1, (total + PAGE - 1) / PAGE);
    }
}

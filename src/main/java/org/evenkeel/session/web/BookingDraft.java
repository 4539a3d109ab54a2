package org.evenkeel.session.web;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionView;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into the booking panel and is neither saved nor given up, should the user have to sign in again before it is. It never
 * leaves the memory of this node, where it stands with the pages of one browser: it goes when they do (half an hour after the last
 * request, or with signing out), and with the first sign-in there of another account. There is one for all windows of a browser, that
 * of the panel where something was typed last.
 */
@SessionScoped
public class BookingDraft implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable Kept kept;
    private String login = "";

    /**
     * The panel as it was left.
     *
     * @param session as it was read; null for a new one
     * @param extend whether a cancelled date is made up for at the end of its series
     * @param refusals what stood in the way when it was last tried, in words
     * @param reason typed for going against the rules
     * @param newPatient null: nobody was being created
     */
    record Typed(
            BookingForm form,
            @Nullable SessionView session,
            boolean therapistGiven,
            boolean cancelling,
            String cancelReason,
            boolean extend,
            List<String> refusals,
            List<Rule> softRules,
            String reason,
            NewPatientBean.@Nullable Typed newPatient)
            implements Serializable {}

    /**
     * What is kept.
     *
     * @param token names it to the panel that it was typed into
     */
    record Kept(String token, Typed typed) implements Serializable {}

    /**
     * Keeps it in place of what was kept.
     *
     * @param login the login session that it was typed in
     * @return its token
     */
    String keep(String login, Typed typed) {
        Kept now = new Kept(UUID.randomUUID().toString(), typed);
        this.login = login;
        kept = now;
        return now.token();
    }

    /** Whether something was typed before the user had to sign in again. */
    boolean isWaiting(String login) {
        return kept != null && !this.login.equals(login);
    }

    /** What was typed before the user had to sign in again: once, unless they have to yet again. */
    Optional<Kept> take(String login) {
        Optional<Kept> waiting = isWaiting(login) ? Optional.ofNullable(kept) : Optional.empty();
        this.login = login;
        return waiting;
    }

    /** It is saved, or given up; what was typed into another window since then stays. */
    void drop(String token) {
        if (kept != null && kept.token().equals(token)) {
            kept = null;
        }
    }
}

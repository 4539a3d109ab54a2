package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenkeel.identity.Caller;
import org.evenkeel.identity.LoginSessions;
import org.evenkeel.identity.OwnAccount;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignIn;
import org.evenkeel.shared.Phrases;
import org.jspecify.annotations.Nullable;

/** The user, as pages ask for them: who they are, which entries of the navigation are for them, how they like their screens. */
@Named
@RequestScoped
public class Me {
    private final CurrentCaller current;
    private final OwnAccount ownAccount;
    private final LoginSessions sessions;
    private final SignIn signIn;
    private final LoginCookie cookie;
    private final HttpServletRequest request;

    @Inject
    public Me(
            CurrentCaller current,
            OwnAccount ownAccount,
            LoginSessions sessions,
            SignIn signIn,
            LoginCookie cookie,
            HttpServletRequest request) {
        this.current = current;
        this.ownAccount = ownAccount;
        this.sessions = sessions;
        this.signIn = signIn;
        this.cookie = cookie;
        this.request = request;
    }

    @SuppressWarnings("NullAway")
    protected Me() {
        this(null, null, null, null, null, null);
    }

    public boolean isSignedIn() {
        return current.caller().isPresent();
    }

    public String getUsername() {
        return current.caller().map(caller -> caller.actor().username()).orElse("");
    }

    public String getDisplayName() {
        return current.caller().map(Caller::displayName).orElse("");
    }

    /** The first letters of the first and the last word of the name. */
    public String getInitials() {
        String[] words = getDisplayName().strip().split("\\s+");
        return Arrays.stream(words)
                .filter(word -> !word.isEmpty() && (word.equals(words[0]) || word.equals(words[words.length - 1])))
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)))
                .limit(2)
                .collect(Collectors.joining());
    }

    public boolean isDesk() {
        return has(Role.DESK);
    }

    public boolean isTherapist() {
        return has(Role.THERAPIST);
    }

    public boolean isLead() {
        return has(Role.LEAD);
    }

    public boolean isAdmin() {
        return has(Role.ADMIN);
    }

    /** Whether they may book at all; for whom, the facade decides. */
    public boolean isCanBook() {
        return isDesk() || isTherapist() || isLead();
    }

    /** The therapist that they are; null if they are none. */
    public @Nullable Long getTherapistId() {
        return current.caller().map(caller -> caller.actor().therapistId()).orElse(null);
    }

    /** Whether screens show initials instead of names. */
    public boolean isDiscreet() {
        return current.caller().map(Caller::discreet).orElse(false);
    }

    /** Whether single letters are shortcuts. */
    public boolean isSingleKeys() {
        return current.caller().map(Caller::singleKeys).orElse(false);
    }

    /** A language tag, such as "en": theirs, or, before they are signed in, the one of those we speak that their browser asks for most. */
    public String getLanguage() {
        return current.caller().map(Caller::language).orElseGet(this::wanted);
    }

    private String wanted() {
        return Collections.list(request.getLocales()).stream()
                .map(Locale::getLanguage)
                .filter(Phrases.languages()::contains)
                .findFirst()
                .orElse("en");
    }

    /** The languages that the screens speak and this one does not, as tags. */
    public List<String> getOtherLanguages() {
        return Phrases.languages().stream()
                .filter(tag -> !tag.equals(getLanguage()))
                .toList();
    }

    public String toggleDiscreet() {
        return prefer(getLanguage(), !isDiscreet(), isSingleKeys());
    }

    public String toggleSingleKeys() {
        return prefer(getLanguage(), isDiscreet(), !isSingleKeys());
    }

    /** @param tag of the language in which screens speak from now on */
    public String speak(String tag) {
        return prefer(tag, isDiscreet(), isSingleKeys());
    }

    /** Ends the session here and on every node. */
    public String logOut() throws ServletException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        Optional<Caller> leaving = current.caller();
        cookie.read(request).ifPresent(sessions::end);
        leaving.ifPresent(caller -> signIn.left(caller.actor()));
        cookie.clear((HttpServletResponse) external.getResponse());
        request.logout();
        BrowserState.drop(request);
        return "/login?faces-redirect=true";
    }

    private String prefer(String language, boolean discreet, boolean singleKeys) {
        ownAccount.prefer(current.actor(), language, discreet, singleKeys);
        String page = FacesContext.getCurrentInstance().getViewRoot().getViewId();
        return page + "?faces-redirect=true&includeViewParams=true";
    }

    private boolean has(Role role) {
        return current.caller().map(caller -> caller.actor().has(role)).orElse(false);
    }
}

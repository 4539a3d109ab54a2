package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.Flash;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.evenkeel.identity.ApiToken;
import org.evenkeel.identity.ApiTokens;
import org.evenkeel.identity.Caller;
import org.evenkeel.identity.OwnAccount;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Phrases;
import org.jspecify.annotations.Nullable;

/** The page of one's own account: password, how screens look, API tokens. */
@Named("ownAccount")
@RequestScoped
public class OwnAccountBean {
    static final String NEW_TOKEN = "newToken";
    private static final String PAGE = "/identity/account?faces-redirect=true";

    private final OwnAccount ownAccount;
    private final ApiTokens tokens;
    private final CurrentCaller current;

    private String currentPassword = "";
    private String password = "";
    private String language = "en";
    private boolean discreet;
    private boolean singleKeys;
    private String tokenName = "";

    @Inject
    public OwnAccountBean(OwnAccount ownAccount, ApiTokens tokens, CurrentCaller current) {
        this.ownAccount = ownAccount;
        this.tokens = tokens;
        this.current = current;
        current.caller().ifPresent(this::read);
    }

    @SuppressWarnings("NullAway")
    protected OwnAccountBean() {
        this.ownAccount = null;
        this.tokens = null;
        this.current = null;
    }

    private void read(Caller caller) {
        language = caller.language();
        discreet = caller.discreet();
        singleKeys = caller.singleKeys();
    }

    public @Nullable String changePassword() {
        FacesContext faces = FacesContext.getCurrentInstance();
        HttpServletRequest request =
                (HttpServletRequest) faces.getExternalContext().getRequest();
        try {
            ownAccount.changePassword(caller(), currentPassword, password, request.getRemoteAddr());
            Notices.done("identity.account.passwordChanged");
            return PAGE;
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public @Nullable String prefer() {
        try {
            ownAccount.prefer(caller().actor(), language, discreet, singleKeys);
            FacesContext.getCurrentInstance().getViewRoot().setLocale(Locale.forLanguageTag(language));
            Notices.done("identity.account.saved");
            return PAGE;
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    /** Creates a token and shows it on the page that follows, this once. */
    public @Nullable String createToken() {
        try {
            String token = tokens.create(caller().actor(), caller().actor().accountId(), tokenName);
            Flash flash = FacesContext.getCurrentInstance().getExternalContext().getFlash();
            flash.put(NEW_TOKEN, token);
            return PAGE;
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public String revokeToken(long tokenId) {
        tokens.revoke(caller().actor(), caller().actor().accountId(), tokenId);
        Notices.done("identity.account.tokenRevoked");
        return PAGE;
    }

    public List<ApiToken> getTokens() {
        return tokens.list(caller().actor(), caller().actor().accountId());
    }

    /** Days of tokens are those of UTC. */
    public ZoneId getUtc() {
        return ZoneOffset.UTC;
    }

    public List<String> getLanguages() {
        return Phrases.languages();
    }

    private Caller caller() {
        return current.caller().orElseThrow(() -> new NotAllowed("without signing in"));
    }

    /** Never sent back. */
    public String getCurrentPassword() {
        return "";
    }

    public void setCurrentPassword(String currentPassword) {
        this.currentPassword = currentPassword;
    }

    /** Never sent back. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public boolean isDiscreet() {
        return discreet;
    }

    public void setDiscreet(boolean discreet) {
        this.discreet = discreet;
    }

    public boolean isSingleKeys() {
        return singleKeys;
    }

    public void setSingleKeys(boolean singleKeys) {
        this.singleKeys = singleKeys;
    }

    public String getTokenName() {
        return tokenName;
    }

    public void setTokenName(String tokenName) {
        this.tokenName = tokenName;
    }
}

package org.evenkeel.identity.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.AccountAdministration;
import org.evenkeel.identity.AccountAdministration.Decision;
import org.evenkeel.identity.AccountAdministration.TherapistChoice;
import org.evenkeel.identity.ApiToken;
import org.evenkeel.identity.ApiTokens;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Stale;
import org.jspecify.annotations.Nullable;

/** The page of one account, for administrators: create it, change it, set its password, manage its tokens. */
@Named("account")
@ViewScoped
public class AccountBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient AccountAdministration administration;
    private final transient ApiTokens apiTokens;
    private final transient SignedIn signedIn;

    private @Nullable Long id;
    private long version;
    private String username = "";
    private String displayName = "";
    private List<String> roles = List.of();
    private @Nullable Long therapist;
    private boolean active = true;
    private String password = "";
    private String tokenName = "";
    private transient List<ApiToken> tokens = List.of();
    private transient List<TherapistChoice> therapists = List.of();

    @Inject
    public AccountBean(AccountAdministration administration, ApiTokens apiTokens, SignedIn signedIn) {
        this.administration = administration;
        this.apiTokens = apiTokens;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected AccountBean() {
        this(null, null, null);
    }

    /** Reads the account, or starts a new one. */
    public void open() {
        therapists = administration.therapists(signedIn.actor());
        if (id != null) {
            show(administration.find(signedIn.actor(), id));
            tokens = apiTokens.list(signedIn.actor(), id);
        }
    }

    private void show(Account account) {
        version = account.version();
        username = account.username();
        displayName = account.displayName();
        roles = account.roles().stream().sorted().map(Role::name).toList();
        therapist = account.therapistId().orElse(null);
        active = account.isActive();
    }

    /** Creates or changes it; what was typed stays where it is refused. */
    public @Nullable String save() {
        try {
            if (id == null) {
                id = administration.create(signedIn.actor(), username, decision(), password);
            } else {
                administration.change(signedIn.actor(), id, version, decision());
            }
            Notices.done("identity.edit.saved");
            return page();
        } catch (Invalid e) {
            Notices.invalid(e);
        } catch (Stale e) {
            version = e.currentVersion();
            Notices.wrong("", Notices.text("identity.edit.stale", current()));
        }
        return null;
    }

    public @Nullable String setPasswordOfAccount() {
        try {
            administration.setPassword(signedIn.actor(), existing(), password);
            Notices.done("identity.edit.passwordSet");
            return page();
        } catch (Invalid e) {
            Notices.invalid(new Invalid("newPassword", String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** Creates a token and shows it on the page that follows, this once. */
    public @Nullable String createToken() {
        try {
            String token = apiTokens.create(signedIn.actor(), existing(), tokenName);
            FacesContext.getCurrentInstance().getExternalContext().getFlash().put(OwnAccountBean.NEW_TOKEN, token);
            return page();
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public String revokeToken(long tokenId) {
        apiTokens.revoke(signedIn.actor(), existing(), tokenId);
        Notices.done("identity.account.tokenRevoked");
        return page();
    }

    private Decision decision() {
        Set<Role> chosen = EnumSet.noneOf(Role.class);
        roles.forEach(role -> chosen.add(Role.valueOf(role)));
        return new Decision(displayName, chosen, therapist, active);
    }

    /** What the other administrator has made of it, for whoever was too late. */
    private String current() {
        Account account = administration.find(signedIn.actor(), existing());
        return account.displayName() + ", "
                + account.roles().stream().sorted().map(Role::name).toList();
    }

    private long existing() {
        if (id == null) {
            throw new IllegalStateException("There is no account yet");
        }
        return id;
    }

    private String page() {
        return "/identity/edit?faces-redirect=true&id=" + id;
    }

    /** Days of tokens are those of UTC. */
    public ZoneId getUtc() {
        return ZoneOffset.UTC;
    }

    public boolean isFresh() {
        return id == null;
    }

    public List<String> getAllRoles() {
        return Arrays.stream(Role.values()).map(Role::name).toList();
    }

    public List<TherapistChoice> getTherapists() {
        return therapists;
    }

    public List<ApiToken> getTokens() {
        return tokens;
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = List.copyOf(roles);
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    /** Never sent back. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getTokenName() {
        return tokenName;
    }

    public void setTokenName(String tokenName) {
        this.tokenName = tokenName;
    }
}

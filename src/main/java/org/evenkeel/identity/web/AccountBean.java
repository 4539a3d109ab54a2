package org.evenkeel.identity.web;

import static java.util.stream.Collectors.toSet;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.AccountAdministration;
import org.evenkeel.identity.AccountAdministration.Decision;
import org.evenkeel.identity.AccountAdministration.TherapistChoice;
import org.evenkeel.identity.ApiToken;
import org.evenkeel.identity.ApiTokens;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Versioned;
import org.jspecify.annotations.Nullable;

/** The page of one account, for administrators: create it, change it, set its password, manage its tokens. */
@Named("account")
@ViewScoped
public class AccountBean extends EditForm<Decision> {
    private static final long serialVersionUID = 1L;

    private final transient AccountAdministration administration;
    private final transient ApiTokens apiTokens;
    private final transient SignedIn signedIn;

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

    @Override
    public void open() {
        therapists = administration.therapists(signedIn.actor());
        super.open();
        if (!isFresh()) {
            tokens = apiTokens.list(signedIn.actor(), existing());
        }
    }

    @Override
    protected Versioned<Decision> read(long existing) {
        Account account = administration.find(signedIn.actor(), existing);
        username = account.username();
        return new Versioned<>(
                existing,
                account.version(),
                new Decision(
                        account.displayName(),
                        account.roles(),
                        account.therapistId().orElse(null),
                        account.isActive()));
    }

    @Override
    protected void show(Decision decision) {
        displayName = decision.displayName();
        roles = decision.roles().stream().map(Role::name).toList();
        therapist = decision.therapistId();
        active = decision.active();
    }

    @Override
    protected Decision typed() {
        return new Decision(
                displayName.strip(), roles.stream().map(Role::valueOf).collect(toSet()), therapist, active);
    }

    @Override
    protected long create(Decision decision) {
        return administration.create(signedIn.actor(), username, decision, password);
    }

    @Override
    protected void change(long existing, long version, Decision decision) {
        administration.change(signedIn.actor(), existing, version, decision);
    }

    @Override
    protected String saved(long savedId) {
        Notices.done("identity.edit.saved");
        return page(savedId);
    }

    @Override
    protected String inWords(String field, Object value) {
        if (value instanceof Role role) {
            return Notices.text("role." + role);
        }
        return field.equals("therapistId")
                ? therapists.stream()
                        .filter(choice -> value.equals(choice.id()))
                        .map(TherapistChoice::name)
                        .findFirst()
                        .orElse("")
                : value.toString();
    }

    public @Nullable String setPasswordOfAccount() {
        try {
            administration.setPassword(signedIn.actor(), existing(), password);
            Notices.done("identity.edit.passwordSet");
            return page(existing());
        } catch (Invalid e) {
            Notices.invalid(e.about("newPassword"));
            return null;
        }
    }

    /** Creates a token and shows it on the page that follows, this once. */
    public @Nullable String createToken() {
        try {
            String token = apiTokens.create(signedIn.actor(), existing(), tokenName);
            FacesContext.getCurrentInstance().getExternalContext().getFlash().put(OwnAccountBean.NEW_TOKEN, token);
            return page(existing());
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public String revokeToken(long tokenId) {
        apiTokens.revoke(signedIn.actor(), existing(), tokenId);
        Notices.done("identity.account.tokenRevoked");
        return page(existing());
    }

    private long existing() {
        Long id = getId();
        if (id == null) {
            throw new IllegalStateException("There is no account yet");
        }
        return id;
    }

    private static String page(long id) {
        return "/identity/edit?faces-redirect=true&id=" + id;
    }

    /** Days of tokens are those of UTC. */
    public ZoneId getUtc() {
        return ZoneOffset.UTC;
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
